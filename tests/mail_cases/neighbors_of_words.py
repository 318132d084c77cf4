"""Neighbors told by their words: absences, thanks with a wish, notices of services."""

from __future__ import annotations

from tests.mail_cases.case import Case, Q, more, one, reply
from tests.post import MAKER, Letter

_ABSENCES = (
    "OOO: Ring",
    "I am out of office: Ring",
    "Ferienabwesenheit: Ring",
    "Absence : Ring",
    "Afwezigheidsbericht: Ring",
    "Fraværsmelding: Ring",
    "Poissaoloilmoitus: Ring",
)
_WISHES = (
    "Thanks. How much is shipping",
    "Thanks! When will it ship",
    "Thank you, I'd like two more",
    "Thanks, no tracking yet",
    "Thanks, it does not fit",
    "Danke, ich möchte noch einen",
    "Merci, je voudrais une autre",
    "Gracias, quiero otro",
    "Grazie, vorrei un altro",
    "Grazie ma è troppo grande",
)
_KIND_WORDS = (
    "Moltes gràcies!",
    "Multumesc mult!",
    "How beautiful, thank you!",
    "Just what I wanted, thanks!",
)


def _answered(text: str, decision: str) -> Case:
    thanks = Letter(
        "t@c.test",
        hours=5,
        subject="Re: Ring",
        text=text,
        more=more(In_Reply_To="<r1@shop.test>"),
    )
    return Case(f"after our answer: {text}", [Q, reply(), thanks], {"t@c.test": decision})


WORD_NEIGHBORS = [
    *(one(f"an absence: {each}", "ignore", subject=each, text="Away.") for each in _ABSENCES),
    one(
        "a vacation she speaks of herself",
        "start",
        subject="Vacation: please hold my order",
        text="I am away until the 20th. Please hold my ring.",
    ),
    *(_answered(each, "start") for each in _WISHES),
    *(_answered(each, "soft") for each in _KIND_WORDS),
    Case(
        "an answer to the name in Etsy's mail reaches nobody",
        [
            Letter(
                "e@x.test",
                sender="Ashlee <conversations@mail.etsy.com>",
                subject="Etsy Conversation with Ashlee",
                text="View message",
            ),
            Letter(
                "r1@shop.test",
                folder="sent",
                hours=2,
                sender=MAKER,
                to="Ashlee <conversations@mail.etsy.com>",
                subject="Re: Etsy Conversation with Ashlee",
                text="Yes!",
                more=more(In_Reply_To="<e@x.test>"),
            ),
        ],
        {"e@x.test": "start", "r1@shop.test": "keep"},
        {"e@x.test": "waiting"},
        channel="etsy",
    ),
    one(
        "PayPal quotes a buyer's wish",
        "soft",
        sender="service@paypal.com",
        subject="Bob Stone sent you $44.00",
        text="Bob Stone sent you $44.00 USD\n\n“can you gift-wrap?”\n\nTransaction ID: 1",
        channel="paypal",
        person="Bob Stone",
    ),
    one(
        "a message to the shop's page",
        "start",
        sender="Shop Page <pageupdates@facebookmail.com>",
        subject="Zoe K sent a message to your Page",
        text="View",
        channel="facebook",
        person="Zoe K",
    ),
    one(
        "a host's help desk names a deadline",
        "action",
        sender="Host <support@host.test>",
        subject="Your domain is expiring",
        text="Renew it.",
    ),
    one(
        "a host's office names a deadline in German",
        "action",
        sender="Host <info@host.test>",
        subject="Ihre Domain läuft ab",
        text="Bitte verlängern.",
    ),
    one(
        "a company asks about an order that is overdue",
        "start",
        sender="Office <info@company.test>",
        subject="Our order is overdue",
        text="Please tell us where it is.",
    ),
    one(
        "a provider's security alert",
        "action",
        sender="no-reply@accounts.mail.test",
        subject="Security alert",
        text="A new sign-in.",
    ),
    one(
        "a report on sent mail",
        "ignore",
        sender="noreply-dmarc@mail.test",
        subject="Report domain: shop.test Submitter: mail.test",
        text="",
    ),
]
