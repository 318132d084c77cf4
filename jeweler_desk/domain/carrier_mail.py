"""Mail from carriers: trouble with a parcel, or news that asks nothing."""

from __future__ import annotations

from typing import Final

from jeweler_desk.domain.message import MailChannel, Notice, NoticeKind
from jeweler_desk.domain.notice_mail import NoticeMail
from jeweler_desk.domain.sender_table import Platform
from jeweler_desk.domain.senders import URGENT, is_machine_address

_TROUBLE: Final = Notice(
    NoticeKind.ACTION, MailChannel.EMAIL, "a carrier reports trouble with a parcel"
)


def from_carrier(mail: NoticeMail, platform: Platform) -> Notice | None:
    """Return what a carrier sends: trouble, news of a parcel, or None for a person there."""
    if platform.says("trouble", mail.subject) or URGENT.search(mail.subject):
        return _TROUBLE
    if not platform.says("news", mail.subject) and not is_machine_address(mail.address):
        return None
    if not platform.says("delivered", mail.subject) and platform.says("trouble", mail.text[:1500]):
        return _TROUBLE
    return Notice(NoticeKind.NOISE, MailChannel.EMAIL, "a carrier's news of a parcel")
