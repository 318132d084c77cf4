"""What each action calls: acts of the whole window, and the pages' own."""

# ruff: noqa: PLW0108 - the lambdas are late on purpose: a page is built when it is first needed

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtWidgets import QWidget

from jeweler_desk.domain.order import NewOrder, Order, Stage
from jeweler_desk.domain.order_view import View
from jeweler_desk.domain.progress import Portions
from jeweler_desk.services.changes import Changes
from jeweler_desk.services.desk import Desk
from jeweler_desk.services.history import Moved
from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.chores import Chores
from jeweler_desk.ui.frame import Frame
from jeweler_desk.ui.letter_desk import LetterDesk
from jeweler_desk.ui.more_acts import MORE_ACTS
from jeweler_desk.ui.paper_tray import PaperTray
from jeweler_desk.ui.theme import COLUMN_STEP, Mode, Tone
from jeweler_desk.ui.widgets.sidebar import Place

if TYPE_CHECKING:
    from jeweler_desk.services.order_import import ImportReport, ParsedFiles
    from jeweler_desk.ui.dialogs.import_orders import ImportOrders
    from jeweler_desk.ui.pages.bench import BenchPage
    from jeweler_desk.ui.pages.listings import ListingsPage
    from jeweler_desk.ui.pages.mail import MailPage
    from jeweler_desk.ui.pages.making import MakingPage
    from jeweler_desk.ui.pages.orders import OrdersPage
    from jeweler_desk.ui.pages.settings import SettingsPage
    from jeweler_desk.ui.pages.supplies import SuppliesPage
    from jeweler_desk.ui.search_palette import SearchPalette

_NEXT_MODE: Final = {Mode.SYSTEM: Mode.LIGHT, Mode.LIGHT: Mode.DARK, Mode.DARK: Mode.SYSTEM}
_ALL_OR_NOTHING: Final = "Either all of it is taken in or nothing; undo takes it back as one."
_WHOLE_OR_NOT: Final = "Either all of it is done or nothing changes."
_INTERRUPTED: Final = (
    "The desk ended in the middle of “{}”. What had been written of it was taken back; nothing else"
    " changed. Do it again when you like."
)
_STEP: Final = 10
_USUAL: Final = 100


class Host(Protocol):
    """The window, as the acts see it."""

    desk: Desk
    look: Appearance
    frame_: Frame
    tray: PaperTray
    chores: Chores
    letter_desk: LetterDesk

    @property
    def orders(self) -> OrdersPage:
        """The page of the orders."""
        ...

    @property
    def bench(self) -> BenchPage:
        """The page of the parcel at hand."""
        ...

    @property
    def mail(self) -> MailPage:
        """The page of the letters."""
        ...

    @property
    def supplies(self) -> SuppliesPage:
        """The page of the supplies."""
        ...

    @property
    def listings(self) -> ListingsPage:
        """The page of what the shop shows."""
        ...

    @property
    def making(self) -> MakingPage:
        """The page of the pieces that are being made."""
        ...

    @property
    def settings(self) -> SettingsPage:
        """The page of the settings."""
        ...

    @property
    def palette_(self) -> SearchPalette:
        """The search over everything."""
        ...

    def go(self, place: Place) -> None:
        """Show a page."""
        ...

    def next_pane(self, step: int) -> None:
        """Move the focus to another part."""
        ...

    def leave(self) -> None:
        """Close the window."""
        ...

    def widget(self) -> QWidget:
        """Return the window for dialogs to stand on."""
        ...


