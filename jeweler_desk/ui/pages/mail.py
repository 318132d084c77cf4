"""Mail: the letters that wait, by age; the conversation, her orders beside it, the next act."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Final

from PySide6.QtCore import QTimer, QUrl, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from jeweler_desk.domain.freshness_wording import clock_slow_text, freshness_text
from jeweler_desk.domain.letter import LetterState
from jeweler_desk.domain.mail_view import (
    Conversation,
    ListedMessage,
    MailView,
    WaitingEmail,
)
from jeweler_desk.domain.mailbox import UnreadableMessage
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.domain.unreadable_wording import UNREADABLE, unreadable_place
from jeweler_desk.services.changes import Topic
from jeweler_desk.services.desk import Desk
from jeweler_desk.ui.dialogs.say_why import Said as Answer
from jeweler_desk.ui.dialogs.say_why import SayWhy, Wording
from jeweler_desk.ui.frame import Frame
from jeweler_desk.ui.letter_desk import LetterDesk
from jeweler_desk.ui.pages.mail_acts import AskPlace, MailActs
from jeweler_desk.ui.pages.mail_column import MailColumn, MailTab
from jeweler_desk.ui.pages.mail_letter import LetterSide
from jeweler_desk.ui.pages.mail_lists import (
    READING,
    MailLists,
    all_done,
    begun_marks,
    heading,
    unreadable_id,
)
from jeweler_desk.ui.pages.page import Page
from jeweler_desk.ui.tables.letters import LetterRow, Unwritten
from jeweler_desk.ui.theme import SPACE_S, Tone
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.empty_state import EmptyState
from jeweler_desk.ui.widgets.halves import Halves
from jeweler_desk.ui.widgets.letter_shelf import LetterShelf
from jeweler_desk.ui.widgets.mail_alarm_card import MailAlarmCard
from jeweler_desk.ui.widgets.reply_proof_card import ReplyProofCard
from jeweler_desk.ui.widgets.scroll import Scroll
from jeweler_desk.ui.words import (
    sentence,
)

_MOST_ANSWERED: Final = 20
_LATE_AT_ONCE: Final = 12
_SHARES: Final = (4, 10)
_LIST_AND_ANSWER_FROM: Final = 1040
_ALL_FROM: Final = 720
"""In a page of less height a question of several customers shows its letters when asked to."""
_SAY_EVERY_MS: Final = 200
_LOOKED_INTO: Final = Wording(
    "Is something wrong?",
    "Looked into",
    "What was it?",
    ("a fault, set right", "a fault at the marketplace", "chance"),
    "The question comes back only when more customers write of it.",
    "Say in a word what it was.",
)
_VIEWS: Final = {MailTab.ALL: MailView.ALL, MailTab.ASIDE: MailView.ASIDE}
_NOTHING: Final = {
    MailTab.ALL: "No letter has these words.",
    MailTab.ASIDE: "Nothing was set aside. Here stands what came and asked nothing, each with the"
    " reason; one key makes it a question after all.",
}


class MailPage(Page):
    """Waiting first, by age; all mail, what was set aside, and how it went, one key away."""

    topics = frozenset({Topic.MAIL, Topic.LETTERS, Topic.ORDERS, Topic.SETTINGS})

    def __init__(
        self, frame: Frame, desk: Desk, letter_desk: LetterDesk, ask_place: AskPlace | None = None
    ) -> None:
        super().__init__(frame, "Mail")
        self._desk = desk
        self._letter_desk = letter_desk
        self._correspondence = desk.correspondence
        self._settings = desk.settings
        self._clock = desk.clock
        self._waiting: dict[str, WaitingEmail] = {}
        self._put_off: dict[str, datetime] = {}
        self._chosen = ""
        self._unreadable: dict[str, UnreadableMessage] = {}
        self._said_done = ""
        look = frame.look
        self._going_on = QTimer(self)
        self._going_on.setSingleShot(True)
        self._going_on.setInterval(_SAY_EVERY_MS)
        self._going_on.timeout.connect(self._say_how_far)
        self.shelf = LetterShelf(look, letter_desk.go_on_with)
        self.column = MailColumn(look, self._fetch, self.shelf)
        self.letters, self.list = self.column.letters, self.column.list
        self.proof: ReplyProofCard | None = None
        self.alarms = MailAlarmCard(look)
        self.acts = MailActs(
            frame,
            desk.correspondence,
            desk.settings,
            desk.clock,
            self.window,
            self._choose_next,
            ask_place,
        )
        self.side = LetterSide(frame, desk, self.acts)
        self.view, self.answer_part = self.side.view, self.side.answer
        self._build()
        self._connect()

    # ---- how it is set out

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the room to the answer alone where there is little."""
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        is_narrow = self.width() < self.frame_.look.px(_LIST_AND_ANSWER_FROM)
        self.column.setVisible(not (is_narrow and self.answer_part.is_open))
        is_low = self.height() < self.frame_.look.px(_ALL_FROM)
        self.alarms.share(is_low=is_low, makes_way=is_low and self.answer_part.is_open)

    def _build(self) -> None:
        look, actions = self.frame_.look, self.frame_.actions
        fetch = Button("Read mail now", icon=look.icon("refresh"))
        fetch.follow(actions["fetch"])
        self.add_act(fetch)
        self._proof_page = Scroll("How it went", takes_focus=True)
        holder = QWidget()
        self._sides = QStackedLayout(holder)
        self._sides.addWidget(self.side)
        self._sides.addWidget(self._proof_page)
        self.halves = Halves(look, (self.column, holder), _SHARES)
        button = self._connect_button = Button("Connect a mailbox…", "primary")
        button.follow(actions["mail.connect"])
        self._empty = EmptyState(
            look,
            "mail",
            "Letters will wait for you here",
            "Connect your mailbox, and every customer still waiting after a day is named. The desk"
            " only reads: nothing in the mailbox is changed.",
            button,
        )
        stack = QWidget()
        self._stack = QStackedLayout(stack)
        self._stack.addWidget(self.halves)
        self._stack.addWidget(self._empty)
        self.body.addWidget(self.alarms)
        self.body.addWidget(stack, 1)

    def _connect(self) -> None:
        column = self.column
        column.chosen.connect(self._choose)
        column.tab_wanted.connect(self.show_tab)
        column.typed.connect(self._read_long_list)
        side = self.side
        side.queued.connect(self._queued)
        side.closed.connect(self._answer_closed)
        side.arrived.connect(self._show_chosen)
        side.order_wanted.connect(self.link_opened)
        side.answer.outside_wanted.connect(self._letter_desk.open_outside)
        self.alarms.letter_wanted.connect(self.show_message)
        self.alarms.looked_into.connect(self._ask_what_it_was)

    # ---- what is shown

    def refresh(self) -> None:
        """Read the letters anew; the chosen one stays chosen."""
        now = self._clock.now()
        lists = MailLists(self._settings, now)
        mail = self._correspondence
        waiting = mail.waiting(now)
        self._waiting = {email.message_id: email for email in waiting}
        self._put_off = self._read_put_off(now)
        promised, hers = mail.words.promises(), mail.words.follow_ups()
        answered = mail.recently_answered(_MOST_ANSWERED)
        own = self._desk.letters.open_ones()
        begun = begun_marks(own)

        def row(email: WaitingEmail) -> Unwritten:
            write = partial(lists.waiting, email, self._put_off, begun)
            return Unwritten(email.message_id, write)

        rows: list[LetterRow | Unwritten] = [row(each) for each in waiting if each.due_at]
        groups: dict[str, Sequence[LetterRow | Unwritten]] = {
            "No hurry": [row(each) for each in waiting if not each.due_at],
            "Promised": [lists.promised(each) for each in promised],
            "Waiting for her": [lists.waited_for(each) for each in hers],
            "Answered": [lists.answered(each) for each in answered],
        }
        self._said_done = all_done(waiting, self._put_off, promised, lists)
        if self._said_done and mail.progress is not None:
            self._said_done = READING
        if not rows:
            rows.append(LetterRow("", self._said_done))
        shown = {row.message_id for row in rows}
        for name, group in groups.items():
            fresh = [row for row in group if row.message_id not in shown]
            shown |= {row.message_id for row in fresh}
            rows += [LetterRow("", name), *fresh] if fresh else []
        self.letters.show_rows(rows)
        self.shelf.show_letters([e for e in own if e.id != self.answer_part.letter_id])
        has_any = bool(waiting or answered or mail.accounts() or mail.knows_any())
        self._stack.setCurrentIndex(0 if has_any else 1)
        due = sum(1 for email in waiting if email.due_at)
        self.column.show_tab(self.column.tab, {MailTab.WAITING: due})
        told = self._said_done.rstrip(".") or heading(waiting, now)
        self.subtitle.setText(told if has_any else "No mail yet")
        self._say_fresh(now)
        self.alarms.show_alarms(mail.trouble.alarms(now) if has_any else [])
        self._show_tab()

    def _read_put_off(self, now: datetime) -> dict[str, datetime]:
        """Return until when conversations are put off, by each of their messages."""
        found: dict[str, datetime] = {}
        for each in self._correspondence.words.snoozed(now):
            for entry in self._correspondence.conversation(each.message_id).entries:
                found[entry.message_id] = each.until
        return found

    def _say_fresh(self, now: datetime) -> None:
        fresh = self._correspondence.freshness(now)
        words = whole = freshness_text(fresh, self._settings.timezone())
        if fresh.failing:  # the notice above the page has the reason and the way out
            words = freshness_text(fresh, self._settings.timezone(), is_brief=True)
        tone = Tone.LATE if fresh.warnings else Tone.DUE if fresh.failing else None
        if fresh.clock_slow_by is not None:
            words, tone = f"{words}\n{clock_slow_text(fresh.clock_slow_by)}", Tone.DUE
        if fresh.progress is not None:
            self._going_on.start()
        is_plain = fresh.as_of is not None and not fresh.failing
        tip = sentence(whole) if fresh.failing else ""
        self.column.say_fresh(f"Mail {words}" if is_plain else sentence(words), tone, tip)

    @Slot()
    def _say_how_far(self) -> None:
        """Say how far the reading of mail is, while it goes on."""
        if self.isVisible():
            self._say_fresh(self._clock.now())

    def show_tab(self, name: str) -> None:
        """Show another view of the mail."""
        self.column.tab = MailTab(name)
        self.refresh()
        self.column.pane.setFocus()

    def _show_tab(self) -> None:
        tab = self.column.tab
        self._sides.setCurrentIndex(int(tab is MailTab.PROOF))
        if tab is MailTab.PROOF:
            self._show_proof()
        if tab in _VIEWS:
            self._read_long_list()
            return
        self.column.show_list("")
        self._keep_chosen()

    def _show_proof(self) -> None:
        most = max(_LATE_AT_ONCE, len(self.proof.rows) if self.proof else 0)
        proof = self._correspondence.proof.proof(most_late=most)
        layout = QVBoxLayout()
        layout.setContentsMargins(0, 0, SPACE_S, 0)
        if not proof.together.letters:
            self.proof = None
            layout.addWidget(
                EmptyState(
                    self.frame_.look,
                    "clock",
                    "Nothing to count yet",
                    "As soon as letters are answered, this shows how many within a day and within"
                    " the hour, month by month.",
                )
            )
        else:
            self.proof = ReplyProofCard(self.frame_.look)
            self.proof.letter_wanted.connect(self.show_message)
            self.proof.more_wanted.connect(self._show_more_late)
            layout.addWidget(self.proof)
            layout.addStretch(1)
            self.proof.show_proof(proof, most_late=most, has_more=True)
        self._proof_page.hold(layout)

    @Slot()
    def _show_more_late(self) -> None:
        if self.proof is not None:
            shown = len(self.proof.rows)
            proof = self._correspondence.proof.proof(most_late=shown + _LATE_AT_ONCE)
            self.proof.add_late(proof.late[shown:], proof.late_count)

    def _read_long_list(self) -> None:
        tab = self.column.tab
        if tab not in _VIEWS:
            return
        typed = self.column.filter.text()
        self._unreadable = self._read_unreadable(typed) if tab is MailTab.ASIDE else {}
        ids = self._correspondence.ids(_VIEWS[tab], typed)
        self.column.pages.show_ids([*self._unreadable, *ids])
        # A list that is shown and takes the focus chooses its first row, unless one is chosen.
        self.column.mark(self._chosen)
        self.column.show_list("No letter has these words." if typed.strip() else _NOTHING[tab])
        self._keep_chosen()

    def _fetch(self, ids: Sequence[str]) -> list[LetterRow]:
        lists = MailLists(self._settings, self._clock.now())
        write = lists.aside if self.column.tab is MailTab.ASIDE else lists.known
        first = [lists.unreadable(self._unreadable[e]) for e in ids if e in self._unreadable]
        found: list[ListedMessage] = self._correspondence.rows(
            [each for each in ids if each not in self._unreadable]
        )
        return [*first, *(write(each) for each in found)]

    def _read_unreadable(self, typed: str) -> dict[str, UnreadableMessage]:
        """Return what could not be read and has the typed words in what is known of it."""
        words = typed.casefold().split()
        found = {}
        for each in self._correspondence.unreadable.all():
            said = f"{UNREADABLE} {unreadable_place(each)} {each.reason}".casefold()
            if all(word in said for word in words):
                found[unreadable_id(each)] = each
        return found

    def _keep_chosen(self) -> None:
        if self.column.row_of(self._chosen) < 0 and not self.answer_part.is_open:
            is_done = bool(self._said_done) and self.column.tab is MailTab.WAITING
            self._chosen = "" if is_done else self.column.first()
        self.column.mark(self._chosen)
        self._show_chosen()

    def tick(self) -> None:
        """Let the hours go on."""
        if self.column.tab is MailTab.WAITING:
            self.refresh()
        else:
            self._say_fresh(self._clock.now())

    def show_message(self, message_id: str) -> None:
        """Choose a letter, in the view of all mail where it waits no more."""
        self._chosen = message_id
        self.column.tab = MailTab.WAITING
        self.answer_part.close_up()
        self.refresh()
        if self._chosen != message_id and self._correspondence.rows([message_id]):
            self._chosen = message_id
            self.column.filter.clear()
            self.column.tab = MailTab.ALL
            self.refresh()

    def _choose(self, message_id: str) -> None:
        if message_id != self._chosen:
            self.answer_part.close_up()
            self._chosen = message_id
            self._show_chosen()

    def _choose_next(self) -> None:
        """Go on with the next that waits, is not snoozed and has no answer on its way."""
        if self.column.tab is not MailTab.WAITING:
            return
        own = self._desk.letters.open_ones()
        hers_again = {LetterState.DRAFT, LetterState.CAME_BACK}
        leaving = {each.answers for each in own if each.state not in hers_again}
        taken = self._put_off.keys() | leaving
        waits = (email.message_id for email in self._waiting.values() if email.due_at)
        self._chosen = next((each for each in waits if each not in taken), "")
        self.column.mark(self._chosen)
        self._show_chosen()

    # ---- the letter at hand

    def _show_chosen(self) -> None:
        unreadable = self._unreadable.get(self._chosen)
        if unreadable is not None:
            self.acts.take("", None, is_put_off=False)
            lists = MailLists(self._settings, self._clock.now())
            self.side.show_unreadable(unreadable, lists)
            return
        found = self._read_conversation()
        put_off = self._put_off.get(self._chosen)
        self.acts.take(self._chosen, found, is_put_off=put_off is not None)
        if found is None:
            is_done = self.column.tab is MailTab.WAITING
            is_read = is_done and self._said_done == READING
            show = self.side.show_reading if is_read else self.side.show_done
            show(self._said_done if is_done else "")
            return
        lists = MailLists(self._settings, self._clock.now())
        self.side.show_letter(self._chosen, found, lists, put_off)

    def _read_conversation(self) -> Conversation | None:
        if not self._chosen or self._chosen in self._unreadable:
            return None
        try:
            return self._correspondence.conversation(self._chosen)
        except RefusedError as refused:
            self.frame_.notices.warn("act", str(refused))
            return None

    def panes(self) -> Sequence[QWidget]:
        """Return the list, the conversation and the answer."""
        if self._stack.currentIndex():
            return (self._connect_button,)
        if self.column.tab is MailTab.PROOF:
            return (self.column.pane, self._proof_page)
        if self.answer_part.is_open:
            return (self.column.pane, self.view, self.answer_part.editor.body)
        return (self.column.pane, self.view, self.side.answer_button)

    # ---- what can be done

    def answer(self) -> None:
        """Write the answer below the conversation, or send the one that is written there.

        Where the desk cannot send, the mail program opens with the answer begun; what must be
        answered on a platform leads there.
        """
        if self.answer_part.is_open:
            self.answer_part.send_now()
            return
        found = self._read_conversation() if self.column.tab is not MailTab.PROOF else None
        if found is None:
            return
        there = self.side.link_to(found.channel)
        if there is not None:
            self.acts.open_link(there)
            return
        try:
            if not self._letter_desk.can_send():
                self.frame_.open_outside(QUrl(self._correspondence.reply_link(self._chosen)))
                return
            letter_id, changes = self._desk.letters.answer(self._chosen)
        except RefusedError as refused:
            self.frame_.notices.warn("act", str(refused), Tone.DUE)
            return
        self.frame_.notices.withdraw("act")
        self._write_here(letter_id)
        self.frame_.bus.changed.emit(changes)

    def _write_here(self, letter_id: int) -> None:
        if self._letter_desk.is_open(letter_id):
            self._letter_desk.open(letter_id)
            return
        self.side.write(letter_id, can_send=self._letter_desk.can_send())
        self._share()
        self.answer_part.editor.body.setFocus()

    def _queued(self, letter_id: int) -> None:
        self._letter_desk.queued(letter_id, self._again)
        self._choose_next()
        self.column.pane.setFocus()

    def _again(self, letter_id: int) -> None:
        """Go on here with an answer that was taken back."""
        answers = self._desk.letters.get(letter_id).answers
        if answers:
            self.show_message(answers)
        self._write_here(letter_id)

    def _answer_closed(self) -> None:
        self._share()
        self.frame_.bus.changed.emit(frozenset({Topic.LETTERS}))
        self.column.pane.setFocus()

    def answered_elsewhere(self) -> None:
        """Ask how the letter was answered and stop its clock."""
        self.acts.answered_elsewhere()

    def no_reply_needed(self) -> None:
        """Say that the letter waits for nothing."""
        self.acts.no_reply_needed()

    def search(self) -> None:
        """Search all mail."""
        if self.column.tab not in _VIEWS:
            self.show_tab(MailTab.ALL)
        self.column.filter.setFocus()

    def _ask_what_it_was(self, key: str) -> None:
        dialog = SayWhy(_LOOKED_INTO, self.window())

        def close(said: Answer) -> None:
            deed = self._correspondence.trouble.dismiss
            self.frame_.act(lambda: deed(key, said.words), "Noted what it was; it is closed.")

        dialog.answered.connect(close)
        dialog.open()
