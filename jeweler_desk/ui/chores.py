"""What the desk does by itself: reads mail, makes its daily copy, tells of letters that wait."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from jeweler_desk.domain.backup import Backup, BackupKind
from jeweler_desk.domain.freshness import AccountFreshness
from jeweler_desk.domain.freshness_wording import clock_slow_text
from jeweler_desk.domain.mail_access import Hindrance, LoginKind
from jeweler_desk.domain.mail_access_wording import without_fingerprint
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.domain.reminder import Notice, Rung
from jeweler_desk.domain.wording import besides_letters, count_text
from jeweler_desk.services.changes import Changes, Topic
from jeweler_desk.services.desk import Desk
from jeweler_desk.services.mail_intake import Fetched
from jeweler_desk.services.steps import followed
from jeweler_desk.ui.errands import Errands
from jeweler_desk.ui.frame import Frame, has_words
from jeweler_desk.ui.mail_watch import MailWatching
from jeweler_desk.ui.posting import Posting
from jeweler_desk.ui.reminding import Ticking
from jeweler_desk.ui.theme import Tone
from jeweler_desk.ui.words import sentence

FETCH_EVERY: Final = timedelta(minutes=5)
TRY_COPY_EVERY: Final = timedelta(minutes=30)
LOOK_FIRST: Final = timedelta(seconds=90)
"""So long a notice waits for the look into the mailboxes: what looks late may be answered."""
_FETCH: Final = "fetch"
_NEXT_TRY: Final = "The next try is in five minutes."
_ALL_HERE: Final = "Everything read before is here."
_WANTS_HER: Final = frozenset({Hindrance.LOGIN, Hindrance.SECRET})
"""Waiting mends none of these."""
_ASKS: Final = {
    (False, False): (
        f"The password of {{address}} is not known: this computer keeps none. {_ALL_HERE}",
        "Give it…",
    ),
    (False, True): (
        (
            "{address} must be signed in to again: the provider ended the sign-in, or this"
            f" computer keeps none. {_ALL_HERE}"
        ),
        "Sign in",
    ),
    (True, False): (f"{{error}}. If it was changed, change it here too. {_ALL_HERE}", "Change it…"),
    (True, True): (f"{{error}}. {_ALL_HERE}", "Sign in"),
}
"""What is said of an account and the way out: was a login refused, does one sign in."""


class Chores(QObject):
    """Runs the chores by wall time; each is one job beside the window."""

    done = Signal()
    secret_wanted = Signal(str)
    reminded = Signal(object)
    """A notice is told; the window shows it, and whatever else there is."""
    opened = Signal(str)
    """A notification was clicked: come forward and show what this action leads to."""
    _pressed = Signal(str)

    def __init__(self, desk: Desk, frame: Frame, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._frame = frame
        self._fetched_at: datetime | None = None
        self._copied_at: datetime | None = None
        self._asked_for: set[str] = set()
        self._told: Notice | None = None
        # The desktop answers in a thread of its own; the signal brings it to the window's.
        self._pressed.connect(self._answer_notice, Qt.ConnectionType.QueuedConnection)
        self.posting = Posting(desk, frame, self)
        self.posting.handed_over.connect(self._look_into_sent)
        self.watching = MailWatching(desk.correspondence.reading, self)
        self.watching.woke.connect(self._look_into_sent)
        self.mail_steps = Errands("mail", frame.jobs, self._not_taken, self)
        desk.correspondence.judge_beside(self._judge_soon)
        self.ticking = Ticking(desk.clock.now, desk.settings.local, self)
        self.ticking.woke.connect(self.wake)
        self.ticking.ticked.connect(self.look_round)
        self.ticking.day_changed.connect(self._new_day)

    def start(self) -> None:
        """Begin: the first round follows at once."""
        self._desk.correspondence.stay_connected()
        self._frame.bus.changed.connect(self._watch_as_told)
        self._watch_as_told(frozenset({Topic.SETTINGS}))
        self.ticking.start()
        self.posting.start()
        self.look_round()

    def stop(self) -> None:
        """Begin nothing more."""
        self.watching.stop()
        self.mail_steps.stop()
        self._desk.correspondence.hang_up()
        self.ticking.stop()
        self.posting.stop()

    def _watch_as_told(self, topics: Changes) -> None:
        """Wait for the servers' word, or wait no longer, as the setting says."""
        if Topic.SETTINGS not in topics:
            return
        self._desk.correspondence.look_at_basis()
        if self._desk.settings.get("mail.watch") == "yes":
            self.watching.start()
        else:
            self.watching.stop()

    @Slot()
    def _look_into_sent(self) -> None:
        """Read mail at once: a letter left, or a server said that something is new."""
        self.fetch_mail(is_asked=False)

    @Slot()
    def wake(self) -> None:
        """After sleep, read mail first: what looks late may be answered."""
        self._fetched_at = None
        self._frame.bus.changed.emit(frozenset(Topic))

    @Slot()
    def _new_day(self) -> None:
        self._frame.bus.changed.emit(frozenset(Topic))

    @Slot()
    def look_round(self) -> None:
        """Do what is due of the chores."""
        self.posting.look()
        now = self._desk.clock.now()
        self._desk.reminders.note_time()
        self._look_at_zone()
        if self._fetched_at is None or abs(now - self._fetched_at) >= FETCH_EVERY:
            self.fetch_mail(is_asked=False)
        is_time = self._copied_at is None or abs(now - self._copied_at) >= TRY_COPY_EVERY
        if is_time and self._desk.backups.is_daily_due(now):
            self.back_up(is_asked=False)
        if not self._is_looking(now):
            self.remind()
        self.done.emit()

    def _is_looking(self, now: datetime) -> bool:
        """Whether a look is under way that a notice should wait for."""
        if self._fetched_at is None or not self._frame.jobs.is_running(_FETCH):
            return False
        return timedelta() <= now - self._fetched_at < LOOK_FIRST

    def _look_at_zone(self) -> None:
        """Notice that the computer came to another time zone."""
        if self._desk.settings.notice_zone():
            self._desk.correspondence.look_at_basis()
            self._frame.bus.changed.emit(frozenset(Topic))

    def fetch_mail(self, *, is_asked: bool = True) -> bool:
        """Look into the mailboxes; False when there is none or a look is under way."""
        desk = self._desk
        self._fetched_at = desk.clock.now()
        if not desk.correspondence.accounts():
            if is_asked:
                self._frame.notices.tell("No mailbox is connected yet. Settings has the button.")
            return False
        if self.mail_steps.is_busy:
            return False
        return self._frame.work(
            _FETCH,
            desk.correspondence.fetch_job(),
            partial(self._received, is_asked=is_asked),
            f"Mail could not be read. {_NEXT_TRY}",
        )

    @Slot(str)
    def read_connected(self, address: str) -> None:
        """Read a mailbox just connected, or one whose password was just given."""
        self._asked_for.discard(address)
        self._frame.notices.withdraw("secret")
        self.fetch_mail()

    def _ask_for_secret(self, needy: AccountFreshness) -> None:
        """Offer to take what the account lacks; once for each account and start."""
        if needy.address in self._asked_for:
            return
        self._asked_for.add(needy.address)
        is_sign_in = self._desk.correspondence.mailboxes.account(needy.address).login
        words, verb = _ASKS[needy.hindrance is Hindrance.LOGIN, is_sign_in is LoginKind.SIGN_IN]
        self._frame.notices.offer(
            "secret",
            words.format(address=needy.address, error=sentence(needy.error or "")),
            Tone.DUE,
            verb,
            partial(self.secret_wanted.emit, needy.address),
        )

    def _received(self, fetched: Fetched, *, is_asked: bool) -> None:
        """Take in what a look brought; what is much is taken in while the window is used."""
        taking_in = followed(
            self._desk.correspondence.taking_in(fetched),
            self._tell_of_mail,
            partial(self._tell_of_look, is_asked=is_asked),
            self.remind,
            self.done.emit,
        )
        self.mail_steps.begin(taking_in)
        if self.mail_steps.is_busy:
            self._tell_of_mail()

    def _tell_of_look(self, *, is_asked: bool) -> None:
        correspondence = self._desk.correspondence
        self._tell_of_clock()
        self._tell_of_unreadable()
        failing = correspondence.freshness(self._desk.clock.now()).failing
        waiting = [each for each in failing if each.hindrance not in _WANTS_HER]
        needy = [each for each in failing if each not in waiting]
        for each in needy:
            self._ask_for_secret(each)
        if not needy:
            self._frame.notices.withdraw("secret")
        if not failing and self._told is not None and _is_of_trouble(self._told):
            self._frame.notices.withdraw("reminder")
        if waiting:
            self._tell_of_trouble(waiting[0])
        else:
            self._frame.notices.withdraw("fetch")
            if is_asked and not failing:
                self._frame.notices.tell("Mail is read.")

    def _tell_of_trouble(self, hindered: AccountFreshness) -> None:
        """Say what the next try may mend; a certificate can also be looked at, and trusted."""
        why = without_fingerprint(hindered.error or "")
        told = f"{hindered.address}: {why}. {_NEXT_TRY} {_ALL_HERE}"
        banner = self._frame.notices.warn("fetch", sentence(told), Tone.DUE)
        if hindered.hindrance is Hindrance.CERTIFICATE:
            banner.offer("Look at it…", partial(self.secret_wanted.emit, hindered.address))

    def _not_taken(self, error: Exception) -> None:
        why = str(error) if has_words(error) else "The desk’s log has the details."
        told = f"Mail could not be taken in to its end. {why} {_NEXT_TRY} {_ALL_HERE}"
        self._frame.notices.warn("fetch", told, Tone.DUE)
        self._tell_of_mail()

    @Slot()
    def _tell_of_mail(self) -> None:
        self._frame.bus.changed.emit(frozenset({Topic.MAIL}))

    def _judge_soon(self) -> None:
        """Judge much mail beside the window: what it hangs on changed."""
        judging = self._desk.correspondence.judging()
        told = followed(judging, self._tell_of_mail, self.remind, self.done.emit)
        self.mail_steps.begin_soon(told)
        # Not within the act that asks for it: what is shown says that it is not known to the end.
        QTimer.singleShot(0, self, self._tell_of_mail)

    def _tell_of_unreadable(self) -> None:
        """Say once what could not be read; all else was."""
        news = self._desk.correspondence.unreadable.news()
        if news:
            self._frame.notices.offer(
                "aside",
                f"{count_text(len(news), 'message')} could not be read: {news[0].file}. Look at"
                " it in your mail program; everything else is here.",
                Tone.DUE,
                "Show",
                self._frame.actions["mail.aside"].trigger,
            )

    def _tell_of_clock(self) -> None:
        """Say that this computer's clock is slow, as long as the mail server's shows it."""
        slow_by = self._desk.correspondence.freshness(self._desk.clock.now()).clock_slow_by
        if slow_by is None:
            self._frame.notices.withdraw("clock")
        else:
            self._frame.notices.warn("clock", clock_slow_text(slow_by), Tone.DUE)

    def back_up(self, *, is_asked: bool = True) -> None:
        """Make a verified copy of the desk."""
        backups = self._desk.backups
        self._copied_at = self._desk.clock.now()
        kind = BackupKind.ON_DEMAND if is_asked else BackupKind.DAILY
        try:
            job = backups.back_up_job(kind)
        except RefusedError as refused:
            self._frame.notices.warn("backup", str(refused), Tone.DUE)
            return
        self._frame.work(
            "backup",
            job,
            partial(self._copied, is_asked=is_asked),
            "The safety copy was not made; your desk itself is as it was.",
        )

    def _copied(self, made: Backup, *, is_asked: bool) -> None:
        self._frame.bus.changed.emit(self._desk.backups.record(made))
        if is_asked:
            self._frame.notices.tell("The desk is backed up; the copy was opened and checked.")
        self.done.emit()

    @Slot()
    def remind(self) -> None:
        """Show the one notice that is due, in the window and on the desktop."""
        desk = self._desk
        if desk.correspondence.progress is not None:  # what seems late may be answered
            return
        notice = desk.reminders.due_notice(lambda: besides_letters(desk.today.agenda()))
        if notice is None:
            return
        is_said = {"secret", "fetch"} & self._frame.notices.banners().keys()
        if not (is_said and all(rung is Rung.TROUBLE for _, rung in notice.told)):
            is_late = any(rung is Rung.LATE for _, rung in notice.told)
            self._frame.notices.offer(
                "reminder",
                told_in_a_line(notice),
                Tone.LATE if is_late else Tone.DUE,
                "Begin" if notice.is_sweep else "Show",
                self._frame.actions[page_of(notice)].trigger,
            )
        self._told = notice
        self.reminded.emit(notice)
        desk.reminders.notify(notice, self._pressed.emit)

    @Slot(str)
    def _answer_notice(self, pressed: str) -> None:
        """Do what was pressed on the desktop's notification."""
        notice = self._told
        if notice is None:
            return
        if pressed == "later":
            self._desk.reminders.put_off(notice)
            return
        self._frame.notices.withdraw("reminder")
        self.opened.emit(page_of(notice))


def _is_of_trouble(notice: Notice) -> bool:
    return any(rung is Rung.TROUBLE for _, rung in notice.told)


def told_in_a_line(notice: Notice) -> str:
    """Write a notice for a banner: the title, and its lines behind it."""
    lines = " · ".join(notice.text.splitlines())
    return f"{notice.title}: {lines}" if lines else notice.title


def page_of(notice: Notice) -> str:
    """Return the action that leads to what a notice tells of."""
    if notice.is_sweep:
        return "go.sweep"
    is_of_mail = any(rung is not Rung.DIGEST or " " in key for key, rung in notice.told)
    return "go.mail" if is_of_mail else "go.today"
