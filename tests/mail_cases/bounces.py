"""Letters of ours that came back, and reports that change nothing."""

from __future__ import annotations

from dataclasses import replace

from tests.mail_cases.case import Case, Q, more, one, reply
from tests.post import Letter


def bounce(
    action: str = "failed", *, about: str = "r1@shop.test", to: str = "anna@c.test"
) -> Letter:
    """A delivery report three hours after Q; it holds the letter's header unless told not to."""
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


BOUNCES = [
    Case(
        "our letter failed",
        [Q, reply(), bounce()],
        {"r1@shop.test": "stop", "dsn@mx.test": "reopen"},
        {Q.id: "waiting"},
    ),
    Case(
        "a report without inner headers", [Q, reply(), bounce(about="")], {"dsn@mx.test": "reopen"}
    ),
    Case(
        "delivered",
        [Q, reply(), bounce("delivered")],
        {"dsn@mx.test": "ignore"},
        {Q.id: "answered"},
    ),
    Case("relayed", [Q, reply(), bounce("relayed")], {"dsn@mx.test": "ignore"}),
    Case("delayed", [Q, reply(), bounce("delayed")], {"dsn@mx.test": "ignore"}),
    Case(
        "only the other recipient failed",
        [
            Q,
            reply(more=more(In_Reply_To="<q1@c.test>", Cc="bob@home.test")),
            bounce(to="bob@home.test"),
        ],
        {"dsn@mx.test": "ignore"},
        {Q.id: "answered"},
    ),
    Case(
        "X-Failed-Recipients alone, within three days",
        [
            Q,
            reply(),
            Letter(
                "dsn@mx.test",
                hours=3,
                sender="Mail Delivery System <mailer-daemon@mx.test>",
                subject="Mail delivery failed",
                text="A message could not be delivered.",
                more=more(X_Failed_Recipients="anna@c.test", Return_Path="<>"),
            ),
        ],
        {"dsn@mx.test": "reopen"},
    ),
    Case(
        "X-Failed-Recipients after four days",
        [
            Q,
            reply(),
            Letter(
                "dsn@mx.test",
                hours=100,
                sender="mailer-daemon@mx.test",
                text="It failed.",
                more=more(X_Failed_Recipients="anna@c.test"),
            ),
        ],
        {"dsn@mx.test": "ignore"},
    ),
    Case(
        "a plain bounce that names her",
        [
            Q,
            reply(),
            Letter(
                "dsn@mx.test",
                hours=3,
                sender="MAILER-DAEMON@mx.test",
                more=more(Return_Path="<>"),
                subject="failure notice",
                text="Sorry.\n<anna@c.test>:\nuser unknown",
            ),
        ],
        {"dsn@mx.test": "reopen"},
        {Q.id: "waiting"},
    ),
    Case(
        "a plain bounce about something else",
        [
            Q,
            reply(),
            Letter(
                "dsn@mx.test",
                hours=3,
                sender="MAILER-DAEMON@mx.test",
                more=more(Return_Path="<>"),
                subject="failure notice",
                text="Sorry.\n<zoe@z.test>:\nuser unknown",
            ),
        ],
        {"dsn@mx.test": "ignore"},
        {Q.id: "answered"},
    ),
    Case(
        "a plain warning that it is late",
        [
            Q,
            reply(),
            Letter(
                "dsn@mx.test",
                hours=3,
                sender="MAILER-DAEMON@mx.test",
                subject="Warning: message delayed",
                text="<anna@c.test>: your message has been delayed; we will keep trying.",
            ),
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
    one(
        "a complaint",
        "ignore",
        sender="fbl@provider.test",
        content_type="multipart/report; report-type=feedback-report; boundary=b",
        text="--b\n\nspam\n--b--",
    ),
    one(
        "a read receipt",
        "ignore",
        more=more(In_Reply_To="<x@shop.test>"),
        content_type="multipart/report; report-type=disposition-notification; boundary=b",
        text="--b\n\nread\n--b--",
    ),
    Case(
        "Amazon did not pass it on",
        [
            Letter("q1@c.test", sender="Buyer <k3x9@marketplace.amazon.com>", subject="Inquiry"),
            reply(to="k3x9@marketplace.amazon.com", subject="Re: Inquiry"),
            Letter(
                "rej@amazon.test",
                hours=3,
                sender="Amazon <donotreply@amazon.com>",
                subject="Your message could not be delivered",
                text="The address is not approved.",
            ),
        ],
        {"r1@shop.test": "stop", "rej@amazon.test": "reopen"},
        {Q.id: "waiting"},
    ),
    Case(
        "a bounce of our robot's letter says nothing of ours",
        [
            Q,
            reply(),
            reply(id="n1@shop.test", hours=2.5, more=more(Auto_Submitted="auto-generated")),
            bounce(about="n1@shop.test"),
        ],
        {"dsn@mx.test": "ignore"},
        {Q.id: "answered"},
    ),
    Case(
        "a bounce in the junk folder is still about our letter",
        [Q, reply(), replace(bounce(), folder="junk")],
        {"dsn@mx.test": "reopen"},
    ),
    Case(
        "a bounce after thanks were answered brings the thanks back, no clock",
        [
            Q,
            reply(),
            Letter("t@c.test", hours=2.2, text="Thanks!", more=more(In_Reply_To="<r1@shop.test>")),
            reply(id="r2@shop.test", hours=2.5, more=more(In_Reply_To="<t@c.test>")),
            bounce(about="r2@shop.test"),
        ],
        {"dsn@mx.test": "ignore"},
        {Q.id: "soft"},
    ),
    Case(
        "a plain bounce after many tries",
        [
            Q,
            reply(),
            Letter(
                "dsn@mx.test",
                hours=3,
                sender="MAILER-DAEMON@mx.test",
                text="<anna@c.test>: temporary failure. I'm not going to try again; giving up.",
            ),
        ],
        {"dsn@mx.test": "reopen"},
    ),
]
