"""Automatic mail, and what only looks like it."""

from __future__ import annotations

from tests.mail_cases.case import CUSTOMER, Case, Q, more, one, reply
from tests.post import Letter

MACHINES = [
    Case(
        "her out-of-office note",
        [
            Q,
            reply(),
            Letter(
                "ooo@c.test",
                hours=2.1,
                subject="Automatic reply: Ring",
                text="I am away.",
                more=more(Auto_Submitted="auto-replied", In_Reply_To="<r1@shop.test>"),
            ),
        ],
        {"ooo@c.test": "ignore"},
        {Q.id: "answered"},
    ),
    one(
        "out of office without headers",
        "ignore",
        subject="Out of Office: back on Monday",
        text="I am away.",
    ),
    one(
        "a question that begins so",
        "start",
        subject="Out of office: can you still ship by Friday?",
        text="I will be home then.",
    ),
    one(
        "out of office as an answer",
        "ignore",
        subject="Out of office: who helps you?",
        text="Ask Jo.",
        more=more(In_Reply_To="<x@shop.test>"),
    ),
    one(
        "an unknown robot",
        "ignore",
        sender="robot@unknown.test",
        more=more(Auto_Submitted="auto-generated; x=y"),
    ),
    one("a person's server says no", "start", more=more(Auto_Submitted="no")),
    one(
        "Exchange absence",
        "ignore",
        more=more(X_Auto_Response_Suppress="All", X_MS_Exchange_Inbox_Rules_Loop="anna@c.test"),
    ),
    one("suppressing answers is no sign", "start", more=more(X_Auto_Response_Suppress="All")),
    one("X-Autoreply", "ignore", more=more(X_Autoreply="yes")),
    one(
        "a supplier's newsletter",
        "ignore",
        sender="news@supplier.test",
        more=more(Precedence="Bulk", List_Unsubscribe="<mailto:u@s.test>"),
    ),
    one("a mailing list", "ignore", more=more(List_Id="<guild.test>")),
    one(
        "List-Unsubscribe of a stranger", "ignore", more=more(List_Unsubscribe="<mailto:u@s.test>")
    ),
    Case(
        "List-Unsubscribe of a customer who answers us",
        [
            reply(id="w1@shop.test", hours=-2, to=CUSTOMER, subject="Your order", more={}),
            Letter(
                "m@x.test",
                sender=CUSTOMER,
                subject="Re: Your order",
                more=more(List_Unsubscribe="<mailto:u@c.test>", In_Reply_To="<w1@shop.test>"),
            ),
        ],
        {"m@x.test": "start"},
    ),
    one(
        "List-Unsubscribe of a customer",
        "start",
        sender=CUSTOMER,
        more=more(List_Unsubscribe="<mailto:u@c.test>"),
    ),
    one("no return address", "ignore", more=more(Return_Path="<>")),
    one(
        "no return address but a person to answer",
        "start",
        sender="forms@host.test",
        more=more(Return_Path="<>", Reply_To="bob@freemail.test"),
        person="bob@freemail.test",
    ),
    one(
        "a calendar's answer",
        "ignore",
        subject="Accepted: fitting",
        content_type="text/calendar; method=REPLY",
        text="BEGIN:VCALENDAR\nMETHOD:REPLY\nEND:VCALENDAR",
    ),
    one("a subject that only sounds so", "start", subject="Auto parts: a brooch", text="For Ed."),
]
