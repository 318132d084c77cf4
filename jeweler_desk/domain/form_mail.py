"""Contact forms: the services that send them, and a shop's own WordPress."""

from __future__ import annotations

from jeweler_desk.domain.message import MailChannel, Notice, NoticeKind
from jeweler_desk.domain.notice_mail import SALE, NoticeMail, beside_messages, named
from jeweler_desk.domain.sender_table import Platform

_WHY = "a contact form"


def from_form_service(mail: NoticeMail, platform: Platform) -> Notice:
    """Return a form service's mail: a form for certain when its subject says so."""
    return Notice(
        NoticeKind.FORM, MailChannel.FORM, _WHY, is_certain=platform.says("form", mail.subject)
    )


def from_site_builder(mail: NoticeMail, platform: Platform) -> Notice | None:
    """Return what a site builder sends: its forms, and its orders and notices beside them."""
    if platform.sends("form", mail.address):
        return Notice(NoticeKind.FORM, platform.channel, _WHY, is_certain=True)
    return beside_messages(mail, MailChannel.EMAIL, platform.name)


def from_own_site(mail: NoticeMail, forms: Platform) -> Notice | None:
    """Return Google's or WordPress's mail, whatever the domain; None for everybody else."""
    if forms.sends("form", mail.address):
        return Notice(NoticeKind.FORM, MailChannel.FORM, _WHY, is_certain=True)
    if not forms.sends("site", mail.address):
        return None
    if named(SALE, mail.subject) is not None:
        return Notice(NoticeKind.ACTION, MailChannel.EMAIL, "an order from your shop's own site")
    if forms.says("site_noise", mail.subject):
        return Notice(NoticeKind.NOISE, MailChannel.EMAIL, "your site's own housekeeping")
    return Notice(NoticeKind.FORM, MailChannel.FORM, "your site's contact form", is_certain=True)
