"""The evening sweep: everything of the mail that wants her before the next one, and how it ends."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from jeweler_desk.domain.evening_sweep import MaybeAnswered, SnoozedEmail, Sweep
from jeweler_desk.domain.evening_sweep_wording import closing_heading, closing_text, left_text
from jeweler_desk.domain.freshness_wording import freshness_text
from jeweler_desk.domain.letter_days import DayShown
from jeweler_desk.domain.mail_view import WaitingEmail
from jeweler_desk.domain.wording import day_text, moment_text, next_moment
from jeweler_desk.services.changes import Changes, Topic
from jeweler_desk.services.desk import Desk
from jeweler_desk.ui.dialogs.answered_elsewhere import Answered, AnsweredElsewhere
from jeweler_desk.ui.frame import Frame
from jeweler_desk.ui.letter_desk import LetterDesk
from jeweler_desk.ui.pages.page import Page
from jeweler_desk.ui.theme import NO_SPACE, SPACE_L, Tone, Type
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.card import Card, Hairline
from jeweler_desk.ui.widgets.empty_state import EmptyState
from jeweler_desk.ui.widgets.rows import add_shown
from jeweler_desk.ui.widgets.scroll import Scroll
from jeweler_desk.ui.widgets.sweep_row import SweepRow, Way
from jeweler_desk.ui.widgets.text import Text
from jeweler_desk.ui.words import CHANNELS_TO_ANSWER_ON, Said, due_said, joined, sentence

_TWO_FROM: Final = 1080
_SOMEONE: Final = "Someone"
_A_WHILE: Final = timedelta(hours=3)
_MORNING: Final = "08:00"


class SweepPage(Page):
    """Short lists, each letter with its act; the last card is the end of the day.

    What is to answer stands at the left, what is asked and promised at the right.
    """

    topics = frozenset({Topic.MAIL, Topic.SETTINGS, Topic.LETTERS})

    def __init__(self, frame: Frame, desk: Desk, letter_desk: LetterDesk) -> None:
        super().__init__(frame, "Evening sweep")
        self._desk = desk
        self._letter_desk = letter_desk
        self.found: Sweep | None = None
        self.cards: dict[str, Card] = {}
        self.rows: list[SweepRow] = []
        self._is_wide = False
        self._restate: list[Callable[[datetime], None]] = []
        self._column = QVBoxLayout()
        self._column.setSpacing(SPACE_L)
        self.closing = Card()
        self._heading = Text("", Type.SUBHEADING, wrap=True)
        self._words = Text("", soft=True, wrap=True)
        self.done = EmptyState(frame.look, "check", "", "")
        self.done.setObjectName("card")
        self.done.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._build()

    def _build(self) -> None:
        self._read = Button("Read mail now", "quiet", icon=self.frame_.look.icon("refresh"))
        self._read.follow(self.frame_.actions["fetch"])
        self.add_act(self._read)
        self.closing.body.addWidget(self._heading)
        self.closing.body.addWidget(self._words)
        self._sides = (QVBoxLayout(), QVBoxLayout())
        row = QHBoxLayout()
        row.setSpacing(SPACE_L)
        for side in self._sides:
            side.setSpacing(SPACE_L)
            row.addLayout(side, 1)
        self._row_of_sides = row
        self._column.setContentsMargins(*NO_SPACE)
        self._column.addLayout(row)
        self._column.addWidget(self.done, 100)
        self._column.addWidget(self.closing)
        self._column.addStretch(1)
        self._scroll = Scroll("The evening sweep")
        self._scroll.hold(self._column)
        self.body.addWidget(self._scroll, 1)

    # ---- what is shown

    def refresh(self) -> None:
        """Look through the mail anew."""
        had_focus = next((each.objectName() for each in self._acts_shown() if each.hasFocus()), "")
        found = self.found = self._desk.sweep.look()
        zone = self._desk.settings.timezone()
        self._restate, self.rows = [], []
        self._clear()
        until = moment_text(found.next_at, found.now, zone)
        self._emails("Late", found.late)
        self._emails(f"Due before {until}", found.due)
        self._maybe_answered(found.maybe_answered)
        self._set_aside(found.set_aside)
        self._promised(found.promised)
        self._to_ask(found.to_ask)
        self._soft(found.soft)
        self._snoozed(found.snoozed)
        self._emails("Later", found.later, note="after the next sweep")
        self._set_sides()
        self._close(found, zone)
        for act in self._acts_shown()[:1]:
            act.become("primary")
        for each in self._acts_shown():
            if had_focus and each.objectName() == had_focus:
                each.setFocus(Qt.FocusReason.OtherFocusReason)

    def tick(self) -> None:
        """Let the hours go on."""
        now = self._desk.clock.now()
        for restate in self._restate:
            restate(now)
        self._say_subtitle(now)

    def _clear(self) -> None:
        for card in self.cards.values():
            card.hide()
            card.deleteLater()
        self.cards = {}

    def _set_sides(self) -> None:
        """Set the cards in two columns, or in one where the room or one side is lacking."""
        answers = [each for each in self.cards.values() if each.property("side") == 0]
        asks = [each for each in self.cards.values() if each.property("side") == 1]
        is_wide = self.width() >= self.frame_.look.px(_TWO_FROM)
        columns = (answers, asks) if is_wide and answers and asks else ((*answers, *asks), ())
        for number, (side, cards) in enumerate(zip(self._sides, columns, strict=True)):
            while side.takeAt(0) is not None:
                continue
            for card in cards:
                side.addWidget(card)
                card.show()
            side.addStretch(1)
            self._row_of_sides.setStretch(number, 1 if cards else 0)
        self._row_of_sides.setSpacing(SPACE_L if columns[1] else 0)

    def _say_subtitle(self, now: datetime) -> None:
        zone = self._desk.settings.timezone()
        fresh = self._desk.correspondence.freshness(now)
        told = sentence(freshness_text(fresh, zone)) if fresh.accounts else ""
        left = left_text(self.found, zone) if self.found else ""
        self.subtitle.setText(joined([left, told]) or "Nothing waits")

    def _card(self, heading: str, note: str = "", *, asks: bool = True) -> Card:
        card = self.cards[heading] = Card(heading, note)
        card.setProperty("side", int(asks))
        return card

    def _row(self, card: Card, email: WaitingEmail, detail: str = "") -> SweepRow:
        who = email.person or email.address or _SOMEONE
        place = CHANNELS_TO_ANSWER_ON.get(email.channel)
        row = SweepRow(
            self.frame_.look,
            joined([who, place or ""]),
            detail or email.subject or "no subject",
        )
        zone = self._desk.settings.timezone()
        since = moment_text(email.waiting_since, self._desk.clock.now(), zone)
        due = moment_text(email.due_at, self._desk.clock.now(), zone) if email.due_at else ""
        tip = f"waiting since {since}" + (f", due {due}" if due else "")
        row.show_state(due_said(email.due_at, self._desk.clock.now()), tip)
        if email.due_at is not None:
            self._restate.append(_Restating(row, email.due_at, tip))
        self._place(card, row)
        return row

    def _place(self, card: Card, row: SweepRow) -> None:
        if card.body.count():
            card.body.addWidget(Hairline())
        add_shown(card.body, row)
        self.rows.append(row)

    def _offer(
        self, row: SweepRow, name: str, verb: str, act: Callable[[], object], ways: Sequence[Way]
    ) -> None:
        row.offer(verb, act, ways).setObjectName(name)

    def _emails(self, heading: str, emails: Sequence[WaitingEmail], note: str = "") -> None:
        if not emails:
            return
        card = self._card(heading, note, asks=False)
        for email in emails:
            place = CHANNELS_TO_ANSWER_ON.get(email.channel)
            verb = f"Answer on {place}" if place else "Answer"
            self._offer(
                self._row(card, email),
                f"answer:{email.message_id}",
                verb,
                partial(self._answer, email),
                [
                    ("Read it first", partial(self._read_letter, email.message_id)),
                    ("Answered elsewhere…", partial(self._ask_how, email)),
                    ("No reply needed", partial(self._no_reply, email)),
                    *self._snoozes(email),
                ],
            )

    def _maybe_answered(self, asked: Sequence[MaybeAnswered]) -> None:
        if not asked:
            return
        card = self._card("A new letter to her: was it the answer?")
        zone, now = self._desk.settings.timezone(), self._desk.clock.now()
        for each in asked:
            when = moment_text(each.letter.at, now, zone)
            mine = each.letter.subject or "no subject"
            row = self._row(card, each.email, f"yours {when}: “{mine}”")
            row.title.setText(joined([row.title.text(), each.email.subject]))
            message_id = each.email.message_id
            self._offer(
                row,
                f"was:{message_id}",
                "Yes, it was",
                partial(
                    self._say,
                    partial(self._desk.sweep.it_was_the_answer, message_id),
                    "Marked as answered by your letter.",
                ),
                [
                    ("No, it still waits", partial(self._still_waits, message_id)),
                    ("Read both", partial(self._read_letter, message_id)),
                    ("Answer", partial(self._answer, each.email)),
                ],
            )

    def _set_aside(self, emails: Sequence[WaitingEmail]) -> None:
        if not emails:
            return
        card = self._card("Set aside without an answer?", "no longer in the inbox")
        for email in emails:
            self._offer(
                self._row(card, email),
                f"aside:{email.message_id}",
                "Answer",
                partial(self._answer, email),
                [
                    ("No reply needed", partial(self._no_reply, email)),
                    ("It still waits", partial(self._still_waits, email.message_id)),
                    ("Answered elsewhere…", partial(self._ask_how, email)),
                    ("Read it first", partial(self._read_letter, email.message_id)),
                ],
            )

    def _promised(self, days: Sequence[DayShown]) -> None:
        kept = _Ending(
            "Kept already", self._desk.correspondence.words.promise_kept, "The promise is kept."
        )
        self._days(days, "Promised", "promised for", ("promise", "Answer"), kept)

    def _to_ask(self, days: Sequence[DayShown]) -> None:
        drop = _Ending(
            "Wait no longer", self._desk.correspondence.words.drop_follow_up, "No more waiting."
        )
        self._days(days, "Ask again", "to ask", ("ask", "Write"), drop)

    def _days(
        self,
        days: Sequence[DayShown],
        heading: str,
        told: str,
        act: tuple[str, str],
        ending: _Ending,
    ) -> None:
        """Show letters that wait for a day: ``act`` is what writing is called, by name and verb."""
        if not days:
            return
        card = self._card(heading)
        name, verb = act
        for day in days:
            row = self._day_row(card, day, told)
            write = partial(self._letter_desk.answer, day.message_id)
            end = partial(self._say, partial(ending.does, day.id), ending.said)
            self._offer(row, f"{name}:{day.id}", verb, write, [(ending.verb, end)])

    def _day_row(self, card: Card, day: DayShown, verb: str) -> SweepRow:
        today = self._desk.settings.today()
        row = SweepRow(
            self.frame_.look,
            day.person or _SOMEONE,
            joined([day.subject or "no subject", day.note]),
        )
        tone = Tone.LATE if day.on < today else Tone.DUE if day.on == today else Tone.NEUTRAL
        row.show_state(Said(f"{verb} {day_text(day.on, today)}", tone))
        self._place(card, row)
        return row

    def _soft(self, emails: Sequence[WaitingEmail]) -> None:
        if not emails:
            return
        card = self._card("Kind words, nothing asked")
        for email in emails:
            done = partial(
                self._say,
                partial(self._desk.correspondence.mark_no_reply_needed, email.message_id, "read"),
                "Read, and done.",
            )
            self._offer(
                self._row(card, email),
                f"soft:{email.message_id}",
                "Done",
                done,
                [
                    ("Send a line", partial(self._answer, email)),
                    ("Read it", partial(self._read_letter, email.message_id)),
                ],
            )

    def _snoozed(self, emails: Sequence[SnoozedEmail]) -> None:
        if not emails:
            return
        card = self._card("Snoozed", "their hours go on")
        zone, now = self._desk.settings.timezone(), self._desk.clock.now()
        for each in emails:
            until = moment_text(each.until, now, zone)
            row = self._row(card, each.email, f"{each.email.subject} · until {until}")
            message_id = each.email.message_id
            wake = partial(self._say, partial(self._wake, message_id), "It is back on the list.")
            way = ("Answer", partial(self._answer, each.email))
            self._offer(row, f"snoozed:{message_id}", "Wake", wake, [way])

    def _close(self, found: Sweep, zone: str) -> None:
        heading, words = closing_heading(found, zone), closing_text(found, zone)
        is_empty = not self.rows
        self._heading.setText(heading)
        self._words.setText(words)
        self.done.say(heading, words, "mail" if found.is_mail_read else "check")
        self.done.setVisible(is_empty)
        self.closing.setVisible(not is_empty)
        is_good = not found.to_answer and not found.is_mail_read
        self._heading.set_tone(Tone.GOOD if is_good else None)
        self._say_subtitle(found.now)

    # ---- what can be done

    def _say(self, deed: Callable[[], Changes], said: str) -> None:
        self.frame_.act(deed, said)

    def _answer(self, email: WaitingEmail) -> None:
        """Write the answer in its own window; what is answered elsewhere is shown instead."""
        if email.channel in CHANNELS_TO_ANSWER_ON or not self._letter_desk.can_send():
            self._read_letter(email.message_id)
            return
        self._letter_desk.answer(email.message_id)

    def _read_letter(self, message_id: str) -> None:
        self.link_opened.emit(f"mail:{message_id}")

    def _ask_how(self, email: WaitingEmail) -> None:
        who = email.person or email.address or _SOMEONE
        now, zone = self._desk.clock.now(), self._desk.settings.timezone()
        dialog = AnsweredElsewhere(who, self.window(), now=now, timezone=zone)
        dialog.answered.connect(partial(self._mark_answered, email.message_id))
        dialog.open()

    def _mark_answered(self, message_id: str, said: Answered) -> None:
        mark = self._desk.correspondence.mark_answered
        self._say(partial(mark, message_id, said.words, said.at), f"Answered {said.way}.")

    def _no_reply(self, email: WaitingEmail) -> None:
        deed = partial(
            self._desk.correspondence.mark_no_reply_needed, email.message_id, "seen in the sweep"
        )
        self._say(deed, "It needs no reply.")

    def _still_waits(self, message_id: str) -> None:
        deed = partial(self._desk.sweep.still_waits, message_id)
        self._say(deed, "It waits on; you are not asked again.")

    def _snoozes(self, email: WaitingEmail) -> list[Way]:
        """Return the usual times of a snooze."""
        zone, now = self._desk.settings.timezone(), self._desk.clock.now()
        tomorrow = next_moment(_MORNING, now, zone)
        return [
            (f"Snooze until {moment_text(until, now, zone)}", partial(self._snooze, email, until))
            for until in (now + _A_WHILE, tomorrow)
        ]

    def _snooze(self, email: WaitingEmail, until: datetime) -> None:
        words = self._desk.correspondence.words
        late = words.passes_due(email.message_id, until)
        said = "It rings again then. Its 24 hours go on"
        said += ", and end before." if late else "."
        self._say(partial(words.snooze, email.message_id, until), said)

    def _wake(self, message_id: str) -> Changes:
        """End the snooze of a conversation, whichever of its letters it was said of."""
        words = self._desk.correspondence.words
        entries = self._desk.correspondence.conversation(message_id).entries
        ids = {entry.message_id for entry in entries}
        now = self._desk.clock.now()
        named = next((e.message_id for e in words.snoozed(now) if e.message_id in ids), message_id)
        return words.wake(named)

    # ---- where things stand

    def _acts_shown(self) -> list[Button]:
        return [row.button for row in self.rows if row.button is not None]

    def panes(self) -> Sequence[QWidget]:
        """Return the first act, or the way to look again."""
        return (*self._acts_shown()[:1], self._read)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use one column where two would be cramped."""
        super().resizeEvent(event)
        is_wide = self.width() >= self.frame_.look.px(_TWO_FROM)
        if is_wide is not self._is_wide:
            self._is_wide = is_wide
            self._set_sides()


@dataclass(frozen=True, slots=True)
class _Ending:
    """How a day that is waited for ends without a letter: its verb, its deed, what is said."""

    verb: str
    does: Callable[[int], Changes]
    said: str


class _Restating:
    """Brings a row's state up to the moment."""

    def __init__(self, row: SweepRow, due_at: datetime, tip: str) -> None:
        self._row = row
        self._due_at = due_at
        self._tip = tip

    def __call__(self, now: datetime) -> None:
        self._row.show_state(due_said(self._due_at, now), self._tip)
