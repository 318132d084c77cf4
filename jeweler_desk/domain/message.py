"""A message as its headers and words show it: facts only, nothing judged yet."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Final

from jeweler_desk.domain.absence import Return

MOST_REFERENCES: Final = 50
"""How many ids of a References header count; the last ones are the nearest."""
NO_ID: Final = "no-id-"
"""How the ids begin that are made up for messages without one."""


class FolderKind(StrEnum):
    """What a folder is for; the words of ``mail read --as``."""

    INBOX = "inbox"
    SENT = "sent"
    JUNK = "junk"
    ARCHIVE = "archive"
    DRAFTS = "drafts"


class MailChannel(StrEnum):
    """By which way a person wrote."""

    EMAIL = "email"
    FORM = "form"
    ETSY = "etsy"
    EBAY = "ebay"
    AMAZON = "amazon"
    SHOPIFY = "shopify"
    INSTAGRAM = "instagram"
    FACEBOOK = "facebook"
    PAYPAL = "paypal"


class Sign(StrEnum):
    """One thing that a message's headers or words show (facts/mail.md section 2.1)."""

    AUTO_GENERATED = "auto-generated"  # Auto-Submitted, any value but no and auto-replied
    AUTO_REPLIED = "auto-replied"  # Auto-Submitted: auto-replied
    AUTO_RESPONDER = "auto-responder"  # X-Autoreply, X-Autorespond, X-Amazon-Auto-Reply …
    BULK = "bulk"  # Precedence: bulk, list, junk
    AUTO_REPLY_PRECEDENCE = "auto-reply-precedence"  # Precedence: auto_reply
    LIST = "list"  # List-Id
    UNSUBSCRIBE = "unsubscribe"  # List-Unsubscribe
    CAMPAIGN = "campaign"  # Feedback-ID, X-Mailgun-Tag …
    NULL_SENDER = "null-sender"  # Return-Path: <>
    EXCHANGE_ABSENCE = "exchange-absence"  # X-Auto-Response-Suppress: All + Inbox-Rules-Loop
    SPAM = "spam"  # X-Spam-Flag: YES
    SITE_MAILER = "site-mailer"  # X-Mailer of a web site's own mailer
    CALENDAR_REPLY = "calendar-reply"  # METHOD:REPLY
    REACTION = "reaction"  # nothing but an emoji laid upon a letter
    QUESTION = "question"  # a question mark in the words that are her own
    ABSENT_SUBJECT = "absent-subject"  # "Out of office:" and its kin, at the start, with the colon
    ABSENT_QUESTION = "absent-question"  # … and a question mark in the subject
    COURTEOUS = "courteous"  # a few words of thanks, nothing asked


class ReportKind(StrEnum):
    """What a machine's report is about."""

    DELIVERY = "delivery"
    READ = "read"
    COMPLAINT = "complaint"
    OTHER = "other"


class NoticeKind(StrEnum):
    """What a platform's mail brings."""

    MESSAGE = "message"  # a person's words, or the news of them
    FORM = "form"  # a contact form, if a person can be found in it
    ACTION = "action"  # a sale, a dispute, a deadline: its own lane
    NOTE = "note"  # a buyer's wish on a receipt
    NOISE = "noise"
    REJECTION = "rejection"  # our answer was not passed on
    REPLIED = "replied"  # the platform says that we answered there


@dataclass(frozen=True, slots=True)
class Correspondent:
    """A name and a bare address as a header gives them; the name may be empty."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class FormFields:
    """Who filled in a contact form, as the body's fields tell."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Report:
    """A machine's report: a bounce, a read receipt, a complaint.

    ``about`` holds Message-IDs it speaks of, ``recipients`` the addresses that failed,
    ``mentioned`` further addresses in its words.
    """

    kind: ReportKind
    has_failed: bool = False
    about: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    mentioned: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """What the table of platforms makes of a message, whoever we are.

    ``thread`` names the conversation where the platform's mails carry no ids of their own;
    ``is_certain``: a form counts even when no person can be found in it.
    """

    kind: NoticeKind
    channel: MailChannel
    why: str
    person: str = ""
    address: str = ""
    thread: str = ""
    is_certain: bool = False


@dataclass(frozen=True, slots=True)
class Copy:
    """One copy of a message in one folder; ``is_present`` turns False when it was gone later."""

    kind: FolderKind
    is_present: bool = True
    is_answered: bool = False
    is_draft: bool = False
    is_junk: bool = False


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """What all copies of a message say together."""

    folder: FolderKind
    is_draft: bool
    is_junk: bool
    was_moved_to_junk: bool
    is_answered: bool
    is_in_sent: bool


