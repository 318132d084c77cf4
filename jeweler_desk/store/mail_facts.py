"""How a message's facts stand in one column, both ways."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from jeweler_desk.domain.absence import Return
from jeweler_desk.domain.message import (
    Copy,
    Correspondent,
    FormFields,
    MailChannel,
    Message,
    Notice,
    NoticeKind,
    Report,
    ReportKind,
    Sign,
)
from jeweler_desk.store.columns import instant_text, known_instant
from jeweler_desk.store.database import Row

_SIGNS = {sign.value: sign for sign in Sign}


def facts_text(message: Message) -> str:
    """Write what the rules need beyond the plain columns as JSON; what is empty is left out."""
    facts: dict[str, Any] = {
        "to": _people(message.to),
        "cc": _people(message.cc),
        "bcc": _people(message.bcc),
        "reply_to": _people(message.reply_to),
        "in_reply_to": list(message.in_reply_to),
        "references": list(message.references),
        "signs": sorted(message.signs),
        "form": [message.form.name, message.form.address] if message.form else None,
        "report": _report(message.report) if message.report else None,
        "notice": _notice(message.notice) if message.notice else None,
        "gmail_thread": message.gmail_thread,
        "was_delivered": message.was_delivered,
        "written_at": instant_text(message.written_at),
        "program": message.program,
        "opening": message.opening,
        "returns": [message.returns.on.isoformat(), message.returns.is_last]
        if message.returns
        else None,
    }
    kept = {name: value for name, value in facts.items() if value}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def _people(people: tuple[Correspondent, ...]) -> list[list[str]]:
    return [[each.name, each.address] for each in people]


def _report(report: Report) -> list[Any]:
    return [
        report.kind.value,
        report.has_failed,
        list(report.about),
        list(report.recipients),
        list(report.mentioned),
    ]


def _notice(notice: Notice) -> list[Any]:
    return [
        notice.kind.value,
        notice.channel.value,
        notice.why,
        notice.person,
        notice.address,
        notice.thread,
        notice.is_certain,
    ]


def message_of(row: Row, copies: tuple[Copy, ...]) -> Message:
    """Read a message from its row and the copies that lie in folders."""
    facts = json.loads(row["facts"])
    read = facts.get
    address = row["from_address"]
    form, report, notice = read("form"), read("report"), read("notice")
    return Message(
        row["message_id"],
        known_instant(row["received_at"]),
        Correspondent(row["from_name"] or "", address) if address else None,
        row["subject"],
        _correspondents(read("to")),
        _correspondents(read("cc")),
        _correspondents(read("bcc")),
        _correspondents(read("reply_to")),
        tuple(read("in_reply_to", ())),
        tuple(read("references", ())),
        frozenset(_SIGNS[each] for each in read("signs", ()) if each in _SIGNS),
        FormFields(*form) if form else None,
        _report_of(report) if report else None,
        _notice_of(notice) if notice else None,
        read("gmail_thread", ""),
        read("was_delivered", False),
        copies,
        known_instant(facts["written_at"]) if "written_at" in facts else None,
        read("program", ""),
        read("opening", ""),
        _return_of(facts["returns"]) if "returns" in facts else None,
    )


def _return_of(cells: list[Any]) -> Return:
    return Return(date.fromisoformat(cells[0]), bool(cells[1]))


def _correspondents(pairs: list[list[str]] | None) -> tuple[Correspondent, ...]:
    return tuple(Correspondent(name, address) for name, address in pairs) if pairs else ()


def _report_of(cells: list[Any]) -> Report:
    kind, has_failed, about, recipients, mentioned = cells
    return Report(ReportKind(kind), has_failed, tuple(about), tuple(recipients), tuple(mentioned))


def _notice_of(cells: list[Any]) -> Notice:
    kind, channel, *rest = cells
    return Notice(NoticeKind(kind), MailChannel(channel), *rest)
