"""Today: what needs doing now, in four short lists, each row with its one next act."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from jeweler_desk.domain.freshness_wording import KNOWN_SOON, MAIL_IS_READ
from jeweler_desk.domain.mail_view import WaitingEmail
from jeweler_desk.domain.order import FulfillmentStatus, Gift, OrderId, Stage
from jeweler_desk.domain.order_summary import OrderSummary
from jeweler_desk.domain.order_view import View
from jeweler_desk.domain.reminder import AgendaItem, AgendaKind, DueState
from jeweler_desk.domain.stages import must_be_read
from jeweler_desk.domain.wording import long_day, moment_text, next_moment
from jeweler_desk.services.clock import Clock
from jeweler_desk.services.correspondence import Correspondence
from jeweler_desk.services.fulfillment import Fulfillment
from jeweler_desk.services.measures import Measures
from jeweler_desk.services.orders import Orders
from jeweler_desk.services.settings import Settings
from jeweler_desk.services.today import Today
from jeweler_desk.ui.dialogs.say_why import Said as Answer
from jeweler_desk.ui.dialogs.say_why import SayWhy, Wording
from jeweler_desk.ui.frame import Frame
from jeweler_desk.ui.pages.page import Page
from jeweler_desk.ui.theme import NO_SPACE, PICTURE, Tone, Type
from jeweler_desk.ui.widgets.avatar import Avatar
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.card import Card, Hairline
from jeweler_desk.ui.widgets.empty_state import EmptyState
from jeweler_desk.ui.widgets.list_row import ListRow
from jeweler_desk.ui.widgets.mail_alarm_card import MailAlarmCard
from jeweler_desk.ui.widgets.mailing_card import MailingCard
from jeweler_desk.ui.widgets.piece_picture import PiecePicture
from jeweler_desk.ui.widgets.reply_proof_card import MOST_LATE, ReplyProofCard
from jeweler_desk.ui.widgets.rows import add_shown
from jeweler_desk.ui.widgets.scroll import Scroll
from jeweler_desk.ui.widgets.text import Text
from jeweler_desk.ui.widgets.two_columns import TWO_COLUMNS_FROM, TwoColumns
from jeweler_desk.ui.words import (
    CHANNELS_TO_ANSWER_ON,
    Said,
    due_said,
    goods_said,
    greeting,
    in_words,
    joined,
    sentence,
    ship_by_said,
    ship_by_shortly,
)

_MOST_ROWS: Final = 4
_MOST_OPENED: Final = 40
# Letters and making at the left, what leaves and what was promised at the right.
_SIDES: Final = (0, 1, 0, 1, 1, 0)
_PROMISES: Final = frozenset({AgendaKind.REFUND, AgendaKind.PROMISE, AgendaKind.SUPPLY})


_LOOKED_INTO: Final = Wording(
    "Is something wrong?",
    "Looked into",
    "What was it?",
    ("a fault, set right", "a fault at the marketplace", "chance"),
    "The question comes back only when more customers write of it.",
    "Say in a word what it was.",
)


@dataclass(frozen=True, slots=True)
class _Work:
    """What the page found to do."""

    emails: list[WaitingEmail]
    parcels: list[OrderSummary]
    pieces: list[OrderSummary]
    promises: list[AgendaItem]
    holds: list[OrderSummary]

    @property
    def is_done(self) -> bool:
        """Whether nothing at all waits."""
        return not (self.emails or self.parcels or self.pieces or self.promises or self.holds)


class TodayPage(Page):
    """Four cards, and one sentence when all is done."""

    packing_wanted = Signal(object)
    answer_wanted = Signal(str)

    def __init__(
        self,
        frame: Frame,
        today: Today,
        orders: Orders,
        fulfillment: Fulfillment,
        correspondence: Correspondence,
        settings: Settings,
        clock: Clock,
        measures: Measures,
    ) -> None:
        super().__init__(frame, "Today")
        self._measures = measures
        self._measuring = QTimer(self)
        self.mailing = MailingCard(frame.look)
        self.replies = ReplyProofCard(frame.look)
        self.alarms = MailAlarmCard(frame.look)
        self._today = today
        self._orders = orders
        self._fulfillment = fulfillment
        self._correspondence = correspondence
        self._settings = settings
        self._clock = clock
        self._opened: set[Card] = set()
        self._restate: list[Callable[[datetime], None]] = []
        self._first_act: Button | None = None
        self.emails = Card("Emails waiting")
        self.parcels = Card("Parcels that leave")
        self.pieces = Card("On the bench")
        self.promises = Card("Promises and holds")
        measured = (self.mailing, self.replies)
        self._cards = (self.emails, self.parcels, self.pieces, self.promises, *measured)
        self._build()

    def _build(self) -> None:
        actions = self.frame_.actions
        self._slips_button = Button("Print all papers", "quiet", room="small")
        self._slips_button.follow(actions["slips"])
        self.parcels.heading_row.addWidget(self._slips_button)
        self._columns = TwoColumns(self._cards, _SIDES)
        # Measured after what is due is painted: nobody waits for a chart.
        self._measuring.setSingleShot(True)
        self._measuring.setInterval(0)
        self._measuring.timeout.connect(self._measure)
        self._scroll = Scroll("What needs doing")
        self._scroll.hold(self._columns)
        self._all_done = EmptyState(
            self.frame_.look, "today", "Everything is done", "Nothing is due now."
        )
        self._done_page = QWidget()
        self._below_done = QVBoxLayout(self._done_page)
        self._below_done.setContentsMargins(*NO_SPACE)
        self._below_done.addWidget(self._all_done, 1)
        self._first_run = self._doors()
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        for part in (self._scroll, self._done_page, self._first_run):
            self._stack.addWidget(part)
        self.alarms.letter_wanted.connect(self._read_letter)
        self.alarms.looked_into.connect(self._ask_what_it_was)
        self.replies.letter_wanted.connect(self._read_letter)
        self.body.addWidget(self.alarms)
        self.body.addWidget(holder, 1)

    def _doors(self) -> EmptyState:
        actions = self.frame_.actions
        doors: list[Button] = []
        for id_, verb in (
            ("import", "Import orders…"),
            ("mail.connect", "Connect a mailbox…"),
            ("go.settings", "Set up your shop"),
        ):
            door = Button(verb, "plain" if doors else "primary")
            door.follow(actions[id_])
            doors.append(door)
        self._door = doors[0]
        return EmptyState(
            self.frame_.look,
            "orders",
            "Welcome to your desk",
            "Begin with the order files that Etsy or Shopify gives you, your mailbox, or your"
            " shop’s name. Nothing leaves this computer. To look around first, start the sample"
            " shop: jeweler-desk demo.",
            *doors,
        )

    # ---- what is shown

    def refresh(self) -> None:
        """Read everything that is due anew."""
        had_focus = self._focused_name()
        now = self._clock.now()
        work = self._find_work(now)
        self._restate = []
        self._first_act = None
        self._show_emails(work.emails, now)
        self._show_parcels(work.parcels)
        self._show_pieces(work.pieces)
        self._show_promises(work, now)
        self._say_heading(work, now)
        if not work.is_done:
            self._columns.take_back(self.mailing)
            self._stack.setCurrentWidget(self._scroll)
        elif not self._orders.ids(View.ALL, limit=1):
            self._stack.setCurrentWidget(self._first_run)
        else:
            self._say_all_done(now)
            self._below_done.addWidget(self.mailing)
            self._stack.setCurrentWidget(self._done_page)
        self._mark_first()
        self._restore_focus(had_focus)
        self._measuring.start()

    def _measure(self) -> None:
        self.mailing.show_measure(self._measures.mailing())
        self.replies.show_proof(self._correspondence.proof.proof(most_late=MOST_LATE))
        self.alarms.show_alarms(self._correspondence.trouble.alarms(self._clock.now()))
        self._scroll.settle()

    def _read_letter(self, message_id: str) -> None:
        self.link_opened.emit(f"mail:{message_id}")

    def _ask_what_it_was(self, key: str) -> None:
        """Close an alarm with a reason; the letters stay where they are."""
        dialog = SayWhy(_LOOKED_INTO, self.window())

        def close(said: Answer) -> None:
            deed = self._correspondence.trouble.dismiss
            self.frame_.act(lambda: deed(key, said.words), "Noted what it was; it is closed.")

        dialog.answered.connect(close)
        dialog.open()

    def _mark_first(self) -> None:
        if self._first_act is not None:
            self._first_act.become("primary")

    def tick(self) -> None:
        """Let the hours go on; a new day is read anew."""
        now = self._clock.now()
        for restate in self._restate:
            restate(now)

    def _find_work(self, now: datetime) -> _Work:
        today = self._settings.today()
        sending = [
            *self._orders.list(View.TO_SHIP),
            *self._orders.list(View.TO_PACK),
        ]
        return _Work(
            emails=self._correspondence.waiting(now),
            parcels=sorted(sending, key=lambda row: row.ship_by or today),
            pieces=self._orders.list(View.TO_MAKE),
            promises=[item for item in self._today.agenda() if item.kind in _PROMISES],
            holds=[row for row in self._orders.list(View.ON_HOLD) if row.units_to_send],
        )

    def _say_heading(self, work: _Work, now: datetime) -> None:
        local = self._settings.local(now)
        today = local.date()
        self.title.setText(greeting(local))
        late = sum(1 for email in work.emails if email.due_at and email.due_at <= now)
        leaving = sum(row.ship_by == today for row in work.parcels)
        behind = sum(row.is_late for row in (*work.parcels, *work.pieces))
        told = []
        overdue = sum(item.state is DueState.LATE for item in work.promises)
        if overdue:
            told.append(f"{in_words(overdue)} promise{' is' if overdue == 1 else 's are'} late")
        if late:
            told.append(f"{in_words(late)} email{' is' if late == 1 else 's are'} late")
        if behind:
            told.append(f"{in_words(behind)} order{' is' if behind == 1 else 's are'} late")
        if leaving:
            told.append(
                f"{in_words(leaving)} parcel{' leaves' if leaving == 1 else 's leave'} today"
            )
        is_read = self._correspondence.progress is not None
        none = MAIL_IS_READ.lower() if is_read else "nothing is late"
        self.subtitle.setText(joined([long_day(today), ", ".join(told) or none]))

    def _say_all_done(self, now: datetime) -> None:
        """Say that all is done; while mail is being read nobody knows that yet."""
        if self._correspondence.progress is None:
            self._all_done.say("Everything is done", self._next_due(now), "today")
        else:
            self._all_done.say(MAIL_IS_READ, KNOWN_SOON, "mail")

    def _next_due(self, now: datetime) -> str:
        agenda = [item for item in self._today.agenda() if item.due_at > now]
        timezone = self._settings.timezone()
        if not agenda:
            if self._correspondence.last_look().at is None:
                return "Nothing else is due until a new order or letter comes."
            sweep = next_moment(self._settings.get("mail.sweep_at"), now, timezone)
            when = moment_text(sweep, now, timezone)
            return f"The next thing is the evening sweep through the letters, {when}."
        first = agenda[0]
        when = moment_text(first.due_at, now, timezone)
        return f"The next thing is due {when}: {first.title}"

    def _show_emails(self, emails: Sequence[WaitingEmail], now: datetime) -> None:
        card = self.emails
        card.clear()
        is_read = self._correspondence.progress is not None
        card.note.setText("all others are answered" if emails and not is_read else "")
        timezone = self._settings.timezone()
        for email in emails[:_MOST_ROWS]:
            who = email.person or email.address or "Someone"
            place = CHANNELS_TO_ANSWER_ON.get(email.channel)
            look = self.frame_.look
            row = ListRow(look, joined([who, place or ""]), email.subject, Avatar(look, who))
            tip = f"waiting since {moment_text(email.waiting_since, now, timezone)}"
            row.show_state(due_said(email.due_at, now), tip)
            verb = f"Answer on {place}" if place else "Answer"
            button = self._button(row, verb, f"mail:{email.message_id}")
            button.clicked.connect(_Telling(self.answer_wanted.emit, email.message_id))
            self._restate.append(_Restating(row, email.due_at, tip))
            self._add(card, row)
        none = f"{MAIL_IS_READ}. {KNOWN_SOON}" if is_read else "Every email is answered."
        self._end(card, len(emails), "mail", none)

    def _show_parcels(self, rows: Sequence[OrderSummary]) -> None:
        card = self.parcels
        card.clear()
        self._slips_button.setVisible(bool(rows))
        today = self._settings.today()
        for order in rows[: self._most(card)]:
            row = self._order_row(order)
            row.show_state(ship_by_said(order, today), short=ship_by_shortly(order, today))
            if order.fulfillment_status is FulfillmentStatus.PACKED:
                button = self._button(row, "Hand over", f"order:{order.id}")
                button.clicked.connect(_Telling(self._open_order, order))
            else:
                button = self._button(row, "Pack", f"order:{order.id}")
                button.clicked.connect(_Telling(self.packing_wanted.emit, order.id))
            self._add(card, row)
        self._end(card, len(rows), None, "No parcel waits to leave.")

    def _show_pieces(self, rows: Sequence[OrderSummary]) -> None:
        card = self.pieces
        card.clear()
        for order in rows[:_MOST_ROWS]:
            row = self._order_row(order)
            today = self._settings.today()
            said = ship_by_said(order, today) if order.is_late else goods_said(order)
            row.show_state(said, short=ship_by_shortly(order, today) if order.is_late else None)
            stages = {
                FulfillmentStatus.TO_MAKE: ("Begin", Stage.MAKING),
                FulfillmentStatus.MAKING: ("Ready", Stage.READY),
            }
            verb, stage = stages[order.fulfillment_status]
            button = self._button(row, verb, f"order:{order.id}")
            button.clicked.connect(_Telling(self._set_stage, (order, stage)))
            self._add(card, row)
        self._end(card, len(rows), "making", "Nothing is to make.")

    def _show_promises(self, work: _Work, now: datetime) -> None:
        card = self.promises
        card.clear()
        most = self._most(card)
        for item in work.promises[:most]:
            is_late = item.state is DueState.LATE
            when = moment_text(item.due_at, now, self._settings.timezone())
            row = ListRow(self.frame_.look, item.title, f"due {when}")
            row.show_state(Said("late" if is_late else "due", Tone.LATE if is_late else Tone.DUE))
            if item.link:
                button = self._button(row, "Look", item.link)
                button.clicked.connect(_Telling(self.link_opened.emit, item.link))
            self._add(card, row)
        for order in work.holds[: most - len(work.promises[:most])]:
            row = self._order_row(order)
            row.show_state(goods_said(order))
            button = self._button(row, "Look", f"order:{order.id}")
            button.clicked.connect(_Telling(self._open_order, order))
            self._add(card, row)
        count = len(work.promises) + len(work.holds)
        self._end(card, count, None, "No refund, hold or other promise is open.")

    def _order_row(self, order: OrderSummary) -> ListRow:
        look = self.frame_.look
        gift = "gift, no prices" if order.gift is Gift.YES else ""
        why = order.hold.reason if order.hold else ""
        return ListRow(
            look,
            joined([order.customer or "No name given", order.number]),
            joined([why, order.pieces, gift]),
            PiecePicture(look, PICTURE, order.pieces, self._photo(order)),
        )

    def _photo(self, order: OrderSummary) -> Path | None:
        lines = self._orders.get(order.id).line_items
        return self.frame_.photo_of(lines[0]) if lines else None

    def _button(self, row: ListRow, verb: str, link: str) -> Button:
        button = row.add_button(verb)
        button.setObjectName(link)
        return button

    def _add(self, card: Card, row: ListRow) -> None:
        if card.body.count():
            card.body.addWidget(Hairline())
        add_shown(card.body, row)
        if self._first_act is None:
            self._first_act = row.button

    def _most(self, card: Card) -> int:
        return _MOST_OPENED if card in self._opened else _MOST_ROWS

    def _end(self, card: Card, count: int, place: str | None, nothing: str) -> None:
        """Say that there is nothing, or how much more; without a place the card itself opens."""
        left = count - self._most(card)
        if not count:
            card.body.addWidget(Text(nothing, Type.SMALL, soft=True))
        elif left > 0 or card in self._opened:
            words = f"{sentence(in_words(left))} more" if left > 0 else "Fewer"
            more = Button(words, "link", name=f"{card.heading.text()}: {words}")
            if place is not None or (left > 0 and card in self._opened):
                more.follow(self.frame_.actions[f"go.{place or 'orders'}"])
            else:
                more.setObjectName(f"more:{card.heading.text()}")
                more.clicked.connect(_Telling(self._open_or_close, card))
            card.body.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
            more.show()
        card.body.addStretch(1)

    def _open_or_close(self, card: Card) -> None:
        self._opened ^= {card}
        self.refresh()

    def _open_order(self, order: OrderSummary) -> None:
        self.link_opened.emit(f"order:{order.channel}:{order.number}")

    def _set_stage(self, wanted: tuple[OrderSummary, Stage]) -> None:
        order, stage = wanted
        if stage is Stage.MAKING and any(
            line.stage is Stage.TO_MAKE and must_be_read(line)
            for line in self._orders.get(order.id).line_items
        ):
            self.link_opened.emit(f"making:{order.id}")
            return
        said = "is ready to pack" if stage is Stage.READY else "is being made"
        self.frame_.act(
            lambda: self._fulfillment.set_stage(OrderId(order.id), stage),
            f"Order {order.number} {said}.",
        )

    # ---- where things stand

    def panes(self) -> Sequence[QWidget]:
        """Return the button of the topmost act."""
        return (self._first_act or self._door,)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set the cards in one column where two would be cramped."""
        super().resizeEvent(event)
        is_wide = self.width() >= self.frame_.look.px(TWO_COLUMNS_FROM)
        self._columns.set_count(2 if is_wide else 1)

    def _focused_name(self) -> str:
        focused = [button for button in self.findChildren(Button) if button.hasFocus()]
        return focused[0].objectName() if focused else ""

    def _restore_focus(self, name: str) -> None:
        if name:
            for button in self.findChildren(Button, name):
                if button.isVisibleTo(self):
                    button.setFocus(Qt.FocusReason.OtherFocusReason)


class _Telling:
    """A click that passes one value on."""

    def __init__(self, tell: Callable[..., object], value: object) -> None:
        self._tell = tell
        self._value = value

    def __call__(self) -> None:
        self._tell(self._value)


class _Restating:
    """Brings a row's state up to the moment."""

    def __init__(self, row: ListRow, due_at: datetime | None, tip: str) -> None:
        self._row = row
        self._due_at = due_at
        self._tip = tip

    def __call__(self, now: datetime) -> None:
        self._row.show_state(due_said(self._due_at, now), self._tip)
