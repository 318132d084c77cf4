"""Which face covers which character, and what is done with one that none has."""

from __future__ import annotations

import pytest

from jeweler_desk.documents.typography.fonts import (
    Cut,
    FontBook,
    Voice,
    clusters,
    code_of,
    without_invisible,
)


@pytest.fixture
def fonts() -> FontBook:
    return FontBook()


@pytest.mark.parametrize(
    ("text", "face"),
    [
        ("Zoë Łukasiewicz", "NotoSans"),
        ("Ελληνικά", "NotoSans"),
        ("Ольга Ковальчук", "NotoSans"),
        ("Nguyễn", "NotoSans"),
        ("佐藤", "DroidSansFallback"),
        ("さくらー", "DroidSansFallback"),
        ("김민수", "DroidSansFallback"),
        ("♥★✦", "NotoSansSymbols2"),
        ("∞", "Inter"),
        ("💍🎉", "NotoEmoji"),
        ("שלום", "NotoSansHebrew"),
        ("محمد", "NotoSansArabic"),
        ("नमस्ते", "NotoSansDevanagari"),
        ("ไทย", "NotoSansThai"),
    ],
)
def test_each_script_has_a_face(fonts: FontBook, text: str, face: str) -> None:
    chosen = {fonts.face_for(cluster, Cut()) for cluster in clusters(text.replace(" ", ""))}
    assert {each.name.split("-")[0] for each in chosen if each} == {face}
    assert None not in chosen


def test_a_festive_voice_falls_back_to_a_plain_face_of_regular_weight(fonts: FontBook) -> None:
    festive = Cut(Voice.SERIF, 600)
    assert [fonts.face_for(each, festive).name for each in ("M", "佐", "ψ")] == [  # type: ignore[union-attr]  # all three are covered
        "CormorantGaramond-600",
        "DroidSansFallback-400",
        "NotoSans-400",
    ]


def test_a_face_without_weights_is_opened_once_for_all_weights(fonts: FontBook) -> None:
    assert fonts.face_for("佐", Cut(weight=400)) is fonts.face_for("藤", Cut(weight=600))


def test_a_weight_a_face_does_not_have_is_the_nearest_it_has(fonts: FontBook) -> None:
    assert fonts.primary(Cut(Voice.SERIF, 900)).name == "CormorantGaramond-700"


def test_a_character_no_font_has_is_printed_as_its_code(fonts: FontBook) -> None:
    assert fonts.printable("𠮶野家") == "[U+20BB6]野家"
    assert fonts.missing("𠮶野家 𠮶") == ("𠮶",)
    assert code_of("𠮶") == "[U+20BB6]"


@pytest.mark.parametrize("text", ["𠮷田", "𡈽屋", "髙﨑", "𨋢𠝹", "𩸽", "㛃㐂", "鿬龦", "𣜿", "𠀋"])
def test_rare_han_of_names_in_japan_taiwan_and_hong_kong_has_a_face(
    fonts: FontBook, text: str
) -> None:
    assert fonts.missing(text) == ()
    assert {fonts.face_for(each, Cut()).name for each in text} <= {  # type: ignore[union-attr]  # each is covered
        "DroidSansFallback-400",
        "NotoSansCJKRare-400",
    }


def test_a_variant_of_a_han_character_is_drawn_as_its_usual_form(fonts: FontBook) -> None:
    assert fonts.printable("葛\U000e0100城") == "葛\U000e0100城"
    assert fonts.missing("辻\U000e0101") == ()


def test_a_letter_of_a_fancy_alphabet_is_named_and_printed_plain(fonts: FontBook) -> None:
    assert fonts.printable("𝓜𝓪𝓻𝓲𝓪 𝟚𝟙") == "Maria 21"
    assert fonts.missing("𝓜a") == ("𝓜",)
    assert fonts.instead("\U00020bb6") == "[U+20BB6]"


def test_a_figure_on_a_key_is_an_emoji(fonts: FontBook) -> None:
    assert fonts.missing("1\ufe0f\u20e3 #\ufe0f\u20e3") == ()


def test_control_characters_and_broken_halves_of_characters_show_as_codes(fonts: FontBook) -> None:
    assert fonts.printable("a\x07b\ud800c") == "a[U+0007]b[U+D800]c"
    assert fonts.missing("a\x07b\ud800c") == ("\x07", "\ud800")
    assert fonts.printable("a\ue000") == "a[U+E000]", "of private use: nobody knows what it is"


def test_a_mark_that_no_face_has_is_named_and_its_letter_kept(fonts: FontBook) -> None:
    strange = "a\U0001d165"  # a musical stem on a letter
    assert fonts.printable(strange) == "a[U+1D165]"
    assert fonts.missing(strange) == ("\U0001d165",)


def test_a_mark_of_another_script_never_hides_its_letter(fonts: FontBook) -> None:
    mixed = "א\u0e34"  # a Thai vowel on a Hebrew letter: no face has both
    assert fonts.missing(mixed) == ("\u0e34",)
    assert fonts.printable(mixed).startswith("א[U+0E34")


def test_a_decomposed_letter_is_covered_by_its_composed_shape(fonts: FontBook) -> None:
    assert fonts.missing("Nguye\u0302\u0303n \u1112\u1161\u11ab") == ()


def test_plain_text_and_line_ends_need_no_font_at_all(fonts: FontBook) -> None:
    assert fonts.missing("plain") == ()
    assert fonts.missing("two\nlines\r\nand three") == ()
    assert fonts.printable("plain") == "plain"


def test_marks_meant_to_be_unseen_are_taken_out_and_a_tab_is_a_blank() -> None:
    assert without_invisible("a\u200bb\u202e\ufeffc\u00ad\td") == "abc d"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("e\u0301x", ["e\u0301", "x"]),
        ("👩\u200d❤\ufe0f\u200d👩!", ["👩\u200d❤\ufe0f\u200d👩", "!"]),
        ("🇺🇸🇨🇦", ["🇺🇸", "🇨🇦"]),
        ("👍🏽", ["👍🏽"]),
        ("\u0301a", ["\u0301", "a"]),
        ("", []),
    ],
)
def test_characters_and_their_marks_stay_together(text: str, parts: list[str]) -> None:
    assert clusters(text) == parts


def test_a_heart_asked_for_as_a_picture_is_an_emoji(fonts: FontBook) -> None:
    assert fonts.face_for("❤\ufe0f", Cut()) is fonts.face_for("💍", Cut())
