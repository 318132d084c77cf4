"""Neighbors of the rows about thanks and reactions, in the languages of buyers."""

# ruff: noqa: E501 - letters as they come
from __future__ import annotations

from typing import Any

from tests.mail_cases.case import Case, Q, more, one, reply
from tests.post import Letter

_THANKS = {
    "English": "Thank you so much, it is gorgeous!",
    "German": "Vielen Dank, der Ring ist wunderschön!",
    "French": "Merci beaucoup, elle est magnifique !",
    "Spanish": "¡Muchas gracias, es preciosa!",
    "Italian": "Grazie mille, è bellissimo!",
    "Portuguese": "Muito obrigada, ficou linda!",
    "Dutch": "Hartelijk bedankt, hij is prachtig!",
    "Chinese": "谢谢你，戒指很漂亮！",
    "Japanese": "ありがとうございます。とても素敵です！",
    "Hindi": "बहुत बहुत धन्यवाद!",
    "Arabic": "شكرا جزيلا، الخاتم جميل!",
    "Russian": "Большое спасибо, очень красиво!",
    "Bengali": "অনেক ধন্যবাদ!",
    "Korean": "감사합니다, 정말 예뻐요!",
    "Turkish": "Çok teşekkür ederim!",
    "Polish": "Dziękuję bardzo, jest piękny!",
    "Swedish": "Tack så mycket, den är underbar!",
}
_ASKED_AFTER_THANKS = {
    "English without a mark": "Thanks. Please send it to my new address.",
    "English, not right": "Thank you, but the stone is loose.",
    "German": "Danke, aber der Ring ist leider zu klein.",
    "French": "Merci, mais la bague est trop petite.",
    "Spanish": "Gracias, pero el anillo es pequeño.",
    "Chinese": "谢谢你，但是戒指的尺寸不对",
    "Japanese": "ありがとう。サイズを変更してください。",
    "Chinese with a mark": "谢谢！什么时候发货？",
    "Arabic with a mark": "شكرا، متى يصل؟",
    "Italian": "Grazie, ma l'anello è rotto.",
    "Dutch": "Bedankt, maar de ring is te klein.",
    "Portuguese": "Obrigada, mas o anel está errado.",
    "two question marks": "Thanks!! when??",
}


def _after_answer(text: str, **cells: Any) -> list[Letter]:
    known = {"hours": 5, "subject": "Re: Ring", "more": more(In_Reply_To="<r1@shop.test>")}
    return [Q, reply(), Letter("t@c.test", text=text, **{**known, **cells})]


THANKS_NEIGHBORS = [
    *[
        Case(f"thanks in {language}", _after_answer(text), {"t@c.test": "soft"}, {Q.id: "soft"})
        for language, text in _THANKS.items()
    ],
    *[
        one(f"thanks in {language} as the first mail", "start", text=text)
        for language, text in _THANKS.items()
    ],
    *[
        Case(
            f"thanks and more: {kind}",
            _after_answer(text),
            {"t@c.test": "start"},
            {Q.id: "waiting"},
        )
        for kind, text in _ASKED_AFTER_THANKS.items()
    ],
    Case(
        "thanks over a quote with a question",
        _after_answer(
            "Perfect, thank you!\n\nAm Mo., 5. Okt. 2026 um 10:00 Uhr schrieb Maker <maker@shop.test>:\n> Ist das die Größe?\n> Soll ich?"
        ),
        {"t@c.test": "soft"},
    ),
    Case(
        "thanks over an Outlook quote",
        _after_answer(
            "Thank you!\n\n________________________________\nFrom: Maker <maker@shop.test>\nSent: Monday\nTo: Anna\nSubject: Ring\n\nIs this your size?"
        ),
        {"t@c.test": "soft"},
    ),
    Case(
        "thanks above a signature with a question",
        _after_answer("Thank you!\n-- \nAnna\nHave you seen my blog?"),
        {"t@c.test": "soft"},
    ),
    Case(
        "thirteen words of thanks",
        _after_answer("Thank you thank you thank you thank you thank you thank you thank"),
        {"t@c.test": "start"},
    ),
    Case(
        "twelve words of thanks",
        _after_answer("Thank you thank you thank you thank you thank you thank you"),
        {"t@c.test": "soft"},
    ),
    Case(
        "thanks in HTML",
        _after_answer(
            "<p>Thank you, it is <b>lovely</b>!</p><blockquote>Is this it?</blockquote>",
            content_type="text/html; charset=utf-8",
        ),
        {"t@c.test": "soft"},
    ),
    Case(
        "a link with a question mark in thanks",
        _after_answer("Thank you! Here it is: https://c.test/a?b=1"),
        {"t@c.test": "soft"},
    ),
    Case("a heart", _after_answer("❤️"), {"t@c.test": "soft"}),
    Case("hands in a skin tone", _after_answer("\U0001f64f\U0001f3fd"), {"t@c.test": "soft"}),
    Case(
        "Outlook's reaction",
        _after_answer("Anna Berg reacted to your message:"),
        {"t@c.test": "soft"},
    ),
    Case(
        "Outlook's reaction in German",
        _after_answer("Anna Berg hat auf Ihre Nachricht reagiert:"),
        {"t@c.test": "soft"},
    ),
    Case(
        "Outlook's reaction in Spanish",
        _after_answer("Anna Berg ha reaccionado a su mensaje:"),
        {"t@c.test": "soft"},
    ),
    Case(
        "Gmail's reaction",
        _after_answer("\U0001f44d Anna Berg reacted via Gmail"),
        {"t@c.test": "soft"},
    ),
    Case(
        "Gmail's reaction part",
        _after_answer(
            '--b\nContent-Type: text/plain; charset=utf-8\n\nAnna reacted via Gmail\n\n--b\nContent-Type: text/vnd.google.email-reaction+json\n\n{"version":1,"emoji":"x"}\n--b--',
            content_type="multipart/alternative; boundary=b",
        ),
        {"t@c.test": "soft"},
    ),
    one(
        "a reaction to a letter that is not known here",
        "soft",
        text="\U0001f44d",
        more=more(In_Reply_To="<old@shop.test>"),
    ),
    one("nothing but an emoji as a first letter", "start", text="\U0001f44d"),
    Case("nothing but a question mark as an emoji", _after_answer("\u2753"), {"t@c.test": "start"}),
    Case(
        "thanks after a robot's notice only",
        [
            reply(
                id="n1@shop.test",
                hours=-5,
                subject="Shipped",
                more=more(Auto_Submitted="auto-generated"),
            ),
            Letter(
                "t@c.test",
                subject="Re: Shipped",
                text="Thanks!",
                more=more(In_Reply_To="<n1@shop.test>"),
            ),
        ],
        {"t@c.test": "start"},
    ),
    Case(
        "a question after thanks starts its own clock",
        [
            *_after_answer("Thank you!"),
            Letter(
                "q2@c.test",
                hours=7,
                more=more(In_Reply_To="<r1@shop.test>"),
                text="When will it ship?",
            ),
        ],
        {"t@c.test": "soft", "q2@c.test": "start"},
        {Q.id: "waiting"},
    ),
    Case(
        "thanks while a later question waits",
        [
            Q,
            reply(),
            Letter("q2@c.test", hours=3, more=more(In_Reply_To="<r1@shop.test>")),
            Letter("t@c.test", hours=5, text="Thanks!", more=more(In_Reply_To="<r1@shop.test>")),
        ],
        {"q2@c.test": "start", "t@c.test": "keep"},
        {Q.id: "waiting"},
    ),
]
