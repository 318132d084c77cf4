"""One CUPS for all tests of printers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from jeweler_desk.printing.cups import CupsPrinters
from tests.cups import Cups, is_installed, running_cups


@pytest.fixture(scope="session")
def cups_server() -> Iterator[Cups]:
    if not is_installed():
        pytest.skip("CUPS is not installed (cups, cups-client)")
    with running_cups() as cups:
        yield cups


@pytest.fixture
def cups(cups_server: Cups) -> Cups:
    """The server, with nothing printed yet."""
    cups_server.run("cancel", "-a", "-x")
    cups_server.paper.sheets.clear()
    return cups_server


@pytest.fixture
def printers(cups: Cups) -> CupsPrinters:
    return CupsPrinters(cups.server)
