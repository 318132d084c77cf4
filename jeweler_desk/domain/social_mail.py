"""Mail from Instagram and Facebook: the news of a message, or noise."""

from __future__ import annotations

from jeweler_desk.domain.message import Notice, NoticeKind
from jeweler_desk.domain.notice_mail import NoticeMail
from jeweler_desk.domain.sender_table import Platform
from jeweler_desk.domain.senders import person_name


def from_social(mail: NoticeMail, platform: Platform) -> Notice:
    """Return what a social network sends; only the news of a message is more than noise."""
    if not platform.sends("noise", mail.address):
        person = platform.found("message", mail.subject)
        if person is None:
            person = platform.found("message_without_name", mail.subject)
        if person is None:
            person = platform.found("message", mail.text[:600])
        if person is not None:
            person, shown = person_name(person), person_name(mail.name)
            is_brand = platform.name.casefold() in shown.casefold()
            person = person or ("" if is_brand else shown)
            why = f"a message on {platform.name}; answer it there"
            thread = f"{platform.channel} {person.casefold()}" if person else ""
            return Notice(NoticeKind.MESSAGE, platform.channel, why, person, thread=thread)
    return Notice(NoticeKind.NOISE, platform.channel, f"a notice from {platform.name}")
