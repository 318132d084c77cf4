"""Settings as services see them: what counts, what follows, and the calendar made from them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time

import pytest

from jeweler_desk.domain.shop_settings import FORMS, SettingError
from jeweler_desk.services.changes import NOTHING_CHANGED, Topic
from jeweler_desk.services.desk import Desk
from jeweler_desk.services.settings import computer_currency, computer_timezone
from jeweler_desk.store.database import Store
from jeweler_desk.wiring import build_desk
from tests.fakes import FixedClock


@pytest.fixture
def bare(store: Store, clock: FixedClock) -> Desk:
    """A desk on which nothing was set."""
    return build_desk(store, clock)


def test_where_nothing_was_said_the_defaults_count(bare: Desk) -> None:
    values = bare.settings.all()
    assert values.keys() == FORMS.keys()
    assert values["shop.working_days"] == "Mon,Tue,Wed,Thu,Fri"
    assert values["shop.handover_days"] == "Mon,Tue,Wed,Thu,Fri"
    assert values["shop.processing_days"] == "1"
    assert values["shop.cutoff"] == ""
    assert values["mail.quiet_hours"] == "21:00-08:00"
    assert values["mail.sweep_at"] == "19:00"
    assert values["shop.timezone"] == computer_timezone()
    assert values["shop.currency"] == computer_currency()


def test_a_setting_is_kept_without_blanks_around_it_and_comes_back(desk: Desk) -> None:
    assert desk.settings.set("shop.name", "  Juniper & Tide 💍 ") == {Topic.SETTINGS}
    assert desk.settings.get("shop.name") == "Juniper & Tide 💍"
    assert desk.settings.all()["shop.name"] == "Juniper & Tide 💍"


def test_an_empty_value_clears_a_setting_and_its_default_counts_again(desk: Desk) -> None:
    desk.settings.set("mail.sweep_at", "07:30")
    desk.settings.set("mail.sweep_at", "")
    assert desk.settings.get("mail.sweep_at") == "19:00"


def test_setting_what_is_set_already_changes_nothing(desk: Desk) -> None:
    desk.settings.set("shop.name", "Tide")
    label = desk.history.undo_label()
    assert desk.settings.set("shop.name", "Tide") == NOTHING_CHANGED
    desk.history.undo()
    assert (label, desk.settings.get("shop.name")) == ("Change the setting shop.name", "")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("shop.color", "red"),
        ("shop.cutoff", "2pm"),
        ("shop.holidays", "XX"),
        ("shop.holidays", "US-ZZZ"),
        ("shop.country", "ZZ"),
        ("shop.currency", "ABC"),
    ],
)
def test_what_is_out_of_form_is_refused_and_nothing_is_set(
    desk: Desk, key: str, value: str
) -> None:
    before = desk.settings.all()
    with pytest.raises(SettingError):
        desk.settings.set(key, value)
    assert desk.settings.all() == before


def test_an_unknown_key_cannot_be_read_either(desk: Desk) -> None:
    with pytest.raises(SettingError, match="no setting"):
        desk.settings.get("shop.color")


def test_the_shops_day_follows_its_zone(desk: Desk, clock: FixedClock) -> None:
    clock.moment = datetime(2026, 10, 6, 2, 30, tzinfo=UTC)
    assert desk.settings.today() == date(2026, 10, 5)
    desk.settings.set("shop.timezone", "Asia/Tokyo")
    assert desk.settings.today() == date(2026, 10, 6)
    assert desk.settings.local(clock.now()).hour == 11


def test_quiet_hours_are_read(desk: Desk) -> None:
    assert desk.settings.quiet_hours() == (time(21), time(8))


def test_hand_over_days_are_the_working_days_unless_said(desk: Desk) -> None:
    desk.settings.set("shop.working_days", "Tue,Sat")
    assert desk.settings.calendar(date(2026, 10, 5)).handover_days == {1, 5}
    desk.settings.set("shop.handover_days", "Mon")
    assert desk.settings.calendar(date(2026, 10, 5)).handover_days == {0}


def test_the_calendar_holds_all_that_was_set(desk: Desk) -> None:
    for key, value in (
        ("shop.cutoff", "14:00"),
        ("shop.processing_days", "3"),
        ("shop.closed_days", "2026-11-27,2026-12-30..2027-01-02"),
        ("shop.holidays", "US-NC"),
    ):
        desk.settings.set(key, value)
    calendar = desk.settings.calendar(date(2026, 11, 20))
    assert (calendar.cutoff, calendar.processing_days) == (time(14), 3)
    assert calendar.timezone == "America/New_York"
    for closed in (date(2026, 11, 26), date(2026, 11, 27), date(2027, 1, 1), date(2026, 7, 3)):
        assert closed in calendar.closed_days
    assert date(2026, 11, 25) not in calendar.closed_days


def test_holidays_are_known_beyond_the_end_of_the_year(desk: Desk) -> None:
    desk.settings.set("shop.holidays", "GB-SCT")
    calendar = desk.settings.calendar(date(2026, 12, 30))
    assert {date(2026, 12, 25), date(2027, 1, 1), date(2028, 1, 3)} <= calendar.closed_days


@pytest.mark.parametrize(
    ("cutoff", "days", "says"), [("", "0", True), ("14:00", "0", False), ("", "2", False)]
)
def test_zero_processing_days_without_a_cutoff_count_as_one_and_say_so(
    desk: Desk, cutoff: str, days: str, *, says: bool
) -> None:
    desk.settings.set("shop.cutoff", cutoff)
    desk.settings.set("shop.processing_days", days)
    assert bool(desk.settings.note_on("shop.processing_days")) is says
    assert bool(desk.settings.note_on("shop.cutoff")) is says
    assert desk.settings.note_on("shop.name") is None


def test_a_setting_can_be_taken_back(desk: Desk) -> None:
    desk.settings.set("shop.cutoff", "14:00")
    desk.settings.set("shop.cutoff", "15:00")
    desk.history.undo()
    assert desk.settings.get("shop.cutoff") == "14:00"


@pytest.fixture
def asked_anew() -> Iterator[None]:
    """The computer's zone and currency are asked once; here they are asked again."""
    for ask in (computer_timezone, computer_currency):
        ask.cache_clear()
    yield
    for ask in (computer_timezone, computer_currency):
        ask.cache_clear()


@pytest.mark.usefixtures("asked_anew")
@pytest.mark.parametrize(
    ("told", "zone"),
    [
        ("Europe/Paris", "Europe/Paris"),
        (":Asia/Tokyo", "Asia/Tokyo"),
        ("Nowhere/Land", "UTC"),
        ("EST5EDT,M3.2.0,M11.1.0", "UTC"),
        ("UTC0", "UTC"),
    ],
)
def test_the_computers_zone_counts_in_whatever_form_it_is_told(
    monkeypatch: pytest.MonkeyPatch, told: str, zone: str
) -> None:
    monkeypatch.setenv("TZ", told)
    assert computer_timezone() == zone


@pytest.mark.usefixtures("asked_anew")
@pytest.mark.parametrize(
    ("told", "currency"),
    [
        ("de_DE.UTF-8", "EUR"),
        ("en_US.UTF-8", "USD"),
        ("ja_JP", "JPY"),
        ("en", "USD"),
        ("xx_YY.UTF-8", "USD"),
        ("not a locale", "USD"),
    ],
)
def test_the_computers_region_gives_the_currency(
    monkeypatch: pytest.MonkeyPatch, told: str, currency: str
) -> None:
    for name in ("LANGUAGE", "LC_ALL", "LC_CTYPE", "LC_MONETARY", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LC_ALL", told)
    assert computer_currency() == currency
