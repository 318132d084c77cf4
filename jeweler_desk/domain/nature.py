"""What a message is, seen by itself: ours, spam, a report, a relay, a machine, or a person.

The order of evaluation is that of facts/mail.md section 7: own and outgoing, spam, bounce and
report, relay and form, automatic, then persons. What it does to a clock is told elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

from jeweler_desk.domain.her_word import NO_WORD, HerWord
from jeweler_desk.domain.message import (
    Correspondent,
    MailChannel,
    Message,
    Notice,
    NoticeKind,
    ReportKind,
    Sign,
    Whereabouts,
    canonical_address,
    domain_of,
    is_address,
)
from jeweler_desk.domain.notice_mail import SALE, named
from jeweler_desk.domain.ours import Ours, is_shared_domain
from jeweler_desk.domain.senders import (
    URGENT,
    channel_of_address,
    is_machine_address,
    is_office_address,
    is_service_desk,
    is_shopify_form,
    person_name,
)


class Role(StrEnum):
    """What part a message plays, whatever came before it."""

    LETTER = "letter"  # written by us, to somebody
    OWN_ROBOT = "own-robot"  # sent in our name by a machine
    DRAFT = "draft"
    SELF_NOTE = "self-note"
    SPAM = "spam"
    REPORT = "report"
    REJECTION = "rejection"  # a marketplace did not pass our answer on
    MACHINE = "machine"
    ACTION = "action"
    PERSON = "person"
    NOTE = "note"  # soft: a wish on a receipt
    COPIED = "copied"  # soft: written to somebody else, we were only in Cc
    UNREADABLE = "unreadable"  # soft: nobody can be made out as its sender
    REPLIED_THERE = "replied-there"  # a marketplace says that we answered


IN_CLOCK: Final = frozenset({Role.PERSON, Role.NOTE, Role.COPIED, Role.UNREADABLE})
"""The roles that have a conversation with a clock or a place in the evening sweep."""


class Nature(NamedTuple):
    """A message's role, the person behind it, and why it is taken so.

    ``addresses`` (canonical) are those that an answer may go to; ``address`` is the one to use.
    ``thread`` names the conversation of a platform whose mails carry no ids;
    ``needs_fresh_letter``: an answer can only be a new letter, because hers was inside a form.
    """

    role: Role
    why: str
    channel: MailChannel = MailChannel.EMAIL
    person: str = ""
    address: str = ""
    addresses: frozenset[str] = frozenset()
    thread: str = ""
    is_courteous: bool = False
    is_rescued: bool = False
    needs_fresh_letter: bool = False
    is_reaction: bool = False


@dataclass(frozen=True, slots=True)
class Circle:
    """Whom we know: ourselves, our letters' ids, the customers in the order book (canonical)."""

    ours: Ours
    our_ids: AbstractSet[str] = frozenset()
    customers: AbstractSet[str] = frozenset()
    word: HerWord = NO_WORD
    our_names: re.Pattern[str] | None = None

    def calls_us(self, words: str) -> bool:
        """Tell whether the first words of a letter speak to us by name."""
        return self.our_names is not None and self.our_names.search(words) is not None

    def knows(self, address: str) -> bool:
        """Tell whether an address stands in an order."""
        return canonical_address(address) in self.customers

    def answers_us(self, message: Message) -> bool:
        """Tell whether a message refers to one of our letters."""
        ids = self.our_ids
        return any(each in ids for each in message.in_reply_to) or any(
            each in ids for each in message.references
        )


_LISTED: Final = frozenset({Sign.LIST, Sign.UNSUBSCRIBE})
_MACHINE_SIGNS: Final = frozenset(
    {
        Sign.AUTO_GENERATED, Sign.AUTO_REPLIED, Sign.AUTO_RESPONDER, Sign.BULK,
        Sign.AUTO_REPLY_PRECEDENCE, Sign.LIST, Sign.UNSUBSCRIBE, Sign.CAMPAIGN, Sign.NULL_SENDER,
        Sign.EXCHANGE_ABSENCE, Sign.CALENDAR_REPLY, Sign.ABSENT_SUBJECT,
    }
)  # fmt: skip
OWN_ROBOT_SIGNS: Final = _MACHINE_SIGNS - {Sign.UNSUBSCRIBE, Sign.CAMPAIGN, Sign.NULL_SENDER}
_ANSWERING_MACHINE: Final = frozenset(
    {Sign.AUTO_REPLIED, Sign.AUTO_RESPONDER, Sign.EXCHANGE_ABSENCE}
)


