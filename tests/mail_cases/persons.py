"""Junk, thanks, copies, and other letters of persons."""

from __future__ import annotations

from tests.mail_cases.case import CUSTOMER, Case, Q, more, one, reply
from tests.post import MAKER, Letter

PERSONS = [
    one("junk of a stranger", "ignore", folder="junk"),
    one("junk of a customer", "start", folder="junk", sender=CUSTOMER),
    one("marked as spam", "ignore", more=more(X_Spam_Flag="YES")),
    Case(
        "an answer to us in the junk folder",
        [
            reply(id="w1@shop.test", hours=-2, subject="Fitting", more={}),
            Letter(
                "m@x.test",
                folder="junk",
                subject="Re: Fitting",
                more=more(In_Reply_To="<w1@shop.test>"),
            ),
        ],
        {"m@x.test": "start"},
    ),
    one("its date lies ahead", "start", more=more(Date="Thu, 08 Oct 2026 08:00:00 +0000")),
    Case(
        "thanks after our answer",
        [
            Q,
            reply(),
            Letter(
                "t@c.test",
                hours=5,
                subject="Re: Ring",
                more=more(In_Reply_To="<r1@shop.test>"),
                text="Thank you so much, it is gorgeous!\n\n"
                "On Mon, Oct 5, 2026 at 10:00 AM Maker <maker@shop.test> wrote:\n"
                "> Is this the size you want?\n> Dear Anna",
            ),
        ],
        {"t@c.test": "soft"},
        {Q.id: "soft"},
    ),
    Case(
        "thanks with a question",
        [
            Q,
            reply(),
            Letter(
                "t@c.test",
                hours=5,
                more=more(In_Reply_To="<r1@shop.test>"),
                text="Thank you! When will it ship?",
            ),
        ],
        {"t@c.test": "start"},
    ),
    Case(
        "many words of thanks",
        [
            Q,
            reply(),
            Letter(
                "t@c.test",
                hours=5,
                more=more(In_Reply_To="<r1@shop.test>"),
                text="Thank you so very much, I have been looking for such a ring all my life.",
            ),
        ],
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
        [
            Q,
            reply(),
            Letter(
                "t@c.test",
                hours=5,
                subject="Re: Ring",
                text="\U0001f44d",
                more=more(In_Reply_To="<r1@shop.test>"),
            ),
        ],
        {"t@c.test": "soft"},
    ),
    one("we were only in Cc", "soft", to="bob@home.test", more=more(Cc=MAKER)),
    one("to bob and us", "start", to=f"bob@home.test, {MAKER}"),
    Case(
        "she forwards our letter to her sister",
        [
            Q,
            reply(),
            Letter(
                "fw@c.test",
                hours=4,
                to="sister@c.test",
                subject="Fwd: Ring",
                more=more(Cc=MAKER, In_Reply_To="<r1@shop.test>"),
            ),
        ],
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
        [
            Q,
            reply(
                more=more(
                    References=" ".join(f"<old{n}@c.test>" for n in range(900)) + " <q1@c.test>"
                )
            ),
        ],
        {"r1@shop.test": "stop"},
    ),
    one("nobody wrote it", "soft", sender=None, person=None),
    one("an ordinary letter without a Message-ID date", "start", more=more(Date="yesterday")),
    one(
        "an unknown no-reply sender asks",
        "start",
        sender="noreply@museum.test",
        subject="Loan request",
        text="Would you lend us a ring?",
    ),
    Case(
        "a letter after thanks",
        [
            Q,
            reply(),
            Letter("t@c.test", hours=5, text="Thanks!", more=more(In_Reply_To="<r1@shop.test>")),
            reply(id="r2@shop.test", hours=6, more=more(In_Reply_To="<t@c.test>")),
        ],
        {"t@c.test": "soft", "r2@shop.test": "keep"},
        {Q.id: "answered"},
    ),
    Case(
        "a letter without any recipient",
        [Q, reply(to=None, more=more(In_Reply_To="<q1@c.test>"))],
        {"r1@shop.test": "keep"},
        {Q.id: "waiting"},
    ),
    one(
        "nobody as the sender but somebody to answer",
        "start",
        sender=None,
        more=more(Reply_To="Bo Lind <bo@d.test>"),
        person="Bo Lind",
    ),
    one(
        "answers that go to another house",
        "start",
        more=more(Reply_To="collector@elsewhere.test"),
        person="Anna Berg",
    ),
    one(
        "an unknown machine's receipt",
        "ignore",
        sender="noreply@m.test",
        subject="A receipt",
        text="4",
    ),
]
