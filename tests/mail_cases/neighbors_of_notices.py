"""Neighbors of the rows about social networks, receipts, carriers and our own site."""

# ruff: noqa: E501 - letters as they come
from __future__ import annotations

from typing import Any

from tests.mail_cases.case import Case, more, one
from tests.post import MAKER, Letter

_BULK = more(
    List_Unsubscribe="<https://u.test>", Auto_Submitted="auto-generated", Precedence="bulk"
)


def _platform(
    name: str,
    decision: str,
    sender: str,
    subject: str,
    text: str = "See it online.",
    **cells: Any,
) -> Case:
    return one(name, decision, sender=sender, subject=subject, text=text, **cells)


NOTICE_NEIGHBORS = [
    _platform(
        "Facebook in German",
        "start",
        "Facebook <notification@facebookmail.com>",
        "Zoe Kay hat dir eine Nachricht gesendet",
        more=_BULK,
        channel="facebook",
        person="Zoe Kay",
    ),
    _platform(
        "Facebook page",
        "start",
        "Messenger <messages-noreply@facebookmail.com>",
        "Zoe Kay sent your Page a message",
        channel="facebook",
        person="Zoe Kay",
    ),
    _platform(
        "Facebook security",
        "ignore",
        "Facebook <security@facebookmail.com>",
        "You have a new message about your login",
    ),
    _platform(
        "Instagram likes",
        "ignore",
        "Instagram <no-reply@mail.instagram.com>",
        "zoe_k liked your photo",
    ),
    Case(
        "zoe writes twice on Instagram",
        [
            Letter(
                "i1@x.test",
                sender="Instagram <no-reply@mail.instagram.com>",
                subject="zoe_k sent you a message",
            ),
            Letter(
                "i2@x.test",
                hours=1,
                sender="Instagram <no-reply@mail.instagram.com>",
                subject="zoe_k sent you a message",
            ),
            Letter(
                "i3@x.test",
                hours=2,
                sender="Instagram <no-reply@mail.instagram.com>",
                subject="bo_l sent you a message",
            ),
        ],
        {"i1@x.test": "start", "i2@x.test": "keep", "i3@x.test": "start"},
    ),
    _platform(
        "PayPal's note in German",
        "soft",
        "PayPal <service@paypal.de>",
        "Sie haben eine Zahlung erhalten",
        "Zoe Kay hat Ihnen 4,00 EUR gesendet\n\nMitteilung von Zoe Kay:\nBitte als Geschenk verpacken",
        channel="paypal",
    ),
    _platform(
        "PayPal with no note",
        "ignore",
        "PayPal <service@paypal.com>",
        "You received a payment",
        "Zoe Kay sent you $4.00 USD\n\nNote from buyer: None",
    ),
    _platform(
        "PayPal case in German",
        "action",
        "PayPal <service@paypal.de>",
        "Ein Käufer hat einen Fall eröffnet: PP-D-1",
    ),
    _platform(
        "Stripe receipt",
        "ignore",
        "Shop <receipts+acct@stripe.com>",
        "Your receipt from Shop #1234",
    ),
    _platform(
        "Square dispute",
        "action",
        "Square <noreply@messaging.squareup.com>",
        "A payment has been disputed",
    ),
    _platform(
        "delivered, in German", "ignore", "DHL <noreply@dhl.de>", "Ihre Sendung wurde zugestellt"
    ),
    _platform(
        "not delivered, in German",
        "action",
        "DHL <noreply@dhl.de>",
        "Ihre Sendung konnte nicht zugestellt werden",
    ),
    _platform(
        "not delivered, in French",
        "action",
        "Colissimo <noreply@laposte.fr>",
        "Votre colis n'a pas pu être livré",
    ),
    _platform(
        "a carrier's delivery failed",
        "action",
        "USPS <auto-reply@usps.com>",
        "Delivery failed: 9400 1000",
    ),
    _platform(
        "out for delivery",
        "ignore",
        "UPS <mcinfo@ups.com>",
        "Your package is out for delivery today",
        more=_BULK,
    ),
    _platform(
        "customs to pay",
        "action",
        "FedEx <trackingupdates@fedex.com>",
        "Duties and taxes due on your shipment",
    ),
    _platform(
        "WooCommerce order, own address", "action", MAKER, "[Shop]: New order #1042", to=MAKER
    ),
    _platform(
        "WooCommerce order in German",
        "action",
        "wordpress@shop.test",
        "[Shop]: Neue Bestellung #1042",
    ),
    _platform(
        "a form in an unknown no-reply's list",
        "ignore",
        "noreply@news.test",
        "News",
        more={**_BULK, "List-Id": "<n.test>", "Reply-To": "bob@freemail.test"},
    ),
    _platform(
        "Reply-To in another house of a plain person",
        "start",
        "Bob <bob@office.test>",
        "Ring",
        "Hi?",
        more=more(Reply_To="Bob <bob@freemail.test>"),
        person="Bob",
    ),
]
