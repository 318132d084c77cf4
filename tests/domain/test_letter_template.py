"""Templates: a closed set of fields, sentences that fall away, letters that stay open."""

from __future__ import annotations

import pytest

from jeweler_desk.domain.letter import LetterKind
from jeweler_desk.domain.letter_template import (
    LONGEST_TEMPLATE,
    LetterField,
    LetterTemplateError,
    checked_template,
    filled,
    open_fields,
    parse_template,
)
from jeweler_desk.resources import resource

BODY = (
    "Dear {first_name},\n\nThank you. It left on {sent_on}. It travels with {carrier} as"
    " {tracking}.\n\nFollow it here: {tracking_link}\n\nYours truly,\n{signature}"
)
NOTE = checked_template("note", "Your order {order}", BODY)


def test_a_field_without_a_fact_drops_its_sentence_and_an_empty_paragraph_goes() -> None:
    facts = {
        LetterField.FIRST_NAME: "Hannah",
        LetterField.SENT_ON: "Monday, October 5, 2026",
        LetterField.SIGNATURE: "Aileen",
        LetterField.ORDER: "#1041",
        LetterField.CARRIER: "USPS",
    }
    subject, body = filled(NOTE, facts)
    assert subject == "Your order #1041"
    assert body == (
        "Dear Hannah,\n\nThank you. It left on Monday, October 5, 2026.\n\nYours truly,\nAileen"
    )
    assert open_fields(body) == ()


def test_a_missing_name_is_asked_for() -> None:
    _, body = filled(NOTE, {LetterField.SIGNATURE: "Aileen"})
    assert body.startswith("Dear {first_name},")
    assert open_fields(body) == ("{first_name}",)
    assert open_fields("Dear ,\n\nThank you.")
    assert open_fields("Dear …,\n\nThank you.")
    assert not open_fields("Dear Ann,\n\nThank you, dear friend.")


def test_what_a_fact_says_is_never_a_field() -> None:
    _, body = filled(
        checked_template("x", "S", "Dear {first_name}, it is {piece}."),
        {LetterField.FIRST_NAME: "{order}", LetterField.PIECE: "the {0} ring. {shop}"},
    )
    assert body == "Dear {order}, it is the {0} ring. {shop}."


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("Dear {first_name},\n\nYour {ring}.", ("“{ring}”", "line 3")),
        ("Dear {first_name.__class__},", ("no field",)),
        ("{first_name!r}", ("no field",)),
        ("{0}", ("no field",)),
        ("{}", ("no field",)),
        ("{% for x in y %}", ("no field", "line 1")),
        ("a } b", ("belongs to no field",)),
        ("{{first_name}}", ("belongs to no field",)),
        ("", ("needs",)),
        ("x" * LONGEST_TEMPLATE, ("too long",)),
    ],
)
def test_a_template_with_anything_but_known_fields_is_refused(
    body: str, words: tuple[str, ...]
) -> None:
    with pytest.raises(LetterTemplateError) as refused:
        checked_template("own", "Subject", body)
    for each in words:
        assert each in str(refused.value)


def test_a_text_without_a_subject_is_no_template() -> None:
    with pytest.raises(LetterTemplateError, match="begins with its subject"):
        parse_template("own", "Dear {first_name},\n\nThank you.")


@pytest.mark.parametrize("kind", LetterKind)
def test_every_shipped_letter_greets_thanks_and_signs(kind: LetterKind) -> None:
    text = resource(f"templates/{kind.value}.txt").read_text(encoding="utf-8")
    template = parse_template(kind.value, text)
    assert template.body.startswith("Dear {first_name},\n")
    assert "thank" in template.body.casefold()
    assert template.body.endswith("\n\nYours truly,\n{signature}")
    assert parse_template(kind.value, template.text) == template
