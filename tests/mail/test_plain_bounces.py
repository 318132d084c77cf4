"""Bounces without a report in them: failed for good, or only late."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from jeweler_desk.mail.mime import read_message


def _has_failed(subject: str, text: str) -> bool:
    raw = f"From: mailer-daemon@mx.test\nSubject: {subject}\n\n{text}\n".encode()
    report = read_message(raw, datetime(2026, 10, 5, tzinfo=UTC)).message.report
    assert report is not None
    return report.has_failed


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        (
            "Delivery Status Notification (Delay)",
            "Gmail will retry for 46 hours. You'll be notified if the delivery fails permanently.",
        ),
        ("Zustellung verzögert", "Ihre Nachricht konnte noch nicht zugestellt werden."),
        ("Remise différée", "La remise de votre message a été retardée."),
        ("Aviso de entrega", "La entrega de su mensaje se ha retrasado."),
        ("Vertraagd", "De bezorging van uw bericht is vertraagd."),
    ],
)
def test_a_letter_that_is_only_late_has_not_come_back(subject: str, text: str) -> None:
    assert not _has_failed(subject, text)


@pytest.mark.parametrize(
    "copy",
    [
        "--- Below this line is a copy of the message.\n\nDear Anna, your ring is delayed.",
        "Return-Path: <maker@shop.test>\nSubject: Re: delayed\n\nYour ring is delayed.",
    ],
)
def test_what_our_own_letter_says_tells_nothing_of_its_fate(copy: str) -> None:
    assert _has_failed("Failure Notice", f"anna@c.test: 554 no such account\n\n{copy}")
    assert _has_failed("Failure Notice", f"We could not deliver to anna@c.test.\n\n{copy}")
