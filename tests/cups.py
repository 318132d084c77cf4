"""Starts a private CUPS on loopback with a printer that keeps what it is given."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Final

import pypdf

PRINTER: Final = "Bench_Laser"
_START_SECONDS: Final = 20
_FOLDERS: Final = ("etc", "spool", "run", "cache", "log")


def is_installed() -> bool:
    """Whether this machine has CUPS."""
    return _cupsd() is not None and shutil.which("lp") is not None


def _cupsd() -> str | None:
    return shutil.which("cupsd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")


class Paper:
    """A printer's side of the wire: takes jobs, or stands there without paper."""

    def __init__(self) -> None:
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._server.getsockname()[1]
        self.sheets: list[bytes] = []
        self._printed = threading.Condition()
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                wire, _ = self._server.accept()
                with wire, wire.makefile("rb") as job:
                    printed = job.read()
                with self._printed:
                    self.sheets.append(printed)
                    self._printed.notify_all()

    def wait_for(self, count: int) -> list[bytes]:
        """Wait until that many jobs came out."""
        with self._printed:
            came = self._printed.wait_for(lambda: len(self.sheets) >= count, timeout=20)
        assert came, f"{len(self.sheets)} of {count} came out"
        return self.sheets

    def numbers(self) -> list[str]:
        """Return the order number on each sheet that came out."""
        with self._printed:
            sheets = list(self.sheets)
        return [_number_on(each) for each in sheets]

    def close(self) -> None:
        """Take the printer off the wire."""
        self._server.close()


def _number_on(sheet: bytes) -> str:
    text = "".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(sheet)).pages)
    found = re.search(r"#\d+", text)
    assert found is not None, text
    return found[0]


@dataclass(frozen=True, slots=True)
class Cups:
    """A running CUPS and its printer."""

    folder: Path
    port: int
    paper: Paper = field(default_factory=Paper)
    _processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self) -> None:
        """Start it, anew after it was stopped, with the printers and the papers it had."""
        program = _cupsd()
        assert program is not None
        etc = self.folder / "etc"
        settings = ["-c", str(etc / "cupsd.conf"), "-s", str(etc / "cups-files.conf")]
        process = subprocess.Popen([program, "-f", *settings], stderr=subprocess.DEVNULL)
        self._processes.append(process)
        _wait(self)

    def stop(self, *, is_killed: bool = False) -> None:
        """Stop it, as at the end of a day or as a crash does."""
        while self._processes:
            process = self._processes.pop()
            (process.kill if is_killed else process.terminate)()
            process.wait(timeout=10)

    @property
    def server(self) -> str:
        """Where `lp` finds it."""
        return f"127.0.0.1:{self.port}"

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run one of CUPS' own commands on it."""
        environment = os.environ | {"CUPS_SERVER": self.server, "LC_ALL": "C"}
        return subprocess.run(
            words, env=environment, capture_output=True, text=True, check=False, timeout=30
        )

    def add_printer(self, name: str, port: int) -> None:
        """Make a printer that hands its jobs to a port, and stops when that does not answer."""
        made = self.run(
            "lpadmin", "-p", name, "-E", "-v", f"socket://127.0.0.1:{port}", "-m", "raw",
            "-o", "printer-error-policy=stop-printer",
        )  # fmt: skip
        assert made.returncode == 0, made.stderr

    def asked(self) -> str:
        """Return what the newest job was asked to be, as CUPS keeps it."""
        newest = max(self.folder.joinpath("spool").glob("c*"))
        return newest.read_bytes().decode("latin-1")


@contextmanager
def running_cups() -> Iterator[Cups]:
    """Start it in a folder of its own; it ends with the block."""
    folder = Path(tempfile.mkdtemp(prefix="cups-", dir="/tmp"))
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    cups = Cups(folder, port)
    for name in _FOLDERS:
        (folder / name).mkdir()
    _write_settings(cups)
    try:
        cups.start()
        cups.add_printer(PRINTER, cups.paper.port)
        yield cups
    finally:
        cups.stop()
        cups.paper.close()
        shutil.rmtree(folder, ignore_errors=True)


def _write_settings(cups: Cups) -> None:
    etc = cups.folder / "etc"
    etc.joinpath("cupsd.conf").write_text(
        f"Listen 127.0.0.1:{cups.port}\nBrowsing No\nWebInterface No\nLogLevel warn\n"
        "DirtyCleanInterval 0\nPreserveJobHistory Yes\nPreserveJobFiles Yes\nDefaultAuthType None\n"
        "<Location />\nOrder allow,deny\nAllow localhost\n</Location>\n"
        "<Policy default>\nJobPrivateAccess all\nJobPrivateValues none\n"
        "SubscriptionPrivateAccess all\nSubscriptionPrivateValues none\n"
        "<Limit All>\nOrder allow,deny\nAllow all\n</Limit>\n</Policy>\n",
        encoding="ascii",
    )
    places = {
        "ServerRoot": "etc",
        "RequestRoot": "spool",
        "StateDir": "run",
        "CacheDir": "cache",
        "TempDir": "cache",
        "ErrorLog": "log/error",
        "AccessLog": "log/access",
        "PageLog": "log/page",
    }
    lines = [f"{key} {cups.folder / place}" for key, place in places.items()]
    if os.geteuid() == 0:
        cups.folder.chmod(0o755)
        lines += ["User lp", "Group lp", "SystemGroup root"]
    etc.joinpath("cups-files.conf").write_text("\n".join(lines) + "\n", encoding="ascii")


def _wait(cups: Cups) -> None:
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until:
        if "is running" in cups.run("lpstat", "-r").stdout:
            return
    log = cups.folder / "log" / "error"
    raise AssertionError(log.read_text("utf-8") if log.exists() else "CUPS does not start")
