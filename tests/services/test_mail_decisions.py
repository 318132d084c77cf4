"""The decision table: what each kind of message does to the clock, from files to the list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from jeweler_desk.services.desk import Desk
from tests.builders import an_order
from tests.post import ANNA, MAKER, Letter, Post

Q = Letter("q1@c.test")
CUSTOMER = "Cora Cook <cora@c.test>"


def reply(**cells: Any) -> Letter:
    """Our answer to Q two hours later, unless told otherwise."""
    known: dict[str, Any] = {
        "id": "r1@shop.test",
        "folder": "sent",
        "hours": 2,
        "sender": MAKER,
        "to": ANNA,
        "subject": "Re: Ring",
        "text": "Dear Anna, yes, with pleasure. Yours truly, the maker",
        "more": {"In-Reply-To": "<q1@c.test>"},
    }
    return Letter(**(known | cells))


def more(cells: Mapping[str, str] | None = None, **others: str) -> dict[str, str]:
    """Header fields by name, underscores for hyphens."""
    return {**(cells or {}), **{name.replace("_", "-"): value for name, value in others.items()}}


def bounce(
    action: str = "failed", *, about: str = "r1@shop.test", to: str = "anna@c.test"
) -> Letter:
    """A delivery report three hours after Q, with the letter's header inside unless ``about`` is empty."""
    inner = f"--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <{about}>\n\n" if about else ""
    return Letter(
        "dsn@mx.test",
        hours=3,
        sender="Mail Delivery Subsystem <MAILER-DAEMON@mx.test>",
        subject="Delivery Status Notification",
        more=more(Return_Path="<>", Auto_Submitted="auto-replied"),
        content_type='multipart/report; report-type=delivery-status; boundary="b"',
        text=(
            "--b\nContent-Type: text/plain\n\nAbout your message.\n\n"
            "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.test\n\n"
            f"Final-Recipient: rfc822; {to}\nAction: {action}\nStatus: 5.1.1\n\n{inner}--b--"
        ),
    )


@dataclass(frozen=True, slots=True)
class Case:
    """Letters, and what they decide."""

    name: str
    letters: list[Letter]
    decisions: dict[str, str]
    clocks: dict[str, str] = field(default_factory=dict)
    channel: str = ""
    person: str | None = ""


def one(name: str, decision: str, **cells: Any) -> Case:
    """A case of a single message."""
    channel, person = cells.pop("channel", ""), cells.pop("person", "")
    letter = Letter(cells.pop("id", "m@x.test"), **cells)
    return Case(name, [letter], {letter.id: decision}, channel=channel, person=person)


