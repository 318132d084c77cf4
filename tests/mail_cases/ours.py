"""Our own letters, drafts, robots and notes."""

from __future__ import annotations

from tests.mail_cases.case import Case, Q, more, one, reply
from tests.post import MAKER, Letter

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
    Case(
        "our copy to ourselves lies in the inbox",
        [Q, reply(folder="inbox")],
        {"r1@shop.test": "stop"},
    ),
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
                "sup@s.test",
                hours=3,
                sender="Cast House <casting@supplier.test>",
                subject="Re: Ring",
                more=more(In_Reply_To="<r1@shop.test>"),
                text="Which alloy?",
            ),
            reply(
                id="r2@shop.test",
                hours=4,
                to="casting@supplier.test",
                more=more(In_Reply_To="<sup@s.test>"),
            ),
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
    Case(
        "an older letter",
        [Q, reply(hours=-3, more={})],
        {"r1@shop.test": "keep"},
        {Q.id: "waiting"},
    ),
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
    Case(
        "a new letter with her subject",
        [Q, reply(subject="ring", more={})],
        {"r1@shop.test": "stop"},
    ),
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
    Case(
        "in the same thread to somebody else",
        [Q, reply(to="bob@home.test")],
        {"r1@shop.test": "keep"},
    ),
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
    Case(
        "the same subject to bob", [Q, reply(to="bob@home.test", more={})], {"r1@shop.test": "keep"}
    ),
    Case(
        "a reply to her Reply-To",
        [Letter("q1@c.test", more=more(Reply_To="anna@work.test")), reply(to="anna@work.test")],
        {"r1@shop.test": "stop"},
    ),
    Case(
        "a read receipt of ours",
        [
            Q,
            reply(
                content_type="multipart/report; report-type=disposition-notification; boundary=b",
                text="--b\n\nread\n--b--",
            ),
        ],
        {"r1@shop.test": "keep"},
    ),
    one("a note to ourselves", "ignore", sender=MAKER, to="hello@shop.test", subject="note"),
    Case(
        "a second reply stops nothing",
        [Q, reply(), reply(id="r2@shop.test", hours=5)],
        {"r1@shop.test": "stop", "r2@shop.test": "keep"},
    ),
    Case(
        "two letters of hers under one subject are answered by one reply",
        [Q, Letter("q2@c.test", hours=1), reply(hours=3, more=more(In_Reply_To="<q2@c.test>"))],
        {Q.id: "start", "q2@c.test": "start", "r1@shop.test": "stop"},
        {Q.id: "answered", "q2@c.test": "answered"},
    ),
    Case(
        "to our plus address, which names the channel",
        [Letter("q1@c.test", to="maker+etsy@shop.test"), reply(sender="maker+etsy@shop.test")],
        {Q.id: "start", "r1@shop.test": "stop"},
        {Q.id: "answered"},
    ),
    Case(
        "she answers herself while waiting",
        [
            Q,
            Letter(
                "q2@c.test",
                hours=2,
                more=more(In_Reply_To="<q1@c.test>"),
                text="I mean the gold one.",
            ),
        ],
        {Q.id: "start", "q2@c.test": "keep"},
        {Q.id: "waiting"},
    ),
    Case(
        "an answer to her older letter in the thread answers the newer too",
        [
            Q,
            Letter("q2@c.test", hours=1, more=more(In_Reply_To="<q1@c.test>")),
            reply(hours=3, more=more(In_Reply_To="<q1@c.test>")),
        ],
        {Q.id: "start", "q2@c.test": "keep", "r1@shop.test": "stop"},
        {Q.id: "answered", "q2@c.test": "answered"},
    ),
    Case(
        "a new letter without ids that names her order's number",
        [
            Letter("q1@c.test", subject="Where is order #2089?"),
            reply(subject="About #2089", more={}),
        ],
        {"r1@shop.test": "stop"},
        {Q.id: "answered"},
    ),
]
