"""The stages of making: the shop's own names, the first and the last fixed in meaning."""

from __future__ import annotations

import pytest

from jeweler_desk.domain.fulfillment import InvalidTransitionError
from jeweler_desk.domain.order import Stage
from jeweler_desk.domain.shop_settings import SettingError, parse_stages
from jeweler_desk.domain.stages import NamedStage, Stages, must_be_read
from tests.builders import a_line

OWN = Stages(("to do", "casting", "Stone setting", "done"))
USUAL = Stages(parse_stages("to make, making, setting, polishing, ready"))


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("to_make", Stage.TO_MAKE),
        ("to make", Stage.TO_MAKE),
        ("To-Make", Stage.TO_MAKE),
        (" READY ", Stage.READY),
        ("making", Stage.MAKING),
        ("polishing", Stage.MAKING),
    ],
)
def test_a_stage_is_known_in_any_spelling(text: str, stage: Stage) -> None:
    assert USUAL.called(text).stage is stage


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("to do", NamedStage(Stage.TO_MAKE, "to do")),
        ("stone_setting", NamedStage(Stage.MAKING, "Stone setting")),
        ("making", NamedStage(Stage.MAKING, "casting")),
        ("ready", NamedStage(Stage.READY, "done")),
    ],
)
def test_the_shops_names_and_the_three_words_are_both_understood(
    text: str, found: NamedStage
) -> None:
    assert OWN.called(text) == found


@pytest.mark.parametrize("text", ["", "packed", "polishing"])
def test_an_unknown_stage_is_refused_and_all_are_named(text: str) -> None:
    with pytest.raises(InvalidTransitionError, match="to do, casting, Stone setting, done"):
        OWN.called(text)


def test_only_stages_between_have_words_of_their_own_in_documents() -> None:
    assert [each.word for each in OWN.all()] == ["to_make", "casting", "stone_setting", "ready"]


def test_a_piece_goes_on_and_back_and_never_beyond_the_ends() -> None:
    line = a_line(stage=Stage.MAKING, stage_name="Stone setting")
    assert OWN.moved(line, 1) == NamedStage(Stage.READY, "done")
    assert OWN.moved(line, -1) == NamedStage(Stage.MAKING, "casting")
    assert OWN.moved(a_line(), -1) is None
    assert OWN.moved(a_line(stage=Stage.READY), 1) is None


def test_a_piece_at_a_name_no_longer_in_use_keeps_it_and_lies_at_the_first_of_making() -> None:
    line = a_line(stage=Stage.MAKING, stage_name="hammering")
    assert (OWN.of_line(line).name, OWN.place_of(line)) == ("hammering", 1)
    assert OWN.place_of(a_line(stage=Stage.MAKING)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "to make, ready",
        "to make, , ready",
        "to make, casting, Casting, ready",
        "to make, ready, done",
        "to do, to make, done",
        "making, casting, ready",
        "to make, casting, making",
        "to make, " + "x" * 25 + ", ready",
        ",".join("abcdefghij"),
    ],
)
def test_stages_that_cannot_be_told_apart_are_refused(text: str) -> None:
    with pytest.raises(SettingError):
        parse_stages(text)


def test_words_are_to_be_read_until_they_were_read_as_they_stand() -> None:
    assert not must_be_read(a_line())
    assert must_be_read(a_line(personalization="for P."))
    assert not must_be_read(a_line(personalization="for P.", personalization_read="for P."))
    assert must_be_read(a_line(personalization="for Q.", personalization_read="for P."))
