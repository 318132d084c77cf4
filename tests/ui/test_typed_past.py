"""Times that have been, as the forms of parcels take them."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from jeweler_desk.ui.dialogs.form import FormError
from jeweler_desk.ui.dialogs.typed_past import read_past

HERE = ZoneInfo("America/New_York")
NOW = datetime(2026, 10, 5, 18, 0, tzinfo=HERE)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("now", "2026-10-05 18:00"),
        ("15:05", "2026-10-05 15:05"),
        ("3 pm", "2026-10-05 15:00"),
        ("yesterday 17:30", "2026-10-04 17:30"),
        ("yesterday", "2026-10-04 00:00"),
        ("2026-10-02", "2026-10-02 00:00"),
        ("2026-10-02 09:12", "2026-10-02 09:12"),
    ],
)
def test_a_time_that_has_been_is_read_as_it_is_said(typed: str, meant: str) -> None:
    read = read_past(typed, NOW, HERE)
    assert read is not None
    assert f"{read.astimezone(HERE):%Y-%m-%d %H:%M}" == meant


def test_nothing_typed_says_nothing_and_nonsense_is_told() -> None:
    assert read_past(" ", NOW, HERE) is None
    with pytest.raises(FormError, match="“soon” is not a day such as 2026-11-27"):
        read_past("soon", NOW, HERE)