def nature_of(message: Message, where: Whereabouts, circle: Circle) -> Nature:
    """Return what a message is by itself; ``where`` sums up its copies."""
    if where.is_draft:
        return _to_others(message, circle, Role.DRAFT, "a letter begun and not sent")
    if message.sender is not None and circle.ours.owns(message.sender.address):
        own = _own(message, circle)
        if own is not None:
            return own
    said = circle.word.questions.get(message.message_id)
    if said is not None:
        return _as_she_said(message, circle, is_question=said)
    is_spam = Sign.SPAM in message.signs or (where.is_junk and not where.was_moved_to_junk)
    if is_spam and not _is_rescued(message, circle):
        return _plain(message, Role.SPAM, "it lies in the junk folder or is marked as spam")
    found = _received(message, circle)
    if found.role in IN_CLOCK and canonical_address(found.address) in circle.word.not_customers:
        why = f"you said that {found.address} is not a customer"
        return _plain(message, Role.MACHINE, why)
    return found._replace(is_rescued=True) if is_spam else found


def _as_she_said(message: Message, circle: Circle, *, is_question: bool) -> Nature:
    """Judge a message as the seller told to, whatever the rules make of it."""
    found = _received(message, circle)
    if not is_question:
        return found._replace(role=Role.MACHINE, why="you said: no question")
    if found.role not in IN_CLOCK and message.sender is not None and not found.addresses:
        found = _person(message, message.sender, circle)
    why = f"you said: this is a question ({found.why})"
    return found._replace(role=Role.PERSON, why=why, is_courteous=False, is_reaction=False)


def _own(message: Message, circle: Circle) -> Nature | None:
    """Judge a message From us; None when it is a visitor's form sent in our name."""
    recipients = (*message.to, *message.cc, *message.bcc)
    others = circle.ours.others(recipients)
    if not others and (
        _visitor(message, circle)
        or _fields(message, circle)
        or (recipients and Sign.SITE_MAILER in message.signs)
        or (recipients and message.was_delivered and named(SALE, message.subject) is not None)
    ):
        return None
    if recipients and not others:
        return _plain(message, Role.SELF_NOTE, "a note from you to yourself")
    if message.report is not None or OWN_ROBOT_SIGNS & message.signs:
        return _to_others(message, circle, Role.OWN_ROBOT, "sent by a machine in your name")
    return _to_others(message, circle, Role.LETTER, "your letter")


def _to_others(message: Message, circle: Circle, role: Role, why: str) -> Nature:
    others = circle.ours.others((*message.to, *message.cc, *message.bcc))
    if not others:
        return Nature(role, why)
    first = others[0]
    return Nature(
        role,
        why,
        channel_of_address(first.address),
        person_name(first.name),
        first.address,
        frozenset(canonical_address(each.address) for each in others),
    )


def _plain(message: Message, role: Role, why: str) -> Nature:
    sender = message.sender or Correspondent("", "")
    channel = message.notice.channel if message.notice else MailChannel.EMAIL
    return Nature(role, why, channel, person_name(sender.name), sender.address)


def _is_rescued(message: Message, circle: Circle) -> bool:
    """Spam is looked at all the same when a customer or an answer to us may be in it."""
    if circle.answers_us(message):
        return True
    if message.report and any(each in circle.our_ids for each in message.report.about):
        return True
    people = (message.sender, *message.reply_to)
    return any(each is not None and circle.knows(each.address) for each in people)


def _received(message: Message, circle: Circle) -> Nature:
    if message.report is not None:
        return _plain(message, Role.REPORT, _REPORTS[message.report.kind])
    if message.notice is not None:
        found = _from_notice(message, message.notice, circle)
        if found is not None:
            return found
    if message.signs & _MACHINE_SIGNS:
        found = _from_machine_signs(message, circle)
        if found is not None:
            return found
    return _from_sender(message, circle)


