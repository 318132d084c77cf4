"""Settings have a form each; what is out of form is refused with a sentence that shows the form."""

from __future__ import annotations

from datetime import date, time

import pytest

from jeweler_desk.domain.shop_settings import (
    FORMS,
    SettingError,
    check_setting,
    parse_clock,
    parse_days,
    parse_quiet_hours,
    parse_weekdays,
)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("shop.name", "Juniper & Tide 💍"),
        ("shop.country", "US"),
        ("shop.timezone", "America/New_York"),
        ("shop.timezone", "UTC"),
        ("shop.currency", "EUR"),
        ("shop.working_days", "Mon,Tue,Wed,Thu,Fri"),
        ("shop.working_days", "mon, SAT"),
        ("shop.handover_days", "Sat"),
        ("shop.holidays", "US"),
        ("shop.holidays", "US-NC"),
        ("shop.holidays", "GB-SCT"),
        ("shop.closed_days", "2026-11-27,2026-12-24..2027-01-02"),
        ("shop.cutoff", "14:00"),
        ("shop.processing_days", "0"),
        ("shop.processing_days", "12"),
        ("shop.intended_codes", "FRIEND100, PRESS-SAMPLE"),
        ("mail.quiet_hours", "21:00-08:00"),
        ("mail.sweep_at", "19:00"),
        ("window.theme", "dark"),
        ("window.text_size", "125"),
    ],
)
def test_a_value_in_its_form_is_taken(key: str, value: str) -> None:
    check_setting(key, value)


@pytest.mark.parametrize(
    ("key", "value", "shown"),
    [
        ("shop.country", "usa", "US"),
        ("shop.timezone", "Mars/Olympus", "America/New_York"),
        ("shop.timezone", "../etc/passwd", "America/New_York"),
        ("shop.timezone", "America", "America/New_York"),
        ("shop.timezone", "x" * 5000, "America/New_York"),
        ("shop.timezone", "Europe/\0", "America/New_York"),
        ("shop.currency", "$", "USD"),
        ("shop.currency", "usd", "USD"),
        ("shop.working_days", "Monday", "Mon,Tue"),
        ("shop.working_days", "Mon,,Tue", "Mon,Tue"),
        ("shop.holidays", "us", "US-NC"),
        ("shop.closed_days", "27.11.2026", "2026-11-27"),
        ("shop.closed_days", "2026-11-31", "2026-11-27"),
        ("shop.closed_days", "2026-12-24..", "2026-11-27"),
        ("shop.closed_days", "2027-01-02..2026-12-24", "forward"),
        ("shop.closed_days", "2026-01-01..2029-01-01", "a year at most"),
        ("shop.cutoff", "2pm", "14:00"),
        ("shop.cutoff", "24:00", "14:00"),
        ("shop.cutoff", "1٤:00", "14:00"),
        ("shop.cutoff", "14:00:30", "14:00"),
        ("shop.processing_days", "-1", "0 or more"),
        ("shop.processing_days", "1.5", "0 or more"),
        ("shop.processing_days", "three", "0 or more"),
        ("shop.processing_days", "٣", "0 or more"),
        ("shop.processing_days", "1000", "0 or more"),
        ("mail.quiet_hours", "21:00", "21:00-08:00"),
        ("mail.quiet_hours", "21:00-8", "14:00"),
        ("window.theme", "blue", "dark"),
        ("window.text_size", "300", "80"),
    ],
)
def test_a_value_out_of_form_is_refused_and_the_form_shown(
    key: str, value: str, shown: str
) -> None:
    with pytest.raises(SettingError) as refused:
        check_setting(key, value)
    assert shown in str(refused.value)


@pytest.mark.parametrize("key", list(FORMS))
def test_an_empty_value_clears_any_setting(key: str) -> None:
    check_setting(key, "")


@pytest.mark.parametrize("key", list(FORMS))
def test_every_default_is_in_its_own_form(key: str) -> None:
    check_setting(key, FORMS[key].default)


def test_an_unknown_key_is_refused_and_the_known_ones_named() -> None:
    with pytest.raises(SettingError, match=r"no setting “shop\.color”.*shop\.timezone"):
        check_setting("shop.color", "red")


def test_a_range_of_closed_days_counts_both_ends() -> None:
    assert parse_days("2026-12-31..2027-01-02, 2026-11-27") == {
        date(2026, 11, 27),
        date(2026, 12, 31),
        date(2027, 1, 1),
        date(2027, 1, 2),
    }


def test_weekdays_clock_and_quiet_hours_are_read() -> None:
    assert parse_weekdays("Sun, mon") == {6, 0}
    assert parse_clock("08:05") == time(8, 5)
    assert parse_quiet_hours("21:00 - 08:00") == (time(21), time(8))
