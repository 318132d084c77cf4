"""Neighbors of the rows about machines, junk and copies: other languages, other headers."""

# ruff: noqa: E501 - letters as they come

from __future__ import annotations

from tests.mail_cases.case import CUSTOMER, Case, Q, more, one, reply
from tests.post import MAKER, Letter

_ABSENCES = {
    "English": "Automatic reply: Ring",
    "English, old": "Out of Office AutoReply: Ring",
    "German": "Abwesenheitsnotiz: Ring",
    "German, automatic": "Automatische Antwort: Ring",
    "French": "Réponse automatique : Ring",
    "Spanish": "Respuesta automática: Ring",
    "Italian": "Risposta automatica: Ring",
    "Italian, away": "Fuori sede: Ring",
    "Dutch": "Automatisch antwoord: Ring",
    "Swedish": "Frånvaro: Ring",
    "Danish and Norwegian": "Autosvar: Ring",
    "Swedish, automatic": "Autosvar: Frånvarande",
    "Norwegian": "Automatisk svar: Ring",
    "Finnish": "Automaattinen vastaus: Ring",
    "Polish": "Automatyczna odpowiedź: Ring",
    "Portuguese": "Resposta automática: Ring",
    "Czech": "Automatická odpověď: Ring",
    "Russian": "Автоматический ответ: Ring",
    "Japanese": "自動応答: Ring",
    "Chinese": "自动回复: Ring",
    "Turkish": "Otomatik yanıt: Ring",
    "Hungarian": "Automatikus válasz: Ring",
}