_REPORTS: Final = {
    ReportKind.DELIVERY: "a mail server's report",
    ReportKind.READ: "a read receipt",
    ReportKind.COMPLAINT: "a complaint about your mail, sent by a provider",
    ReportKind.OTHER: "a machine's report",
}
_BY_NOTICE: Final = {
    NoticeKind.ACTION: Role.ACTION,
    NoticeKind.NOISE: Role.MACHINE,
    NoticeKind.REJECTION: Role.REJECTION,
    NoticeKind.REPLIED: Role.REPLIED_THERE,
}


def _from_notice(message: Message, notice: Notice, circle: Circle) -> Nature | None:
    if notice.kind is NoticeKind.FORM:
        return _from_form(message, notice, circle)
    if notice.kind is NoticeKind.MESSAGE and message.signs & _ANSWERING_MACHINE and notice.address:
        return _plain(message, Role.MACHINE, "an automatic answer passed on by the marketplace")
    if notice.kind in {NoticeKind.MESSAGE, NoticeKind.NOTE}:
        role = Role.PERSON if notice.kind is NoticeKind.MESSAGE else Role.NOTE
        addresses = frozenset({canonical_address(notice.address)} if notice.address else ())
        return Nature(
            role,
            notice.why,
            notice.channel,
            notice.person,
            notice.address,
            addresses,
            notice.thread,
        )
    plain = _plain(message, _BY_NOTICE[notice.kind], notice.why)
    return plain._replace(person=notice.person or plain.person, thread=notice.thread)


def _from_form(message: Message, notice: Notice, circle: Circle) -> Nature | None:
    found = _form_person(message, circle, notice.channel, notice.why)
    if found is not None:
        return found
    if notice.is_certain:
        return Nature(Role.PERSON, f"{notice.why} that does not say who wrote", notice.channel)
    if notice.channel is MailChannel.SHOPIFY:
        return _plain(message, Role.MACHINE, "a notice from Shopify with no visitor's words")
    return None


def _form_person(message: Message, circle: Circle, channel: MailChannel, why: str) -> Nature | None:
    """Return the visitor of a form: a usable Reply-To, else the address among the body's fields."""
    fields = _fields(message, circle)
    visitor = _visitor(message, circle)
    if visitor is not None:
        name = person_name(visitor.name) or (fields.name if fields else "")
        return _visitor_nature(channel, why, name, visitor.address)
    if fields is not None:
        found = _visitor_nature(channel, why, fields.name, fields.address)
        return found._replace(needs_fresh_letter=True)
    return None


def _visitor_nature(channel: MailChannel, why: str, name: str, address: str) -> Nature:
    addresses = frozenset({canonical_address(address)})
    return Nature(Role.PERSON, why, channel, name, address, addresses)


def _visitor(message: Message, circle: Circle) -> Correspondent | None:
    """Return a Reply-To that leads to a person: valid, not ours, no machine, not From again."""
    sender = canonical_address(message.sender.address) if message.sender else ""
    for each in message.reply_to:
        if _is_usable(each, circle) and canonical_address(each.address) != sender:
            return each
    return None


def _is_usable(who: Correspondent, circle: Circle) -> bool:
    return (
        is_address(who.address)
        and not circle.ours.owns(who.address)
        and not is_machine_address(who.address)
    )


def _is_foreign(visitor: Correspondent, sender: Correspondent | None) -> bool:
    """Tell whether a Reply-To leads to another house than the sender's own service desk."""
    there = domain_of(visitor.address)
    if sender is None or is_shared_domain(there):
        return True
    here = domain_of(sender.address)
    return not (here == there or here.endswith("." + there) or there.endswith("." + here))


def _fields(message: Message, circle: Circle) -> Correspondent | None:
    """Return the person that the body's form fields name, unless that is ourselves."""
    form = message.form
    if form is None or circle.ours.owns(form.address):
        return None
    return Correspondent(form.name, form.address)


