"""Neighbors of the rows about relays, forms and platforms: other languages, other senders."""

# ruff: noqa: E501 - letters as they come
from __future__ import annotations

from tests.mail_cases.case import FORM, Case, Q, more, one, reply
from tests.post import MAKER, Letter

ETSY = "Etsy <no-reply@account.etsy.com>"
_BULK = more(
    List_Unsubscribe="<https://u.test>", Auto_Submitted="auto-generated", Precedence="bulk"
)
_ETSY_TITLES = {
    "Etsy-Unterhaltung mit Ashlee": "German",
    "Conversation Etsy avec Ashlee": "French",
    "Conversación de Etsy con Ashlee": "Spanish",
    "Conversazione Etsy con Ashlee": "Italian",
    "Etsy-gesprek met Ashlee": "Dutch",
    "Re: Etsy Conversation with Ashlee (Shop)": "with the shop",
    "RE: Etsy conversation with Ashlee": "in small letters",
}
_INSTAGRAM_TITLES = {
    "zoe_k sent you a message": "English",
    "zoe_k hat dir eine Nachricht gesendet": "German",
    "zoe_k vous a envoyé un message": "French",
    "zoe_k te ha enviado un mensaje": "Spanish",
    "zoe_k ti ha inviato un messaggio": "Italian",
    "zoe_k heeft je een bericht gestuurd": "Dutch",
    "New message from zoe_k": "another form",
    "zoe_k sent you 3 messages": "several",
}


def _platform(
    name: str,
    decision: str,
    sender: str,
    subject: str,
    text: str = "See it online.",
    **cells: object,
) -> Case:
    return one(name, decision, sender=sender, subject=subject, text=text, **cells)


