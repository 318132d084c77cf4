"""Contact forms: the services that send them, and a shop's own WordPress."""

from __future__ import annotations

import re
from typing import Final

from jeweler_desk.domain.message import MailChannel, Notice, NoticeKind, domain_of, local_part
from jeweler_desk.domain.notice_mail import SALE, NoticeMail, named, patterns

_FORM_SUBJECT: Final = re.compile(
    r"\b(?:form|submission|submitted|response|responded|entry|inquiry|enquiry|message|contact"
    r"|kontakt|anfrage)\b",
    re.IGNORECASE,
)
_FORM_SERVICES: Final = (
    "wix.com", "wixforms.com", "wix-forms.com", "typeform.com", "typeform.io", "jotform.com",
    "formresponse.com", "tally.so", "formspree.io", "formsubmit.co", "getform.io", "web3forms.com",
    "formsubmission.io", "netlify.com", "usebasin.com", "123formbuilder.com", "cognitoforms.com",
)  # fmt: skip
_FORM_ADDRESSES: Final = (
    "form-submission@squarespace.info", "form-submission@squarespace.com",
    "forms-receipts-noreply@google.com", "forms-noreply@google.com",
)  # fmt: skip
_WORDPRESS: Final = frozenset({"wordpress", "woocommerce", "wpforms", "www-data", "apache"})
_WORDPRESS_NOISE: Final = patterns(
    r"\bupdated to wordpress\b",
    r"\bpassword changed\b",
    r"\bpassword reset\b",
    r"\bnew user registration\b",
    r"\bplugins? (?:was|were|has|have|update)",
    r"\bplease moderate\b",
    r"\blogin details\b",
    r"\badmin email\b",
    r"\bwordpress \d",
    r"\bautomatic updates?\b",
)  # fmt: skip


def from_form(mail: NoticeMail) -> Notice | None:
    """Return a form service's or WordPress's mail; None for everybody else."""
    channel = MailChannel.FORM
    why = "a contact form"
    if mail.address.casefold() in _FORM_ADDRESSES:
        return Notice(NoticeKind.FORM, channel, why, is_certain=True)
    if _is_service(domain_of(mail.address)):
        is_certain = _FORM_SUBJECT.search(mail.subject) is not None
        return Notice(NoticeKind.FORM, channel, why, is_certain=is_certain)
    if local_part(mail.address) in _WORDPRESS:
        if named(SALE, mail.subject) is not None:
            return Notice(
                NoticeKind.ACTION, MailChannel.EMAIL, "an order from your shop's own site"
            )
        if named(_WORDPRESS_NOISE, mail.subject) is not None:
            return Notice(NoticeKind.NOISE, MailChannel.EMAIL, "your site's own housekeeping")
        return Notice(NoticeKind.FORM, channel, "your site's contact form", is_certain=True)
    return None


def _is_service(domain: str) -> bool:
    return any(domain == each or domain.endswith("." + each) for each in _FORM_SERVICES)
