"""What a letter's own words tell: thanks or a wish, a form's fields, what is quoted, a deadline."""

from __future__ import annotations

import pytest

from jeweler_desk.domain.message import Correspondent, FormFields, Sign, subject_stem
from jeweler_desk.domain.own_words import form_fields, own_text, signs_of_words
from jeweler_desk.domain.platforms import read_notice
from jeweler_desk.domain.senders import URGENT
from jeweler_desk.mail.sender_data import sender_table

BOB = FormFields("Bob Stone", "bob@freemail.test")


@pytest.mark.parametrize(
    "words",
    [
        "Top, dankjewel",
        "Thanks, see you Friday then!",
        "Ok thanks, Friday is fine",
        "Thank you, it arrived yesterday and fits perfectly!",
        "Ik ben er heel blij mee, dank je wel",
        "Danke für die Rechnung",
        "Thanks, that's my size exactly",
    ],
)
def test_thanks_are_thanks(words: str) -> None:
    assert signs_of_words("Re: Ring", words) == {Sign.COURTEOUS}


@pytest.mark.parametrize(
    "words",
    [
        "Thanks, my new address is 5 Elm Street, Boston",
        "Thank you. I'll take the gold one.",
        "Great, go ahead with size 7",
        "Thanks! Can I pay tomorrow",
        "Thank you, I am still waiting for the number",
        "Thanks. The stone fell out.",
        "Love it! Do you make earrings",
        "thank you! is it real gold",
        "Thanks! I ordered it by mistake",
        "Thanks, the clasp is loose",
        "Thanks — only one earring came",
        "Perfect. Can we meet Friday",
        "Danke! Wann kommt er",
        "Merci. Quand sera-t-il expédié",
        "Gracias. Cuándo llega",
        "Grazie, quando arriva",
        "Dank je, kan het ook in goud",
        "Dzięki, kiedy wyślesz",
        "谢谢，什么时候发货",
    ],
)
def test_a_wish_behind_thanks_needs_no_question_mark(words: str) -> None:
    assert signs_of_words("Re: Ring", words) == frozenset()


@pytest.mark.parametrize(
    "introduction",
    [
        "Maker <maker@shop.test> escreveu no dia segunda, 5/10/2026 à(s) 10:00:",
        "pon., 5 paź 2026 o 10:00 Maker <maker@shop.test> napisał(a):",
        "5. 10. 2026 v 10:00, Maker <maker@shop.test> napsal:",
    ],
)
def test_the_line_above_a_quote_is_not_hers(introduction: str) -> None:
    assert own_text(f"Obrigada!\n\n{introduction}\n> Sexta?") == "Obrigada!"


@pytest.mark.parametrize(
    "head",
    [
        "Fra: Maker <maker@shop.test>\nSendt: 5. oktober 2026 10:00",
        "Od: Maker <maker@shop.test>\nWysłano: poniedziałek, 5 października 2026",
        "From: Maker\nSent: Monday, October 5, 2026 10:00 AM",
        "Begin forwarded message:\n",
        "Sent with Proton Mail secure email.",
        "Skickat från min iPhone",
        "Enviado do meu iPhone",
        "Отправлено с iPhone",
    ],
)
def test_what_stands_below_her_own_words_is_not_hers(head: str) -> None:
    assert own_text(f"Tak!\n\n{head}\nSubject: Re: Ring\n\nIs that right?") == "Tak!"


def test_from_and_to_of_a_gifts_card_are_her_own_words() -> None:
    assert own_text("From: Max\nTo: Anna\nWith love") == "From: Max\nTo: Anna\nWith love"


def test_her_own_subject_may_ask_too() -> None:
    assert signs_of_words("When will it ship?", "Thanks!") == frozenset()
    assert signs_of_words("Re: When will it ship?", "Thanks!") == {Sign.COURTEOUS}


@pytest.mark.parametrize("address", ["jo.kim@paypal.com", "jo.kim@shopify.com"])
def test_a_person_at_a_platform_is_no_notice(address: str) -> None:
    jo = Correspondent("Jo Kim", address)
    assert read_notice(sender_table(), jo, (), "A ring for my wife", "In gold?") is None


@pytest.mark.parametrize(
    "subject",
    ["Odpowiedź automatyczna: Ring", "Autoodpowiedź: Ring", "Auto-Antwort: Ring",
     "Resposta automàtica: Ring"],
)  # fmt: skip
def test_an_absence_is_told_by_its_subject(subject: str) -> None:
    assert Sign.ABSENT_SUBJECT in signs_of_words(subject, "")


@pytest.mark.parametrize(
    "subject",
    ["Ang: Ring", "ΑΠ: Ring", "השב: Ring", "Vá: Ring", "[EXTERNAL] Re: Ring", "Re: [EXT] Ring"],
)
def test_answers_keep_their_subject_in_every_language(subject: str) -> None:
    assert subject_stem(subject) == "ring"


@pytest.mark.parametrize(
    "text",
    [
        "From: Bob Stone <bob@freemail.test>\nSubject: Ring\n\nMessage Body:\nIn gold?",
        "From: Bob Stone [bob@freemail.test]\nSubject: Ring\n\nMessage Body:\nIn gold?",
        "Von: Bob Stone <bob@freemail.test>\nBetreff: Ring\n\nNachrichtentext:\nIn Gold?",
        "--- Name ---\n\nBob Stone\n\n--- Email ---\n\nbob@freemail.test\n\n--- Message ---\n\nHi",
        "Namn: Bob Stone\nE-postadress: bob@freemail.test\nMeddelande: I guld?",
        "お名前：Bob Stone\nメールアドレス：bob@freemail.test\nお問い合わせ内容：金?",
    ],
)
def test_a_form_names_its_visitor(text: str) -> None:
    assert form_fields(text) == BOB


def test_a_letter_passed_on_is_no_form() -> None:
    text = "From: Bob Stone <bob@freemail.test>\nDate: Monday\nSubject: Ring\n\nIn gold?"
    assert form_fields(text) is None


@pytest.mark.parametrize(
    "subject",
    [
        "Il tuo dominio scade tra 7 giorni",
        "Dernier rappel : paiement refusé",
        "Pago rechazado: acción requerida",
        "Ihre Domain wird gekündigt",
        "Je domein verloopt binnenkort",
        "Betaling mislukt",
    ],
)
def test_a_deadline_is_one_in_every_language(subject: str) -> None:
    assert URGENT.search(subject)


@pytest.mark.parametrize(
    ("sender", "subject", "text", "found"),
    [
        ("Ashlee via Etsy <conversations@mail.etsy.com>", "Re: Ring", "", ("message", "Ashlee")),
        ("Etsy <no-reply@account.etsy.com>", "Rozmowa Etsy z Ashlee", "", ("message", "Ashlee")),
        ("Etsy <no-reply@account.etsy.com>", "Bo requested to cancel an order", "", ("action", "")),
        ("eBay <ebay@ebay.fr>", "Vous avez vendu : bague", "", ("action", "")),
        ("A <a@amazon.de>", "Verkauft, jetzt versenden: Ring", "", ("action", "")),
        ("P <p@paypal.es>", "Pago", "Nota del comprador: ¿puede envolverlo?", ("note", "")),
    ],
)
def test_a_platform_is_understood(
    sender: str, subject: str, text: str, found: tuple[str, str]
) -> None:
    name, _, address = sender.removesuffix(">").partition(" <")
    notice = read_notice(sender_table(), Correspondent(name, address), (), subject, text)
    assert notice is not None
    assert (notice.kind.value, notice.person) == found
