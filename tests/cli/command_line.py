"""The program as a test types it: a desk's folder, words, and what came back."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from click.testing import CliRunner

from jeweler_desk.cli import desk as program

NOW: Final = "2026-10-05T10:00:00-04:00"
BOUGHT: Final[dict[str, Any]] = {
    "title": "Ring",
    "quantity": 2,
    "unit_price": {"amount": "40.00", "currency": "USD"},
}
SHOP: Final = (("shop.timezone", "America/New_York"), ("shop.currency", "USD"))


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command said, and its exit status."""

    status: int
    said: str
    aside: str

    @property
    def json(self) -> Any:
        """The one document on standard output."""
        return json.loads(self.said)


@dataclass(frozen=True, slots=True)
class CommandLine:
    """Runs commands over one desk, in this process or in one of their own."""

    folder: Path
    now: str = NOW

    def run(self, *words: str | Path) -> Answer:
        """Run a command within this process."""
        result = CliRunner().invoke(program, self._arguments(words))
        return Answer(result.exit_code, result.stdout, result.stderr)

    def process(self, *words: str | Path) -> Answer:
        """Run a command as a program of its own."""
        result = subprocess.run(
            [sys.executable, "-m", "jeweler_desk", *self._arguments(words)],
            capture_output=True,
            check=False,
            encoding="utf-8",
            timeout=60,
        )
        return Answer(result.returncode, result.stdout, result.stderr)

    def done(self, *words: str | Path) -> Any:
        """Run a command that must succeed, and give its document."""
        answer = self.run(*words, "--json")
        assert answer.status == 0, answer
        return answer.json

    def _arguments(self, words: Sequence[str | Path]) -> list[str]:
        return ["--desk", str(self.folder), "--now", self.now, *map(str, words)]


def a_shop(folder: Path) -> CommandLine:
    """Return the command line of a new desk whose shop stands in New York."""
    command_line = CommandLine(folder)
    for key, value in SHOP:
        command_line.done("settings", key, value)
    return command_line


def written(folder: Path, document: object) -> Path:
    path = folder / "order.json"
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return path


def refused(answer: Answer, *words: str) -> None:
    """See that nothing was done, one sentence said why, and nothing else was printed."""
    assert (answer.status, answer.said) == (3, ""), answer
    assert "Traceback" not in answer.aside
    assert "inside the program" not in answer.aside
    for word in words:
        assert word in answer.aside
