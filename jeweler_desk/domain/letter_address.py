"""To whom a letter goes: the person who asked, the buyer of an order, or nobody by email."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from jeweler_desk.domain.mail_view import Conversation
from jeweler_desk.domain.message import MailChannel, Message, NoticeKind, is_address
from jeweler_desk.domain.order import Order
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.domain.senders import channel_of_address, is_machine_address

_ANSWERED: Final = re.compile(
    r"\A(?:\s*(?:aw|antw|antwort|sv|rif|odp|ynt|回复|答复|返信)\s*(?:\[\d+\])?\s*[:：]\s*)+",
    re.IGNORECASE,
)
"""What other programs put for “Re:”."""
_ANSWERED_THERE: Final = {
    MailChannel.ETSY: "in Etsy’s Messages",
    MailChannel.EBAY: "in eBay’s messages",
    MailChannel.AMAZON: "in Amazon’s messages",
    MailChannel.INSTAGRAM: "on Instagram",
    MailChannel.FACEBOOK: "on Facebook",
    MailChannel.PAYPAL: "through the order",
}
_NEVER_MAILED: Final = frozenset({MailChannel.ETSY, MailChannel.INSTAGRAM, MailChannel.FACEBOOK})


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom a letter goes to; an empty address means that none is known."""

    name: str
    address: str
    subject: str = ""


def answer_recipient(conversation: Conversation, message: Message | None) -> Recipient:
    """Return to whom an answer goes: Reply-To, a form's visitor, a marketplace's alias.

    Raises `RefusedError` where an email would reach nobody. What was inside a contact form is
    answered as a new letter: its writer never saw the form's own mail.
    """
    address = conversation.address or ""
    channel = conversation.channel
    if channel in _NEVER_MAILED or not is_mailable(address):
        where = _ANSWERED_THERE.get(channel, "where it was written")
        raise RefusedError(
            f"An email would reach nobody here: answer {where}, then mark it answered."
        )
    person = conversation.person or ""
    name = person if "@" not in person else ""
    if message is not None and is_form(message):
        return Recipient(name, address, "Your message")
    subject = conversation.subject
    if message is not None and message.subject:
        subject = message.subject
    if not subject.casefold().startswith("re:"):
        subject = f"Re: {_ANSWERED.sub('', subject)}".strip()
    return Recipient(name, address, " ".join(subject.split()))


def is_form(message: Message) -> bool:
    """Tell whether a message is a web form's, so that its writer never saw it."""
    notice = message.notice
    return message.form is not None or (notice is not None and notice.kind is NoticeKind.FORM)


def is_mailable(address: str) -> bool:
    """Tell whether somebody reads what is mailed to an address; Etsy's own never are."""
    return (
        is_address(address)
        and not is_machine_address(address)
        and channel_of_address(address) is not MailChannel.ETSY
    )


def order_recipient(order: Order) -> Recipient:
    """Return the buyer of an order; a gift's recipient is never written to."""
    return Recipient(order.customer or "", order.email or "")
