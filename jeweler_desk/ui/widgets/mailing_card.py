"""Paid to mailed on Today: the share within one business day, by week, and the latest orders."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from jeweler_desk.domain.mailing import MailedWeek
from jeweler_desk.domain.measure_wording import mailed_in, mailed_share, percent, week_of
from jeweler_desk.domain.wording import short_day
from jeweler_desk.services.measures import MailingMeasure
from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.theme import Tone, Type
from jeweler_desk.ui.widgets.card import Card
from jeweler_desk.ui.widgets.text import ElidedText
from jeweler_desk.ui.widgets.week_chart import Bar, WeekChart
from jeweler_desk.ui.words import joined, sentence

_MOST_ORDERS = 3


class MailingCard(Card):
    """Hidden until something was mailed."""

    def __init__(self, look: Appearance, parent: QWidget | None = None) -> None:
        super().__init__("Paid to mailed", parent=parent)
        self._look = look
        self.chart = WeekChart(look, "Within one business day, by week")
        # One line: words that wrap would let the page squeeze the rows beside them.
        self.told = ElidedText("", Type.BODY)
        self.orders: list[str] = []
        self.body.addWidget(self.told)
        self.body.addWidget(self.chart)
        self.hide()

    def show_measure(self, measure: MailingMeasure) -> None:
        """Show the last weeks."""
        self.setVisible(bool(measure.orders))
        self.clear()
        self.told = ElidedText(sentence(mailed_share(measure.together)), Type.BODY)
        self.chart = WeekChart(self._look, self.chart.accessibleName())
        self.chart.show_bars([_bar(week) for week in measure.weeks])
        self.body.addWidget(self.told)
        self.body.addWidget(self.chart)
        self.orders = []
        for each in measure.orders[:_MOST_ORDERS]:
            took = mailed_in(each.working_days, each.hours)
            self.orders.append(joined([each.order.number, took]))
            line = ElidedText(self.orders[-1], Type.SMALL, soft=True)
            line.set_tone(None if each.is_within_one_day else Tone.DUE)
            self.body.addWidget(line)


def _bar(week: MailedWeek) -> Bar:
    share = week.mailed.share
    told = f"{week_of(week.monday)}: {mailed_share(week.mailed)}"
    value = percent(share) if share is not None else "–"
    return Bar(short_day(week.monday), value, share, told)
