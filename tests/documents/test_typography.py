"""Setting text: lines, words, directions, and that nothing is ever lost."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jeweler_desk.documents.typography.direction import has_right_to_left, levels_of, visual_order
from jeweler_desk.documents.typography.fonts import Cut, FontBook, Voice
from jeweler_desk.documents.typography.line import Line, Style
from jeweler_desk.documents.typography.typesetter import Typesetter

PLAIN = Style(Cut(), 10, 14)


@pytest.fixture(scope="module")
def setter() -> Typesetter:
    return Typesetter(FontBook())


def said(line: Line) -> str:
    return "".join(glyph.text for run in line.runs for glyph in run.glyphs)


def test_text_breaks_between_words_and_fits_the_width(setter: Typesetter) -> None:
    lines = setter.lines("a ring of sterling silver with a blue flash stone", PLAIN, 90)
    assert [said(line) for line in lines] == [
        "a ring of sterling",
        "silver with a blue",
        "flash stone",
    ]
    assert all(0 < line.width <= 90 for line in lines)


def test_line_ends_and_blank_lines_of_a_message_are_kept(setter: Typesetter) -> None:
    lines = setter.lines("Dear Ana,\n\nwith love", PLAIN, 300)
    assert [said(line) for line in lines] == ["Dear Ana,", "", "with love"]


def test_a_word_too_wide_is_broken_inside_and_loses_nothing(setter: Typesetter) -> None:
    word = "Donaudampfschifffahrtsgesellschaft" * 3
    lines = setter.lines(word, PLAIN, 60)
    assert "".join(map(said, lines)) == word
    assert len(lines) > 3
    assert all(line.width <= 60 for line in lines)


def test_a_hyphen_or_a_slash_is_a_place_to_break_but_not_before_a_figure(
    setter: Typesetter,
) -> None:
    lines = setter.lines("rose-gold/silver 5-7", PLAIN, 50)
    assert [said(line) for line in lines] == ["rose-gold/", "silver 5-7"]


def test_han_and_kana_break_anywhere_but_never_before_a_closing_mark(setter: Typesetter) -> None:
    lines = setter.lines("月の指輪です。「銀」のリング", PLAIN, 61)
    texts = [said(line) for line in lines]
    assert "".join(texts) == "月の指輪です。「銀」のリング"
    assert texts[0] == "月の指輪で"
    assert not any(text.startswith(("。", "」")) or text.endswith("「") for text in texts)


def test_one_line_stays_one_line_however_long(setter: Typesetter) -> None:
    line = setter.line("one\ntwo " * 50, PLAIN)
    assert said(line).startswith("one two one")
    assert line.width > 1000
    assert setter.line("", PLAIN).width == 0


def test_kerning_and_ligatures_are_on_and_copy_as_their_letters(setter: Typesetter) -> None:
    serif = Style(Cut(Voice.SERIF, 500), 10, 14)
    (run,) = setter.line("office", serif).runs
    assert len(run.glyphs) < len("office")
    assert "".join(glyph.text for glyph in run.glyphs) == "office"
    assert setter.width("AV", PLAIN) < setter.width("A", PLAIN) + setter.width("V", PLAIN)


def test_tracking_widens_a_line(setter: Typesetter) -> None:
    tracked = Style(Cut(), 10, 14, tracking=100)
    assert setter.width("SHIP TO", tracked) == pytest.approx(setter.width("SHIP TO", PLAIN) + 6)


def test_a_letter_drawn_in_two_parts_is_one_letter_when_copied(setter: Typesetter) -> None:
    assert said(setter.line("Thị", PLAIN)) == "Thị"


def test_a_text_of_nothing_but_a_joiner_is_an_empty_line(setter: Typesetter) -> None:
    assert setter.line("\u200c", PLAIN).width == 0


def test_every_glyph_says_something(setter: Typesetter) -> None:
    line = setter.line("ประเทศไทย น้ำ கொடு क्षत्रिय علي 👩\u200d❤\ufe0f\u200d👩", PLAIN)
    assert all(glyph.text for run in line.runs for glyph in run.glyphs)


def test_hebrew_runs_from_right_to_left_and_latin_in_it_does_not(setter: Typesetter) -> None:
    assert said(setter.line("שלום Ana 12", PLAIN)) == "Ana 12 םולש"


def test_hebrew_inside_an_english_line_keeps_the_lines_direction(setter: Typesetter) -> None:
    assert said(setter.line("Ring אבג silver", PLAIN)) == "Ring גבא silver"


def test_an_arabic_name_is_joined(setter: Typesetter) -> None:
    alone = {glyph.number for run in setter.line("م ح م د", PLAIN).runs for glyph in run.glyphs}
    joined = {glyph.number for run in setter.line("محمد", PLAIN).runs for glyph in run.glyphs}
    assert joined - alone


def test_levels_follow_joiners_to_their_neighbors() -> None:
    assert has_right_to_left("aא")
    assert not has_right_to_left("aé")
    assert levels_of("א\u200cב")[1] == [1, 1, 1]
    assert levels_of("\u200cabc אב 12") == (0, [0, 0, 0, 0, 0, 1, 1, 1, 2, 2])


def test_runs_are_reversed_level_by_level() -> None:
    assert visual_order([0, 1, 2, 1, 0], 0) == [0, 3, 2, 1, 4]
    assert visual_order([], 0) == []


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60), st.sampled_from([30.0, 80.0, 400.0]))
def test_whatever_is_written_no_visible_character_is_left_out(text: str, width: float) -> None:
    setter = Typesetter(FontBook())
    lines = setter.lines(text, PLAIN, width)
    printed = sorted(each for line in lines for each in said(line) if not each.isspace())
    wanted = sorted(
        each
        for part in text.splitlines()
        for each in setter.fonts.printable(part)
        if not each.isspace()
    )
    unseen = set("\u200b\u200c\u200d\u200f\u034f") | {
        chr(code) for code in (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))
    }
    assert [each for each in printed if each not in unseen] == [
        each for each in wanted if each not in unseen
    ]


def test_short_texts_stand_beside_each_other_with_dots_only_between_them() -> None:
    setter = Typesetter(FontBook())
    style = Style(Cut(Voice.SANS, 400), 8.5, 12)
    texts = ("Juniper & Tide", "18 Cobble Lane", "Portland, ME 04101", "United States")
    for width in (500, 240, 180, 60):
        lines = [
            "".join(r.text for run in line.runs for r in run.glyphs)
            for line in setter.listed(texts, style, width)
        ]
        assert " ".join(lines).replace("·", "").split() == " ".join(texts).split()
        assert not any(line.strip().startswith("·") or line.strip().endswith("·") for line in lines)