class Deeds:
    """The acts that belong to no page alone."""

    def __init__(self, host: Host) -> None:
        self._host = host

    def undo(self) -> None:
        """Take the last act back."""
        history = self._host.desk.history
        self._move(history.undo_portions(), "Taken back", f"Taking back “{history.undo_label()}”")

    def redo(self) -> None:
        """Do again what was taken back."""
        history = self._host.desk.history
        self._move(history.redo_portions(), "Done again", f"Doing again “{history.redo_label()}”")

    def _move(self, portions: Portions[Moved | None], said: str, heading: str) -> None:
        from jeweler_desk.ui.dialogs.at_work import do_at_work  # noqa: PLC0415 - not at the start

        host = self._host

        def told(moved: Moved | None) -> None:
            if moved is None:
                host.frame_.notices.tell("There is nothing to take back.")
                return
            host.frame_.bus.changed.emit(moved.changes)
            host.frame_.notices.tell(f"{said}: {moved.label}.")

        do_at_work(host.frame_, host.widget(), portions, told, heading=heading, safe=_WHOLE_OR_NOT)

    def name_undo(self) -> None:
        """Let Undo and Redo say what they would do."""
        history, actions = self._host.desk.history, self._host.frame_.actions
        for id_, verb, label in (
            ("undo", "Undo", history.undo_label()),
            ("redo", "Redo", history.redo_label()),
        ):
            actions[id_].setText(f"{verb} “{label}”" if label else verb)
            actions[id_].setEnabled(label is not None)

    def import_orders(self) -> None:
        """Choose files, see what they bring, take them in."""
        self.import_dialog().open()

    def import_files(self, paths: list[Path]) -> None:
        """See what files and folders bring, then take it in."""
        form = self.import_dialog()
        form.open()
        form.take(paths)

    def import_dialog(self) -> ImportOrders:
        """Return the form of an import, ready to be opened."""
        from jeweler_desk.ui.dialogs.import_orders import (  # noqa: PLC0415 - not at the start
            ImportOrders,
        )

        host = self._host
        form = ImportOrders(host.frame_, host.desk.order_import, host.widget())
        form.answered.connect(self._take_in)
        return form

    def _take_in(self, parsed: ParsedFiles) -> None:
        from jeweler_desk.ui.dialogs.at_work import do_at_work  # noqa: PLC0415 - not at the start
        from jeweler_desk.ui.dialogs.import_orders import (  # noqa: PLC0415 - likewise
            report_sentence,
        )

        host = self._host

        def taken(report: ImportReport | None) -> None:
            if report is None:
                host.frame_.notices.tell("The import was stopped. Nothing of it was taken in.")
                return
            host.orders.await_news()
            host.go(Place.ORDERS)  # first: the page that is left need not be brought up to date
            host.frame_.bus.changed.emit(report.changes)
            host.orders.focus_first()
            host.frame_.notices.offer_undo(report_sentence(report))

        do_at_work(
            host.frame_,
            host.widget(),
            host.desk.order_import.take_in_portions(parsed),
            taken,
            heading="Taking orders in",
            safe=_ALL_OR_NOTHING,
            can_stop=True,
        )

    def tell_of_interrupted(self) -> None:
        """Say which act the last end of the program cut off: it was taken back at the start."""
        for label in self._host.desk.history.interrupted():
            self._host.frame_.notices.warn("interrupted", _INTERRUPTED.format(label), Tone.DUE)

    def restore_backup(self) -> None:
        """Choose a backup to be put back."""
        from jeweler_desk.ui.restoring import restore_dialog  # noqa: PLC0415 - not at the start

        host = self._host
        restore_dialog(host.desk, host.frame_, host.widget()).open()

    def add_order(self) -> None:
        """Enter an order by hand."""
        from jeweler_desk.ui.dialogs.add_order import AddOrder  # noqa: PLC0415 - not at the start

        host = self._host
        desk = host.desk
        form = AddOrder(
            desk.orders.next_manual_number(),
            desk.settings.get("shop.currency"),
            desk.settings.today(),
            host.widget(),
        )
        form.answered.connect(self._add)
        form.open()

    def _add(self, new: NewOrder) -> None:
        host = self._host

        def add() -> Changes:
            order_id, changes = host.desk.orders.add(new)
            host.orders.expect(order_id)
            return changes

        if host.frame_.act(add, "The order is added."):
            host.go(Place.ORDERS)

    def print_slips(self) -> None:
        """Print the slips of everything that is to pack."""
        desk = self._host.desk
        ids = desk.combining.packing_order(desk.orders.ids(View.TO_PACK))
        self._host.tray.print_slips(ids)

    def print_slip(self) -> None:
        """Print the slips of the chosen orders."""
        self._host.orders.print_slips()

    def print_card(self) -> None:
        """Print the chosen order's card."""
        order = self._host.orders.chosen
        self._host.tray.print_cards([order.id] if order else [])

    def begin_making(self) -> None:
        """Begin the chosen order; where words must be read first, its piece is shown large."""
        host = self._host
        order = host.orders.chosen
        unread = host.desk.making.unread(order.id) if order else None
        if order is not None and unread is not None:
            host.go(Place.MAKING)
            host.making.show_piece(str(order.id))
            host.frame_.notices.tell("Read the words letter by letter, tick them, then begin.")
            return
        host.orders.set_stage(Stage.MAKING)

    def start_act(self, name: str) -> None:
        """Begin one of the further acts with the chosen order."""
        self._host.orders.acts.start(name)

    def add_supply(self) -> None:
        """Ask for a new supply, on the page that will show it."""
        self._host.go(Place.SUPPLIES)
        self._host.supplies.add()

    def show_supply(self, name: str) -> None:
        """Show one supply of the list."""
        self._host.go(Place.SUPPLIES)
        self._host.supplies.show_supply(name)

    def add_listing(self) -> None:
        """Ask for a new listing, on the page that will show it."""
        self._host.go(Place.LISTINGS)
        self._host.listings.add()

    def choose_listing(self, order: Order | None) -> None:
        """Ask which listing the buyer of an order saw."""
        from jeweler_desk.ui.dialogs.choose_listing import (  # noqa: PLC0415 - not at the start
            ChooseListing,
            ChosenListing,
        )

        host = self._host
        known = host.desk.listings.all()
        lines = [line for line in order.line_items if not line.is_placeholder] if order else []
        if order is None or not lines:
            return
        if not known:
            host.frame_.notices.tell("There are no listings yet: enter one first.")
            return

        def keep(chosen: ChosenListing) -> None:
            host.frame_.act(
                lambda: host.desk.listings.attach(order.id, chosen.line_id, chosen.listing_id),
                "The order keeps what its buyer saw; its ship-by day stays.",
            )

        form = ChooseListing(order.number, lines, known, host.widget())
        form.answered.connect(keep)
        form.open()

    def show_view(self, view: View) -> None:
        """Show a view of the orders."""
        self._host.go(Place.ORDERS)
        self._host.orders.show_view(view)

    def next_mode(self) -> None:
        """Wear the next of system, light, dark."""
        mode = _NEXT_MODE[self._host.look.mode]
        self._host.settings.wear(mode)
        said = {Mode.SYSTEM: "as the system", Mode.LIGHT: "light", Mode.DARK: "dark"}
        self._host.frame_.notices.tell(f"Colors: {said[mode]}.")

    def resize_text(self, by: int) -> None:
        """Make the text larger or smaller; 0 brings the usual size back."""
        now = self._host.look.scale
        self._host.settings.set_scale(now + by if by else _USUAL)


