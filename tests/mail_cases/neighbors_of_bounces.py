"""Neighbors of the rows about bounces: other servers' words, other parts, other orders."""

# ruff: noqa: E501 - letters as they come
from __future__ import annotations

from dataclasses import replace

from tests.mail_cases.bounces import bounce
from tests.mail_cases.case import Case, Q, more, one, reply
from tests.post import Letter


def _plain(
    text: str,
    *,
    sender: str = "MAILER-DAEMON@mx.test",
    subject: str = "failure notice",
    hours: float = 3,
    **headers: str,
) -> Letter:
    known = {"Return_Path": "<>"} if "Return_Path" not in headers else {}
    return Letter(
        "dsn@mx.test",
        hours=hours,
        sender=sender,
        subject=subject,
        text=text,
        more=more({}, **{**known, **headers}),
    )


def _back(name: str, dsn: Letter, *, clock: str = "waiting") -> Case:
    return Case(
        name,
        [Q, reply(), dsn],
        {"r1@shop.test": "stop", "dsn@mx.test": "reopen" if clock == "waiting" else "ignore"},
        {Q.id: clock},
    )


_PARTED = "--b\nContent-Type: text/plain\n\nSorry.\n\n--b\nContent-Type: message/{kind}\n\nReporting-MTA: dns; mx.test\n\nFinal-Recipient: {to}\nAction: {action}\nStatus: 5.1.1\n\n--b--"


def _parts(
    kind: str = "delivery-status",
    to: str = "rfc822; anna@c.test",
    action: str = "failed",
    content_type: str = 'multipart/report; report-type=delivery-status; boundary="b"',
) -> Letter:
    text = _PARTED.format(kind=kind, to=to, action=action)
    return replace(bounce(), text=text, content_type=content_type)


