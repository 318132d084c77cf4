"""Importing files: choose or drop them, see what they would bring, then take them in."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from jeweler_desk.domain.wording import count_text
from jeweler_desk.services.order_import import FileReport, ImportReport, OrderImport, ParsedFiles
from jeweler_desk.ui.dialogs.form import Form
from jeweler_desk.ui.file_drop import paths_in
from jeweler_desk.ui.frame import Frame, has_words
from jeweler_desk.ui.theme import NO_SPACE, SPACE_S, SPACE_XS, Tone, Type
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.rows import add_shown, empty_out
from jeweler_desk.ui.widgets.scroll import Scroll
from jeweler_desk.ui.widgets.text import Text

_MOST_ROWS_SHOWN = 5
_LINES_SHOWN = 12
_PARSE = "parse"
_COMPARE = "compare"
_NOT_COMPARED = "The files could not be compared with what is here. Nothing was changed."
_FILES = "Order files (*.csv *.txt *.zip);;All files (*)"
_ASK = (
    "Choose the files that Etsy, Shopify or Pirate Ship gave you, or drop them here."
    " Nothing is taken in yet."
)


class ImportOrders(Form):
    """Shows what files would bring; ``answered`` carries the parsed files to take in."""

    def __init__(self, frame: Frame, order_import: OrderImport, parent: QWidget) -> None:
        super().__init__("Import orders", "Take them in", parent)
        self._frame = frame
        self._import = order_import
        self._paths: list[Path] = []
        self._parsed: ParsedFiles | None = None
        self._is_over = False
        self.setAcceptDrops(True)
        self.choose = Button("Choose files…", icon=frame.look.icon("folder"))
        self.choose.clicked.connect(self._choose)
        self.summary = Text(_ASK, wrap=True)
        self._found = QVBoxLayout()
        self._found.setSpacing(SPACE_S)
        scroll = Scroll("What the files would bring", takes_focus=True)
        scroll.hold(self._found)
        scroll.setMinimumHeight(self.fontMetrics().height() * _LINES_SHOWN)
        self.parts.addWidget(self.summary)
        self.parts.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignLeft)
        self.parts.addWidget(scroll, 1)
        self.verb.setEnabled(False)
        self.choose.setFocus()

    def look_at(self, paths: Sequence[Path]) -> None:
        """Parse files beside the window and show what they would bring."""
        self._paths = [*self._paths, *(path for path in paths if path not in self._paths)]
        self.verb.setEnabled(False)
        self.summary.setText(f"Reading {count_text(len(self._paths), 'file')}…")
        jobs = self._frame.jobs
        if not jobs.is_running(_PARSE) and not jobs.is_running(_COMPARE):
            self._look()

    def _look(self) -> None:
        wanted = tuple(self._paths)
        self._frame.work(
            _PARSE,
            self._import.parse_job(wanted),
            partial(self._compare, wanted),
            "The files were not read.",
        )

    def value(self) -> ParsedFiles:
        """Return the parsed files."""
        if self._parsed is None:
            raise LookupError("the button is off until files were read")
        return self._parsed

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and folders."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Look at what was dropped; a folder stands for the files in it."""
        self.take(paths_in(event.mimeData()))

    def take(self, paths: Sequence[Path]) -> None:
        """Look at files, and at those inside folders."""
        found = files_of(paths)
        if found:
            self.look_at(found)
        else:
            self.complain("Nothing in that drop could be read. Use “Choose files…” instead.")

    def _choose(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self, "Choose order files", "", _FILES)
        if names:
            self.look_at([Path(name) for name in names])

    def _compare(self, wanted: tuple[Path, ...], parsed: ParsedFiles) -> None:
        """Compare what was read with what is here, unless more files came meanwhile."""
        if self._is_over:
            return
        if wanted != tuple(self._paths):
            self._look()
            return
        self._frame.jobs.in_portions(
            _COMPARE,
            self._import.preview_portions(parsed),
            partial(self._show, wanted, parsed),
            self._trouble,
            lambda _progress: None,
        )

    def done(self, result: int) -> None:
        """Close; what is still being read is let go."""
        self._is_over = True
        super().done(result)

    def _trouble(self, error: Exception) -> None:
        if not self._is_over:
            self.complain(str(error) if has_words(error) else _NOT_COMPARED)

    def _show(self, wanted: tuple[Path, ...], parsed: ParsedFiles, report: ImportReport) -> None:
        """Show what the files would bring."""
        if self._is_over:
            return
        if wanted != tuple(self._paths):
            self._look()
            return
        self._parsed = parsed
        self.summary.setText(report_sentence(report))
        self.problem.hide()
        empty_out(self._found)
        for each in report.files:
            self._add_file(each)
        self._found.addStretch(1)
        self.verb.setEnabled(report.is_news)
        count, labels = report.new + report.changed, report.shipments
        parcels = labels.new + labels.changed
        told = [count_text(count, "order")] if count else []
        if parcels or (report.is_news and not count):
            told.append(count_text(parcels, "parcel") if parcels else "what is new")
        self.verb.say(f"Take in {' and '.join(told)}" if told else "Nothing to take in")
        for sentence in (*labels.conflicts, *labels.warnings):
            words = Text(sentence, Type.SMALL, wrap=True)
            words.set_tone(Tone.DUE)
            self._found.insertWidget(self._found.count() - 1, words)

    def _add_file(self, report: FileReport) -> None:
        box = QVBoxLayout()
        box.setSpacing(SPACE_XS)
        box.addWidget(Text(Path(report.file).name, Type.STRONG, wrap=True))
        if report.refusal:
            refusal = Text(report.refusal, Type.SMALL, wrap=True)
            refusal.set_tone(Tone.LATE)
            box.addWidget(refusal)
        else:
            known = report.format.value.replace("-", " ") if report.format else ""
            said = f"{known} · {count_text(report.rows, 'row')}"
            box.addWidget(Text(said, Type.SMALL, soft=True))
        for row in report.set_aside[:_MOST_ROWS_SHOWN]:
            aside = Text(f"line {row.line} set aside: {row.reason}", Type.SMALL, wrap=True)
            aside.set_tone(Tone.DUE)
            box.addWidget(aside)
        more = len(report.set_aside) - _MOST_ROWS_SHOWN
        if more > 0:
            box.addWidget(Text(f"and {count_text(more, 'more row')} set aside", Type.SMALL))
        for warning in report.warnings:
            box.addWidget(Text(warning, Type.SMALL, soft=True, wrap=True))
        holder = QWidget()
        box.setContentsMargins(*NO_SPACE)
        holder.setLayout(box)
        add_shown(self._found, holder)


def files_of(paths: Sequence[Path]) -> list[Path]:
    """Return the files among dropped paths, and those inside dropped folders."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found.extend(sorted(each for each in path.iterdir() if each.is_file()))
        elif path.is_file():
            found.append(path)
    return found


def report_sentence(report: ImportReport) -> str:
    """Say what an import brings, in counts."""
    if not report.is_known:
        return "None of these files is one the desk can read. Nothing was changed."
    said = _counts(report.new, report.changed, report.same)
    labels = report.shipments
    sent = _counts(labels.new, labels.changed, labels.same)
    aside = sum(len(each.set_aside) for each in report.files)
    tail = f" {count_text(aside, 'row is', 'rows are')} set aside." if aside else ""
    parcels = f"Parcels: {sent}." if sent else ""
    orders = f"Orders: {said or 'none'}." if said or not sent else ""
    return f"{' '.join(each for each in (orders, parcels) if each)}{tail}"


def _counts(new: int, changed: int, same: int) -> str:
    told = ((new, "new"), (changed, "changed"), (same, "already here"))
    return ", ".join(f"{count} {word}" for count, word in told if count)
