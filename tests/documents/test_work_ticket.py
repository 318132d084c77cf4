"""The work ticket on paper: the words as they were written, the stages to tick, no price."""

from __future__ import annotations

import io
from datetime import date

import pypdf

from jeweler_desk.documents.sheet import STOCKS
from jeweler_desk.documents.work_ticket import render_work_tickets
from jeweler_desk.domain.work_ticket import TicketPiece, WorkTicket

STAGES = (("casting", True), ("setting", False), ("ready", False))
RING = TicketPiece("Rain Ring", 2, ("Size US: 7½", "hammered"), "for P. – forever", STAGES)
TICKET = WorkTicket("Juniper & Tide", "#1041", "Hannah", date(2026, 10, 6), "ring softly", (RING,))


def texts(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def test_a_ticket_says_what_to_make_and_by_when() -> None:
    pdf, pages = render_work_tickets([TICKET], STOCKS["letter"])
    (text,) = texts(pdf)
    assert pages == 1
    for words in (
        "Work ticket",
        "Order #1041",
        "Hannah",
        "Ship by Tuesday, October 6, 2026",
        "2 × Rain Ring",
        "Size US: 7½",
        "hammered",
        "for P. – forever",
        "casting",
        "setting",
        "ready",
        "ring softly",
    ):
        assert words in text
    assert text.count("✓") == 1


def test_each_order_has_a_page_and_a_long_one_goes_on() -> None:
    plain = WorkTicket("", "#2", None, None, None, (TicketPiece("Cuff", 1, (), None, STAGES),))
    many = WorkTicket("", "#3", None, None, None, (RING,) * 6)
    pdf, pages = render_work_tickets([plain, many], STOCKS["a4"])
    told = texts(pdf)
    assert pages == len(told) > 2
    assert "Order #2" in told[0]
    assert "page 2 of" in told[2]


def test_many_stages_wrap() -> None:
    stages = tuple((f"a stage by the name {number}", False) for number in range(8))
    piece = TicketPiece("Cuff", 1, (), None, stages)
    pdf, _ = render_work_tickets([WorkTicket("", "#2", None, None, None, (piece,))], STOCKS["a4"])
    assert "a stage by the name 7" in texts(pdf)[0]
