"""Bounces, receipts and complaints: what a machine's report says and about which letter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import Message as MimeMessage
from email.parser import HeaderParser
from typing import Final

from jeweler_desk.domain.message import Correspondent, Report, ReportKind, is_address, local_part
from jeweler_desk.mail.headers import Headers
from jeweler_desk.mail.parts import parts_of

_DAEMONS: Final = frozenset(
    {
        "mailer-daemon", "mmdf", "mdaemon", "mail-daemon", "maildaemon", "mail_daemon",
        "mailerdaemon", "mail.daemon", "double-bounce", "bounce", "bounces",
    }
)  # fmt: skip
_DAEMON_NAME: Final = re.compile(
    r"mail(?:er)?[- ]?(?:daemon|delivery (?:sub)?system|delivery service)|delivery subsystem"
    r"|postmaster",
    re.IGNORECASE,
)
_BOUNCE_SUBJECT: Final = re.compile(
    r"^\s*(?:(?:\w{2,3}|\[[^\]]{1,30}\])[:：]?\s*)?(?:undeliver(?:able|ed)\b"
    r"|mail delivery (?:failed|failure|system|problem)"
    r"|delivery (?:status notification|failure|has failed|failed|notification)"
    r"|failure notice|failed (?:mail|delivery)|returned mail|message (?:not delivered|undeliverable"
    r"|delivery failure)|mail (?:could not be delivered|system error|returned)|returned to sender"
    r"|non[- ]?deliver(?:y|able)|bounced? (?:mail|message|action)|rejected mail|warning: message"
    r"|unzustellbar|nicht zustellbar|zustellung fehlgeschlagen|rückläufer"
    r"|non remis|non distribuable|échec de (?:la )?(?:remise|livraison)|message non distribué"
    r"|no se puede entregar|no se pudo entregar|error de entrega|devuelto"
    r"|recapito non riuscito|mancato recapito|non recapitabile|messaggio non recapitato"
    r"|niet te bezorgen|onbestelbaar|niet bezorgd|não (?:foi )?entregue|falha na entrega"
    r"|kan inte levereras|kunne ikke leveres|toimitus epäonnistui|niedoręczon"
    r"|nedoručiteln|недоставлен|не доставлено|配信不能|配信できません|无法投递|退信|배달 실패)",
    re.IGNORECASE,
)
_SERVER_TALK: Final = re.compile(
    r"\b[45]\d\d[ -]#?[45]\.\d{1,3}\.\d{1,3}\b|\b5[0-5]\d[ -]|\(#?[45]\.\d\.\d\)|\bsmtp\b"
    r"|user unknown|unknown user|no such (?:user|mailbox)|returned to sender|diagnostic"
    r"|remote host said"
    r"|wasn['’]t found at|mailbox (?:unavailable|full)|quota",
    re.IGNORECASE,
)
_DELAYED: Final = re.compile(
    r"\b(?:has been delayed|is delayed|delayed|still (?:trying|being retried)"
    r"|will (?:be retried|keep trying|retry)"
    r"|continue to try|do not need to (?:re)?send|warning: (?:could|message)"
    r"|not yet been delivered|temporar(?:y|ily)"
    r"|successfully (?:delivered|relayed)|was delivered|been relayed"
    r"|verzögert|noch nicht zugestellt|weiterhin versucht|différée?|retardée?"
    r"|pas encore (?:été )?remis"
    r"|retrasad[oa]|aplazad[oa]|aún no se ha (?:podido )?entreg|ritardat[oa]|differit[oa]"
    r"|non (?:è )?ancora (?:stato )?consegnat[oa]|vertraagd|uitgesteld|nog niet (?:bezorgd"
    r"|afgeleverd)"
    r"|atrasad[oa]|adiad[oa]|försenat|fördröjd|forsinket|opóźnion[ea]|zpožděn[ao])\b",
    re.IGNORECASE,
)
_GIVEN_UP: Final = re.compile(
    r"\b(?:giving up|given up|not going to try again|permanent(?:ly)?|user unknown|unknown user"
    r"|no such (?:user|mailbox)|does not exist|too long in the queue|will not be (?:retried"
    r"|delivered))\b",
    re.IGNORECASE,
)
_IF_IT_FAILS: Final = re.compile(r"\b(?:if|should|unless)\b[^.\n]{0,80}", re.IGNORECASE)
_COPY: Final = re.compile(
    r"^(?:-{2,}[^\n]*\b(?:copy|original|below|returned|nachricht|message)\b"
    r"|(?:return-path|received|mime-version|dkim-signature):).*",
    re.IGNORECASE | re.MULTILINE | re.DOTALL,
)
"""From where a bounce gives back the letter itself, whose words tell nothing of its fate."""
_ADDRESS: Final = re.compile(r"[^@\s<>,;:\"()\[\]\\']+@[^@\s<>,;:\"()\[\]\\']+")
_ID: Final = re.compile(r"<([^<>\s]+@[^<>\s]+)>")
_MOST_MENTIONED: Final = 50
_STATUS_PARTS: Final = frozenset({"message/delivery-status", "message/global-delivery-status"})
_KINDS: Final = {
    "delivery-status": ReportKind.DELIVERY,
    "global-delivery-status": ReportKind.DELIVERY,
    "disposition-notification": ReportKind.READ,
    "feedback-report": ReportKind.COMPLAINT,
}


def read_report(
    mime: MimeMessage, headers: Headers, sender: Correspondent | None, text: str
) -> Report | None:
    """Return what a report says, or None when the message is none."""
    kind = _kind(mime)
    failed = tuple(each.address for each in headers.people("x-failed-recipients"))
    if kind is None and not failed and not _is_bounce(headers, sender, text):
        return None
    about = (*_original_ids(mime), *headers.ids("in-reply-to"), *headers.ids("references"))
    if kind not in {None, ReportKind.DELIVERY}:
        return Report(kind or ReportKind.OTHER, about=about)
    blocks = list(_status_blocks(mime)) if kind else []
    if blocks:
        return _from_blocks(blocks, about, failed)
    said = f"{headers.words('subject')}\n{text}"
    firm = _IF_IT_FAILS.sub(" ", _COPY.sub("", said))
    has_failed = _GIVEN_UP.search(firm) is not None or not _DELAYED.search(firm)
    mentioned = tuple(dict.fromkeys(_ADDRESS.findall(text)))[:_MOST_MENTIONED]
    about = (*about, *_ID.findall(text)[:_MOST_MENTIONED])
    people = tuple(each.rstrip(".") for each in mentioned if is_address(each.rstrip(".")))
    return Report(ReportKind.DELIVERY, has_failed, about, failed, () if failed else people)


def may_be_bounce(headers: Headers, sender: Correspondent) -> bool:
    """Tell whether a message without any report in it may be one; its words decide."""
    return (
        is_daemon(sender)
        or _is_postmaster(sender)
        or _BOUNCE_SUBJECT.match(headers.words("subject")) is not None
    )


def is_daemon(sender: Correspondent) -> bool:
    """Tell whether a mail server itself writes."""
    return local_part(sender.address) in _DAEMONS


def _is_postmaster(sender: Correspondent) -> bool:
    return (
        local_part(sender.address) == "postmaster" or _DAEMON_NAME.search(sender.name) is not None
    )


def _is_bounce(headers: Headers, sender: Correspondent | None, text: str) -> bool:
    """Tell a bounce without any report in it: by its sender, its subject, its servers' words.

    A postmaster may be a person, and a buyer may write of an undeliverable parcel: their letters
    need a second sign.
    """
    if sender is not None and is_daemon(sender):
        return True
    is_from_nobody = re.sub(r"\s", "", headers.first("return-path")) == "<>"
    is_automatic = headers.first("auto-submitted").casefold() not in {"", "no"}
    sounds = _BOUNCE_SUBJECT.match(headers.words("subject")) is not None
    talks = _SERVER_TALK.search(text) is not None
    if sender is not None and _is_postmaster(sender):
        return is_from_nobody or is_automatic or sounds or talks
    return sounds and (is_from_nobody or is_automatic or talks)


def _kind(mime: MimeMessage) -> ReportKind | None:
    """Tell a report by its type, or by the part that only reports have."""
    is_report = mime.get_content_type() == "multipart/report"
    named = str(mime.get_param("report-type") or "").casefold() if is_report else ""
    if named in _KINDS:
        return _KINDS[named]
    parts = mime.get_payload() if mime.is_multipart() else []
    for part in parts if isinstance(parts, list) else []:
        if isinstance(part, MimeMessage):
            kind = _KINDS.get(part.get_content_type().removeprefix("message/"))
            if kind is not None:
                return kind
    return ReportKind.OTHER if is_report else None


def _status_blocks(mime: MimeMessage) -> Iterator[dict[str, str]]:
    """Return the per-recipient fields of the delivery status, folded by name."""
    for part in parts_of(mime, with_carried=True):
        if part.get_content_type() not in _STATUS_PARTS:
            continue
        payload = part.get_payload()
        blocks = payload if isinstance(payload, list) else [HeaderParser().parsestr(str(payload))]
        if part.get_content_type() != "message/delivery-status":  # taken for a letter inside
            texts = "\n\n".join(
                each.as_string() for each in blocks if isinstance(each, MimeMessage)
            )
            blocks = [HeaderParser().parsestr(text) for text in re.split(r"\n\s*\n", texts)]
        for block in blocks:
            if isinstance(block, MimeMessage):
                fields = {name.casefold(): str(value) for name, value in block.raw_items()}
                if "action" in fields or "final-recipient" in fields or "status" in fields:
                    yield fields


def _from_blocks(
    blocks: list[dict[str, str]], about: tuple[str, ...], failed: tuple[str, ...]
) -> Report:
    recipients = list(failed)
    has_failed = False
    for fields in blocks:
        action = fields.get("action", "").strip().casefold()
        status = fields.get("status", "").strip()
        if action.startswith("failed") or (not action and not status.startswith(("2", "4"))):
            has_failed = True
            for name in ("final-recipient", "original-recipient"):
                found = _ADDRESS.search(fields.get(name, "").rpartition(";")[2])
                if found and found[0] not in recipients:
                    recipients.append(found[0])
    return Report(ReportKind.DELIVERY, has_failed, about, tuple(recipients))


def _original_ids(mime: MimeMessage) -> tuple[str, ...]:
    """Return the Message-IDs of the letters that a report carries back."""
    found: list[str] = []
    for part in parts_of(mime, with_carried=True):
        kind = part.get_content_type()
        payload = part.get_payload()
        if kind == "message/rfc822" and isinstance(payload, list):
            inner = [each for each in payload if isinstance(each, MimeMessage)]
        elif kind in {"text/rfc822-headers", "message/rfc822-headers", "message/global-headers"}:
            inner = [HeaderParser().parsestr(_plain(part))]
        else:
            continue
        for each in inner:
            found += Headers(each).ids("message-id")
    return tuple(found)


def _plain(part: MimeMessage) -> str:
    payload = part.get_payload(decode=True)
    return payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
