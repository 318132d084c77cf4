"""A seller at her window, as the stories tell it: she chooses, opens forms, presses, and reads."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import TypeVar

from pypdf import PdfReader
from PySide6.QtCore import Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from jeweler_desk.domain.order import Order
from jeweler_desk.domain.order_view import View
from jeweler_desk.services.checking import is_sound
from jeweler_desk.services.desk import Desk
from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.dialogs.form import Form
from jeweler_desk.ui.dialogs.import_orders import ImportOrders
from jeweler_desk.ui.dialogs.ship_order import ShipOrder
from jeweler_desk.ui.jobs import InlineJobs
from jeweler_desk.ui.main_window import MainWindow
from jeweler_desk.ui.pages.parcel_checks import MADE_RIGHT, PACKED_RIGHT
from jeweler_desk.ui.theme import Mode
from jeweler_desk.ui.widgets.sidebar import Place
from jeweler_desk.ui.widgets.text import Text

AnyForm = TypeVar("AnyForm", bound=Form)
WORK = (View.UNPAID, View.TO_MAKE, View.TO_PACK, View.TO_SHIP)


class AtTheWindow:
    """One window over one desk; papers are opened as files, and read here."""

    def __init__(self, qapp: QApplication, desk: Desk) -> None:
        self.desk = desk
        self._papers: list[Path] = []
        look = Appearance(qapp, Mode.LIGHT)
        self.window = MainWindow(desk, look, InlineJobs(), open_outside=self._open)
        self.window.show()
        self.window.go(Place.ORDERS)

    def _open(self, url: QUrl) -> bool:
        self._papers.append(Path(url.toLocalFile()))
        return True

    def close(self) -> None:
        """She is done for today."""
        self.window.close()
        self.window.deleteLater()

    # ---- what she does

    def takes_in(self, file: Path) -> None:
        """A file is handed over, looked at, and taken."""
        self.window.come_forward([file])
        self.presses(self._shown(ImportOrders))
        self.window.go(Place.ORDERS)

    def chooses(self, number: str) -> None:
        """An order is chosen in the list."""
        self.window.go(Place.ORDERS)
        self.window.orders.refresh()
        self.window.orders.show_order(self.order(number).id)

    def does(self, action: str, number: str = "") -> None:
        """An entry of a menu is taken, for an order where one is named."""
        if number:
            self.chooses(number)
        self.window.actions_[action].trigger()

    def begins(self, action: str, number: str, kind: type[AnyForm]) -> AnyForm:
        """An entry that asks something is taken; its form stands open."""
        self.does(action, number)
        return self._shown(kind)

    def presses(self, form: Form) -> str:
        """The verb of a form is pressed; returns what the form objects to, or nothing."""
        QTest.mouseClick(form.verb, Qt.MouseButton.LeftButton)
        return form.problem.text() if form.isVisible() else ""

    def leaves(self, kind: type[Form]) -> None:
        """An open form is closed without its verb."""
        self._shown(kind).reject()

    def makes(self, number: str) -> None:
        """All pieces of an order are ready."""
        self.does("order.ready", number)

    def packs(self, number: str) -> None:
        """A parcel is begun, both checks are made, and it is closed."""
        self.window.pack(self.order(number).id)
        for key in (MADE_RIGHT, PACKED_RIGHT):
            self.window.bench.checklist.row(key).click()
        self.does("bench.done")
        self.window.go(Place.ORDERS)

    def hands_over(self, number: str, carrier: str = "", tracking: str = "") -> str:
        """A closed parcel is handed over; returns what the form objects to, or nothing."""
        form = self.begins("order.ship", number, ShipOrder)
        form.carrier.line.setText(carrier)
        form.tracking.setText(tracking)
        return self.presses(form)

    def prints_slip(self, *numbers: str) -> str:
        """Packing slips are printed by one key; returns what stands on them."""
        self.window.tray.print_slips([self.order(each).id for each in numbers])
        pages = PdfReader(BytesIO(self._papers[-1].read_bytes())).pages
        return "\n".join(page.extract_text() for page in pages)

    def takes_back(self, times: int = 1) -> list[str]:
        """Edit, Undo; returns what was taken back, the last first."""
        labels = []
        for _ in range(times):
            labels.append(self.desk.history.undo_label() or "")
            self.does("undo")
        return labels

    # ---- what she sees

    def order(self, number: str) -> Order:
        """Return the order of that number."""
        return self.desk.orders.find(number)

    def panel(self, number: str) -> str:
        """Choose an order and return the words beside the list."""
        self.chooses(number)
        return "\n".join(each.text() for each in self.window.orders.panel.findChildren(Text))

    def places(self, views: Sequence[View] = WORK) -> dict[str, list[str]]:
        """Return which orders each view shows."""
        return {view.value: self.view(view) for view in views}

    def view(self, view: View) -> list[str]:
        """Show a view and return the numbers that stand in its first column."""
        self.window.go(Place.ORDERS)
        page = self.window.orders
        page.show_view(view)
        model = page.model
        return [str(model.index(row, 0).data()) for row in range(model.rowCount())]

    def reminders(self) -> list[str]:
        """Return what Today names."""
        return [each.title for each in self.desk.today.agenda()]

    def refusal(self) -> str:
        """Return the sentence above the page that says why an act was not done."""
        return self.window.notices.banners()["act"]

    def is_sound(self) -> bool:
        """Whether the desk holds together."""
        return is_sound(self.desk.checking.check())

    def _shown(self, kind: type[AnyForm]) -> AnyForm:
        return next(each for each in self.window.findChildren(kind) if each.isVisible())
