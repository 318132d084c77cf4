"""The card of the calendar: a month of the shop, and the promises it would now move."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import Final

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from jeweler_desk.domain.promises import MovedPromise
from jeweler_desk.domain.wording import count_text, day_text, month_text
from jeweler_desk.services.promises import Promises
from jeweler_desk.services.shop_calendar import ShopCalendar
from jeweler_desk.ui.dialogs.promise_anew import PromiseAnew
from jeweler_desk.ui.frame import Frame
from jeweler_desk.ui.theme import SPACE_S, Tone, Type
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.card import Card, Hairline
from jeweler_desk.ui.widgets.list_row import ListRow
from jeweler_desk.ui.widgets.month_view import MonthView
from jeweler_desk.ui.widgets.text import Text
from jeweler_desk.ui.words import Said, joined

_MOST_ROWS: Final = 12
_HELP: Final = (
    "A click or Enter closes a day or opens it again; draw over several, or hold Shift with the"
    " arrows, for a vacation. Page Up and Page Down turn the month. No promise moves by itself."
)


class CalendarCard(Card):
    """Shows one month and, beneath it, which promises the calendar would now make otherwise."""

    def __init__(
        self,
        frame: Frame,
        calendar: ShopCalendar,
        promises: Promises,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("Calendar", parent=parent)
        self._frame = frame
        self._calendar = calendar
        self._promises = promises
        self._month = calendar.today().replace(day=1)
        self.month = MonthView(frame.look)
        self.month.toggled.connect(self._toggle)
        self.month.turned.connect(self.turn)
        for words, step in (("‹", -1), ("›", 1)):
            name = "The month before" if step < 0 else "The next month"
            button = Button(words, "quiet", name=name)
            button.clicked.connect(partial(self.turn, step))
            self.heading_row.addWidget(button)
        self.rows: list[ListRow] = []
        self._moved = QVBoxLayout()
        self._moved.setSpacing(SPACE_S)
        self.body.addWidget(self.month)
        self.body.addWidget(Text(_HELP, Type.SMALL, soft=True, wrap=True))
        self.body.addWidget(Hairline())
        self.body.addLayout(self._moved)
        frame.look.changed.connect(self._wear)

    def refresh(self) -> None:
        """Read the month and the promises anew."""
        self.note.setText(month_text(self._month))
        self.month.show_month(self._calendar.month(self._month), self._calendar.today())
        self._show_moved()

    def _wear(self) -> None:
        """Take the present colors and sizes; a page that is not looked at does so when it is."""
        if self.isVisible():
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Read anew what may have changed, colors and sizes too."""
        super().showEvent(event)
        self.refresh()

    def turn(self, months: int) -> None:
        """Show another month."""
        turned = self._month.year * 12 + self._month.month - 1 + months
        self._month = date(turned // 12, turned % 12 + 1, 1)
        self.refresh()

    def _toggle(self, first: date, last: date) -> None:
        days = count_text((last - first) // timedelta(days=1) + 1, "day")
        self._frame.act(
            lambda: self._calendar.toggle(first, last), f"{days} of the calendar changed."
        )

    def _show_moved(self) -> None:
        while (item := self._moved.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        moved = self._promises.moved()
        self.rows = [self._row(each) for each in moved[:_MOST_ROWS]]
        said = (
            f"{count_text(len(moved), 'promise')} would now be another day"
            if moved
            else "Every promise that stands is as the calendar would make it now."
        )
        self._moved.addWidget(Text(said, Type.STRONG if moved else Type.SMALL, soft=not moved))
        for row in self.rows:
            self._moved.addWidget(row)
        if len(moved) > len(self.rows):
            more = f"and {len(moved) - len(self.rows)} more"
            self._moved.addWidget(Text(more, Type.SMALL, soft=True))

    def _row(self, moved: MovedPromise) -> ListRow:
        today = self._calendar.today()
        who = joined([moved.number, moved.customer or "nobody named"])
        days = [day_text(each, today) for each in (moved.ship_by, moved.would_be)]
        row = ListRow(self._frame.look, who, f"{days[0]}, now {days[1]}")
        said = Said("later", Tone.DUE) if moved.is_delay else Said("earlier", Tone.GOOD)
        row.show_state(said, f"promised for {days[0]}; the calendar would now make it {days[1]}")
        row.add_button("Promise anew…").clicked.connect(partial(self._ask, moved))
        return row

    def _ask(self, moved: MovedPromise) -> None:
        letter = self._promises.letter(moved.order_id)
        form = PromiseAnew(moved, letter, self.window())
        form.answered.connect(partial(self._renew, moved))
        form.open()

    def _renew(self, moved: MovedPromise, why: str) -> None:
        self._frame.act(
            lambda: self._promises.renew(moved.order_id, why),
            f"Order {moved.number} is promised anew.",
        )