FORM = "Name: Bob Stone\nEmail: bob@freemail.test\nMessage: Could you make it in gold?"
NOREPLY = "no-reply@form.test"
OURS = [
    Case("a plain question", [Q], {Q.id: "start"}, {Q.id: "waiting"}, "email", "Anna Berg"),
    one("a question to the second address", "start", to="hello@shop.test"),
    Case(
        "her second mail five hours later",
        [Q, Letter("q2@c.test", hours=5, subject="Re: Ring", more=more(In_Reply_To="<q1@c.test>"))],
        {Q.id: "start", "q2@c.test": "keep"},
    ),
    Case("our reply", [Q, reply()], {Q.id: "start", "r1@shop.test": "stop"}, {Q.id: "answered"}),
    Case(
        "her next mail after our reply starts anew",
        [Q, reply(), Letter("q2@c.test", hours=4, more=more(In_Reply_To="<r1@shop.test>"))],
        {"r1@shop.test": "stop", "q2@c.test": "start"},
        {Q.id: "waiting"},
    ),
    Case("our copy to ourselves lies in the inbox", [Q, reply(folder="inbox")], {"r1@shop.test": "stop"}),
    Case(
        "our reply with a plus part",
        [Q, reply(sender="maker+phone@shop.test")],
        {"r1@shop.test": "stop"},
    ),
    Case("from our other address", [Q, reply(sender="Hello@SHOP.test")], {"r1@shop.test": "stop"}),
    Case(
        "everything archived",
        [Letter("q1@c.test", folder="archive"), reply(folder="archive")],
        {Q.id: "start", "r1@shop.test": "stop"},
    ),
    Case(
        "references and the same subject",
        [Q, reply(more=more(References="<old@c.test> <q1@c.test>"))],
        {"r1@shop.test": "stop"},
    ),
    Case(
        "references carried into a new topic",
        [Q, reply(more=more(References="<q1@c.test>"), subject="Open studio in May")],
        {"r1@shop.test": "keep"},
        {Q.id: "waiting"},
    ),
    Case(
        "In-Reply-To alone is trusted under any subject",
        [Q, reply(subject="Good news")],
        {"r1@shop.test": "stop"},
    ),
    Case(
        "her question forwarded to a supplier",
        [Q, reply(to="casting@supplier.test")],
        {"r1@shop.test": "keep"},
        {Q.id: "waiting"},
    ),
    Case(
        "the supplier's answer and our thanks to him do not answer her",
        [
            Q,
            reply(to="Cast House <casting@supplier.test>"),
            Letter(
                "sup@s.test", hours=3, sender="Cast House <casting@supplier.test>",
                subject="Re: Ring", more=more(In_Reply_To="<r1@shop.test>"), text="Which alloy?",
            ),
            reply(id="r2@shop.test", hours=4, to="casting@supplier.test", more=more(In_Reply_To="<sup@s.test>")),
        ],
        {"sup@s.test": "start", "r2@shop.test": "stop"},
        {Q.id: "waiting", "sup@s.test": "answered"},
    ),
    Case("a draft", [Q, reply(folder="drafts")], {"r1@shop.test": "keep"}, {Q.id: "waiting"}),
    Case(
        "our vacation reply",
        [Q, reply(more=more(In_Reply_To="<q1@c.test>", Auto_Submitted="auto-replied"))],
        {"r1@shop.test": "keep"},
        {Q.id: "waiting"},
    ),
    Case("an older letter", [Q, reply(hours=-3, more={})], {"r1@shop.test": "keep"}, {Q.id: "waiting"}),
    Case(
        "the shop robot's shipping notice",
        [Q, reply(subject="Your order has shipped", more=more(Auto_Submitted="auto-generated"))],
        {"r1@shop.test": "keep"},
        {Q.id: "waiting"},
    ),
    Case(
        "a new letter under another subject",
        [Q, reply(subject="Open studio in May", more={})],
        {"r1@shop.test": "keep"},
        {Q.id: "waiting"},
    ),
    Case("a new letter with her subject", [Q, reply(subject="ring", more={})], {"r1@shop.test": "stop"}),
    Case(
        "a new letter about the same order",
        [
            Letter("q1@c.test", subject="Question about order #1041"),
            reply(subject="Your order 1041", more={}),
        ],
        {"r1@shop.test": "stop"},
    ),
    Case(
        "to her second address in the same thread",
        [Q, reply(to="Anna Berg <anna.berg@home.test>")],
        {"r1@shop.test": "stop"},
    ),
    Case("in the same thread to somebody else", [Q, reply(to="bob@home.test")], {"r1@shop.test": "keep"}),
    Case(
        "the same Gmail thread but another customer",
        [
            Letter("q1@c.test", more=more(X_GM_THRID="17")),
            reply(to="bob@home.test", more=more(X_GM_THRID="17")),
        ],
        {"r1@shop.test": "keep"},
        {Q.id: "waiting"},
    ),
    Case(
        "the same Gmail thread and her address",
        [
            Letter("q1@c.test", more=more(X_GM_THRID="17")),
            reply(subject="Good news", more=more(X_GM_THRID="17")),
        ],
        {"r1@shop.test": "stop"},
    ),
    Case("the same subject to bob", [Q, reply(to="bob@home.test", more={})], {"r1@shop.test": "keep"}),
    Case(
        "a reply to her Reply-To",
        [Letter("q1@c.test", more=more(Reply_To="anna@work.test")), reply(to="anna@work.test")],
        {"r1@shop.test": "stop"},
    ),
    Case("a read receipt of ours", [Q, reply(content_type="multipart/report; report-type=disposition-notification; boundary=b", text="--b\n\nread\n--b--")], {"r1@shop.test": "keep"}),
    one("a note to ourselves", "ignore", sender=MAKER, to="hello@shop.test", subject="note"),
    Case("a second reply stops nothing", [Q, reply(), reply(id="r2@shop.test", hours=5)], {"r1@shop.test": "stop", "r2@shop.test": "keep"}),
    Case(
        "two letters of hers under one subject are answered by one reply",
        [Q, Letter("q2@c.test", hours=1), reply(hours=3, more=more(In_Reply_To="<q2@c.test>"))],
        {Q.id: "start", "q2@c.test": "start", "r1@shop.test": "stop"},
        {Q.id: "answered", "q2@c.test": "answered"},
    ),
]  # fmt: skip
BOUNCES = [
    Case("our letter failed", [Q, reply(), bounce()], {"r1@shop.test": "stop", "dsn@mx.test": "reopen"}, {Q.id: "waiting"}),
    Case("a report without inner headers", [Q, reply(), bounce(about="")], {"dsn@mx.test": "reopen"}),
    Case("delivered", [Q, reply(), bounce("delivered")], {"dsn@mx.test": "ignore"}, {Q.id: "answered"}),
    Case("relayed", [Q, reply(), bounce("relayed")], {"dsn@mx.test": "ignore"}),
    Case("delayed", [Q, reply(), bounce("delayed")], {"dsn@mx.test": "ignore"}),
    Case(
        "only the other recipient failed",
        [Q, reply(more=more(In_Reply_To="<q1@c.test>", Cc="bob@home.test")), bounce(to="bob@home.test")],
        {"dsn@mx.test": "ignore"},
        {Q.id: "answered"},
    ),
    Case(
        "X-Failed-Recipients alone, within three days",
        [
            Q, reply(),
            Letter("dsn@mx.test", hours=3, sender="Mail Delivery System <mailer-daemon@mx.test>",
                   subject="Mail delivery failed", text="A message could not be delivered.",
                   more=more(X_Failed_Recipients="anna@c.test", Return_Path="<>")),
        ],
        {"dsn@mx.test": "reopen"},
    ),
    Case(
        "X-Failed-Recipients after four days",
        [
            Q, reply(),
            Letter("dsn@mx.test", hours=100, sender="mailer-daemon@mx.test", text="It failed.",
                   more=more(X_Failed_Recipients="anna@c.test")),
        ],
        {"dsn@mx.test": "ignore"},
    ),
    Case(
        "a plain bounce that names her",
        [
            Q, reply(),
            Letter("dsn@mx.test", hours=3, sender="MAILER-DAEMON@mx.test", more=more(Return_Path="<>"),
                   subject="failure notice", text="Sorry.\n<anna@c.test>:\nuser unknown"),
        ],
        {"dsn@mx.test": "reopen"},
        {Q.id: "waiting"},
    ),
    Case(
        "a plain bounce about something else",
        [
            Q, reply(),
            Letter("dsn@mx.test", hours=3, sender="MAILER-DAEMON@mx.test", more=more(Return_Path="<>"),
                   subject="failure notice", text="Sorry.\n<zoe@z.test>:\nuser unknown"),
        ],
        {"dsn@mx.test": "ignore"},
        {Q.id: "answered"},
    ),
    Case(
        "a plain warning that it is late",
        [
            Q, reply(),
            Letter("dsn@mx.test", hours=3, sender="MAILER-DAEMON@mx.test", subject="Warning: message delayed",
                   text="<anna@c.test>: your message has been delayed; we will keep trying."),
        ],
        {"dsn@mx.test": "ignore"},
    ),
    Case(
        "the letter sent again stops it again",
        [Q, reply(), bounce(), reply(id="r2@shop.test", hours=6)],
        {"dsn@mx.test": "reopen", "r2@shop.test": "stop"},
        {Q.id: "answered"},
    ),
    Case(
        "another answer stands",
        [Q, reply(), reply(id="r2@shop.test", hours=2.5), bounce()],
        {"dsn@mx.test": "ignore"},
        {Q.id: "answered"},
    ),
    one("a complaint", "ignore", sender="fbl@provider.test",
        content_type="multipart/report; report-type=feedback-report; boundary=b", text="--b\n\nspam\n--b--"),
    one("a read receipt", "ignore", more=more(In_Reply_To="<x@shop.test>"),
        content_type="multipart/report; report-type=disposition-notification; boundary=b", text="--b\n\nread\n--b--"),
    Case(
        "Amazon did not pass it on",
        [
            Letter("q1@c.test", sender="Buyer <k3x9@marketplace.amazon.com>", subject="Inquiry"),
            reply(to="k3x9@marketplace.amazon.com", subject="Re: Inquiry"),
            Letter("rej@amazon.test", hours=3, sender="Amazon <donotreply@amazon.com>",
                   subject="Your message could not be delivered", text="The address is not approved."),
        ],
        {"r1@shop.test": "stop", "rej@amazon.test": "reopen"},
        {Q.id: "waiting"},
    ),
]  # fmt: skip
RELAYS = [
    one("Etsy conversation", "start", sender="Etsy <no-reply@account.etsy.com>",
        subject="Re: Etsy Conversation with Ashlee", text="View message", channel="etsy", person="Ashlee"),
    one("the older Etsy sender", "start", sender="Etsy Conversations <conversations@mail.etsy.com>",
        subject="Etsy Conversation with Ashlee", text="View message",
        more=more(List_Unsubscribe="<https://etsy.test/u>"), channel="etsy", person="Ashlee"),
    Case(
        "Etsy again while Ashlee waits",
        [
            Letter("e1@x.test", sender="Etsy <no-reply@account.etsy.com>", subject="Etsy Conversation with Ashlee", text="View message"),
            Letter("e2@x.test", hours=2, sender="Etsy <no-reply@account.etsy.com>", subject="Re: Etsy Conversation with Ashlee", text="View message"),
            Letter("e3@x.test", hours=3, sender="Etsy <no-reply@account.etsy.com>", subject="Re: Etsy Conversation with Bo", text="View message"),
        ],
        {"e1@x.test": "start", "e2@x.test": "keep", "e3@x.test": "start"},
    ),
    Case(
        "an Etsy help request opens its own thread",
        [
            Letter("e1@x.test", sender="Etsy <no-reply@account.etsy.com>", subject="Etsy Conversation with Ashlee", text="View message"),
            Letter("e2@x.test", hours=2, sender="Etsy <no-reply@account.etsy.com>", subject="Ashlee needs help with an order they placed", text="View request"),
            Letter("e3@x.test", hours=3, sender="Etsy <no-reply@account.etsy.com>", subject="Help Request: Order #3512000101", text="View request"),
        ],
        {"e1@x.test": "start", "e2@x.test": "start", "e3@x.test": "start"},
    ),
    one("an Etsy sale", "action", sender="Etsy Transactions <transaction@etsy.com>",
        subject="You made a sale on Etsy - Dispatch by May 21 - [US$39.40, Order #3512000101]", channel="etsy"),
    Case(
        "mail to Etsy reaches nobody",
        [
            Letter("q1@c.test", sender="Etsy <no-reply@account.etsy.com>", subject="Etsy Conversation with Ashlee", text="View message"),
            reply(to="no-reply@account.etsy.com", subject="Re: Etsy Conversation with Ashlee"),
        ],
        {Q.id: "start", "r1@shop.test": "keep"},
        {Q.id: "waiting"},
    ),
    one("an eBay member", "start", sender='"buyer via eBay" <ebay@ebay.test>', subject="About item 33",
        more=more(Reply_To="abc123@members.ebay.de", Auto_Submitted="auto-generated"), channel="ebay", person="buyer"),
    Case(
        "a reply to the eBay alias",
        [
            Letter("q1@c.test", sender="gemlover <abc@members.ebay.co.uk>", subject="About item 33"),
            reply(to="abc@members.ebay.co.uk", subject="Something else", more={}),
        ],
        {Q.id: "start", "r1@shop.test": "stop"},
    ),
    one("an eBay sale", "action", sender="eBay <ebay@ebay.com>", subject="Your item sold: Silver ring", channel="ebay"),
    one("an eBay watch list", "ignore", sender="eBay <ebay@ebay.com>", subject="An item on your Watchlist is ending"),
    one("an Amazon buyer", "start", sender="Jo Lind <k3x9@marketplace.amazon.de>", channel="amazon", person="Jo Lind"),
    one("Shopify's form", "start", sender="My Shop (Shopify) <mailer@shopify.com>", subject="New customer message on October 5",
        more=more(Reply_To="Vi Lund <vi@freemail.test>"), channel="shopify", person="Vi Lund"),
    one("Shopify's form without Reply-To", "start", sender="store+123@shopifyemail.com", subject="New customer message on October 5",
        text="You received a new message.\n\nName:\nVi Lund\n\nEmail:\nvi@freemail.test\n\nBody:\nIs it gold?", channel="shopify", person="Vi Lund"),
    one("Shopify's code", "ignore", sender="Shopify <mailer@shopify.com>", subject="Your verification code", text="123456"),
    one("a Squarespace form", "start", sender="form-submission@squarespace.info", subject="Form Submission - Contact",
        text=FORM, channel="form", person="Bob Stone"),
    one("Google Forms", "start", sender="forms-receipts-noreply@google.com", subject="New response", text=FORM, channel="form"),
    *[
        one(f"a form by {service}", "start", sender=f"notifications@{service}", subject="New submission", text=FORM,
            more=more(Auto_Submitted="auto-generated"), channel="form", person="Bob Stone")
        for service in ("wix.com", "followups.typeform.com", "jotform.com", "tally.so", "formspree.io")
    ],
    one("WordPress with an empty Reply-To", "start", sender="WordPress <wordpress@shop.test>", subject="Contact",
        more=more(Reply_To="<>"), channel="form", person=None),
    one("WordPress with the visitor's Reply-To", "start", sender="wordpress@shop.test", subject="Contact",
        more=more(Reply_To="Bob Stone <bob@freemail.test>", Precedence="junk", X_Mailer="PHPMailer 6.8"), channel="form", person="Bob Stone"),
    one("WordPress housekeeping", "ignore", sender="wordpress@shop.test", subject="[Shop] Your site has updated to WordPress 6.9"),
    one("a form from our own address", "start", sender=MAKER, subject="Contact", more=more(Reply_To="bob@freemail.test"),
        channel="form", person="bob@freemail.test"),
    one("a form from our own address with the person in its body", "start", sender=MAKER, subject="Contact", text=FORM,
        channel="form", person="Bob Stone"),
    one("a no-reply sender with a usable Reply-To", "start", sender=NOREPLY, more=more(Reply_To="bob@freemail.test"),
        channel="form", person="bob@freemail.test"),
    one("a list with a Reply-To", "ignore", sender=NOREPLY,
        more=more(Reply_To="bob@freemail.test", List_Id="<news.form.test>", List_Unsubscribe="<https://form.test/u>")),
    Case(
        "a fresh letter to the address in the form",
        [
            Letter("q1@c.test", sender="form-submission@squarespace.info", subject="Form Submission - Contact", text=FORM),
            reply(to="bob@freemail.test", subject="Your question about gold", more={}),
        ],
        {Q.id: "start", "r1@shop.test": "stop"},
    ),
    Case(
        "visitors of one form do not share a clock",
        [
            Letter("f1@x.test", sender=NOREPLY, subject="Contact", more=more(Reply_To="bob@freemail.test", References="<form@x.test>")),
            Letter("f2@x.test", hours=1, sender=NOREPLY, subject="Contact", more=more(Reply_To="cy@freemail.test", References="<form@x.test>")),
            reply(to="bob@freemail.test", subject="Re: Contact", more=more(In_Reply_To="<f1@x.test>")),
        ],
        {"f1@x.test": "start", "f2@x.test": "start", "r1@shop.test": "stop"},
        {"f1@x.test": "answered", "f2@x.test": "waiting"},
    ),
    one("an Instagram message", "start", sender="Instagram <no-reply@mail.instagram.com>", subject="zoe_k sent you a message",
        channel="instagram", person="zoe_k"),
    one("Instagram's recap", "ignore", sender="Instagram <posts-recaps@mail.instagram.com>", subject="See what zoe_k sent you a message about"),
    one("Instagram security", "ignore", sender="Instagram <security@mail.instagram.com>", subject="New login"),
    one("a Facebook message", "start", sender="Facebook <notification@facebookmail.com>", subject="Zoe Kay sent you a message",
        channel="facebook", person="Zoe Kay"),
    one("Facebook noise", "ignore", sender="Facebook <notification@facebookmail.com>", subject="Zoe Kay likes your page"),
    one("a PayPal note", "soft", sender="service@paypal.com <service@paypal.com>", subject="You received a payment from Zoe Kay",
        text="You received a payment of $40.00 USD from Zoe Kay (zoe@k.test)\n\nNote from Zoe Kay:\nCan you gift-wrap it?",
        channel="paypal", person="Zoe Kay"),
    one("a PayPal receipt", "ignore", sender="PayPal <service@paypal.com>", subject="Receipt for your payment", text="You paid 4.00"),
    one("a PayPal dispute", "action", sender="PayPal <service@paypal.com>", subject="A dispute was opened: case PP-D-1"),
    one("a Stripe dispute", "action", sender="Stripe <notifications@stripe.com>", subject="A customer opened a dispute"),
    one("delivered", "ignore", sender="auto-reply@usps.com", subject="Your parcel was delivered"),
    one("trouble on the way", "action", sender="pkginfo@ups.com", subject="UPS exception: address correction needed"),
    one("a dated matter", "action", sender="noreply@registrar.test", subject="Your domain expires in 7 days"),
]  # fmt: skip
MACHINES = [
    Case(
        "her out-of-office note",
        [Q, reply(), Letter("ooo@c.test", hours=2.1, subject="Automatic reply: Ring", text="I am away.",
                            more=more(Auto_Submitted="auto-replied", In_Reply_To="<r1@shop.test>"))],
        {"ooo@c.test": "ignore"},
        {Q.id: "answered"},
    ),
    one("out of office without headers", "ignore", subject="Out of Office: back on Monday", text="I am away."),
    one("a question that begins so", "start", subject="Out of office: can you still ship by Friday?", text="I will be home then."),
    one("out of office as an answer", "ignore", subject="Out of office: who helps you?", text="Ask Jo.", more=more(In_Reply_To="<x@shop.test>")),
    one("an unknown robot", "ignore", sender="robot@unknown.test", more=more(Auto_Submitted="auto-generated; x=y")),
    one("a person's server says no", "start", more=more(Auto_Submitted="no")),
    one("Exchange absence", "ignore", more=more(X_Auto_Response_Suppress="All", X_MS_Exchange_Inbox_Rules_Loop="anna@c.test")),
    one("suppressing answers is no sign", "start", more=more(X_Auto_Response_Suppress="All")),
    one("X-Autoreply", "ignore", more=more(X_Autoreply="yes")),
    one("a supplier's newsletter", "ignore", sender="news@supplier.test", more=more(Precedence="Bulk", List_Unsubscribe="<mailto:u@s.test>")),
    one("a mailing list", "ignore", more=more(List_Id="<guild.test>")),
    one("List-Unsubscribe of a stranger", "ignore", more=more(List_Unsubscribe="<mailto:u@s.test>")),
    Case(
        "List-Unsubscribe of a customer who answers us",
        [
            reply(id="w1@shop.test", hours=-2, to=CUSTOMER, subject="Your order", more={}),
            Letter("m@x.test", sender=CUSTOMER, subject="Re: Your order",
                   more=more(List_Unsubscribe="<mailto:u@c.test>", In_Reply_To="<w1@shop.test>")),
        ],
        {"m@x.test": "start"},
    ),
    one("List-Unsubscribe of a customer", "start", sender=CUSTOMER, more=more(List_Unsubscribe="<mailto:u@c.test>")),
    one("no return address", "ignore", more=more(Return_Path="<>")),
    one("no return address but a person to answer", "start", sender="forms@host.test",
        more=more(Return_Path="<>", Reply_To="bob@freemail.test"), person="bob@freemail.test"),
    one("a calendar's answer", "ignore", subject="Accepted: fitting", content_type="text/calendar; method=REPLY",
        text="BEGIN:VCALENDAR\nMETHOD:REPLY\nEND:VCALENDAR"),
]  # fmt: skip
PERSONS = [
    one("junk of a stranger", "ignore", folder="junk"),
    one("junk of a customer", "start", folder="junk", sender=CUSTOMER),
    one("marked as spam", "ignore", more=more(X_Spam_Flag="YES")),
    Case(
        "an answer to us in the junk folder",
        [reply(id="w1@shop.test", hours=-2, subject="Fitting", more={}),
         Letter("m@x.test", folder="junk", subject="Re: Fitting", more=more(In_Reply_To="<w1@shop.test>"))],
        {"m@x.test": "start"},
    ),
    one("its date lies ahead", "start", more=more(Date="Thu, 08 Oct 2026 08:00:00 +0000")),
    Case(
        "thanks after our answer",
        [Q, reply(), Letter("t@c.test", hours=5, subject="Re: Ring", more=more(In_Reply_To="<r1@shop.test>"),
                            text="Thank you so much, it is gorgeous!\n\nOn Mon, Oct 5, 2026 at 10:00 AM Maker <maker@shop.test> wrote:\n> Is this the size you want?\n> Dear Anna")],
        {"t@c.test": "soft"},
        {Q.id: "soft"},
    ),
    Case(
        "thanks with a question",
        [Q, reply(), Letter("t@c.test", hours=5, more=more(In_Reply_To="<r1@shop.test>"), text="Thank you! When will it ship?")],
        {"t@c.test": "start"},
    ),
    Case(
        "many words of thanks",
        [Q, reply(), Letter("t@c.test", hours=5, more=more(In_Reply_To="<r1@shop.test>"),
                            text="Thank you so very much, I have been looking for such a ring all my life long.")],
        {"t@c.test": "start"},
    ),
    Case(
        "thanks while her question waits",
        [Q, Letter("t@c.test", hours=5, more=more(In_Reply_To="<q1@c.test>"), text="Thanks!")],
        {"t@c.test": "keep"},
        {Q.id: "waiting"},
    ),
    one("thanks as the first mail", "start", text="Thanks"),
    Case(
        "a reaction",
        [Q, reply(), Letter("t@c.test", hours=5, subject="Re: Ring", text="\U0001f44d", more=more(In_Reply_To="<r1@shop.test>"))],
        {"t@c.test": "soft"},
    ),
    one("we were only in Cc", "soft", to="bob@home.test", more=more(Cc=MAKER)),
    one("to bob and us", "start", to=f"bob@home.test, {MAKER}"),
    Case(
        "she forwards our letter to her sister",
        [Q, reply(), Letter("fw@c.test", hours=4, to="sister@c.test", subject="Fwd: Ring", more=more(Cc=MAKER, In_Reply_To="<r1@shop.test>"))],
        {"fw@c.test": "soft"},
    ),
    Case(
        "an answer to a letter of two years ago under a new subject",
        [
            Letter("q1@c.test", hours=-17000),
            Letter("m@x.test", subject="A brooch", more=more(In_Reply_To="<q1@c.test>")),
        ],
        {Q.id: "start", "m@x.test": "start"},
    ),
    one("a phrase instead of an id", "start", more=more(In_Reply_To="Your message of Monday")),
    Case(
        "nine hundred references",
        [Q, reply(more=more(References=" ".join(f"<old{n}@c.test>" for n in range(900)) + " <q1@c.test>"))],
        {"r1@shop.test": "stop"},
    ),
    one("nobody wrote it", "soft", sender=None, person=None),
    one("an ordinary letter without a Message-ID date", "start", more=more(Date="yesterday")),
    one("an unknown no-reply sender asks", "start", sender="noreply@museum.test", subject="Loan request", text="Would you lend us a ring?"),
]  # fmt: skip
CASES = [*OURS, *BOUNCES, *RELAYS, *MACHINES, *PERSONS]


@pytest.fixture
def post(desk: Desk, tmp_path: Path) -> Post:
    for address in (MAKER, "hello@shop.test", "seller.name@gmail.test"):
        desk.correspondence.mailboxes.add_identity(address)
    desk.orders.add(an_order(number="#7", email="Cora@c.test"))
    return Post(desk, tmp_path / "mail")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_decision_table(post: Post, case: Case) -> None:
    post.brings(case.letters)
    listed = post.listed()
    found = {key: listed[key].decision.value for key in case.decisions}
    assert found == case.decisions, {key: each.reason for key, each in listed.items()}
    assert {key: listed[key].clock.value for key in case.clocks} == case.clocks
    first = listed[case.letters[0].id]
    if case.channel:
        assert first.channel == case.channel
    if case.person != "":
        assert first.person == case.person
    assert all(each.reason for each in listed.values())
