from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jeweler_desk.domain.quoting import passages


def hers(text: str) -> str:
    return "".join(each.text for each in passages(text) if not each.is_quoted).strip()


@pytest.mark.parametrize(
    "line",
    [
        "On Mon, 5 Oct 2026 at 09:14, Aileen <maker@shop.test> wrote:",
        "Am Mo., 5. Okt. 2026 um 09:14 Uhr schrieb Aileen <maker@shop.test>:",
        "Le lun. 5 oct. 2026 à 09:14, Aileen <maker@shop.test> a écrit :",
        "El lun, 5 oct 2026 a las 9:14, Aileen (<maker@shop.test>) escribió:",
        "Il giorno lun 5 ott 2026 alle ore 09:14 Aileen <maker@shop.test> ha scritto:",
        "Em seg., 5 de out. de 2026 às 09:14, Aileen <maker@shop.test> escreveu:",
        "Op ma 5 okt 2026 om 09:14 schreef Aileen <maker@shop.test>:",
        "Den mån 5 okt. 2026 kl 09:14 skrev Aileen <maker@shop.test>:",
        "ma 5. lokak. 2026 klo 9.14 Aileen (maker@shop.test) kirjoitti:",
        "W dniu pon., 5 paź 2026 o 09:14 Aileen <maker@shop.test> napisała:",
        "пн, 5 окт. 2026 г. в 09:14, Aileen пишет:",
        "-----Original Message-----",
        "-------- Weitergeleitete Nachricht --------",
        "________________________________",
        "From: Aileen <maker@shop.test>\nSent: Monday, October 5, 2026 9:14 AM\nTo: Anna",
        "On Mon, 5 Oct 2026 at 09:14, Aileen the Maker of Rings\n<maker@shop.test> wrote:",
    ],
)
@pytest.mark.parametrize("mark", ["> ", ""])
def test_what_was_written_before_is_folded(line: str, mark: str) -> None:
    quoted = "".join(f"{mark}{each}\n" for each in ("Dear Anna,", "", "which size?", "Aileen"))
    text = f"A six, please.\nAnna\n\n{line}\n{quoted}"
    own, folded = passages(text)
    assert own.text.strip() == "A six, please.\nAnna"
    assert not own.is_quoted
    assert folded.is_quoted
    assert line in folded.text


def test_answers_between_the_lines_stay_her_own() -> None:
    text = (
        "On Mon, 5 Oct 2026 at 09:14, Aileen <maker@shop.test> wrote:\n"
        "> Which size?\n>\n\nA six.\n\n> Which stone?\n\nThe blue one.\n"
    )
    assert [each.is_quoted for each in passages(text)] == [True, False, True, False]
    assert hers(text).split() == ["A", "six.", "The", "blue", "one."]
    assert passages(text)[0].lines == 3


def test_a_letter_without_quotes_is_one_passage() -> None:
    assert [each.is_quoted for each in passages("On Monday I wrote: a poem\nof rings.")] == [False]
    assert passages("") == ()


LINES = st.sampled_from(
    [
        "", "> yes", ">> no", "A six.", "On Mon, 5 Oct 2026, Aileen <a@b.test> wrote:", "   ",
        "-----Original Message-----", "From: a@b.test", "Sent: today", "-- ", "\t> so",
    ]
)  # fmt: skip


@given(st.lists(st.one_of(LINES, st.text(max_size=30)), max_size=30))
def test_nothing_is_ever_left_out(lines: list[str]) -> None:
    text = "\n".join(lines)
    assert "".join(each.text for each in passages(text)) == text
