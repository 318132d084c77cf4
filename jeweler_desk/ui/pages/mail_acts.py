"""Her word on the letter at hand: each act asks what it needs, is one step, and offers Undo."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from jeweler_desk.domain.enclosure import Attachment
from jeweler_desk.domain.mail_view import Conversation
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.domain.verdict import ClockState, Decision, Direction
from jeweler_desk.domain.web_link import safe_link
from jeweler_desk.domain.wording import full_day, moment_text
from jeweler_desk.services.changes import Changes
from jeweler_desk.services.clock import Clock
from jeweler_desk.services.correspondence import Correspondence
from jeweler_desk.services.settings import Settings
from jeweler_desk.ui.dialogs.answered_elsewhere import Answered, AnsweredElsewhere
from jeweler_desk.ui.dialogs.form import Form
from jeweler_desk.ui.dialogs.mail_forms import (
    DayChosen,
    Moments,
    NoReply,
    OpenLink,
    PromiseDay,
    SnoozeLetter,
    WaitForHer,
)
from jeweler_desk.ui.frame import Frame, has_words
from jeweler_desk.ui.theme import Tone
from jeweler_desk.ui.words import CHANNELS_TO_ANSWER_ON, sentence

AskPlace = Callable[[str], Path | None]
"""Asks where a file of that name is to be kept; None where the seller thought better of it."""

MORE_ACTS: Final = (
    "mail.promise", "mail.kept", "mail.wait", "mail.snooze", "mail.wake", "",
    "mail.overrule", "mail.rules", "mail.not_customer", "",
    "mail.unfold", "mail.formatted",
)  # fmt: skip
_QUESTIONS: Final = frozenset({Decision.START, Decision.KEEP})
_OPEN: Final = frozenset({ClockState.WAITING, ClockState.SOFT})
_SOFT_REASONS: Final = ("only thanks", "already settled")
_REASONS: Final = ("no question", "only thanks", "already settled", "advertising")


class MailActs:
    """Does with the chosen letter what the buttons say; ``went_on`` is told when it is done."""

    def __init__(
        self,
        frame: Frame,
        correspondence: Correspondence,
        settings: Settings,
        clock: Clock,
        window: Callable[[], QWidget],
        went_on: Callable[[], None],
        ask_place: AskPlace | None = None,
    ) -> None:
        self._frame = frame
        self._correspondence = correspondence
        self._words = correspondence.words
        self._settings = settings
        self._clock = clock
        self._window = window
        self._went_on = went_on
        self.ask_place: AskPlace = ask_place or self._choose_place
        self._id = ""
        self._found: Conversation | None = None
        self.is_put_off = False

    # ---- the letter at hand

    def take(self, message_id: str, found: Conversation | None, *, is_put_off: bool) -> None:
        """Take another letter to hand; the actions that make no sense with it are off."""
        self._id, self._found, self.is_put_off = message_id, found, is_put_off
        is_open = found is not None and found.clock in _OPEN
        is_hers = self._decision is not None
        can = {
            "mail.answer": found is not None,
            "mail.answered": is_open,
            "mail.no_reply": is_open,
            "mail.promise": is_open,
            "mail.snooze": is_open,
            "mail.wake": is_put_off,
            "mail.wait": found is not None and found.clock is not ClockState.NONE,
            "mail.overrule": is_hers,
            "mail.rules": is_hers and self._words.is_overruled(message_id),
            "mail.kept": self._promise_id is not None,
            "mail.not_customer": is_hers and bool(found and found.address),
        }
        for id_, is_possible in can.items():
            self._frame.actions[id_].setEnabled(is_possible)

    @property
    def _decision(self) -> Decision | None:
        """What was decided of the letter at hand, None of one of our own."""
        for each in self._found.entries if self._found else ():
            if each.message_id == self._id and each.direction is Direction.IN:
                return each.decision
        return None

    @property
    def turn_words(self) -> str:
        """What turning the decision about would say."""
        decision = self._decision
        if decision is None:
            return ""
        return "Not a question" if decision in _QUESTIONS else "It is a question"

    @property
    def _person(self) -> str:
        found = self._found
        return (found.person or found.address if found else None) or "this sender"

    def fill(self, menu: QMenu) -> None:
        """Put what is possible into a menu."""
        menu.clear()
        for name in MORE_ACTS:
            if not name:
                menu.addSeparator()
            elif self._frame.actions[name].isEnabled():
                menu.addAction(self._frame.actions[name])

    def _moments(self) -> Moments:
        return Moments(self._clock.now(), self._settings.timezone(), self._settings.today())

    def _ask(self, form: Form, then: Callable[..., None]) -> None:
        form.answered.connect(partial(then, self._id))
        form.open()

    def _do(self, deed: Callable[[], Changes], said: str) -> bool:
        is_done = self._frame.act(deed, said)
        if is_done:
            self._went_on()
        return is_done

    # ---- the acts

    def answered_elsewhere(self) -> None:
        """Ask how and when the letter was answered, and stop its clock."""
        if self._found is None or self._found.clock not in _OPEN:
            return
        place = CHANNELS_TO_ANSWER_ON.get(self._found.channel)
        form = AnsweredElsewhere(
            self._person,
            self._window(),
            now=self._clock.now(),
            timezone=self._settings.timezone(),
            likely=(f"on {place}",) if place else (),
        )
        self._ask(form, self._mark_answered)

    def _mark_answered(self, message_id: str, how: Answered) -> None:
        person = self._person
        self._do(
            lambda: self._correspondence.mark_answered(message_id, how.words, how.at),
            f"{sentence(person)} is answered, {how.words}.",
        )

    def no_reply_needed(self) -> None:
        """Ask why the letter waits for nothing, and stop its clock."""
        if self._found is not None and self._found.clock in _OPEN:
            is_soft = self._found.clock is ClockState.SOFT
            usual = _SOFT_REASONS if is_soft else _REASONS
            self._ask(NoReply(self._person, usual, self._window()), self._mark_no_reply)

    def _mark_no_reply(self, message_id: str, why: str) -> None:
        self._do(
            lambda: self._correspondence.mark_no_reply_needed(message_id, why),
            f"The letter of {self._person} waits for nothing: {why}.",
        )

    def promise(self) -> None:
        """Ask by which day a holding letter promised the answer."""
        if self._found is not None:
            self._ask(PromiseDay(self._person, self._moments(), self._window()), self._promise)

    def _promise(self, message_id: str, chosen: DayChosen) -> None:
        on = chosen.on or self._settings.today()
        self._do(
            lambda: self._words.holding(message_id, on, chosen.note),
            f"{sentence(self._person)} gets the answer by {self._day(on)}.",
        )

    def wait_for_her(self) -> None:
        """Note that it is her turn, and perhaps when to ask again."""
        found = self._found
        if found is not None:
            form = WaitForHer(
                self._person, self._moments(), self._window(), needs_day=found.clock not in _OPEN
            )
            self._ask(form, self._wait)

    def _wait(self, message_id: str, chosen: DayChosen) -> None:
        again = f"; ask again {self._day(chosen.on)}" if chosen.on else ""
        self._do(
            lambda: self._words.waiting_for_her(message_id, chosen.on, chosen.note),
            f"It is {self._person}’s turn{again}.",
        )

    def snooze(self) -> None:
        """Ask until when no notice tells of the letter."""
        found = self._found
        if found is not None and found.clock in _OPEN:
            form = SnoozeLetter(self._person, self._moments(), found.due_at, self._window())
            self._ask(form, self._snooze)

    def _snooze(self, message_id: str, until: datetime) -> None:
        when = moment_text(until, self._clock.now(), self._settings.timezone())
        self._do(
            lambda: self._words.snooze(message_id, until),
            f"The letter of {self._person} is snoozed until {when}; its age goes on.",
        )

    def wake(self) -> None:
        """End a snooze, whichever letter of the conversation it was said of."""
        if self._found is None:
            return
        ids = {self._id, *(each.message_id for each in self._found.entries)}
        for each in self._words.snoozed(self._clock.now()):
            if each.message_id in ids:
                self._frame.act(
                    partial(self._words.wake, each.message_id),
                    f"The letter of {self._person} is awake again.",
                )
                return

    def overrule(self) -> None:
        """Turn the decision about; where the sender writes herself, offer a rule for her."""
        decision = self._decision
        if decision is None:
            return
        message_id, was_question = self._id, decision in _QUESTIONS
        said = "No question, then." if was_question else "A question, then: its clock runs."
        try:
            offered = self._words.rule_offered(message_id) if was_question else None
        except RefusedError:
            offered = None
        deed = partial(self._words.overrule, message_id)
        is_done = self._do(deed, said) if was_question else self._frame.act(deed, said)
        if is_done and offered:
            self._frame.notices.offer(
                "rule",
                f"Shall all letters from {offered} start no clock?",
                Tone.INFO,
                "Make it a rule",
                partial(self._rule, offered),
            )

    def not_a_customer(self) -> None:
        """Make the rule for the sender's address at once."""
        if self._found is not None and self._found.address:
            self._rule(self._found.address)

    def _rule(self, address: str) -> None:
        self._do(
            lambda: self._words.not_a_customer(address, "said on the Mail page"),
            f"Letters from {address} start no clock any more.",
        )

    def let_the_rules_decide(self) -> None:
        """Take back her own decision of the letter."""
        if self._decision is not None and self._words.is_overruled(self._id):
            self._frame.act(
                partial(self._words.withdraw, self._id),
                f"The rules decide on the letter of {self._person} again.",
            )

    def promise_kept(self) -> None:
        """Let a promise go that was kept in another way."""
        promise_id = self._promise_id
        if promise_id is not None:
            self._do(partial(self._words.promise_kept, promise_id), "The promise is kept.")

    @property
    def _promise_id(self) -> int | None:
        """The promise that stands in the conversation at hand, the next day's first."""
        ids = {each.message_id for each in self._found.entries} if self._found else set()
        return self._words.promise_in(ids) if ids else None

    # ---- links and files

    def open_link(self, url: str) -> None:
        """Show where a link leads; only then, and only if it is of a harmless kind, open it."""
        link = safe_link(url)
        if link is None:
            self._frame.notices.warn(
                "link",
                "This link is of a kind that can do harm; it was not opened.",
                Tone.DUE,
            )
            return
        form = OpenLink(link, self._window())
        form.answered.connect(self._open_outside)
        form.open()

    def _open_outside(self, url: str) -> None:
        self._frame.open_outside(QUrl(url))

    def save(self, file: Attachment) -> None:
        """Ask where an attachment is to be kept, and write it there; it is never opened."""
        path = self.ask_place(file.name)
        if path is None:
            return
        try:
            self._correspondence.parts.save(file, path)
        except Exception as error:
            if not has_words(error):
                raise
            self._frame.notices.warn("file", str(error))
            return
        self._frame.notices.tell(f"“{path.name}” is saved.")

    def _choose_place(self, name: str) -> Path | None:
        places = QStandardPaths.standardLocations(QStandardPaths.StandardLocation.DownloadLocation)
        start = str(Path(places[0]) / name) if places else name
        chosen, _ = QFileDialog.getSaveFileName(self._window(), "Save the attachment", start)
        return Path(chosen) if chosen else None

    def _day(self, day: date) -> str:
        return full_day(day)
