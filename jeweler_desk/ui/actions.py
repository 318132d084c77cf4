"""Every action of the window once: what it is called, its key, its icon, and where it counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence

from jeweler_desk.domain.order_view import View
from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.menus import Menu
from jeweler_desk.ui.widgets.sidebar import Place


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action. ``place`` limits its key to one page; the palette reaches it from anywhere."""

    id: str
    text: str
    tip: str
    menu: Menu
    icon: str = ""
    keys: tuple[str, ...] = ()
    place: Place | None = None


def _spec(
    id_: str,
    text: str,
    tip: str,
    menu: Menu,
    icon: str,
    *keys: str,
    place: Place | None = None,
) -> ActionSpec:
    return ActionSpec(id_, text, tip, menu, icon, keys, place)


_BENCH: Final = Place.BENCH
_MAKING: Final = Place.MAKING
_MAIL: Final = Place.MAIL
_ORDERS: Final = Place.ORDERS
_SUPPLIES: Final = Place.SUPPLIES
_LISTINGS: Final = Place.LISTINGS

_VIEWS: Final = {
    View.ALL: "Show all orders",
    View.UNPAID: "Show unpaid orders",
    View.TO_MAKE: "Show orders to make",
    View.TO_PACK: "Show orders to pack",
    View.TO_SHIP: "Show orders to ship",
    View.SHIPPED: "Show shipped orders",
    View.LATE: "Show late orders",
    View.ON_HOLD: "Show orders on hold",
    View.RETURNS: "Show returns",
    View.CANCELED: "Show canceled orders",
}