def _from_machine_signs(message: Message, circle: Circle) -> Nature | None:
    """Judge a message with automatic headers; None when a person is behind it all the same."""
    answering = _answering_machine(message)
    if answering is not None:
        return _plain(message, Role.MACHINE, answering)
    form = _form_behind(message, circle)
    if form is not None:
        return form
    why = _machine_reason(message, circle)
    if why is None:
        return None
    if URGENT.search(message.subject) and Sign.LIST not in message.signs:
        return _plain(message, Role.ACTION, "a machine's notice that names a deadline")
    return _plain(message, Role.MACHINE, why)


def _answering_machine(message: Message) -> str | None:
    """Say how a message shows that it only answers by itself; None when it does not."""
    signs = message.signs
    is_answer = bool(message.in_reply_to or message.references)
    if signs & _ANSWERING_MACHINE or (Sign.AUTO_REPLY_PRECEDENCE in signs and is_answer):
        return "an automatic answer"
    if Sign.CALENDAR_REPLY in signs:
        return "an answer from a calendar"
    asks = bool(signs & {Sign.QUESTION, Sign.ABSENT_QUESTION})
    if Sign.ABSENT_SUBJECT in signs and (is_answer or not asks):
        return "an out-of-office note, by its subject"
    return None


def _form_behind(message: Message, circle: Circle) -> Nature | None:
    """See a form behind automatic headers: a visitor's Reply-To or fields, and no list."""
    if message.signs & _LISTED:
        return None
    visitor = _visitor(message, circle)
    if visitor is None and message.form is None and Sign.NULL_SENDER not in message.signs:
        return None
    if visitor is not None and not _is_foreign(visitor, message.sender):
        return None
    if _MACHINE_SIGNS & message.signs <= {Sign.ABSENT_SUBJECT}:
        return None
    return _form_person(message, circle, _form_channel(message), "a contact form")


def _form_channel(message: Message) -> MailChannel:
    return MailChannel.SHOPIFY if is_shopify_form(message.subject) else MailChannel.FORM


def _machine_reason(message: Message, circle: Circle) -> str | None:
    """Say which header shows a machine; None when none outweighs what we know of the sender."""
    signs = message.signs
    is_customer = message.sender is not None and circle.knows(message.sender.address)
    answers_us = circle.answers_us(message)
    is_known_answer = is_customer and answers_us
    if Sign.AUTO_GENERATED in signs:
        return "made by a machine (Auto-Submitted)"
    if signs & {Sign.BULK, Sign.AUTO_REPLY_PRECEDENCE} and not is_known_answer:
        return "bulk mail (Precedence)"
    if Sign.LIST in signs and not is_known_answer:
        return "a mailing list or newsletter (List-Id)"
    if signs & {Sign.UNSUBSCRIBE, Sign.CAMPAIGN} and not (is_customer or answers_us):
        return "bulk mail (List-Unsubscribe or a bulk sender's mark)"
    if Sign.NULL_SENDER in signs and not any(_is_usable(each, circle) for each in message.reply_to):
        return "sent with no return address, as bounces and automatic answers are"
    return None


_MACHINE_TALK: Final = re.compile(
    r"\b(?:delivered|out for delivery|has shipped|on its way|verification code|security code"
    r"|login code|password"
    r"|receipt|invoice|statement|confirm(?:ed|ation)|newsletter|sign-?in|log-?in|welcome to"
    r"|subscription|report domain|zugestellt"
    r"|rechnung|quittung|bestätigung)\b",
    re.IGNORECASE,
)


def _from_sender(message: Message, circle: Circle) -> Nature:
    """Judge a message that no header marks as automatic."""
    sender = message.sender
    if sender is None:
        visitor = next((each for each in message.reply_to if _is_usable(each, circle)), None)
        if visitor is None:
            return Nature(Role.UNREADABLE, "its sender cannot be read")
        return _visitor_nature(
            MailChannel.EMAIL, "a letter", person_name(visitor.name), visitor.address
        )
    site = _from_own_site(message, sender, circle)
    if site is not None:
        return site
    if is_machine_address(sender.address):
        return _from_no_reply(message, circle)
    if _is_deadline_of_a_service(message, sender, circle):
        return _plain(message, Role.ACTION, "a company's notice that names a deadline")
    return _person(message, sender, circle)


