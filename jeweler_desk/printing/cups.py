"""Printers of Linux and macOS: the PDF goes to CUPS as it is, at full size, on the right media."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from jeweler_desk.domain.print_job import (
    MaybePrintedError,
    Printer,
    PrintOrder,
    Spooled,
    SpoolState,
)
from jeweler_desk.domain.refusal import RefusedError

_WAIT_SECONDS: Final = 20
_JOB: Final = re.compile(r"request id is (\S+) ")
_POINTS_OFF: Final = 0.6
_SAME: Final = 0.01
_MILLIMETERS: Final = 25.4 / 72
# Media by their names in PWG 5101.1; every other size is asked for by its measures.
_MEDIA: Final = (
    (612.0, 792.0, "na_letter_8.5x11in"),
    (595.276, 841.89, "iso_a4_210x297mm"),
    (419.528, 595.276, "iso_a5_148x210mm"),
    (297.638, 419.528, "iso_a6_105x148mm"),
    (209.764, 297.638, "iso_a7_74x105mm"),
    (360.0, 504.0, "na_5x7_5x7in"),
    (288.0, 432.0, "na_index-4x6_4x6in"),
)
# The job states of RFC 8011, section 5.3.7.
_STATES: Final = {
    3: SpoolState.WAITING,
    4: SpoolState.WAITING,
    5: SpoolState.PRINTING,
    6: SpoolState.STOPPED,
    7: SpoolState.CANCELED,
    8: SpoolState.FAILED,
    9: SpoolState.DONE,
}
_FELL_SILENT: Final = "The printing system fell silent while the paper was handed to it."
_ON_ITS_WAY: Final = (SpoolState.WAITING, SpoolState.PRINTING)


class PrinterError(RefusedError):
    """The system's printing cannot do what was asked; nothing was printed by it."""


class _SilentError(PrinterError):
    """The system's printing does not answer in time."""


def media_of(width: float, height: float) -> str:
    """Return the name of a page's media, for points of width and height."""
    for known_width, known_height, name in _MEDIA:
        if abs(known_width - width) < _POINTS_OFF and abs(known_height - height) < _POINTS_OFF:
            return name
    sides = [round(side * _MILLIMETERS * 2) / 2 for side in (width, height)]
    if all(
        abs(mm / _MILLIMETERS - pt) < _SAME for mm, pt in zip(sides, (width, height), strict=True)
    ):
        return f"Custom.{sides[0]:g}x{sides[1]:g}mm"
    return f"Custom.{width / 72:.3f}x{height / 72:.3f}in"


class CupsPrinters:
    """The printers that CUPS knows; ``server`` is another CUPS than the system's own."""

    def __init__(self, server: str | None = None) -> None:
        self._server = server

    def printers(self) -> tuple[Printer, ...]:
        """Return the printers of the system, the usual one first."""
        listed = self._ask("lpstat", "-e")
        usual = self._ask("lpstat", "-d").rpartition(":")[2].strip()
        troubles = self._troubles()
        found = [
            Printer(name, name.replace("_", " "), name == usual, troubles.get(name, ""))
            for name in listed.split()
        ]
        return tuple(sorted(found, key=lambda each: (not each.is_usual, each.title.casefold())))

    def send(self, pdf: bytes, order: PrintOrder) -> str:
        """Give a PDF to a printer and return the spooler's name for it.

        Raises `PrinterError`; then nothing was taken. `MaybePrintedError` where the spooler fell
        silent while it was handed over.
        """
        options = [
            "-d", order.printer,
            "-n", str(order.copies),
            "-t", order.title,
            "-o", "print-scaling=none",
            "-o", f"media={media_of(order.width, order.height)}",
            "-o", f"sides={order.sides}",
        ]  # fmt: skip
        handle, name = tempfile.mkstemp(suffix=".pdf", prefix="paper-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(pdf)
            told = self._handed("lp", *options, "--", name)
        finally:
            Path(name).unlink(missing_ok=True)
        job = _JOB.search(told)
        if job is None:
            raise PrinterError(f"The printer {order.printer} took nothing. Nothing was printed.")
        return job[1]

    def state(self, job: str) -> Spooled:
        """Return where a paper is.

        One that the spooler forgot is taken as printed; one whose printer is gone may be out or
        not.
        """
        from jeweler_desk.printing.ipp import (  # noqa: PLC0415 - brings HTTP, and every start waits
            IppError,
            job_attributes,
        )

        printer, _, number = job.rpartition("-")
        try:
            told = job_attributes(self._server, int(number))
        except IppError:
            if printer in self._ask("lpstat", "-e").split():
                return Spooled(SpoolState.DONE)
            return Spooled(SpoolState.LOST, f"The printer {printer} is not there any more.")
        except OSError as error:
            raise PrinterError("The printing system does not answer; look at the printer.") from (
                error
            )
        state = _STATES.get(told.state, SpoolState.WAITING)
        if state in _ON_ITS_WAY:
            trouble = self._troubles().get(printer)
            return Spooled(SpoolState.STOPPED, trouble) if trouble else Spooled(state)
        return Spooled(state, told.message if state is not SpoolState.DONE else "")

    def cancel(self, job: str) -> None:
        """Take a paper back from the spooler, if it is still there."""
        self._run("cancel", job)

    def _troubles(self) -> dict[str, str]:
        """Return the printers that stand still, with their own words for why."""
        found: dict[str, str] = {}
        name = ""
        for line in self._run("lpstat", "-p").stdout.splitlines():
            words = line.split()
            if line.startswith("printer ") and len(words) > 1:
                name = words[1] if "disabled" in line else ""
                if name:
                    found[name] = "it is switched off in the system's printers"
            elif name and line.strip() and "reason unknown" not in line:
                found[name] = line.strip()
        return found

    def _handed(self, *words: str) -> str:
        try:
            done = self._run(*words)
        except _SilentError as error:
            raise MaybePrintedError(_FELL_SILENT) from error
        if done.returncode and "scheduler is running" not in self._run("lpstat", "-r").stdout:
            # A printer is looked up first: where none is found, nothing was handed over yet.
            if "does not exist" in done.stderr:
                raise PrinterError("The printing system is not running. Nothing was printed.")
            raise MaybePrintedError(_FELL_SILENT)
        return _said(done)

    def _ask(self, *words: str) -> str:
        return _said(self._run(*words))

    def _run(self, *words: str) -> subprocess.CompletedProcess[str]:
        environment = os.environ | {"LC_ALL": "C.UTF-8", "LANGUAGE": ""}
        if self._server:
            environment["CUPS_SERVER"] = self._server
        try:
            return _called(words, environment)
        except FileNotFoundError as error:
            raise PrinterError(
                "This computer has no printing system (CUPS). The PDF can be saved and printed"
                " elsewhere."
            ) from error
        except subprocess.TimeoutExpired as error:
            raise _SilentError("The printing system does not answer.") from error


def _said(done: subprocess.CompletedProcess[str]) -> str:
    if done.returncode and "No destinations added" not in done.stderr:
        said = done.stderr.strip().partition(": ")[2] or done.stderr.strip()
        raise PrinterError(f"The printer did not take it: {said} Nothing was printed.")
    return done.stdout


def _called(words: Sequence[str], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - fixed programs, no shell
        list(words),
        env=environment,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
        timeout=_WAIT_SECONDS,
        stdin=subprocess.DEVNULL,
    )