ACTIONS: Final = (
    _spec("import", "Import orders…", "Read the order files of Etsy or Shopify",
          Menu.DESK, "import", "Ctrl+I"),
    _spec("add", "Add an order by hand…", "Enter an order from a market or a friend",
          Menu.DESK, "add", "Ctrl+N"),
    _spec("fetch", "Read mail now", "Look into the mailboxes for new letters",
          Menu.DESK, "refresh", "F5"),
    _spec("backup", "Back up now", "Write a copy of the desk and check that it opens",
          Menu.DESK, "backup", "Ctrl+Shift+B"),
    _spec("restore", "Restore a backup…", "Open the desk again as it was at an earlier time",
          Menu.DESK, "backup", "Ctrl+Alt+Z"),
    _spec("quit", "Close the desk", "Back up and close", Menu.DESK, "door", "Ctrl+Q"),
    _spec("undo", "Undo", "Take the last act back", Menu.EDIT, "undo", "Ctrl+Z"),
    _spec("redo", "Redo", "Do again what was taken back", Menu.EDIT, "redo", "Ctrl+Shift+Z"),
    _spec("search", "Search…", "Find an order, a person, a letter or a command",
          Menu.GO, "search", "Ctrl+K"),
    _spec("go.today", "Go to Today", "What needs doing now", Menu.GO, "today", "Ctrl+1"),
    _spec("go.orders", "Go to Orders", "All orders", Menu.GO, "orders", "Ctrl+2"),
    _spec("go.bench", "Go to Bench", "The parcel at hand", Menu.GO, "bench", "Ctrl+3"),
    _spec("go.mail", "Go to Mail", "The letters that wait", Menu.GO, "mail", "Ctrl+4"),
    _spec("go.supplies", "Go to Supplies", "What lies on the shelf", Menu.GO, "supplies", "Ctrl+5"),
    _spec("go.making", "Go to Making", "The pieces by stage", Menu.GO, "make", "Ctrl+6"),
    _spec("go.listings", "Go to Listings", "What the shop shows of its pieces",
          Menu.GO, "listings", "Ctrl+7"),
    _spec("go.settings", "Go to Settings", "The shop, its days, its mailboxes, the look",
          Menu.GO, "settings", "Ctrl+,"),
    _spec("pane.next", "Next part of the window", "Move between the sidebar and the page",
          Menu.GO, "", "F6"),
    _spec("pane.previous", "Previous part of the window", "Move back between the parts",
          Menu.GO, "", "Shift+F6"),
    _spec("keys", "Show all keys", "Every action with its key", Menu.GO, "help", "F1"),
    *(
        _spec(f"view.{view}", text, "In the list of orders", Menu.ORDERS, "", f"Alt+{place}")
        for place, (view, text) in zip("1234567890", _VIEWS.items(), strict=True)
    ),
    _spec("order.pack", "Start packing", "Take the chosen order to the bench",
          Menu.ORDERS, "bench", "Ctrl+B", place=_ORDERS),
    _spec("order.making", "Begin making", "The chosen order is being made",
          Menu.ORDERS, "make", "Ctrl+M", place=_ORDERS),
    _spec("order.ready", "Ready to pack", "Every piece of the chosen order is made",
          Menu.ORDERS, "check", "Ctrl+R", place=_ORDERS),
    _spec("order.ship", "Hand over…", "The parcel goes to the carrier",
          Menu.ORDERS, "ship", "Ctrl+Shift+S", place=_ORDERS),
    _spec("order.parcel", "What was learned of the parcel…",
          "Its number, its label, the first scan, the delivery",
          Menu.ORDERS, "parcel", "Ctrl+Shift+T", place=_ORDERS),
    _spec("order.follow", "Follow the parcel", "Open the carrier’s page in your browser",
          Menu.ORDERS, "search", "Ctrl+T", place=_ORDERS),
    _spec("order.hold", "Put on hold…", "Stop the chosen order, with a reason",
          Menu.ORDERS, "hold", "Ctrl+H", place=_ORDERS),
    _spec("order.release", "Release the hold", "Let the chosen order go on",
          Menu.ORDERS, "release", "Ctrl+Shift+H", place=_ORDERS),
    _spec("order.slip", "Print packing slip", "The chosen order’s packing slip as a PDF",
          Menu.ORDERS, "print", "Ctrl+P", place=_ORDERS),
    _spec("order.card", "Print thank-you card", "The chosen order’s card as a PDF",
          Menu.ORDERS, "card", "Ctrl+Shift+P", place=_ORDERS),
    _spec("order.address", "Print address label", "The chosen orders’ address labels",
          Menu.ORDERS, "print", "Ctrl+Shift+A", place=_ORDERS),
    _spec("order.customs", "Print customs papers", "What customs ask of a parcel abroad",
          Menu.ORDERS, "print", "Ctrl+Shift+U", place=_ORDERS),
    _spec("order.look", "Look and print…", "See papers first; choose printer, stock and copies",
          Menu.ORDERS, "print", "Ctrl+Shift+K", place=_ORDERS),
    _spec("orders.list", "Print this list", "The list of orders as it is shown, as a PDF",
          Menu.ORDERS, "print", "Ctrl+L", place=_ORDERS),
    _spec("orders.filter", "Filter this list", "Type words that the orders have",
          Menu.ORDERS, "search", "Ctrl+F", place=_ORDERS),
    _spec("orders.sort", "Sort by this column", "Rising, then falling, then in its own order",
          Menu.ORDERS, "", "Ctrl+J", place=_ORDERS),
    _spec("orders.left", "Move this column left", "The column at hand changes places",
          Menu.ORDERS, "", "Alt+Shift+Left", place=_ORDERS),
    _spec("orders.right", "Move this column right", "The column at hand changes places",
          Menu.ORDERS, "", "Alt+Shift+Right", place=_ORDERS),
    _spec("orders.wider", "Make this column wider", "The column at hand takes more room",
          Menu.ORDERS, "", "Alt+Shift+Up", place=_ORDERS),
    _spec("orders.narrower", "Make this column narrower", "The column at hand takes less room",
          Menu.ORDERS, "", "Alt+Shift+Down", place=_ORDERS),
    _spec("order.write", "Write to the buyer", "Go on with a draft, or begin a letter to the buyer",
          Menu.ORDERS, "reply", "Ctrl+E", place=_ORDERS),
    _spec("order.part", "Pack a part…", "Some pieces leave now, the rest follows",
          Menu.ORDERS, "parcel", "Ctrl+Alt+K", place=_ORDERS),
    _spec("order.open", "Open the parcel again", "Its pieces are to be packed anew",
          Menu.ORDERS, "undo", "Ctrl+Alt+O", place=_ORDERS),
    _spec("order.not_shipped", "Not shipped after all…", "A parcel that never left",
          Menu.ORDERS, "undo", "Ctrl+Alt+U", place=_ORDERS),
    _spec("order.label", "A label is bought…", "Before the parcel leaves under it",
          Menu.ORDERS, "parcel", "Ctrl+Alt+N", place=_ORDERS),
    _spec("order.label_back", "A label is not used…", "Its money can be asked back",
          Menu.ORDERS, "release", "Ctrl+Alt+Shift+N", place=_ORDERS),
    _spec("order.agreed", "The buyer agrees to wait…", "Until which day, and how it was said",
          Menu.ORDERS, "clock", "Ctrl+Alt+Shift+W", place=_ORDERS),
    _spec("order.expired", "The held money ran out", "Its time is over, nothing was taken",
          Menu.ORDERS, "clock", "Ctrl+Alt+Shift+V", place=_ORDERS),
    _spec("order.write_off", "Write off…", "Ask for less than the total",
          Menu.ORDERS, "close", "Ctrl+Alt+F", place=_ORDERS),
    _spec("order.honor", "Honor the price…", "Let the order go for what it brought",
          Menu.ORDERS, "check", "Ctrl+Alt+H", place=_ORDERS),
    _spec("order.ask", "Waiting for the customer…", "What you asked, and since when it waits",
          Menu.ORDERS, "help", "Ctrl+Alt+W", place=_ORDERS),
    _spec("order.answered", "The customer answered…", "The order goes on",
          Menu.ORDERS, "check", "Ctrl+Alt+A", place=_ORDERS),
    _spec("order.refund", "Refund…", "Give money back for pieces, shipping or the trouble",
          Menu.ORDERS, "release", "Ctrl+Alt+R", place=_ORDERS),
    _spec("order.refund_step", "What became of a refund…", "Asked for, arrived or failed",
          Menu.ORDERS, "clock", "Ctrl+Alt+S", place=_ORDERS),
    _spec("order.void", "Void the held money", "Nothing of it was ever taken",
          Menu.ORDERS, "close", "Ctrl+Alt+V", place=_ORDERS),
    _spec("order.paid", "Money came in…", "In cash, by transfer, at the market",
          Menu.ORDERS, "add", "Ctrl+Alt+M", place=_ORDERS),
    _spec("order.return", "A piece comes back…", "Expect pieces back, with the reason",
          Menu.ORDERS, "reply", "Ctrl+Alt+B", place=_ORDERS),
    _spec("order.back", "The piece is back…", "And how it looks",
          Menu.ORDERS, "check", "Ctrl+Alt+Shift+B", place=_ORDERS),
    _spec("order.return_closed", "Close a return…", "Nothing more follows from it",
          Menu.ORDERS, "close", "Ctrl+Alt+Shift+C", place=_ORDERS),
    _spec("order.exchange", "Exchange…", "One piece comes back, another goes out",
          Menu.ORDERS, "refresh", "Ctrl+Alt+X", place=_ORDERS),
    _spec("order.cancel", "Cancel the order…", "Nothing of it leaves; the money goes back",
          Menu.ORDERS, "close", "Ctrl+Alt+C", place=_ORDERS),
    _spec("order.reinstate", "Reinstate…", "Take a canceled order up again",
          Menu.ORDERS, "redo", "Ctrl+Alt+I", place=_ORDERS),
    _spec("order.dispute", "The bank disputes it…", "With the last day for evidence",
          Menu.ORDERS, "warning", "Ctrl+Alt+D", place=_ORDERS),
    _spec("order.evidence", "Evidence is given", "It can be given once",
          Menu.ORDERS, "check", "Ctrl+Alt+E", place=_ORDERS),
    _spec("order.dispute_won", "The dispute is won", "The money stays",
          Menu.ORDERS, "check", "Ctrl+Alt+Y", place=_ORDERS),
    _spec("order.dispute_lost", "The dispute is lost", "The bank took the money",
          Menu.ORDERS, "close", "Ctrl+Alt+L", place=_ORDERS),
    _spec("slips", "Print all packing slips to pack", "One PDF for every order that is to pack",
          Menu.ORDERS, "print", "Ctrl+Alt+P"),
    _spec("making.on", "On to the next stage", "The chosen piece goes on",
          Menu.MAKING, "release", "Ctrl+Right", place=_MAKING),
    _spec("making.back", "Back to the stage before", "The chosen piece goes back",
          Menu.MAKING, "undo", "Ctrl+Left", place=_MAKING),
    _spec("making.read", "The words are read", "Tick the words of the chosen piece",
          Menu.MAKING, "check", "R", place=_MAKING),
    _spec("making.ticket", "Print the work ticket", "The chosen piece’s order as a PDF",
          Menu.MAKING, "print", "Ctrl+P", place=_MAKING),
    _spec("making.open", "Open the order", "The chosen piece’s order in the list",
          Menu.MAKING, "orders", "O", place=_MAKING),
    _spec("bench.done", "Done – next parcel", "Pack this order and go on",
          Menu.BENCH, "check", "Return", "Enter", place=_BENCH),
    _spec("bench.missing", "Something is missing…", "Put this order on hold, with a reason",
          Menu.BENCH, "hold", "Esc", place=_BENCH),
    _spec("bench.print", "Print papers", "Slip and card of this parcel",
          Menu.BENCH, "print", "P", place=_BENCH),
    _spec("bench.look", "Look and print…", "See papers first; choose printer, stock and copies",
          Menu.BENCH, "print", "Shift+P", place=_BENCH),
    _spec("bench.card", "Show the card large", "The thank-you text to write by hand",
          Menu.BENCH, "card", "C", place=_BENCH),
    _spec("bench.photo", "Photo of the open box…", "Keep a photo with this order",
          Menu.BENCH, "add", "F", place=_BENCH),
    _spec("bench.camera", "Keep the camera’s photo", "The newest that arrived since you began",
          Menu.BENCH, "add", "K", place=_BENCH),
    _spec("bench.together", "Pack together", "One box for orders of one buyer to one address",
          Menu.BENCH, "parcel", "B", place=_BENCH),
    _spec("bench.pause", "Pause or go on", "Stop the timer for a moment",
          Menu.BENCH, "pause", "T", place=_BENCH),
    _spec("bench.skip", "Take the next parcel first", "Leave this parcel for later",
          Menu.BENCH, "release", "N", place=_BENCH),
    _spec("mail.answer", "Answer", "Write the answer; it leaves from your own address",
          Menu.MAIL, "reply", "Ctrl+Return", place=_MAIL),
    _spec("mail.answered", "Answered elsewhere…", "By phone, on Etsy, at the market",
          Menu.MAIL, "phone", "Ctrl+E", place=_MAIL),
    _spec("mail.no_reply", "No reply needed…", "This letter waits for nothing, and why",
          Menu.MAIL, "mute", "Ctrl+D", place=_MAIL),
    _spec("mail.promise", "Promise a day…", "A holding letter went out that names a day",
          Menu.MAIL, "hold", "Ctrl+H", place=_MAIL),
    _spec("mail.wait", "Waiting for her…", "It is her turn; perhaps ask again on a day",
          Menu.MAIL, "person", "Ctrl+Shift+H", place=_MAIL),
    _spec("mail.snooze", "Snooze…", "No notice tells of this letter until a time",
          Menu.MAIL, "pause", "Ctrl+B", place=_MAIL),
    _spec("mail.wake", "Wake it now", "Notices tell of this letter again",
          Menu.MAIL, "release", "Ctrl+Shift+J", place=_MAIL),
    _spec("mail.overrule", "Turn the decision about", "A question, or none, whatever it seems",
          Menu.MAIL, "undo", "Ctrl+T", place=_MAIL),
    _spec("mail.rules", "Let the rules decide again", "Take back what you said of this letter",
          Menu.MAIL, "redo", "Ctrl+Shift+R", place=_MAIL),
    _spec("mail.kept", "The promise is kept", "The answer was given in another way",
          Menu.MAIL, "check", "Ctrl+Shift+D", place=_MAIL),
    _spec("mail.not_customer", "Not a customer", "Letters from this address start no clock",
          Menu.MAIL, "close", "Ctrl+Shift+X", place=_MAIL),
    _spec("mail.unfold", "Show what was quoted", "Unfold the quoted lines, or fold them again",
          Menu.MAIL, "redo", "Ctrl+U", place=_MAIL),
    _spec("mail.formatted", "Show as formatted", "The letter as its writer set it, or as text",
          Menu.MAIL, "card", "Ctrl+Shift+F", place=_MAIL),
    _spec("mail.waiting", "Show who waits", "The letters that wait, the most urgent first",
          Menu.MAIL, "clock", "Ctrl+Shift+W", place=_MAIL),
    _spec("mail.all", "Show all mail", "Every letter known, the newest first",
          Menu.MAIL, "mail", "Ctrl+Shift+A", place=_MAIL),
    _spec("mail.aside", "Show what was set aside", "What asked nothing, each with the reason",
          Menu.MAIL, "folder", "Ctrl+Shift+S", place=_MAIL),
    _spec("mail.proof", "Show how it went", "How many were answered within a day, by month",
          Menu.MAIL, "check", "Ctrl+Shift+P", place=_MAIL),
    _spec("mail.filter", "Search all mail", "Type words that the letters have",
          Menu.MAIL, "search", "Ctrl+F", place=_MAIL),
    _spec("go.sweep", "Evening sweep", "Everything of the mail that wants you before the next one",
          Menu.MAIL, "clock", "Ctrl+8"),
    _spec("mail.connect", "Connect a mailbox…", "Let the desk read an IMAP mailbox",
          Menu.MAIL, "add", "Ctrl+Shift+M"),
    _spec("listing.add", "Add a listing…", "A piece with its photos, measures and stones",
          Menu.LISTINGS, "add", "Ctrl+Shift+G"),
    _spec("listing.change", "Change…", "How the chosen piece is shown from now on",
          Menu.LISTINGS, "settings", "Ctrl+E", place=_LISTINGS),
    _spec("listing.photo", "Add a photo…", "To the next view of the chosen piece that has none",
          Menu.LISTINGS, "listings", "Ctrl+P", place=_LISTINGS),
    _spec("listing.drop_photo", "Take a photo out", "Of the view that has the focus",
          Menu.LISTINGS, "close", "Ctrl+Shift+Backspace", place=_LISTINGS),
    _spec("listing.attach", "Keep with its orders", "With the orders that name the chosen piece",
          Menu.LISTINGS, "check", "Ctrl+T", place=_LISTINGS),
    _spec("listing.remove", "Remove from the list", "The chosen piece is offered no more",
          Menu.LISTINGS, "undo", "Ctrl+Backspace", place=_LISTINGS),
    _spec("order.listing", "What the buyer saw…", "Choose the listing that an order’s piece was",
          Menu.ORDERS, "listings", "Ctrl+Alt+G", place=_ORDERS),
    _spec("bench.listing", "What the buyer saw…", "Choose the listing of the piece at hand",
          Menu.BENCH, "listings", "L", place=_BENCH),
    _spec("supply.add", "Add a supply…", "Boxes, tape, cards: what lies on the shelf",
          Menu.SUPPLIES, "add", "Ctrl+Shift+N"),
    _spec("supply.count", "Count…", "Set the chosen stock to what is on the shelf",
          Menu.SUPPLIES, "check", "Ctrl+T", place=_SUPPLIES),
    _spec("supply.receive", "Came in…", "Put what came in on the shelf",
          Menu.SUPPLIES, "parcel", "Ctrl+R", place=_SUPPLIES),
    _spec("supply.use", "Used…", "Take some for anything but a parcel",
          Menu.SUPPLIES, "release", "Ctrl+U", place=_SUPPLIES),
    _spec("supply.ordered", "More is ordered", "Answer the reminder of the chosen supply",
          Menu.SUPPLIES, "ship", "Ctrl+O", place=_SUPPLIES),
    _spec("supply.change", "Change…", "What is said of the chosen supply",
          Menu.SUPPLIES, "settings", "Ctrl+E", place=_SUPPLIES),
    _spec("supply.remove", "Remove from the list", "The chosen supply is used no more",
          Menu.SUPPLIES, "close", "Ctrl+Backspace", place=_SUPPLIES),
    _spec("supply.print", "Print the reorder list", "What is low, by supplier, as a PDF",
          Menu.SUPPLIES, "print", "Ctrl+P", place=_SUPPLIES),
    _spec("supply.copy", "Copy the reorder list", "What is low, as text to paste",
          Menu.SUPPLIES, "card", "Ctrl+Shift+C", place=_SUPPLIES),
    _spec("look.theme", "Light, dark or as the system", "Change the colors",
          Menu.LOOK, "dark", "Ctrl+Shift+L"),
    _spec("look.larger", "Larger text", "Up to 200 %", Menu.LOOK, "", "Ctrl++", "Ctrl+="),
    _spec("look.smaller", "Smaller text", "Down to 80 %", Menu.LOOK, "", "Ctrl+-"),
    _spec("look.normal", "Text at 100 %", "The usual size", Menu.LOOK, "", "Ctrl+0"),
)  # fmt: skip


