"""Writes a letter down as the bytes that leave: plain text, ASCII all through, nothing injected."""

from __future__ import annotations

import re
from email.charset import QP, Charset
from email.generator import BytesGenerator
from email.header import Header
from email.message import Message as MailMessage
from email.policy import compat32
from email.utils import format_datetime, formataddr
from io import BytesIO
from typing import Final

from jeweler_desk.domain.message import is_address
from jeweler_desk.domain.outgoing import Outgoing
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.mail.host_names import ascii_host

_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]")
_BAD_IN_TEXT: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_ID: Final = re.compile(r"[\x21-\x3b\x3d\x3f-\x7e]+")
_PROGRAM: Final = "Jeweler Desk"


def written(letter: Outgoing) -> str:
    """Return a letter's bytes as ASCII text with CRLF.

    One paragraph is one line, carried as quoted-printable: every reader breaks it where its window
    ends; format=flowed would do that in few and look ragged in the others. Raises `RefusedError`.
    """
    message = MailMessage()
    for name, text in (
        ("Date", format_datetime(letter.at)),
        ("From", mailbox_text(letter.from_name, letter.from_address)),
        ("To", mailbox_text(letter.to_name, letter.to_address)),
        ("Message-ID", _id_text(letter.message_id)),
    ):
        message[name] = text
    subject = Header(_one_line("subject", letter.subject), _charset(letter.subject), 66)
    message["Subject"] = subject.encode()
    if letter.in_reply_to and _ID.fullmatch(letter.in_reply_to):
        message["In-Reply-To"] = _id_text(letter.in_reply_to)
    chain = [_id_text(each) for each in letter.references if _ID.fullmatch(each)]
    if chain:
        message["References"] = "\r\n ".join(chain)
    message["User-Agent"] = _PROGRAM
    message["MIME-Version"] = "1.0"
    charset = Charset("utf-8")
    charset.body_encoding = QP
    body = _BAD_IN_TEXT.sub("", letter.body.replace("\r\n", "\n").replace("\r", "\n"))
    message.set_payload(f"{body.strip()}\n", charset)
    out = BytesIO()
    policy = compat32.clone(linesep="\r\n", max_line_length=76)
    BytesGenerator(out, mangle_from_=False, policy=policy).flatten(message)
    return out.getvalue().decode("ascii")


def mailbox_text(name: str, address: str) -> str:
    """Return a name and an address as a header has them; the name encoded where it must be."""
    name = _one_line("name", name)
    return formataddr((name, ascii_address(address)), _charset(name))


def ascii_address(address: str) -> str:
    """Return an address as every server takes it: its domain in ASCII.

    Raises `RefusedError` where the part before the @ is not ASCII: few servers carry such mail,
    and one on the way that does not would send it back.
    """
    address = address.strip()
    if _CONTROL.search(address) or not is_address(address):
        raise RefusedError(f"“{address}” is not an address such as hello@example.com.")
    local, _, domain = address.rpartition("@")
    if not local.isascii():
        raise RefusedError(
            f"The mail servers on the way may not carry letters to “{address}”: it has letters"
            " beyond a to z before the @. Ask for another address, or answer another way."
        )
    return f"{local}@{ascii_host(domain)}"


def _one_line(what: str, text: str) -> str:
    if _CONTROL.search(text):
        raise RefusedError(f"A letter’s {what} is one line without control characters.")
    return text.strip()


def _charset(text: str) -> str:
    return "ascii" if text.isascii() else "utf-8"


def _id_text(message_id: str) -> str:
    if not _ID.fullmatch(message_id):
        raise RefusedError("A letter’s Message-ID holds what it may not hold.")
    return f"<{message_id}>"
