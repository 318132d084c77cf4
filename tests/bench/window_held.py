"""How long the window's thread is held by orders: pages, views, letters typed, long orders."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from time import perf_counter
from typing import TYPE_CHECKING

from jeweler_desk.app import opened_desk
from jeweler_desk.domain.order import LineItem, NewOrder, OrderId, Stage
from jeweler_desk.domain.order_view import View
from tests.bench.ground import Ground
from tests.bench.measure import Comparison, Line, Samples
from tests.builders import a_line, an_order

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from jeweler_desk.ui.main_window import MainWindow

_LIMIT_SECONDS = 0.100
_BEAT_MILLISECONDS = 2
_QUIET_SECONDS = 0.12
_WARM_SECONDS = 3.0
_LONG = (40, 200)
_FORMS = ("order.part", "order.label", "order.ask", "order.agreed", "order.refund", "order.cancel")


class Pulse:
    """Beats on the window's thread; between two beats it was held."""

    def __init__(self, app: QApplication) -> None:
        from PySide6.QtCore import Qt, QTimer  # noqa: PLC0415 - only this row needs Qt

        self._app = app
        self._gaps: list[float] = []
        self._last = perf_counter()
        self._beat = QTimer()
        self._beat.setTimerType(Qt.TimerType.PreciseTimer)
        self._beat.setInterval(_BEAT_MILLISECONDS)
        self._beat.timeout.connect(self._note)
        self._floor = Samples((self.longest(lambda: None),))

    def _note(self) -> None:
        now = perf_counter()
        self._gaps.append(now - self._last)
        self._last = now

    def longest(self, act: Callable[[], object], quiet: float = _QUIET_SECONDS) -> float:
        """Do one thing; return the longest time without a beat until all is quiet again."""
        self._gaps.clear()
        self._beat.start()
        self._last = perf_counter()
        act()
        until = perf_counter() + quiet
        while perf_counter() < until:
            self._app.processEvents()
        self._beat.stop()
        self._note()
        return max(self._gaps)

    def told(self, work: str, act: Callable[[], object], quiet: float = _QUIET_SECONDS) -> Line:
        """Hold one thing against the limit, beside an idle window."""
        longest = Samples((self.longest(act, quiet),))
        return Comparison(
            f"hold of the window: {work}", longest, "of an idle window", self._floor
        ).within(100, _LIMIT_SECONDS)


def window_held(ground: Ground) -> Iterator[Line]:
    """Work a real window as it stands a moment after its start."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415 - only this row needs Qt

    from jeweler_desk.ui.appearance import Appearance  # noqa: PLC0415 - likewise
    from jeweler_desk.ui.jobs import JobRunner  # noqa: PLC0415 - likewise
    from jeweler_desk.ui.main_window import MainWindow  # noqa: PLC0415 - likewise
    from jeweler_desk.ui.theme import WINDOW_SIZE, Mode  # noqa: PLC0415 - likewise
    from jeweler_desk.ui.warming import Warming  # noqa: PLC0415 - likewise

    found = QApplication.instance()
    app = found if isinstance(found, QApplication) else QApplication([])
    folder = ground.folder / "window-held"
    shutil.copytree(ground.shops.desk(ground.sizes.orders), folder)
    with opened_desk(folder, ground.shops.clock, is_writing=True) as desk:
        long = [desk.orders.add(_long_order(lines))[0] for lines in _LONG]
        window = MainWindow(desk, Appearance(app, Mode.LIGHT), JobRunner())
        window.resize(*WINDOW_SIZE)
        window.show()
        app.processEvents()
        pulse = Pulse(app)
        Warming(window).begin()
        yield pulse.told("what follows the first look", lambda: None, _WARM_SECONDS)
        yield from _pages(window, pulse)
        for lines, order_id in zip(_LONG, long, strict=True):
            yield from _long_one(window, pulse, lines, order_id)
        window.close()
        window.deleteLater()
        app.processEvents()


def _long_order(lines: int) -> NewOrder:
    pieces: list[LineItem] = [
        a_line(f"Moonstone Silver Ring No. {number}", "20.00", sku=f"JT-{number:03d}")
        for number in range(lines)
    ]
    return an_order(*pieces, number=f"#L{lines}", email="ada@example.com")


def _pages(window: MainWindow, pulse: Pulse) -> Iterator[Line]:
    from jeweler_desk.ui.widgets.sidebar import Place  # noqa: PLC0415 - only this row needs Qt

    for place in Place:
        yield pulse.told(f"first opening of {place}", partial(window.go, place))
    for view in View:
        yield pulse.told(f"view “{view}”", partial(window.deeds.show_view, view))
    window.deeds.show_view(View.ALL)
    yield pulse.told("the search opens", window.palette_.open)
    window.palette_.hide()
    for text in ("s", "si", "silver", "silver ring", ""):
        act = partial(window.orders.filter.setText, text)
        yield pulse.told(f"“{text}” in the list’s filter", act)


def _long_one(window: MainWindow, pulse: Pulse, lines: int, order_id: OrderId) -> Iterator[Line]:
    from PySide6.QtWidgets import QDialog  # noqa: PLC0415 - only this row needs Qt

    name = f"an order of {lines} pieces"
    yield pulse.told(f"{name} is shown", partial(window.orders.show_order, order_id))
    for act in _FORMS:
        yield pulse.told(f"{name}: {act}", window.actions_[act].trigger)
        for form in window.findChildren(QDialog):
            form.reject()
    deed = partial(window.desk.fulfillment.set_stage, order_id, Stage.READY)
    yield pulse.told(f"{name}: an act with it", lambda: window.frame_.act(deed, "It is ready."))
    yield pulse.told(f"{name} on the bench", partial(window.pack, order_id))
    yield pulse.told(f"{name}: the orders again", partial(window.deeds.show_view, View.ALL))