RELAY_NEIGHBORS = [
    *[
        _platform(
            f"Etsy in {language}",
            "start",
            ETSY,
            subject,
            "View message",
            more=_BULK,
            channel="etsy",
            person="Ashlee",
        )
        for subject, language in _ETSY_TITLES.items()
    ],
    *[
        _platform(
            f"Instagram in {language}",
            "start",
            "Instagram <no-reply@mail.instagram.com>",
            subject,
            more=_BULK,
            channel="instagram",
            person="zoe_k",
        )
        for subject, language in _INSTAGRAM_TITLES.items()
    ],
    _platform(
        "a name with quotes on Etsy",
        "start",
        ETSY,
        'Etsy Conversation with "Ash" O’Lee',
        channel="etsy",
    ),
    Case(
        "Ashlee asks for help with an order while a conversation is open",
        [
            Letter("e1@x.test", sender=ETSY, subject="Etsy Conversation with Ashlee"),
            Letter(
                "e2@x.test",
                hours=1,
                sender=ETSY,
                subject="Ashlee needs help with an order they placed",
            ),
        ],
        {"e1@x.test": "start", "e2@x.test": "start"},
    ),
    Case(
        "the same order's help request again",
        [
            Letter("e1@x.test", sender=ETSY, subject="Help Request: Order #3512000101"),
            Letter(
                "e2@x.test", hours=1, sender=ETSY, subject="Re: Help Request: Order #3512000101"
            ),
        ],
        {"e1@x.test": "start", "e2@x.test": "keep"},
    ),
    Case(
        "mail to Etsy under another subject reaches nobody",
        [
            Letter(
                "q1@c.test",
                sender="Etsy <conversations@mail.etsy.com>",
                subject="Etsy Conversation with Ashlee",
            ),
            reply(to="conversations@mail.etsy.com", subject="Good news"),
        ],
        {Q.id: "start", "r1@shop.test": "keep"},
        {Q.id: "waiting"},
    ),
    Case(
        "Etsy says in German that we answered",
        [
            Letter("e1@x.test", sender=ETSY, subject="Etsy-Unterhaltung mit Ashlee"),
            Letter(
                "e2@x.test", hours=2, sender=ETSY, subject="Du hast Ashlee auf Etsy geantwortet"
            ),
        ],
        {"e2@x.test": "stop"},
        {"e1@x.test": "answered"},
    ),
    Case(
        "Ashlee writes again after Etsy said that we answered",
        [
            Letter("e1@x.test", sender=ETSY, subject="Etsy Conversation with Ashlee"),
            Letter("e2@x.test", hours=2, sender=ETSY, subject="You replied to Ashlee on Etsy"),
            Letter("e3@x.test", hours=3, sender=ETSY, subject="Re: Etsy Conversation with Ashlee"),
        ],
        {"e3@x.test": "start"},
        {"e1@x.test": "waiting"},
    ),
    _platform(
        "a lookalike of Etsy",
        "start",
        "Etsy <conversations@etsy.com.evil.test>",
        "Etsy Conversation with Ashlee",
        channel="email",
    ),
    _platform(
        "a person at Etsy",
        "start",
        "Jo <jo.lind@etsy.com>",
        "An interview",
        "Would you talk to us?",
    ),
    _platform(
        "Etsy's newsletter",
        "ignore",
        "Etsy <emails@mail.etsy.com>",
        "Finds of the week",
        more=_BULK,
    ),
    _platform(
        "an Etsy sale in German",
        "action",
        "Etsy <transaction@etsy.com>",
        "Du hast einen Verkauf auf Etsy gemacht",
        channel="etsy",
    ),
    _platform("Etsy: favorited", "ignore", ETSY, "Ashlee favorited your item", more=_BULK),
    _platform(
        "eBay member, another country",
        "start",
        "ring_fan <abc@members.ebay.com.au>",
        "Question about item",
        channel="ebay",
        person="ring_fan",
    ),
    _platform(
        "eBay member with bulk headers",
        "start",
        "eBay <ebay@ebay.co.uk>",
        "gemlover sent a message about Silver ring",
        more={**_BULK, "Reply-To": "x1@members.ebay.co.uk"},
        channel="ebay",
    ),
    Case(
        "an answer to the eBay alias behind eBay's own sender",
        [
            Letter(
                "q1@c.test",
                sender='"buyer via eBay" <ebay@ebay.com>',
                subject="About item 33",
                more=more(Reply_To="abc@members.ebay.com"),
            ),
            reply(to="abc@members.ebay.com"),
        ],
        {"r1@shop.test": "stop"},
        {Q.id: "answered"},
    ),
    Case(
        "an answer to eBay itself reaches nobody",
        [
            Letter(
                "q1@c.test",
                sender='"buyer via eBay" <ebay@ebay.com>',
                subject="About item 33",
                more=more(Reply_To="abc@members.ebay.com"),
            ),
            reply(to="ebay@ebay.com", subject="Hi"),
        ],
        {"r1@shop.test": "keep"},
        {Q.id: "waiting"},
    ),
    _platform(
        "eBay sold, in German",
        "action",
        "eBay <ebay@ebay.de>",
        "Ihr Artikel wurde verkauft: Ring",
        channel="ebay",
    ),
    _platform(
        "eBay's watch list in German",
        "ignore",
        "eBay <ebay@ebay.de>",
        "Artikel auf Ihrer Beobachtungsliste endet bald",
    ),
    _platform(
        "Amazon, another country",
        "start",
        "Jo <k3x9@marketplace.amazon.co.uk>",
        "Product details inquiry",
        more=_BULK,
        channel="amazon",
        person="Jo",
    ),
    _platform(
        "Amazon order",
        "action",
        "Amazon <seller-notification@amazon.com>",
        "Sold, ship now: ABC-12 Silver ring",
        channel="amazon",
    ),
    _platform(
        "Amazon claim",
        "action",
        "Amazon <atoz-guarantee-no-reply@amazon.com>",
        "A-to-z Guarantee claim received",
    ),
    Case(
        "an answer to Amazon's alias",
        [
            Letter("q1@c.test", sender="Buyer <k3x9@marketplace.amazon.de>", subject="Frage"),
            reply(to="k3x9@marketplace.amazon.de", subject="Anderes", more={}),
        ],
        {"r1@shop.test": "stop"},
        {Q.id: "answered"},
    ),
    _platform(
        "Shopify, the older shop sender",
        "start",
        MAKER,
        "New customer message on October 5 at 10:00 am",
        FORM,
        channel="shopify",
        person="Bob Stone",
    ),
    _platform(
        "Shopify, Reply-To is the shop",
        "ignore",
        "Shop <mailer@shopify.com>",
        "Someone requested access to your store",
        more=more(Reply_To=MAKER),
    ),
    _platform(
        "Shopify by shopifyemail with a visitor",
        "start",
        "Shop <store+123@shopifyemail.com>",
        "New customer message on October 5",
        more={**_BULK, "Reply-To": "Vi <vi@freemail.test>"},
        channel="shopify",
        person="Vi",
    ),
    _platform(
        "Shopify: login code",
        "ignore",
        "Shopify <mailer@shopify.com>",
        "Your Shopify login code is 123456",
    ),
    _platform(
        "Shopify: staff",
        "ignore",
        "Shopify <mailer@shopify.com>",
        "Jo accepted your staff invitation",
    ),
    _platform(
        "Shopify order",
        "action",
        "Shop <mailer@shopify.com>",
        "[Shop] Order #1042 placed by Ann",
        channel="shopify",
    ),
    _platform(
        "Squarespace order",
        "action",
        "no-reply@squarespace.info",
        "Shop: A New Order has Arrived (00119)",
    ),
    _platform(
        "Squarespace, the person in HTML",
        "start",
        "form-submission@squarespace.info",
        "Form Submission - Contact",
        "<p><b>Name:</b> Bob Stone</p><p><b>Email:</b> bob@freemail.test</p><p><b>Message:</b> gold?</p>",
        content_type="text/html",
        channel="form",
        person="Bob Stone",
    ),
    _platform(
        "Squarespace with nobody in it",
        "start",
        "form-submission@squarespace.info",
        "Form Submission - Contact",
        "gold?",
        channel="form",
        person=None,
    ),
    _platform(
        "Wix with a Reply-To",
        "start",
        "Wix <noreply@notifications.wix.com>",
        "You got a new message",
        more={**_BULK, "Reply-To": "bob@freemail.test"},
        channel="form",
    ),
    _platform(
        "Tally in German",
        "start",
        "Tally <notifications@tally.so>",
        "Neue Antwort auf Kontakt",
        "Name: Bob Stone\nE-Mail: bob@freemail.test\nNachricht: Gold?",
        channel="form",
        person="Bob Stone",
    ),
    _platform(
        "a French form",
        "start",
        "noreply@form.test",
        "Contact",
        "Votre nom : Bob Stone\nAdresse e-mail : bob@freemail.test\nMessage : Bonjour",
        channel="form",
        person="Bob Stone",
    ),
    _platform(
        "a Spanish form",
        "start",
        "noreply@form.test",
        "Contacto",
        "Nombre: Bob Stone\nCorreo electrónico: bob@freemail.test\nMensaje: Hola",
        channel="form",
        person="Bob Stone",
    ),
    Case(
        "two visitors of Squarespace's form under one subject",
        [
            Letter(
                "f1@x.test",
                sender="form-submission@squarespace.info",
                subject="Form Submission - Contact",
                text=FORM,
            ),
            Letter(
                "f2@x.test",
                hours=1,
                sender="form-submission@squarespace.info",
                subject="Form Submission - Contact",
                text=FORM.replace("bob@", "cy@").replace("Bob Stone", "Cy"),
            ),
            reply(
                to="cy@freemail.test",
                subject="Re: Form Submission - Contact",
                more=more(In_Reply_To="<f2@x.test>"),
            ),
        ],
        {"f1@x.test": "start", "f2@x.test": "start", "r1@shop.test": "stop"},
        {"f1@x.test": "waiting", "f2@x.test": "answered"},
    ),
    Case(
        "an answer to the form's robot reaches nobody",
        [
            Letter(
                "f1@x.test",
                sender="form-submission@squarespace.info",
                subject="Form Submission - Contact",
                text=FORM,
            ),
            reply(
                to="form-submission@squarespace.info",
                subject="Re: Form Submission - Contact",
                more=more(In_Reply_To="<f1@x.test>"),
            ),
        ],
        {"r1@shop.test": "keep"},
        {"f1@x.test": "waiting"},
    ),
]
