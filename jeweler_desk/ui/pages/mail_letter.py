"""The letter at hand: its conversation, the answer below it, her orders beside it, the acts."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedLayout, QWidget

from jeweler_desk.domain.freshness_wording import KNOWN_SOON
from jeweler_desk.domain.mail_view import Conversation, ConversationEntry
from jeweler_desk.domain.mailbox import UnreadableMessage
from jeweler_desk.domain.message import MailChannel
from jeweler_desk.domain.order_summary import OrderSummary
from jeweler_desk.domain.quoting import passages
from jeweler_desk.domain.unreadable_wording import (
    UNREADABLE,
    unreadable_hint,
    unreadable_place,
)
from jeweler_desk.domain.verdict import ClockState, Direction
from jeweler_desk.domain.web_link import safe_link
from jeweler_desk.services.desk import Desk
from jeweler_desk.ui.frame import Frame
from jeweler_desk.ui.letter_enclosures import LetterEnclosures
from jeweler_desk.ui.letter_opening import UNREAD, LetterOpening
from jeweler_desk.ui.pages.mail_acts import MailActs
from jeweler_desk.ui.pages.mail_lists import MailLists
from jeweler_desk.ui.theme import NO_SPACE, SPACE_L, Tone
from jeweler_desk.ui.widgets.answer_part import AnswerPart
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.card import Card, Hairline
from jeweler_desk.ui.widgets.conversation_view import ConversationView, Utterance
from jeweler_desk.ui.widgets.empty_state import EmptyState
from jeweler_desk.ui.widgets.flow import FlowLayout
from jeweler_desk.ui.widgets.her_orders import HerOrders, HerOrdersLine
from jeweler_desk.ui.widgets.letter_head import LetterHead
from jeweler_desk.ui.words import (
    CHANNELS_TO_ANSWER_ON,
    Said,
    due_said,
    joined,
    sentence,
    ship_by_shortly,
)

_MOST_ORDERS: Final = 40
_SHOWN_FIRST: Final = 8
_SHOWN_MORE: Final = 24
"""A thread of thousands of letters is set out some at a time, the newest first."""
_WORDLESS: Final = "This letter has no words of its own; open it where it came."
_ORDERS_BESIDE_FROM: Final = 780
_ORDERS_WIDTH: Final = 264
_BOTH_FROM: Final = 620
"""Conversation and answer stand below each other from this height on; lower, only the answer."""


class LetterSide(QWidget):
    """Shows one conversation; what is done with it is told by signals or done by ``acts``."""

    arrived = Signal()
    order_wanted = Signal(str)
    queued = Signal(int)
    closed = Signal()

    def __init__(self, frame: Frame, desk: Desk, acts: MailActs) -> None:
        super().__init__()
        self._frame = frame
        self._desk = desk
        self._acts = acts
        self._id = ""
        self._shown = _SHOWN_FIRST
        self._orders: list[OrderSummary] = []
        look = frame.look
        self.view = ConversationView(look)
        self.answer = AnswerPart(look, desk.letters, desk.outbox)
        self.orders = HerOrders(look, self._photo, self._due_said)
        self.orders_line = HerOrdersLine(look)
        self.head = LetterHead(look, frame.actions.__getitem__, self.orders_line)
        self.answer_button = Button("Answer", "primary")
        self.done = EmptyState(look, "check", "", "")
        self._opening = LetterOpening(frame, desk.correspondence, self)
        self._enclosures = LetterEnclosures(desk.correspondence.parts, frame.jobs, self)
        self._build()
        self._connect()

    def _build(self) -> None:
        card = Card()
        card.body.addWidget(self.head)
        self._line = Hairline()
        card.body.addWidget(self._line)
        self._holder = QWidget()
        self._letter = QStackedLayout(self._holder)
        self._letter.addWidget(self.view)
        self._letter.addWidget(self.done)
        card.body.addWidget(self._holder, 2)
        card.body.addWidget(self.answer, 5)
        self._bar = self._buttons()
        card.body.addWidget(self._bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(*NO_SPACE)
        row.setSpacing(SPACE_L)
        row.addWidget(card, 1)
        row.addWidget(self.orders)

    def _buttons(self) -> QWidget:
        actions = self._frame.actions
        bar = QWidget()
        row = FlowLayout(bar)
        self.answer_button.follow(actions["mail.answer"])
        row.addWidget(self.answer_button)
        for id_, verb in (
            ("mail.answered", "Answered…"),
            ("mail.no_reply", "No reply…"),
            ("mail.snooze", "Snooze…"),
        ):
            button = Button(verb, name=actions[id_].text())
            button.follow(actions[id_])
            row.addWidget(button)
        more = Button("More…", name="More acts with this letter")
        menu = QMenu(more)
        menu.aboutToShow.connect(partial(self._acts.fill, menu))
        more.setMenu(menu)
        row.addWidget(more)
        return bar

    def _connect(self) -> None:
        self.view.link_wanted.connect(self._acts.open_link)
        self.view.save_wanted.connect(self._save)
        self.view.earlier_wanted.connect(self._show_earlier)
        self.answer.queued.connect(self.queued)
        self.answer.closed.connect(self._answer_closed)
        escape = QShortcut(QKeySequence("Esc"), self.answer)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.answer.close_up)
        self._enclosures.arrived.connect(self.arrived)
        self._opening.given_up.connect(self.arrived)
        for orders in (self.orders, self.orders_line):
            orders.order_wanted.connect(self.order_wanted)

    # ---- how it is set out

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold her orders under the head where there is no room beside the letter."""
        super().resizeEvent(event)
        self._share()

    def hideEvent(self, event: QHideEvent) -> None:
        """Read no more of a letter that is not looked at."""
        self._enclosures.stop()
        super().hideEvent(event)

    def _share(self) -> None:
        look = self._frame.look
        is_writing = self.answer.is_open
        is_wide = self.width() >= look.px(_ORDERS_BESIDE_FROM) and not is_writing
        self.orders.setFixedWidth(look.px(_ORDERS_WIDTH))
        self.orders.setVisible(is_wide and bool(self._id))
        self.orders_line.setVisible(not is_wide and bool(self._orders))
        has_height = self.height() >= look.px(_BOTH_FROM)
        # What she wrote stands beside the words as they are written, too.
        self._holder.setVisible(has_height or not is_writing)
        self._bar.setVisible(bool(self._id) and not is_writing)
        self._line.setVisible(bool(self._id))

    # ---- what is shown

    def show_done(self, told: str) -> None:
        """Show no letter: all is done, or none is chosen yet."""
        if told:
            self._show_none("check", "All done", told)
        else:
            self._show_none("check", "No letter is chosen", "Choose one in the list.")

    def show_reading(self, told: str) -> None:
        """Show no letter while mail is being read: who waits is not known yet."""
        self._show_none("mail", told.rstrip("."), KNOWN_SOON)

    def show_unreadable(self, message: UnreadableMessage, lists: MailLists) -> None:
        """Say what is known of a message that could not be read, and how to read it."""
        came = f"came {lists.when(message.came_at)}" if message.came_at else ""
        found = f"found {lists.when(message.seen_at)}"
        facts = sentence(joined([unreadable_place(message), came, found]))
        told = f"{facts}\n\n{message.reason.rstrip('.')}. {unreadable_hint(message)}"
        self._show_none("mail", UNREADABLE, told)

    def _show_none(self, icon: str, title: str, told: str) -> None:
        self._id, self._orders = "", []
        self.head.hide()
        self._letter.setCurrentWidget(self.done)
        self.view.show_letters("", [])
        self.done.say(title, told, icon)
        for id_ in ("mail.unfold", "mail.formatted"):
            self._frame.actions[id_].setEnabled(False)
        self._share()

    def show_letter(
        self, message_id: str, found: Conversation, lists: MailLists, put_off: datetime | None
    ) -> None:
        """Show a conversation as it stands, its newest letters first."""
        if message_id != self._id:
            self._shown = _SHOWN_FIRST
        self._id = message_id
        entries = found.entries[-self._shown :]
        self._letter.setCurrentWidget(self.view)
        self._say_head(found, lists, put_off)
        unread = self._opening.open(message_id, entries)
        hers = [each.message_id for each in entries if each.direction is Direction.IN]
        awaited = self._opening.is_awaited
        self._enclosures.want(message_id, [each for each in hers if not awaited(each)])
        letters = [self._utterance(each, found, unread, lists) for each in entries]
        earlier = len(found.entries) - len(entries)
        self.view.show_letters(message_id, letters, earlier, _SHOWN_MORE)
        self._frame.actions["mail.unfold"].setEnabled(self.view.has_quotes)
        self._frame.actions["mail.formatted"].setEnabled(self.view.has_formatted)
        fresh = self._her_orders(found, entries)
        if fresh != self._orders or not fresh:
            self._orders = fresh
            self.orders.show_orders(fresh)
            self.orders_line.show_orders(fresh)
        self._share()

    def _say_head(self, found: Conversation, lists: MailLists, put_off: datetime | None) -> None:
        person = found.person or found.address or "Someone"
        since = f"waiting since {lists.when(found.waiting_since)}" if found.waiting_since else ""
        address = found.address if found.address != person else None
        place = CHANNELS_TO_ANSWER_ON.get(found.channel)
        reply = f"reply on {place}" if place else ""
        self.head.show()
        self.head.say(
            found.subject or "No subject",
            joined([person, address or "", reply, since]),
            sentence(found.reason),
            self._acts.turn_words,
        )
        tip = f"due {lists.when(found.due_at)}" if found.due_at else ""
        until = Said(f"snoozed until {lists.when(put_off)}", Tone.INFO) if put_off else None
        self.head.show_states(_state_said(found, lists.now), sentence(tip), until)
        verb = "Send a line" if found.clock is ClockState.SOFT else "Answer"
        self.answer_button.say(f"Answer on {place}" if place else verb)

    def _utterance(
        self,
        entry: ConversationEntry,
        found: Conversation,
        unread: AbstractSet[str],
        lists: MailLists,
    ) -> Utterance:
        person = found.person or found.address or "Someone"
        is_ours = entry.direction is Direction.OUT
        words = entry.text.strip()
        note = self._enclosures.troubles.get(entry.message_id, "")
        if not words:
            note = UNREAD if entry.message_id in unread else _WORDLESS
        return Utterance(
            entry.message_id,
            "You" if is_ours else entry.person or person,
            lists.when(entry.at),
            f"{self._desk.settings.local(entry.at):%Y-%m-%d %H:%M:%S %Z}",
            passages(words),
            is_ours,
            sentence(entry.reason) if entry.reason != found.reason else "",
            note,
            None if is_ours else self._enclosures.of(entry.message_id),
        )

    @Slot()
    def _show_earlier(self) -> None:
        self._shown += _SHOWN_MORE
        self.arrived.emit()

    def _her_orders(
        self, found: Conversation, entries: Sequence[ConversationEntry]
    ) -> list[OrderSummary]:
        """Return her orders: those that the letters name first, then open ones, then the newest."""
        orders = self._desk.orders.of_buyer(found.address, found.person, _MOST_ORDERS)
        said = " ".join(f"{each.subject} {each.text}" for each in entries)
        words = {each.strip(".,;:!?()#") for each in said.split()}
        return sorted(
            orders,
            key=lambda each: (each.number.strip("#") not in words, each.units_to_send == 0),
        )

    def _photo(self, order: OrderSummary) -> Path | None:
        lines = self._desk.orders.get(order.id).line_items
        return self._frame.photo_of(lines[0]) if lines else None

    def _due_said(self, order: OrderSummary) -> Said | None:
        said = ship_by_shortly(order, self._desk.settings.today())
        if said is None or order.ship_by is None:
            return None
        return said if said.tone is Tone.LATE else Said(f"ship {said.text}", said.tone)

    # ---- what can be done

    def link_to(self, channel: MailChannel) -> str | None:
        """Return where the letter leads on the platform on which it must be answered."""
        place = CHANNELS_TO_ANSWER_ON.get(channel, "").casefold()
        held = self._enclosures.of(self._id)
        for url in held.links if held and place else ():
            link = safe_link(url)
            if link is not None and place in link.host.split("."):
                return url
        return None

    def write(self, letter_id: int, *, can_send: bool) -> None:
        """Write an answer below the conversation."""
        self.answer.open(letter_id, can_send=can_send)
        self._share()

    def _answer_closed(self) -> None:
        self._share()
        self.closed.emit()

    def _save(self, message_id: str, number: int) -> None:
        held = self._enclosures.of(message_id)
        for each in held.attachments if held else ():
            if each.number == number:
                self._acts.save(each)


def _state_said(found: Conversation, now: datetime) -> Said | None:
    """Say how a conversation stands; one without a clock says nothing."""
    match found.clock:
        case ClockState.WAITING | ClockState.SOFT:
            return due_said(found.due_at, now)
        case ClockState.ANSWERED:
            return Said("answered", Tone.GOOD)
        case _:
            return None