@dataclass(frozen=True, slots=True)
class Message:
    """One message, whatever number of copies lie in how many folders.

    ``received_at`` is when the server took it (aware, UTC); ``was_delivered``: it carries a
    server's stamp, as a copy in Sent does not. ``written_at`` stands where her program kept it for
    hours; ``program`` tells where it was written, ``opening`` how it begins where we were only in
    Cc, ``returns`` what an absence names.
    """

    message_id: str
    received_at: datetime
    sender: Correspondent | None = None
    subject: str = ""
    to: tuple[Correspondent, ...] = ()
    cc: tuple[Correspondent, ...] = ()
    bcc: tuple[Correspondent, ...] = ()
    reply_to: tuple[Correspondent, ...] = ()
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    signs: frozenset[Sign] = frozenset()
    form: FormFields | None = None
    report: Report | None = None
    notice: Notice | None = None
    gmail_thread: str = ""
    was_delivered: bool = False
    copies: tuple[Copy, ...] = (Copy(FolderKind.INBOX),)
    written_at: datetime | None = None
    program: str = ""
    opening: str = ""
    returns: Return | None = None


_SHOWN_FIRST: Final = (
    FolderKind.INBOX,
    FolderKind.SENT,
    FolderKind.ARCHIVE,
    FolderKind.JUNK,
    FolderKind.DRAFTS,
)


@lru_cache(maxsize=4096)
def whereabouts(copies: tuple[Copy, ...]) -> Whereabouts:
    """Sum up where a message lies and what the flags on its copies say.

    Copies gone later count only where no other is left: deleting a letter answers nothing.
    """
    present = tuple(copy for copy in copies if copy.is_present) or copies
    kinds = {_kind(copy) for copy in present}
    is_junk = kinds == {FolderKind.JUNK}
    return Whereabouts(
        folder=next(kind for kind in _SHOWN_FIRST if kind in kinds),
        is_draft=kinds == {FolderKind.DRAFTS},
        is_junk=is_junk,
        was_moved_to_junk=is_junk
        and any(_kind(copy) is not FolderKind.JUNK for copy in copies if not copy.is_present),
        is_answered=any(copy.is_answered for copy in present),
        is_in_sent=any(_kind(copy) is FolderKind.SENT for copy in copies),
    )


def _kind(copy: Copy) -> FolderKind:
    if copy.is_draft:
        return FolderKind.DRAFTS
    return FolderKind.JUNK if copy.is_junk else copy.kind


_ADDRESS: Final = re.compile(r"[^@\s<>,;:\"()\[\]\\\x00-\x1f\x7f]+@[^@\s<>,;:\"()\\\x00-\x1f\x7f]+")
_DOTLESS: Final = frozenset({"gmail.com", "googlemail.com"})


def is_address(text: str) -> bool:
    """Tell whether a text is one bare address."""
    return _ADDRESS.fullmatch(text) is not None


@lru_cache(maxsize=65536)
def local_part(address: str) -> str:
    """Return what stands before the @, folded."""
    return address.rpartition("@")[0].casefold()


def domain_of(address: str) -> str:
    """Return what stands after the @, folded."""
    return address.rpartition("@")[2].casefold()


@lru_cache(maxsize=65536)
def canonical_address(address: str) -> str:
    """Return an address as it is compared: folded, no plus part; gmail.com without dots."""
    local, _, domain = address.strip().casefold().rpartition("@")
    local = local.partition("+")[0] or local
    if domain in _DOTLESS:
        local, domain = local.replace(".", ""), "gmail.com"
    return f"{local}@{domain}"


_PREFIX: Final = re.compile(
    r"\s*(?:re|aw|antw|antwort|sv|vs|ref|r|rif|res|odp|atb|ynt|回复|答复|返信|fwd?|fw|wg|tr|rv|enc|vl"
    r"|vb|i|doorst|ang|vá"
    r"|απ|σχετ|השב|הועבר|رد|ตอบ|전달|回信|转发)"
    r"\s*(?:\[\d+\]|\(\d+\))?\s*[:：]\s*"
    r"|\s*\[(?:ext|extern|external)(?: e?-?mail)?\]\s*:?\s*",
    re.IGNORECASE,
)


@lru_cache(maxsize=65536)
def subject_stem(subject: str) -> str:
    """Return a subject without its answer and forward prefixes, blanks and case set aside."""
    stem = unicodedata.normalize("NFKC", subject)
    while found := _PREFIX.match(stem):
        stem = stem[found.end() :]
    return " ".join(stem.casefold().split())


_ORDER_NUMBER: Final = re.compile(
    r"(?:#\s?|\b(?:order|bestellung|bestellnummer|auftrag|commande|pedido|encomenda|ordine"
    r"|bestelling|beställning|ordre|tilaus|zamówienie|objednávka|заказ)"
    r"\s*(?:no\.?|nr\.?|n[°ºo.]{1,2}|nummer|numéro|número|numero|number)?\s*[#:]?\s*)"
    r"([A-Z]{0,3}-?\d{3,})",
    re.IGNORECASE,
)


@lru_cache(maxsize=65536)
def order_numbers(subject: str) -> frozenset[str]:
    """Return the order numbers that a subject names: ``#1041``, ``order 3512000101``."""
    return frozenset(found.casefold() for found in _ORDER_NUMBER.findall(subject))