def calls_of(deeds: Deeds, host: Host) -> dict[str, Callable[[], object]]:
    """Return what every action calls."""
    calls: dict[str, Callable[[], object]] = {
        "import": deeds.import_orders,
        "add": deeds.add_order,
        "fetch": lambda: host.chores.fetch_mail(),
        "backup": lambda: host.chores.back_up(),
        "restore": deeds.restore_backup,
        "quit": host.leave,
        "undo": deeds.undo,
        "redo": deeds.redo,
        "search": lambda: host.palette_.open(),
        "keys": lambda: host.palette_.open(),
        "pane.next": partial(host.next_pane, 1),
        "pane.previous": partial(host.next_pane, -1),
        "order.pack": lambda: host.orders.start_packing(),
        "order.making": deeds.begin_making,
        "order.ready": lambda: host.orders.set_stage(Stage.READY),
        "order.ship": lambda: host.orders.ship(),
        "order.parcel": lambda: host.orders.parcels.learn(),
        "order.follow": lambda: host.orders.parcels.follow(),
        "order.hold": lambda: host.orders.hold(),
        "order.release": lambda: host.orders.release(),
        "order.slip": deeds.print_slip,
        "order.card": deeds.print_card,
        "order.address": lambda: host.tray.print_labels(host.orders.marked()),
        "order.customs": lambda: host.tray.print_customs(host.orders.marked()),
        "order.look": lambda: host.tray.look(host.orders.marked()),
        "orders.list": lambda: host.orders.print_list(),
        "orders.filter": lambda: host.orders.filter.setFocus(),
        "orders.sort": lambda: host.orders.table.sort_here(),
        "orders.left": lambda: host.orders.table.move_column(-1),
        "orders.right": lambda: host.orders.table.move_column(1),
        "orders.wider": lambda: host.orders.table.widen(COLUMN_STEP),
        "orders.narrower": lambda: host.orders.table.widen(-COLUMN_STEP),
        "order.write": lambda: host.letter_desk.write_to_buyer(host.orders.chosen),
        "slips": deeds.print_slips,
        "making.on": lambda: host.making.move_by(1),
        "making.back": lambda: host.making.move_by(-1),
        "making.read": lambda: host.making.toggle_read(),
        "making.ticket": lambda: host.making.print_ticket(),
        "making.open": lambda: host.making.open_order(),
        "bench.done": lambda: host.bench.finish(),
        "bench.missing": lambda: host.bench.miss(),
        "bench.print": lambda: host.bench.print_papers(),
        "bench.look": lambda: host.tray.look(host.bench.parcel()),
        "bench.card": lambda: host.bench.show_card(),
        "bench.photo": lambda: host.bench.choose_photo(),
        "bench.camera": lambda: host.bench.photos.keep_newest(),
        "bench.together": lambda: host.bench.together(),
        "bench.pause": lambda: host.bench.pause(),
        "bench.skip": lambda: host.bench.skip(),
        "mail.answer": lambda: host.mail.answer(),
        "mail.answered": lambda: host.mail.answered_elsewhere(),
        "mail.no_reply": lambda: host.mail.no_reply_needed(),
        "mail.promise": lambda: host.mail.acts.promise(),
        "mail.wait": lambda: host.mail.acts.wait_for_her(),
        "mail.snooze": lambda: host.mail.acts.snooze(),
        "mail.wake": lambda: host.mail.acts.wake(),
        "mail.overrule": lambda: host.mail.acts.overrule(),
        "mail.rules": lambda: host.mail.acts.let_the_rules_decide(),
        "mail.kept": lambda: host.mail.acts.promise_kept(),
        "mail.not_customer": lambda: host.mail.acts.not_a_customer(),
        "mail.unfold": lambda: host.mail.view.toggle_quotes(),
        "mail.formatted": lambda: host.mail.view.toggle_formatted(),
        "mail.waiting": lambda: host.mail.show_tab("waiting"),
        "mail.all": lambda: host.mail.show_tab("all"),
        "mail.aside": lambda: host.mail.show_tab("aside"),
        "mail.proof": lambda: host.mail.show_tab("proof"),
        "mail.filter": lambda: host.mail.search(),
        "mail.connect": lambda: host.settings.connect_mailbox(),
        "listing.add": deeds.add_listing,
        "listing.change": lambda: host.listings.change(),
        "listing.photo": lambda: host.listings.choose_photo(),
        "listing.drop_photo": lambda: host.listings.drop_photo(),
        "listing.attach": lambda: host.listings.attach(),
        "listing.remove": lambda: host.listings.remove(),
        "order.listing": lambda: deeds.choose_listing(host.orders.chosen),
        "bench.listing": lambda: deeds.choose_listing(host.bench.order),
        "supply.add": deeds.add_supply,
        "supply.count": lambda: host.supplies.count(),
        "supply.receive": lambda: host.supplies.receive(),
        "supply.use": lambda: host.supplies.use(),
        "supply.ordered": lambda: host.supplies.mark_ordered(),
        "supply.change": lambda: host.supplies.change(),
        "supply.remove": lambda: host.supplies.remove(),
        "supply.print": lambda: host.supplies.print_list(),
        "supply.copy": lambda: host.supplies.copy_list(),
        "look.theme": deeds.next_mode,
        "look.larger": partial(deeds.resize_text, _STEP),
        "look.smaller": partial(deeds.resize_text, -_STEP),
        "look.normal": partial(deeds.resize_text, 0),
    }
    calls |= {name: partial(deeds.start_act, name) for name in MORE_ACTS if name}
    calls |= {f"go.{place}": partial(host.go, place) for place in Place}
    calls |= {f"view.{view}": partial(deeds.show_view, view) for view in View}
    return calls
