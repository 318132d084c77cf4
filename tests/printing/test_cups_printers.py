"""A paper goes to a real CUPS: whole, at full size, on its media; its troubles are told."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from jeweler_desk.documents.address_label import render_labels
from jeweler_desk.documents.label_stock import LABEL_STOCKS
from jeweler_desk.documents.sheet import STOCKS, stock_named
from jeweler_desk.domain.address_label import AddressLabel
from jeweler_desk.domain.print_job import (
    ENDED,
    MaybePrintedError,
    PrintOrder,
    Sides,
    Spooled,
    SpoolState,
)
from jeweler_desk.printing.cups import CupsPrinters, PrinterError, media_of
from tests.cups import PRINTER, Cups

LABEL = AddressLabel("#1041", ("Maren Holt", "218 Juniper Lane"), (), "#1041")
STOCK = LABEL_STOCKS["4x6"]


def an_order(printer: str = PRINTER, **cells: object) -> PrintOrder:
    known: dict[str, object] = {"copies": 1, "sides": Sides.ONE}
    size = (STOCK.page.width, STOCK.page.height)
    return PrintOrder(printer, *size, "Address label", **(known | cells))  # type: ignore[arg-type]  # cells are those of PrintOrder


def a_pdf() -> bytes:
    return render_labels([LABEL], STOCK).pdf


def until(look: Callable[[], Spooled], is_reached: Callable[[Spooled], bool]) -> Spooled:
    """Look until a state is reached; each look asks CUPS and takes its time."""
    seen = look()
    for _ in range(400):
        if is_reached(seen):
            return seen
        seen = look()
    raise AssertionError(seen)


def unused_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    return port


def test_the_file_she_saw_comes_out_byte_for_byte_at_full_size_on_its_media(
    cups: Cups, printers: CupsPrinters
) -> None:
    pdf = a_pdf()
    job = printers.send(pdf, an_order(sides=Sides.LONG_EDGE))
    assert cups.paper.wait_for(1) == [pdf]
    assert until(lambda: printers.state(job), lambda seen: seen.state in ENDED) == Spooled(
        SpoolState.DONE
    )
    asked = cups.asked()
    for words in ("print-scaling", "none", "na_index-4x6_4x6in", "two-sided-long-edge"):
        assert words in asked


def test_a_printer_is_listed_and_the_usual_one_comes_first(
    cups: Cups, printers: CupsPrinters
) -> None:
    cups.add_printer("Attic", cups.paper.port)
    cups.run("lpadmin", "-d", PRINTER)
    listed = printers.printers()
    assert [each.title for each in listed][:2] == ["Bench Laser", "Attic"]
    assert [each.is_usual for each in listed][:2] == [True, False]


def test_a_printer_that_does_not_answer_stops_and_says_why(
    cups: Cups, printers: CupsPrinters
) -> None:
    cups.add_printer("Unplugged", unused_port())
    cups.run("cupsdisable", "-r", "out of labels", "Unplugged")
    job = printers.send(a_pdf(), an_order("Unplugged"))
    seen = until(lambda: printers.state(job), lambda each: each.state is SpoolState.STOPPED)
    assert seen.told == "out of labels"
    assert [each.trouble for each in printers.printers() if each.name == "Unplugged"] == [
        "out of labels"
    ]
    printers.cancel(job)
    assert until(lambda: printers.state(job), lambda each: each.state in ENDED).state is (
        SpoolState.CANCELED
    )


def test_an_unknown_printer_is_told_in_a_sentence(printers: CupsPrinters) -> None:
    with pytest.raises(PrinterError, match="does not exist"):
        printers.send(a_pdf(), an_order("Nowhere"))


def test_a_computer_without_cups_is_told_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(PrinterError, match="no printing system"):
        CupsPrinters().printers()


def test_a_paper_that_may_have_been_taken_is_no_paper_that_was_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for program, says in (("lp", "lp: Broken pipe"), ("lpstat", "scheduler is not running")):
        script = tmp_path / program
        script.write_text(f"#!/bin/sh\necho '{says}' >&2\nexit 1\n", encoding="ascii")
        script.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MaybePrintedError, match="fell silent while the paper was handed"):
        CupsPrinters().send(a_pdf(), an_order())


def test_a_stopped_cups_is_told_in_a_sentence() -> None:
    with pytest.raises(PrinterError, match="is not running"):
        CupsPrinters(f"127.0.0.1:{unused_port()}").send(a_pdf(), an_order())


@pytest.mark.parametrize(
    ("name", "media"),
    [
        ("letter", "na_letter_8.5x11in"),
        ("a4", "iso_a4_210x297mm"),
        ("us-a2", "Custom.4.250x5.500in"),
        ("us-a7", "na_5x7_5x7in"),
        ("4bar", "Custom.3.500x4.875in"),
        ("iso-a6", "iso_a6_105x148mm"),
        ("iso-a7", "iso_a7_74x105mm"),
    ],
)
def test_each_stock_is_asked_for_by_its_own_media(name: str, media: str) -> None:
    assert media_of(STOCKS[name].width, STOCKS[name].height) == media


def test_labels_are_asked_for_by_their_measures() -> None:
    asked = {
        name: media_of(stock.page.width, stock.page.height) for name, stock in LABEL_STOCKS.items()
    }
    assert asked["4x6"] == "na_index-4x6_4x6in"
    assert asked["100x150"] == "Custom.100x150mm"
    assert asked["62mm"] == "Custom.62x100mm"
    assert asked["l7160"] == "iso_a4_210x297mm"


@pytest.mark.parametrize(
    ("size", "media"),
    [
        ("80x120mm", "Custom.80x120mm"),
        ("53.5x25mm", "Custom.53.5x25mm"),
        ("3.5x2in", "Custom.3.500x2.000in"),
        ("4x6in", "na_index-4x6_4x6in"),
    ],
)
def test_a_size_of_ones_own_is_asked_for_as_it_was_typed(size: str, media: str) -> None:
    stock = stock_named(size)
    assert media_of(stock.width, stock.height) == media