_YOUR_SERVICE: Final = re.compile(
    r"\b(?:your|ihre?|deine?|votre|vos|su|tu|il tuo|la tua|uw|je)\s+(?:[\w.-]+\s+)?(?:domains?"
    r"|domaine|dominio|domein|hosting|web ?site|site|ssl|certificate|zertifikat|subscription|abo"
    r"|abonnement|account|konto|plan|mailbox|postfach|storage|license|card)\b",
    re.IGNORECASE,
)


def _is_deadline_of_a_service(message: Message, sender: Correspondent, circle: Circle) -> bool:
    """Tell a company's notice that names a deadline from a person at a company's desk."""
    subject = message.subject
    if not URGENT.search(subject) or "?" in subject or circle.knows(sender.address):
        return False
    if is_office_address(sender.address):
        return True
    return is_service_desk(sender.address) and _YOUR_SERVICE.search(subject) is not None


def _from_own_site(message: Message, sender: Correspondent, circle: Circle) -> Nature | None:
    """Judge what our own web site sent: an order, or a visitor's words; None for all else."""
    if not _is_own_site(message, sender, circle):
        return None
    if named(SALE, message.subject) is not None:
        return _plain(message, Role.ACTION, "an order from your shop's own site")
    found = _form_person(message, circle, _form_channel(message), "your own site's contact form")
    if found is None and Sign.SITE_MAILER in message.signs and circle.ours.owns(sender.address):
        why = "your own site's contact form that does not say who wrote"
        return Nature(Role.PERSON, why, _form_channel(message))
    return found


def _is_own_site(message: Message, sender: Correspondent, circle: Circle) -> bool:
    """Tell whether our own web site may have sent a visitor's words."""
    if circle.ours.owns(sender.address) or is_shopify_form(message.subject):
        return True
    visitor = _visitor(message, circle)
    if visitor is None or not _is_foreign(visitor, sender):
        return False
    return Sign.SITE_MAILER in message.signs or domain_of(sender.address) in circle.ours.domains


def _from_no_reply(message: Message, circle: Circle) -> Nature:
    """Judge a sender that takes no answers: by Reply-To, then the form's fields, then words."""
    form = _form_person(message, circle, _form_channel(message), "a contact form")
    if form is not None:
        return form
    if URGENT.search(message.subject):
        return _plain(message, Role.ACTION, "a machine's notice that names a deadline")
    if _MACHINE_TALK.search(message.subject) and Sign.QUESTION not in message.signs:
        return _plain(message, Role.MACHINE, "a machine's notice, by its sender and subject")
    plain = _plain(message, Role.PERSON, "an unknown sender that may carry a person's words")
    return plain._replace(channel=MailChannel.EMAIL)


def _person(message: Message, sender: Correspondent, circle: Circle) -> Nature:
    people = [each for each in message.reply_to if _is_usable(each, circle)]
    address = people[0].address if people else sender.address
    name = person_name(sender.name) or (person_name(people[0].name) if people else "")
    addresses = frozenset(canonical_address(each.address) for each in (sender, *people))
    role, why = Role.PERSON, "a letter"
    if people and _is_foreign(people[0], sender):
        why = f"a letter from {sender.address} whose answers go to {people[0].address}"
    owns = circle.ours.owns
    if (
        message.to
        and any(owns(each.address) for each in message.cc)
        and not any(owns(each.address) for each in message.to)
    ):
        role, why = Role.COPIED, "written to somebody else; you were only in Cc"
        if circle.calls_us(message.opening):
            role, why = Role.PERSON, "you were only in Cc, but it speaks to you by name"
    return Nature(
        role,
        why,
        MailChannel.EMAIL,
        name,
        address,
        addresses,
        is_courteous=bool(message.signs & {Sign.COURTEOUS, Sign.REACTION}),
        is_reaction=Sign.REACTION in message.signs,
    )