MACHINE_NEIGHBORS = [
    *[
        Case(
            f"an absence in {language}",
            [
                Q,
                reply(),
                Letter(
                    "t@c.test",
                    hours=2.1,
                    subject=subject,
                    text="Back on Monday.",
                    more=more(In_Reply_To="<r1@shop.test>"),
                ),
            ],
            {"t@c.test": "ignore"},
            {Q.id: "answered"},
        )
        for language, subject in _ABSENCES.items()
    ],
    *[
        one(f"an absence in {language}, no ids", "ignore", subject=subject, text="Back on Monday.")
        for language, subject in _ABSENCES.items()
    ],
    one("Auto-Submitted: NO", "start", more=more(Auto_Submitted="NO")),
    one("Auto-Submitted: no with a parameter", "start", more=more(Auto_Submitted="no; reason=x")),
    one(
        "auto-notified with a parameter",
        "ignore",
        sender="robot@unknown.test",
        more=more(Auto_Submitted="auto-notified; owner-email=x@y.test"),
    ),
    one(
        "AUTO-GENERATED with a comment",
        "ignore",
        sender="robot@unknown.test",
        more=more(Auto_Submitted="AUTO-GENERATED (by a robot)"),
    ),
    one(
        "auto-submitted in lower case",
        "ignore",
        sender="robot@unknown.test",
        more={"auto-submitted": "auto-generated"},
    ),
    one(
        "an unknown word in Auto-Submitted",
        "ignore",
        sender="robot@unknown.test",
        more=more(Auto_Submitted="auto-sent"),
    ),
    one(
        "a robot with a person to answer",
        "start",
        sender="robot@unknown.test",
        more=more(Auto_Submitted="auto-generated", Reply_To="Bob <bob@freemail.test>"),
        person="Bob",
    ),
    one(
        "a robot whose answers go to its own desk",
        "ignore",
        sender="robot@unknown.test",
        more=more(Auto_Submitted="auto-generated", Reply_To="support@unknown.test"),
    ),
    one(
        "a robot with a robot to answer",
        "ignore",
        sender="robot@unknown.test",
        more=more(Auto_Submitted="auto-generated", Reply_To="noreply@else.test"),
    ),
    one(
        "PRECEDENCE: JUNK with a person to answer",
        "start",
        sender="forms@host.test",
        more={"PRECEDENCE": "JUNK", "Reply-To": "bob@freemail.test"},
    ),
    one("Precedence: list", "ignore", more=more(Precedence="list")),
    one(
        "Precedence: auto_reply",
        "ignore",
        more=more(Precedence="auto_reply", In_Reply_To="<x@shop.test>"),
    ),
    one("Precedence: first-class", "start", more=more(Precedence="first-class")),
    one(
        "a newsletter with another house's Reply-To",
        "ignore",
        sender="news@brand.test",
        more=more(
            Precedence="bulk", List_Unsubscribe="<mailto:u@b.test>", Reply_To="care@mailhouse.test"
        ),
    ),
    one(
        "List-Id of a customer's list", "ignore", sender=CUSTOMER, more=more(List_Id="<guild.test>")
    ),
    one(
        "Feedback-ID of a stranger",
        "ignore",
        sender="hi@brand.test",
        more=more(Feedback_ID="1:2:brand"),
    ),
    one("Feedback-ID of a customer", "start", sender=CUSTOMER, more=more(Feedback_ID="1:2:brand")),
    one("X-Mailgun-Tag", "ignore", sender="hi@brand.test", more=more(X_Mailgun_Tag="spring")),
    Case(
        "a stranger with List-Unsubscribe who answers our letter",
        [
            reply(id="w1@shop.test", hours=-2, to="bo@d.test", subject="Fair", more={}),
            Letter(
                "m@x.test",
                sender="bo@d.test",
                subject="Re: Fair",
                more=more(List_Unsubscribe="<mailto:u@d.test>", References="<w1@shop.test>"),
            ),
        ],
        {"m@x.test": "start"},
    ),
    Case(
        "a list that quotes our id",
        [
            reply(id="w1@shop.test", hours=-2, to="guild@l.test", subject="Fair", more={}),
            Letter(
                "m@x.test",
                sender="bo@d.test",
                subject="Re: Fair",
                more=more(
                    List_Id="<guild.l.test>", Precedence="list", In_Reply_To="<w1@shop.test>"
                ),
            ),
        ],
        {"m@x.test": "ignore"},
    ),
    one("X-Spam-Flag: no", "start", more=more(X_Spam_Flag="NO")),
    one("X-Spam-Status: Yes", "ignore", more=more(X_Spam_Status="Yes, score=9")),
    one("spam of a customer in the inbox", "start", sender=CUSTOMER, more=more(X_Spam_Flag="YES")),
    one(
        "a newsletter in junk from a customer's address",
        "start",
        sender=CUSTOMER,
        folder="junk",
        more=more(List_Unsubscribe="<mailto:u@c.test>"),
    ),
    one(
        "a form in junk whose visitor is a customer",
        "start",
        folder="junk",
        sender="wordpress@shop.test",
        more=more(Reply_To=CUSTOMER),
        person="Cora Cook",
    ),
    one(
        "a customer's out-of-office in junk",
        "ignore",
        folder="junk",
        sender=CUSTOMER,
        more=more(Auto_Submitted="auto-replied"),
    ),
    one(
        "a customer's address in capitals in junk",
        "start",
        folder="junk",
        sender="Cora <CORA@C.TEST>",
    ),
    one(
        "a calendar's answer in parts",
        "ignore",
        subject="Accepted: fitting",
        content_type="multipart/alternative; boundary=b",
        text="--b\nContent-Type: text/plain\n\nAnna has accepted.\n--b\nContent-Type: text/calendar; charset=utf-8; method=REPLY\n\nBEGIN:VCALENDAR\nMETHOD:REPLY\nEND:VCALENDAR\n--b--",
    ),
    one(
        "a calendar's answer with the method inside only",
        "ignore",
        subject="Declined: fitting",
        content_type="multipart/mixed; boundary=b",
        text="--b\nContent-Type: text/plain\n\nNo.\n--b\nContent-Type: text/calendar\n\nBEGIN:VCALENDAR\nVERSION:2.0\nMETHOD:REPLY\nEND:VCALENDAR\n--b--",
    ),
    one(
        "a calendar's answer as an attachment",
        "ignore",
        subject="Tentative: fitting",
        content_type="multipart/mixed; boundary=b",
        text="--b\nContent-Type: text/plain\n\n.\n--b\nContent-Type: application/ics; name=invite.ics\nContent-Disposition: attachment\n\nBEGIN:VCALENDAR\nMETHOD:REPLY\nEND:VCALENDAR\n--b--",
    ),
    one(
        "an invitation of hers",
        "start",
        subject="Fitting",
        content_type="text/calendar; method=REQUEST",
        text="BEGIN:VCALENDAR\nMETHOD:REQUEST\nEND:VCALENDAR",
    ),
    one(
        "another time proposed",
        "start",
        subject="Fitting",
        content_type="text/calendar; method=COUNTER",
        text="BEGIN:VCALENDAR\nMETHOD:COUNTER\nEND:VCALENDAR",
    ),
    one("Accepted: only in the subject", "start", subject="Accepted: your offer for the ring"),
    one(
        "only our second address in Cc",
        "soft",
        to="bob@home.test",
        more=more(Cc="Hello <hello+x@shop.test>"),
    ),
    one(
        "we are in To and in Cc",
        "start",
        to=f"bob@home.test, {MAKER}",
        more=more(Cc="hello@shop.test"),
    ),
    one("written to nobody, delivered to us", "start", to=None, more=more(Delivered_To=MAKER)),
    one("undisclosed recipients", "start", to="undisclosed-recipients:;"),
    one("From that is no address", "soft", sender="Anna Berg", person=None),
    one("From that is empty", "soft", sender="", person=None),
    one("From in a group", "start", sender="Berg: anna@c.test;"),
    one("a name with a comma, unquoted", "start", sender="Berg, Anna <anna@c.test>"),
    one(
        "an encoded name",
        "start",
        sender="=?utf-8?b?w4VzYSBCZXJn?= <asa@c.test>",
        person="Åsa Berg",
    ),
    one("an old Return-Path but a person", "start", more=more(Return_Path="<anna@c.test>")),
    one(
        "the subject asks, though it begins with Abwesend",
        "start",
        subject="Abwesenheitsnotiz: wann kommt der Ring?",
        text="Ich bin dann da.",
    ),
    one("Auto: at the start", "ignore", subject="Auto: Ring", text="I am away."),
    one(
        "out of office without a colon",
        "start",
        subject="Out of office next week",
        text="Please send it later.",
    ),
    one(
        "out of office later in the subject",
        "start",
        subject="Ring, out of office: Friday",
        text="Please send it later.",
    ),
    one(
        "a museum's no-reply with fields of a form",
        "start",
        sender="noreply@museum.test",
        text="Name: Bo Lind\nE-Mail: bo@freemail.test\nNachricht: Geht das?",
        person="Bo Lind",
    ),
    one(
        "a question of a company's desk",
        "start",
        sender="accounts@gallery.test",
        subject="Overdue invoice?",
        text="Did you get our payment?",
    ),
    one(
        "a person says last notice",
        "start",
        sender="Anna <anna@c.test>",
        subject="Last notice: my ring",
        text="Where is it?",
    ),
    one(
        "a bank's machine",
        "action",
        sender="no-reply@bank.test",
        subject="Action required: confirm your account",
    ),
    one(
        "a host's machine",
        "action",
        sender="noreply@host.test",
        subject="Your site will be suspended",
        more=more(Auto_Submitted="auto-generated"),
    ),
    one(
        "a statement of a machine",
        "ignore",
        sender="no-reply@bank.test",
        subject="Your statement is ready",
        text="See it online.",
    ),
    one(
        "a machine that asks for something unknown",
        "start",
        sender="no-reply@guild.test",
        subject="Your stand at the fair",
        text="Can you tell us your measures?",
    ),
    Case(
        "she forwards our letter to her sister, us in Cc, in German",
        [
            Q,
            reply(),
            Letter(
                "fw@c.test",
                hours=4,
                to="sister@c.test",
                subject="WG: Ring",
                more=more(Cc=MAKER, References="<r1@shop.test>"),
            ),
        ],
        {"fw@c.test": "soft"},
        {Q.id: "soft"},
    ),
    Case(
        "she answers us with her sister in Cc",
        [
            Q,
            reply(),
            Letter(
                "a@c.test",
                hours=4,
                subject="Re: Ring",
                more=more(Cc="sister@c.test", In_Reply_To="<r1@shop.test>"),
            ),
        ],
        {"a@c.test": "start"},
    ),
    Case(
        "her sister answers in the thread",
        [
            Q,
            reply(more=more(In_Reply_To="<q1@c.test>", Cc="Eva <eva@s.test>")),
            Letter(
                "e@s.test",
                hours=4,
                sender="Eva <eva@s.test>",
                subject="Re: Ring",
                more=more(In_Reply_To="<r1@shop.test>"),
            ),
        ],
        {"e@s.test": "start"},
        {Q.id: "answered", "e@s.test": "waiting"},
    ),
]
