"""The day of return in an out-of-office note, and where a letter of ours was written."""

from __future__ import annotations

from datetime import date

import pytest

from jeweler_desk.domain.absence import Return, named_return
from jeweler_desk.domain.mail_program import program_named, program_of_id

MONDAY = date(2026, 10, 5)
LAST = Return(date(2026, 10, 12), is_last=True)
BACK = Return(date(2026, 10, 12), is_last=False)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I am away until 12 October.", LAST),
        ("I will be out from Oct 5 through Oct 12, 2026.", LAST),
        ("I will be back on Monday, October 12th.", BACK),
        ("I return Monday the 12th of October", BACK),
        ("Ich bin bis einschließlich 12. Oktober nicht im Büro.", LAST),
        ("Ab dem 12.10.2026 bin ich wieder da.", BACK),
        ("Je suis absente jusqu’au 12 octobre.", LAST),
        ("De retour le lundi 12 octobre.", BACK),
        ("Estaré fuera hasta el 12 de octubre.", LAST),
        ("Sono via fino al 12 ottobre.", LAST),
        ("Ik ben afwezig tot en met 12 oktober.", LAST),
        ("Borta t.o.m. 12 oktober", LAST),
        ("Away from 1 October to 10 October, back on 12 October.", BACK),
        ("away until 2026-10-12", LAST),
        ("away until 10/12/2026", LAST),
        ("away until 12/10/2026", LAST),
        ("I am away until Monday.", None),
        ("I was away until 1 October.", None),
        ("I take orders until 3 pm.", None),
        ("away until 31 February", None),
    ],
)
def test_the_day_of_return_is_read(text: str, found: Return | None) -> None:
    assert named_return(text, MONDAY) == found


def test_a_return_in_the_new_year_is_next_year() -> None:
    found = named_return("I am back on 4 January.", date(2026, 12, 20))
    assert found == Return(date(2027, 1, 4), is_last=False)


def test_where_a_letter_was_written_is_told_by_its_traces() -> None:
    assert program_named("iPhone Mail (22A3354)") == "on the iPhone"
    assert program_named("K-9 Mail for Android") == "on the phone (K-9 Mail)"
    assert program_named("Mozilla Thunderbird") == "in Thunderbird"
    assert program_named("Something else 1.0") == ""
    assert program_of_id("CAF=x@mail.gmail.com") == "in Gmail"
    assert program_of_id("r1@shop.test") == ""
