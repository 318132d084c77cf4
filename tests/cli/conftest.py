"""A shop that is worked on from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command_line import CommandLine, a_shop
from tests.services.marketplace_files import ALL_FILES


@pytest.fixture
def shop(tmp_path: Path) -> CommandLine:
    return a_shop(tmp_path / "desk")


@pytest.fixture
def full(shop: CommandLine) -> CommandLine:
    """A shop into which all sample files were read."""
    assert shop.run("import", *ALL_FILES).status == 0
    return shop