BOUNCE_NEIGHBORS = [
    _back("an internationalized report", _parts("global-delivery-status", "utf-8; anna@c.test")),
    _back("no blank after rfc822;", _parts(to="rfc822;anna@c.test")),
    _back("the recipient in angle brackets", _parts(to="rfc822; <Anna@C.test>")),
    _back("Action: Failed", _parts(action="Failed")),
    _back("Action: expanded", _parts(action="expanded"), clock="answered"),
    _back("delayed", _parts(action="delayed"), clock="answered"),
    _back("a report of mixed parts", _parts(content_type="multipart/mixed; boundary=b")),
    _back("to her plus address", bounce(about="", to="anna+shop@c.test")),
    _back("about a letter whose id was changed", bounce(about="0100018@ses.test")),
    _back("five days late, by its id", replace(bounce(), hours=125)),
    _back(
        "five days late, by its recipient", replace(bounce(about=""), hours=125), clock="answered"
    ),
    _back("before our letter by another server's clock", replace(bounce(), hours=1.9)),
    _back(
        "a whole letter carried back",
        replace(bounce(), text=str(bounce().text).replace("text/rfc822-headers", "message/rfc822")),
    ),
    _back(
        "the null return path with a blank",
        _plain("<anna@c.test>: 550 no such user", Return_Path="< >"),
    ),
    _back(
        "its daemon has another name",
        _plain("<anna@c.test>: 550 no such user", sender="Mail Delivery System <noreply@mx.test>"),
    ),
    _back(
        "Exchange: Undeliverable",
        _plain(
            "Your message to anna@c.test couldn't be delivered. anna wasn't found at c.test.",
            sender="Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@shop.test>",
            subject="Undeliverable: Re: Ring",
        ),
    ),
    _back(
        "in German",
        _plain(
            "Ihre Nachricht an anna@c.test konnte nicht zugestellt werden.",
            sender="postmaster@mx.test",
            subject="Unzustellbar: Ring",
        ),
    ),
    _back(
        "in French",
        _plain(
            "Impossible de remettre votre message à anna@c.test.",
            sender="postmaster@mx.test",
            subject="Non remis : Ring",
        ),
    ),
    _back(
        "in Spanish",
        _plain(
            "No se pudo entregar el mensaje a anna@c.test.",
            sender="postmaster@mx.test",
            subject="No se puede entregar: Ring",
        ),
    ),
    _back(
        "a gateway's words, no daemon, no report",
        _plain(
            "The message to anna@c.test was refused: 550 5.1.1 user unknown",
            sender="Mail Gateway <gateway@mx.test>",
            subject="Undelivered Mail Returned to Sender",
        ),
    ),
    _back(
        "a gateway that leaves a return path",
        _plain(
            "<anna@c.test>: 550 5.1.1 user unknown",
            sender="gateway@mx.test",
            subject="Returned mail: see transcript for details",
            Return_Path="<gateway@mx.test>",
        ),
    ),
    _back(
        "SES tells of a bounce",
        _plain(
            "An error occurred while trying to deliver the mail to the following recipients:\nanna@c.test",
            sender="MAILER-DAEMON@amazonses.test",
            subject="Delivery Status Notification (Failure)",
        ),
    ),
    _back("our id in the words", _plain("Message-ID: <r1@shop.test> could not be delivered")),
    _back(
        "qmail",
        _plain(
            "Hi. This is the qmail-send program at mx.test.\nI'm afraid I wasn't able to deliver your message to the following addresses.\n\n<anna@c.test>:\nSorry, no mailbox here by that name. (#5.1.1)"
        ),
    ),
    _back(
        "exim",
        _plain(
            "A message that you sent could not be delivered to one or more of its recipients.\n\n  anna@c.test\n    host mx.c.test: 550 Unknown user",
            subject="Mail delivery failed: returning message to sender",
            X_Failed_Recipients="anna@c.test",
        ),
    ),
    _back(
        "X-Failed-Recipients names two",
        _plain("Failed.", X_Failed_Recipients="bob@home.test, anna@c.test"),
    ),
    _back(
        "somebody else failed",
        _plain("Failed.", X_Failed_Recipients="bob@home.test"),
        clock="answered",
    ),
    _back(
        "out of quota, given up",
        _plain("<anna@c.test>: 552 mailbox full. This is a permanent error."),
    ),
    _back(
        "still trying",
        _plain("<anna@c.test>: 451 try later. You do not need to resend your message."),
        clock="answered",
    ),
    Case(
        "the same bounce twice",
        [Q, reply(), bounce(), replace(bounce(), folder="archive")],
        {"dsn@mx.test": "reopen"},
        {Q.id: "waiting"},
    ),
    Case(
        "two bounces of one letter",
        [Q, reply(), bounce(), replace(bounce(), id="dsn2@mx.test", hours=4)],
        {"dsn@mx.test": "reopen", "dsn2@mx.test": "ignore"},
        {Q.id: "waiting"},
    ),
    Case(
        "the first answer came back, the second stands",
        [Q, reply(), bounce(), reply(id="r2@shop.test", hours=5)],
        {"r2@shop.test": "stop"},
        {Q.id: "answered"},
    ),
    Case(
        "both answers came back",
        [
            Q,
            reply(),
            reply(id="r2@shop.test", hours=2.5),
            bounce(),
            replace(bounce(about="r2@shop.test"), id="dsn2@mx.test", hours=4),
        ],
        {"dsn@mx.test": "ignore", "dsn2@mx.test": "reopen"},
        {Q.id: "waiting"},
    ),
    Case(
        "she wrote again before the bounce",
        [
            Q,
            reply(),
            Letter("q2@c.test", hours=2.5, more=more(In_Reply_To="<r1@shop.test>")),
            bounce(),
        ],
        {"q2@c.test": "start"},
        {Q.id: "waiting"},
    ),
    Case(
        "a newsletter to her went out after the answer; the recipient failed",
        [
            Q,
            reply(),
            reply(id="n1@shop.test", hours=2.2, subject="Open studio", more={}),
            bounce(about=""),
        ],
        {"dsn@mx.test": "reopen"},
        {Q.id: "waiting"},
    ),
    Case(
        "the bounce is older than the second answer",
        [Q, reply(), reply(id="r2@shop.test", hours=6), bounce()],
        {"dsn@mx.test": "reopen", "r2@shop.test": "stop"},
        {Q.id: "answered"},
    ),
    Case(
        "to two people, both failed",
        [
            Q,
            reply(more=more(In_Reply_To="<q1@c.test>", Cc="bob@home.test")),
            replace(
                bounce(),
                text=bounce().text.replace(
                    "Status: 5.1.1\n\n",
                    "Status: 5.1.1\n\nFinal-Recipient: rfc822; bob@home.test\nAction: failed\n\n",
                ),
            ),
        ],
        {"dsn@mx.test": "reopen"},
        {Q.id: "waiting"},
    ),
    Case(
        "Amazon's rejection in German",
        [
            Letter("q1@c.test", sender="Käufer <k3x9@marketplace.amazon.de>", subject="Anfrage"),
            reply(to="k3x9@marketplace.amazon.de", subject="Re: Anfrage"),
            Letter(
                "rej@a.test",
                hours=3,
                sender="Amazon.de <donotreply@amazon.de>",
                subject="Ihre Nachricht konnte nicht zugestellt werden",
                text="Die Adresse ist nicht freigegeben.",
            ),
        ],
        {"rej@a.test": "reopen"},
        {Q.id: "waiting"},
    ),
    Case(
        "Amazon's rejection after a week says which letter",
        [
            Letter("q1@c.test", sender="Buyer <k3x9@marketplace.amazon.com>", subject="Inquiry"),
            reply(to="k3x9@marketplace.amazon.com", subject="Re: Inquiry"),
            Letter(
                "rej@a.test",
                hours=170,
                sender="Amazon <no-reply@amazon.com>",
                subject="Your message could not be delivered: address not approved",
                more=more(In_Reply_To="<r1@shop.test>"),
            ),
        ],
        {"rej@a.test": "reopen"},
    ),
    one(
        "a complaint in parts",
        "ignore",
        sender="complaints@provider.test",
        subject="complaint about message from shop.test",
        content_type="multipart/report; boundary=b; report-type=Feedback-Report",
        text="--b\nContent-Type: text/plain\n\nspam\n--b\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\n\n--b--",
    ),
    one("a bare Auto reply:", "ignore", subject="Auto reply: Ring", text="Away."),
    one(
        "a human postmaster asks",
        "start",
        sender="Jo Lind <postmaster@museum.test>",
        subject="A ring for the museum",
        text="Would you lend us one?",
    ),
    one(
        "a customer's undeliverable parcel",
        "start",
        subject="Undeliverable: my parcel",
        text="It came back to you, can you send it again?",
    ),
    one(
        "a bounce that speaks of nothing we know",
        "ignore",
        sender="MAILER-DAEMON@mx.test",
        subject="failure notice",
        text="<zoe@z.test>: user unknown",
        more=more(Return_Path="<>"),
    ),
    one(
        "a read receipt without a report type",
        "ignore",
        content_type="multipart/report; boundary=b",
        text="--b\nContent-Type: message/disposition-notification\n\nDisposition: manual-action; displayed\n--b--",
    ),
]
