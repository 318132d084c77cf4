"""Mail: the letters that wait, by age; the conversation, her orders beside it, the next act."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, QUrl
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from jeweler_desk.domain.mail_view import Conversation, ConversationEntry, WaitingEmail
from jeweler_desk.domain.order import OrderSummary
from jeweler_desk.domain.order_view import View
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.domain.verdict import ClockState, Direction
from jeweler_desk.domain.wording import count_text, moment_text, span_text
from jeweler_desk.services.changes import Topic
from jeweler_desk.services.clock import Clock
from jeweler_desk.services.correspondence import Correspondence
from jeweler_desk.services.letters import Letters
from jeweler_desk.services.orders import Orders
from jeweler_desk.services.settings import Settings
from jeweler_desk.ui.dialogs.answered_elsewhere import AnsweredElsewhere
from jeweler_desk.ui.frame import Frame
from jeweler_desk.ui.letter_desk import LetterDesk
from jeweler_desk.ui.letter_opening import UNREAD, LetterOpening
from jeweler_desk.ui.pages.page import Page, bare_row
from jeweler_desk.ui.tables.letters import LetterDelegate, LetterList, LetterRow
from jeweler_desk.ui.theme import NO_SPACE, PICTURE, SPACE_L, SPACE_S, Tone, Type
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.card import Card, Hairline
from jeweler_desk.ui.widgets.conversation_view import ConversationView, Utterance
from jeweler_desk.ui.widgets.empty_state import EmptyState
from jeweler_desk.ui.widgets.flow import FlowLayout
from jeweler_desk.ui.widgets.halves import Halves
from jeweler_desk.ui.widgets.letter_shelf import LetterShelf
from jeweler_desk.ui.widgets.list_row import ListRow
from jeweler_desk.ui.widgets.piece_picture import PiecePicture
from jeweler_desk.ui.widgets.rows import add_shown, empty_out
from jeweler_desk.ui.widgets.status_chip import StatusChip
from jeweler_desk.ui.widgets.text import ElidedText, Text
from jeweler_desk.ui.words import (
    CHANNELS_TO_ANSWER_ON,
    Said,
    due_said,
    goods_said,
    in_words,
    joined,
    number_text,
    sentence,
)

_MOST_ANSWERED = 20
_WORDLESS = "This letter has no words of its own; open it where it came."
_SHARES = (4, 8)
_MOST_ORDERS = 2


class MailPage(Page):
    """Waiting first, by age; then what needs no hurry; then what was answered."""

    topics = frozenset({Topic.MAIL, Topic.LETTERS, Topic.ORDERS, Topic.SETTINGS})

    def __init__(
        self,
        frame: Frame,
        correspondence: Correspondence,
        orders: Orders,
        settings: Settings,
        clock: Clock,
        *,
        letters: Letters,
        letter_desk: LetterDesk,
    ) -> None:
        super().__init__(frame, "Mail")
        self._own_letters = letters
        self._letter_desk = letter_desk
        self.shelf = LetterShelf(frame.look, letter_desk.go_on_with)
        self._correspondence = correspondence
        self._orders = orders
        self._settings = settings
        self._clock = clock
        self._waiting: dict[str, WaitingEmail] = {}
        self._chosen = ""
        self._opening = LetterOpening(frame, correspondence, self)
        self.letters = LetterList(self)
        self.list = QListView()
        self.view = ConversationView()
        self._build()

    def _build(self) -> None:
        actions = self.frame_.actions
        fetch = Button("Read mail now", icon=self.frame_.look.icon("refresh"))
        fetch.follow(actions["fetch"])
        self.add_act(fetch)
        self.list.setAccessibleName("Letters, the longest waiting first")
        self.list.setModel(self.letters)
        self.list.setItemDelegate(LetterDelegate(self.frame_.look, self.list))
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMouseTracking(True)
        self.list.selectionModel().currentChanged.connect(self._choose)
        self.frame_.look.changed.connect(self.list.doItemsLayout)
        card = Card()
        card.body.addWidget(self.list, 1)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(*NO_SPACE)
        column.setSpacing(SPACE_L)
        column.addWidget(card, 1)
        column.addWidget(self.shelf)
        halves = Halves(self.frame_.look, (left, self._letter_card()), _SHARES)
        button = self._connect_button = Button("Connect a mailbox…", "primary")
        button.follow(actions["mail.connect"])
        self._empty = EmptyState(
            self.frame_.look,
            "mail",
            "Letters will wait for you here",
            "Connect your mailbox, and every customer still waiting after a day is named. The desk"
            " only reads: nothing in the mailbox is changed.",
            button,
        )
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(halves)
        self._stack.addWidget(self._empty)
        self.body.addWidget(holder, 1)

    def _letter_card(self) -> Card:
        look, actions = self.frame_.look, self.frame_.actions
        card = Card()
        self._subject = ElidedText("", Type.HEADING)
        self._who = ElidedText("", Type.SMALL, soft=True)
        self._state = StatusChip(look)
        self._why = Text("", Type.SMALL, soft=True, wrap=True)
        head = bare_row()
        head.addWidget(self._subject, 1)
        head.addWidget(self._state)
        card.body.addLayout(head)
        card.body.addWidget(self._who)
        card.body.addWidget(Hairline())
        card.body.addWidget(self.view, 1)
        self._hers = QVBoxLayout()
        self._hers.setSpacing(SPACE_S)
        card.body.addLayout(self._hers)
        card.body.addWidget(self._why)
        row = FlowLayout()
        self.answer_button = Button("Answer", "primary")
        self.answer_button.follow(actions["mail.answer"])
        row.addWidget(self.answer_button)
        for id_ in ("mail.answered", "mail.no_reply"):
            button = Button(actions[id_].text())
            button.follow(actions[id_])
            row.addWidget(button)
        card.body.addLayout(row)
        return card

    # ---- what is shown

    def refresh(self) -> None:
        """Read the letters anew; the chosen one stays chosen."""
        now = self._clock.now()
        waiting = self._correspondence.waiting(now)
        self._waiting = {email.message_id: email for email in waiting}
        answered = self._correspondence.recently_answered(_MOST_ANSWERED)
        rows = [self._waiting_row(email, now) for email in waiting if email.due_at]
        soft = [self._waiting_row(email, now) for email in waiting if not email.due_at]
        if soft:
            rows += [LetterRow("", "No hurry"), *soft]
        if answered:
            rows.append(LetterRow("", "Answered"))
        for each in answered:
            rows.append(
                LetterRow(
                    each.message_id,
                    each.person or "Someone",
                    "",
                    each.subject,
                    Said("answered", Tone.GOOD),
                    f"answered {self._when(each.answered_at)}",
                )
            )
        if not waiting:
            rows.insert(0, LetterRow("", "Every letter is answered."))
        self.letters.show_rows(rows)
        self.shelf.show_letters(self._own_letters.open_ones())
        has_any = bool(waiting or answered or self._correspondence.accounts())
        self._stack.setCurrentIndex(0 if has_any else 1)
        self._say_heading(waiting, now)
        if self.letters.place_of(self._chosen) < 0:
            self._chosen = self.letters.first()
        self._mark(self._chosen)
        self._show_chosen()

    def tick(self) -> None:
        """Let the hours go on."""
        self.refresh()

    def show_message(self, message_id: str) -> None:
        """Choose a letter."""
        self._chosen = message_id
        self.refresh()

    def _waiting_row(self, email: WaitingEmail, now: datetime) -> LetterRow:
        place = CHANNELS_TO_ANSWER_ON.get(email.channel, "")
        tip = f"waiting since {self._when(email.waiting_since)}"
        said = due_said(email.due_at, now)
        if email.due_at is not None:
            said = Said(span_text(now - email.waiting_since), said.tone)
        name = email.person or email.address or "Someone"
        who = joined([name, place])
        return LetterRow(email.message_id, who, name, email.subject, said, tip)

    def _say_heading(self, waiting: Sequence[WaitingEmail], now: datetime) -> None:
        late = sum(1 for email in waiting if email.due_at and email.due_at <= now)
        due = sum(1 for email in waiting if email.due_at and email.due_at > now)
        told = [f"{in_words(late)} late"] if late else []
        told += [f"{in_words(due)} due"] if due else []
        nothing = "Every letter is answered" if self._stack.currentIndex() == 0 else "No mail yet"
        self.subtitle.setText(sentence(joined(told)) or nothing)

    def _mark(self, message_id: str) -> None:
        place = self.letters.place_of(message_id)
        if place >= 0 and self.list.currentIndex().row() != place:
            self.list.setCurrentIndex(self.letters.index(place))

    def _choose(self, current: QModelIndex, _previous: QModelIndex) -> None:
        row = self.letters.row(current.row())
        if row is not None and row.message_id and row.message_id != self._chosen:
            self._chosen = row.message_id
            self._show_chosen()

    def _show_chosen(self) -> None:
        email = self._waiting.get(self._chosen)
        for id_ in ("mail.answered", "mail.no_reply"):
            self.frame_.actions[id_].setEnabled(email is not None)
        self.frame_.actions["mail.answer"].setEnabled(bool(self._chosen))
        conversation = self._read_conversation()
        if conversation is None:
            self._show_nothing()
            return
        now = self._clock.now()
        person = conversation.person or conversation.address or "Someone"
        self._subject.setText(conversation.subject or "No subject")
        since = f"waiting since {self._when(email.waiting_since)}" if email else ""
        address = conversation.address if conversation.address != person else None
        self._who.setText(joined([person, address or "", since]))
        said = due_said(email.due_at, now) if email else _settled(conversation)
        self._state.setVisible(said is not None)
        if said is not None:
            self._state.show_state(said.text, said.tone)
        place = CHANNELS_TO_ANSWER_ON.get(conversation.channel)
        self.answer_button.say(f"Answer on {place}" if place else "Answer")
        self._why.setText(sentence(conversation.reason))
        self._why.setVisible(bool(conversation.reason))
        unread = self._opening.open(self._chosen, conversation.entries)
        self.view.show_letters(
            [self._utterance(each, person, unread) for each in conversation.entries]
        )
        self._show_her_orders(conversation)

    def _read_conversation(self) -> Conversation | None:
        if not self._chosen:
            return None
        try:
            return self._correspondence.conversation(self._chosen)
        except RefusedError as refused:
            self.frame_.notices.warn("act", str(refused))
            return None

    def _utterance(
        self, entry: ConversationEntry, person: str, unread: AbstractSet[str]
    ) -> Utterance:
        is_ours = entry.direction is Direction.OUT
        wordless = UNREAD if entry.message_id in unread else _WORDLESS
        words = entry.text.strip() or wordless
        who = "You" if is_ours else entry.person or person
        return Utterance(who, self._when(entry.at), words, is_ours)

    def _when(self, moment: datetime) -> str:
        return moment_text(moment, self._clock.now(), self._settings.timezone())

    def _show_nothing(self) -> None:
        self._subject.setText("No letter is chosen")
        self._who.setText("")
        self._state.setVisible(False)
        self._why.setVisible(False)
        self.view.show_letters([])
        empty_out(self._hers)

    def _show_her_orders(self, conversation: Conversation) -> None:
        empty_out(self._hers)
        found = self._her_orders(conversation)
        if not found:
            return
        self._hers.addWidget(Hairline())
        person = conversation.person or conversation.address
        name = f"{person}: {count_text(len(found), 'order')}"
        self._hers.addWidget(Text(name, Type.SMALL, soft=True))
        for order in found[:_MOST_ORDERS]:
            look = self.frame_.look
            row = ListRow(
                look,
                joined([number_text(order.number), order.pieces]),
                joined([goods_said(order).text]),
                PiecePicture(look, PICTURE, order.pieces, self._photo(order)),
            )
            button = row.add_button("Look")
            link = f"order:{order.channel}:{order.number}"
            button.clicked.connect(partial(self.link_opened.emit, link))
            add_shown(self._hers, row)

    def _her_orders(self, conversation: Conversation) -> list[OrderSummary]:
        for words in (conversation.address, conversation.person):
            if words:
                found = self._orders.list(View.ALL, search=words, limit=20)
                if found:
                    return found
        return []

    def _photo(self, order: OrderSummary) -> Path | None:
        lines = self._orders.get(order.id).line_items
        return self.frame_.photo_of(lines[0]) if lines else None

    def panes(self) -> Sequence[QWidget]:
        """Return the list, the conversation and the answer."""
        if self._stack.currentIndex():
            return (self._connect_button,)
        return (self.list, self.view, self.answer_button)

    # ---- what can be done

    def answer(self) -> None:
        """Open the answer here, or in the mail program where the desk cannot send."""
        if not self._chosen:
            return
        if self._letter_desk.can_send():
            self._letter_desk.answer(self._chosen)
            return
        try:
            link = self._correspondence.reply_link(self._chosen)
        except RefusedError as refused:
            self.frame_.notices.warn("act", str(refused), Tone.DUE)
            return
        self.frame_.open_outside(QUrl(link))

    def answered_elsewhere(self) -> None:
        """Ask how the letter was answered and stop its clock."""
        email = self._waiting.get(self._chosen)
        if email is not None:
            form = AnsweredElsewhere(email.person or "the letter", self.window())
            form.answered.connect(partial(self._mark_answered, email))
            form.open()

    def _mark_answered(self, email: WaitingEmail, how: str) -> None:
        self.frame_.act(
            lambda: self._correspondence.mark_answered(email.message_id, how),
            f"{email.person or 'The letter'} is answered, {how}.",
        )

    def no_reply_needed(self) -> None:
        """Say that the letter waits for nothing."""
        email = self._waiting.get(self._chosen)
        if email is not None:
            self.frame_.act(
                lambda: self._correspondence.mark_no_reply_needed(email.message_id, "no question"),
                f"The letter of {email.person or 'this sender'} waits for nothing.",
            )


def _settled(conversation: Conversation) -> Said | None:
    """Say that a conversation was answered; one without a clock says nothing."""
    if conversation.clock is ClockState.ANSWERED:
        return Said("answered", Tone.GOOD)
    return None
