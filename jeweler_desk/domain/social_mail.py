"""Mail from Instagram and Facebook: the news of a message, or noise."""

from __future__ import annotations

from typing import Final

from jeweler_desk.domain.message import MailChannel, Notice, NoticeKind, local_part
from jeweler_desk.domain.notice_mail import NoticeMail, named, patterns
from jeweler_desk.domain.senders import person_name

_SOCIAL_MESSAGE: Final = patterns(
    r"^(?P<name>[^\n]{1,80}?) (?:has )?(?:sent (?:you|your page) (?:a|an"
    r"|\d+) .{0,20}?(?:messages?|photo|video)|messaged (?:you|your)"
    r"|wants to send you a message|replied to your (?:story|message))",
    r"(?:new |unread |a )(?:direct )?messages? (?:request )?from (?P<name>[^\n]{1,80}?)\s*$",
    r"(?:new |unread )(?:direct )?messages?\b",
    r"\bmessage request",
)  # fmt: skip


def _social(mail: NoticeMail, channel: MailChannel, brand: str, noisy: frozenset[str]) -> Notice:
    if local_part(mail.address) not in noisy:
        person = named(_SOCIAL_MESSAGE, mail.subject)
        if person is None:
            person = named(_SOCIAL_MESSAGE[:2], mail.text[:600])
        if person is not None:
            person, shown = person_name(person), person_name(mail.name)
            person = person or ("" if brand.casefold() in shown.casefold() else shown)
            why = f"a message on {brand}; answer it there"
            thread = f"{channel} {person.casefold()}" if person else ""
            return Notice(NoticeKind.MESSAGE, channel, why, person, thread=thread)
    return Notice(NoticeKind.NOISE, channel, f"a notice from {brand}")


def from_instagram(mail: NoticeMail) -> Notice:
    """Return what Instagram sends."""
    return _social(
        mail, MailChannel.INSTAGRAM, "Instagram", frozenset({"security", "posts-recaps"})
    )


def from_facebook(mail: NoticeMail) -> Notice:
    """Return what Facebook sends."""
    return _social(mail, MailChannel.FACEBOOK, "Facebook", frozenset({"security"}))