def keys_text(spec: ActionSpec) -> str:
    """Return an action's first key as this system writes it."""
    if not spec.keys:
        return ""
    return QKeySequence(spec.keys[0]).toString(QKeySequence.SequenceFormat.NativeText)


class Actions(QObject):
    """The `QAction` of every specification; what each calls is bound once the pages are there."""

    def __init__(self, look: Appearance, parent: QObject) -> None:
        super().__init__(parent)
        self._actions: dict[str, QAction] = {}
        self._calls: dict[str, Callable[[], object]] = {}
        for spec in ACTIONS:
            action = QAction(spec.text, self)
            action.setObjectName(spec.id)
            keys = keys_text(spec)
            action.setToolTip(f"{spec.tip} ({keys})" if keys else spec.tip)
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            if spec.icon:
                action.setIcon(look.icon(spec.icon))
            if spec.place is None:
                action.setShortcuts([QKeySequence(key) for key in spec.keys])
            action.triggered.connect(self._call)
            self._actions[spec.id] = action

    def bind(self, calls: Mapping[str, Callable[[], object]]) -> None:
        """Say what every action calls. Raises `ValueError` if one is missing or unknown."""
        differing = {spec.id for spec in ACTIONS} ^ set(calls)
        if differing:
            raise ValueError(f"actions and calls differ in {', '.join(sorted(differing))}")
        self._calls = dict(calls)

    def __getitem__(self, id_: str) -> QAction:
        """Return one action."""
        return self._actions[id_]

    def all(self) -> dict[str, QAction]:
        """Return every action by its id."""
        return dict(self._actions)

    def enter(self, place: Place) -> None:
        """Put the keys of a page in force, and those of the other pages out of it."""
        for spec in ACTIONS:
            if spec.place is not None:
                keys = spec.keys if spec.place is place else ()
                self._actions[spec.id].setShortcuts([QKeySequence(key) for key in keys])

    def _call(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self._calls[action.objectName()]()
