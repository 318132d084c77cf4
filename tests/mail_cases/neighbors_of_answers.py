"""Neighbors of the rows about answers: other headers, other orders, both witnesses at once."""

from __future__ import annotations

from tests.mail_cases.case import Case, Q, more, one, reply
from tests.post import MAKER, Letter

_WAITS = {Q.id: "waiting"}
_DONE = {Q.id: "answered"}


def _hers(id: str, hours: float, **cells: object) -> Letter:  # noqa: A002 - as in Letter
    return Letter(id, hours=hours, **cells)  # type: ignore[arg-type] # cells of a Letter


ANSWER_NEIGHBORS = [
    Case(
        "she stands in Cc of our answer",
        [Q, reply(to="bob@home.test", more=more(In_Reply_To="<q1@c.test>", Cc="anna@c.test"))],
        {"r1@shop.test": "stop"},
        _DONE,
    ),
    Case(
        "she stands in Bcc of our answer",
        [Q, reply(to=MAKER, more=more(In_Reply_To="<q1@c.test>", Bcc="anna@c.test"))],
        {"r1@shop.test": "stop"},
        _DONE,
    ),
    Case(
        "an answer that lies in the junk folder is ours all the same",
        [Q, reply(folder="junk")],
        {"r1@shop.test": "stop"},
        _DONE,
    ),
    Case(
        "begun as a draft, then sent",
        [Q, reply(folder="drafts"), reply()],
        {"r1@shop.test": "stop"},
        _DONE,
    ),
    Case(
        "a draft that a phone filed in Sent",
        [Q, reply(flags="D")],
        {"r1@shop.test": "keep"},
        _WAITS,
    ),
    Case(
        "a draft in the inbox",
        [Q, reply(folder="inbox", flags="D")],
        {"r1@shop.test": "keep"},
        _WAITS,
    ),
    Case(
        "several ids in In-Reply-To",
        [Q, reply(subject="Good news", more=more(In_Reply_To="<nobody@x.test> <q1@c.test>"))],
        {"r1@shop.test": "stop"},
        _DONE,
    ),
    Case(
        "one of the ids is no id",
        [Q, reply(subject="Good news", more=more(In_Reply_To="garbage <q1@c.test> <also garbage"))],
        {"r1@shop.test": "stop"},
        _DONE,
    ),
    Case(
        "an id without angle brackets",
        [Q, reply(subject="Good news", more=more(In_Reply_To="q1@c.test"))],
        {"r1@shop.test": "stop"},
        _DONE,
    ),
    Case(
        "In-Reply-To in lower case",
        [Q, reply(subject="Good news", more={"in-reply-to": "<q1@c.test>"})],
        {"r1@shop.test": "stop"},
        _DONE,
    ),
    Case(
        "an Exchange id in brackets",
        [
            Letter("[b378@microsoft.com]"),
            reply(subject="Good news", more=more(In_Reply_To="<[b378@microsoft.com]>")),
        ],
        {"[b378@microsoft.com]": "start", "r1@shop.test": "stop"},
    ),
    Case(
        "an empty In-Reply-To and her id in References",
        [Q, reply(more={"In-Reply-To": "", "References": "<q1@c.test>"})],
        {"r1@shop.test": "stop"},
        _DONE,
    ),
    Case(
        "Re without a blank",
        [Q, reply(subject="Re:Ring", more=more(References="<q1@c.test>"))],
        {"r1@shop.test": "stop"},
        _DONE,
    ),
    Case(
        "Re[2]",
        [Q, reply(subject="Re[2]: Ring", more=more(References="<q1@c.test>"))],
        {"r1@shop.test": "stop"},
        _DONE,
    ),
    Case("AW and WG", [Q, reply(subject="AW: WG: Ring", more={})], {"r1@shop.test": "stop"}, _DONE),
    Case("the answer of the same second", [Q, reply(hours=0)], {"r1@shop.test": "stop"}, _DONE),
    Case(
        "an answer one second before her letter",
        [Q, reply(hours=-0.001, more={}, subject="Ring")],
        {"r1@shop.test": "keep"},
        _WAITS,
    ),
    Case(
        "two ids chase each other",
        [
            Letter("q1@c.test", more=more(In_Reply_To="<q2@c.test>")),
            Letter("q2@c.test", hours=1, more=more(In_Reply_To="<q1@c.test>")),
            reply(hours=2, more=more(In_Reply_To="<q2@c.test>")),
        ],
        {Q.id: "start", "q2@c.test": "keep", "r1@shop.test": "stop"},
        {**_DONE, "q2@c.test": "answered"},
    ),
    Case(
        "a letter that answers itself",
        [
            Letter("q1@c.test", more=more(In_Reply_To="<q1@c.test>", References="<q1@c.test>")),
            reply(),
        ],
        {Q.id: "start", "r1@shop.test": "stop"},
        _DONE,
    ),
    Case(
        "the root never reached us",
        [
            Letter("q1@c.test", subject="Re: Ring", more=more(In_Reply_To="<root@c.test>")),
            Letter(
                "q2@c.test", hours=1, subject="Re: Ring", more=more(In_Reply_To="<root@c.test>")
            ),
            reply(hours=2, more=more(In_Reply_To="<q2@c.test>")),
        ],
        {Q.id: "start", "q2@c.test": "keep", "r1@shop.test": "stop"},
        _DONE,
    ),
    Case(
        "the root never reached us and only References know it",
        [
            Letter("q1@c.test", subject="Re: Ring", more=more(References="<root@c.test>")),
            Letter(
                "q2@c.test",
                hours=1,
                subject="RE: ring",
                more=more(References="<root@c.test> <lost@c.test>"),
            ),
        ],
        {Q.id: "start", "q2@c.test": "keep"},
    ),
    Case(
        "our answer's id was changed on the way",
        [
            Q,
            reply(id="ses-0100@mail.test", hours=2),
            _hers(
                "q2@c.test",
                3,
                subject="Re: Ring",
                more=more(In_Reply_To="<r1@shop.test>", References="<q1@c.test> <r1@shop.test>"),
            ),
        ],
        {"ses-0100@mail.test": "stop", "q2@c.test": "start"},
        _WAITS,
    ),
    Case(
        "both witnesses, then a bounce",
        [
            Letter("q1@c.test", flags="RS"),
            reply(),
            Letter(
                "dsn@mx.test",
                hours=3,
                sender="MAILER-DAEMON@mx.test",
                subject="failure notice",
                text="<anna@c.test>: user unknown",
                more=more(Return_Path="<>"),
            ),
        ],
        {"r1@shop.test": "stop", "dsn@mx.test": "reopen"},
        _WAITS,
    ),
    Case("the flag alone", [Letter("q1@c.test", flags="RS")], {Q.id: "start"}, _DONE),
    Case("read is not answered", [Letter("q1@c.test", flags="SF")], {Q.id: "start"}, _WAITS),
    Case(
        "the flag on her second letter answers both",
        [Q, _hers("q2@c.test", 1, flags="R", more=more(In_Reply_To="<q1@c.test>"))],
        {Q.id: "start", "q2@c.test": "keep"},
        _DONE,
    ),
    Case(
        "a letter of hers after the flagged one waits",
        [
            Letter("q1@c.test", flags="R"),
            _hers("q2@c.test", 5, more=more(In_Reply_To="<q1@c.test>")),
        ],
        {"q2@c.test": "start"},
        _WAITS,
    ),
    Case(
        "the flag on a copy in another folder",
        [Q, Letter("q1@c.test", folder="archive", flags="R")],
        {Q.id: "start"},
        _DONE,
    ),
    Case(
        "no subject, an answer without ids",
        [Letter("q1@c.test", subject=""), reply(subject="", more={})],
        {"r1@shop.test": "stop"},
        _DONE,
    ),
    Case(
        "no subject, an answer that only says Re:",
        [Letter("q1@c.test", subject=""), reply(subject="Re:", more={})],
        {"r1@shop.test": "stop"},
        _DONE,
    ),
    Case(
        "no subject, to somebody else",
        [Letter("q1@c.test", subject=""), reply(to="bob@home.test", subject="", more={})],
        {"r1@shop.test": "keep"},
        _WAITS,
    ),
    Case(
        "her order's number with its German word",
        [
            Letter("q1@c.test", subject="Bestellung 1041"),
            reply(subject="Ihre Bestellung Nr. 1041", more={}),
        ],
        {"r1@shop.test": "stop"},
        _DONE,
    ),
    Case(
        "her order's number with its French word",
        [
            Letter("q1@c.test", subject="Commande n° 1041"),
            reply(subject="Votre commande 1041", more={}),
        ],
        {"r1@shop.test": "stop"},
        _DONE,
    ),
    Case(
        "another order's number",
        [Letter("q1@c.test", subject="Order #1041"), reply(subject="Order #1042", more={})],
        {"r1@shop.test": "keep"},
        _WAITS,
    ),
    Case(
        "her order's number to another customer",
        [
            Letter("q1@c.test", subject="Order #1041"),
            reply(to="bob@home.test", subject="Order #1041", more={}),
        ],
        {"r1@shop.test": "keep"},
        _WAITS,
    ),
    Case(
        "a shipping notice with her order's number",
        [
            Letter("q1@c.test", subject="Question about order #1041"),
            reply(subject="Your order #1041 has shipped", more={}),
        ],
        {"r1@shop.test": "keep"},
        _WAITS,
    ),
    Case(
        "the same Gmail thread, the shop's other customer in it",
        [
            Letter("q1@c.test", more=more(X_GM_THRID="17")),
            Letter("q2@d.test", hours=1, sender="Bo <bo@d.test>", more=more(X_GM_THRID="17")),
            reply(hours=2, to="bo@d.test", subject="Hi", more=more(X_GM_THRID="17")),
        ],
        {Q.id: "start", "q2@d.test": "start", "r1@shop.test": "stop"},
        {**_WAITS, "q2@d.test": "answered"},
    ),
    Case(
        "two strangers under one subject",
        [Q, Letter("q2@d.test", hours=1, sender="Bo <bo@d.test>"), reply(hours=2)],
        {Q.id: "start", "q2@d.test": "start"},
        {**_DONE, "q2@d.test": "waiting"},
    ),
    Case(
        "her plus address",
        [Letter("q1@c.test", sender="Anna <anna+ring@c.test>"), reply(to="anna@c.test", more={})],
        {"r1@shop.test": "stop"},
        _DONE,
    ),
    Case(
        "the dots of gmail.com",
        [Letter("q1@c.test", sender="A.N.Na@gmail.com"), reply(to="anna@googlemail.com", more={})],
        {"r1@shop.test": "stop"},
        _DONE,
    ),
    Case(
        "dots elsewhere make another address",
        [Letter("q1@c.test", sender="an.na@c.test"), reply(to="anna@c.test", more={})],
        {"r1@shop.test": "keep"},
        _WAITS,
    ),
    Case(
        "her address in capitals",
        [Q, reply(to="ANNA@C.TEST", more={})],
        {"r1@shop.test": "stop"},
        _DONE,
    ),
    Case(
        "our gmail with dots and a plus part",
        [Q, reply(sender="seller.name+etsy@gmail.test")],
        {"r1@shop.test": "stop"},
        _DONE,
    ),
    Case(
        "a Reply-To that is ours",
        [Letter("q1@c.test", more=more(Reply_To="hello@shop.test")), reply()],
        {Q.id: "start", "r1@shop.test": "stop"},
        _DONE,
        person="Anna Berg",
    ),
    Case(
        "a Reply-To of a robot",
        [Letter("q1@c.test", more=more(Reply_To="user.autoreply@mail.test")), reply()],
        {Q.id: "start", "r1@shop.test": "stop"},
        _DONE,
        person="Anna Berg",
    ),
    Case(
        "an empty Reply-To of a person",
        [Letter("q1@c.test", more=more(Reply_To="<>")), reply()],
        {Q.id: "start", "r1@shop.test": "stop"},
        _DONE,
        person="Anna Berg",
    ),
    Case(
        "a broken Reply-To",
        [Letter("q1@c.test", more=more(Reply_To="anna at home")), reply()],
        {Q.id: "start", "r1@shop.test": "stop"},
        _DONE,
    ),
    Case(
        "our colleague's forward inside the house answers nobody",
        [Q, reply(to="hello@shop.test")],
        {Q.id: "start", "r1@shop.test": "ignore"},
        _WAITS,
    ),
    Case(
        "a copy of our answer to ourselves in the inbox, with stamps",
        [
            Q,
            reply(
                folder="inbox", more=more(In_Reply_To="<q1@c.test>", Bcc=MAKER, Delivered_To=MAKER)
            ),
        ],
        {"r1@shop.test": "stop"},
        _DONE,
    ),
    Case(
        "a vacation note of ours told by its subject",
        [Q, reply(subject="Automatic reply: Ring", text="I am at a fair.")],
        {"r1@shop.test": "keep"},
        _WAITS,
    ),
    Case(
        "a vacation note of ours told by Precedence",
        [Q, reply(more=more(In_Reply_To="<q1@c.test>", Precedence="bulk"))],
        {"r1@shop.test": "keep"},
        _WAITS,
    ),
    Case(
        "a vacation note of ours told by X-Autoreply",
        [Q, reply(more=more(In_Reply_To="<q1@c.test>", X_Autoreply="yes"))],
        {"r1@shop.test": "keep"},
        _WAITS,
    ),
    Case(
        "a robot's answer, then ours",
        [
            Q,
            reply(
                id="auto@shop.test",
                hours=0.1,
                more=more(In_Reply_To="<q1@c.test>", Auto_Submitted="auto-replied"),
            ),
            reply(),
        ],
        {"auto@shop.test": "keep", "r1@shop.test": "stop"},
        _DONE,
    ),
    Case(
        "an answer that says Auto-Submitted: no",
        [Q, reply(more=more(In_Reply_To="<q1@c.test>", Auto_Submitted="no"))],
        {"r1@shop.test": "stop"},
        _DONE,
    ),
    Case(
        "she asks again under a new subject in the same week",
        [Q, _hers("q2@c.test", 20, subject="And a brooch", more=more(In_Reply_To="<q1@c.test>"))],
        {Q.id: "start", "q2@c.test": "keep"},
    ),
    Case(
        "References alone under a new subject open a new thread",
        [Q, _hers("q2@c.test", 20, subject="And a brooch", more=more(References="<q1@c.test>"))],
        {Q.id: "start", "q2@c.test": "start"},
    ),
    Case(
        "nine hundred long references, hers the last",
        [
            Letter("q1@c.test", subject="Ring"),
            reply(
                to="Anna Berg <a.berg@home.test>",
                more=more(
                    References=" ".join(f"<{'x' * 90}{n}@c.test>" for n in range(900))
                    + " <q1@c.test>"
                ),
            ),
        ],
        {"r1@shop.test": "stop"},
        _DONE,
    ),
    Case(
        "nine hundred references, hers the first, to her linked by nothing else",
        [
            Q,
            reply(
                to="bob@home.test",
                more=more(
                    References="<q1@c.test> " + " ".join(f"<old{n}@c.test>" for n in range(900))
                ),
            ),
        ],
        {"r1@shop.test": "keep"},
        _WAITS,
    ),
    Case(
        "a phrase with an address in In-Reply-To",
        [
            Q,
            reply(
                to="bob@home.test",
                subject="x",
                more=more(In_Reply_To="Your message of Monday <anna@c.test>"),
            ),
        ],
        {"r1@shop.test": "keep"},
        _WAITS,
    ),
    Case(
        "a supplier's copy of our answer to her",
        [
            Q,
            reply(
                to="casting@supplier.test",
                more=more(In_Reply_To="<q1@c.test>", Cc="Anna Berg <anna@c.test>"),
            ),
        ],
        {"r1@shop.test": "stop"},
        _DONE,
    ),
    one(
        "a form our own site sent without any trace of the visitor",
        "start",
        sender=MAKER,
        subject="Contact form",
        text="A visitor wrote: hello?",
        more=more(X_Mailer="PHPMailer 6.9"),
        person=None,
    ),
    one(
        "from us to us with an empty Reply-To",
        "start",
        sender=MAKER,
        subject="New message from your website",
        text="hello?",
        more=more(Reply_To="<>", X_Mailer="WPForms"),
        person=None,
    ),
    one(
        "a note to ourselves with a question mark",
        "ignore",
        sender=MAKER,
        subject="note",
        text="order more silver?",
    ),
]
