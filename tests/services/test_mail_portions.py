"""Much mail is taken in and judged in steps, and the outcome is that of one go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from jeweler_desk.domain.freshness import MailProgress
from jeweler_desk.domain.mail_portions import portions
from jeweler_desk.domain.mailbox import (
    AccountReading,
    Flags,
    FolderReading,
    MailAccount,
    ReceivedMessage,
    SeenCopy,
    SetAside,
)
from jeweler_desk.domain.message import Correspondent, FolderKind, Message
from jeweler_desk.mail.letter_files import LetterFiles
from jeweler_desk.services.correspondence import MailEdges
from jeweler_desk.services.desk import Desk
from jeweler_desk.services.mail_intake import Beside, MailIntake
from jeweler_desk.services.mail_judge import MailJudge
from jeweler_desk.services.settings import Settings
from jeweler_desk.services.steps import Steps, all_at_once
from jeweler_desk.store.database import Store
from jeweler_desk.store.mail_accounts import MailAccounts
from jeweler_desk.store.mail_verdicts import Verdicts
from jeweler_desk.store.messages import Messages
from jeweler_desk.store.orders import Orders
from jeweler_desk.store.settings import SettingRows
from jeweler_desk.wiring import build_desk
from tests.fakes import FixedClock
from tests.mailboxes import QuietMailbox
from tests.services.test_mail_few import ACTS, IDS, MAKER, Box, a_box, random_message

NOW = datetime(2026, 10, 26, 8, 0, tzinfo=UTC)
ACCOUNT = MailAccount(MAKER, "imap.shop.test", 993, MAKER)


class NoServer(QuietMailbox):
    def look(self, account: MailAccount, *_: object) -> AccountReading:
        return AccountReading(account.address, NOW)


class NoKeyring:
    def password(self, address: str) -> None:
        del address

    def keep(self, address: str, password: str) -> bool:
        del address, password
        return False

    def forget(self, address: str) -> None:
        """It holds none."""

    def give_up(self) -> None:
        """It always answers."""


@dataclass(frozen=True, slots=True)
class Taker:
    """A desk of one account, and the taking in of its mail in portions of a size."""

    store: Store
    desk: Desk
    intake: MailIntake

    def kept(self) -> list[list[tuple[object, ...]]]:
        """Return all that is known of mail, numbers of rows left out."""
        return [
            [tuple(row) for row in self.store.rows(question)]
            for question in (
                (
                    "SELECT message_id, received_at, fingerprint, from_address, subject, facts,"
                    " person, channel, direction, folder, decision, reason, clock, conversation"
                    " FROM mail_messages ORDER BY message_id"
                ),
                (
                    "SELECT key, person, clock, message_id, waiting_since, due_at, answered_at,"
                    " reason FROM mail_conversations ORDER BY key"
                ),
                (
                    "SELECT message_id, started_at, ended_at, end, words FROM mail_waits"
                    " ORDER BY message_id, started_at, words"
                ),
                (
                    "SELECT p.folder, c.uid, m.message_id, c.flags, c.is_present FROM mail_copies c"
                    " JOIN mail_places p ON p.id = c.place_id JOIN mail_messages m"
                    " ON m.id = c.message_id WHERE c.is_present ORDER BY p.folder, c.uid"
                ),
                (
                    "SELECT folder, uid_validity, last_uid, modseq, uid_set, message_count"
                    " FROM mail_places JOIN mail_place_counts ON place_id = mail_places.id"
                    " ORDER BY folder"
                ),
                "SELECT message_id, rung FROM mail_found_first ORDER BY message_id, rung",
                "SELECT file, uid FROM mail_set_aside ORDER BY file",
            )
        ]


def a_taker(size: int = 1000) -> Taker:
    clock = FixedClock(NOW)
    store = Store(None, now=clock.now)
    desk = build_desk(store, clock, edges=MailEdges(LetterFiles(), NoServer(), NoKeyring()))
    desk.settings.set("shop.timezone", "Europe/Berlin")
    desk.correspondence.mailboxes.add(ACCOUNT, None)
    mail = desk.correspondence
    verdicts, accounts = Verdicts(store), MailAccounts(store)
    beside = Beside(accounts.note_look, mail.unreadable.note, lambda: None)
    judge = a_judge(store, desk.settings)
    intake = MailIntake(store, Messages(store), verdicts, judge, mail.reading, beside, size)
    return Taker(store, desk, intake)


def a_judge(store: Store, shop: Settings) -> MailJudge:
    verdicts, accounts = Verdicts(store), MailAccounts(store)
    return MailJudge(store, Messages(store), verdicts, accounts, Orders(store), shop)


def folders_of(
    messages: Sequence[Message], after: dict[str, int] | None = None, validity: int = 1
) -> tuple[FolderReading, ...]:
    """Lay messages into Sent and INBOX as a server gives them, from a number on in each."""
    found = []
    for name, kind in (("Sent", FolderKind.SENT), ("INBOX", FolderKind.INBOX)):
        own = [
            each
            for each in messages
            if (each.sender is not None and each.sender.address == MAKER) == (name == "Sent")
        ]
        first = (after or {}).get(name, 0)
        copies = [
            SeenCopy(
                str(number),
                Flags(is_answered=number % 5 == 0),
                received=ReceivedMessage(each, "", f"{number:x}"),
            )
            for number, each in enumerate(own, 1)
            if number > first
        ]
        aside = [SetAside(f"{name} {n}", "broken", str(n)) for n in (3, 900) if n > first]
        found.append(
            FolderReading(
                MAKER, name, kind, tuple(copies), tuple(aside), is_whole=False,
                uid_validity=validity, last_uid=900, modseq=7, exists=len(own),
            )
        )  # fmt: skip
    return tuple(found)


def a_look(folders: tuple[FolderReading, ...]) -> tuple[AccountReading, ...]:
    return (AccountReading(MAKER, NOW, folders),)


def late_questions(count: int) -> list[Message]:
    """Return letters that have waited for 30 hours; each fifth was marked as answered."""
    at, us = NOW - timedelta(hours=30), (Correspondent("", MAKER),)
    people = [Correspondent("", f"ann{number}@c.test") for number in range(count)]
    return [Message(f"{n}@x.test", at, each, "Ring", us) for n, each in enumerate(people)]


def broken_off(steps: Steps[object], after: int) -> None:
    """Go through some steps, then drop the rest, as a program that is killed does."""
    outcome = None
    for _ in range(after):
        try:
            work = steps.send(outcome)
        except StopIteration:
            return
        outcome = work() if work is not None else None
    steps.close()


def how_far(taker: Taker) -> dict[str, int]:
    known = Messages(taker.store).known_folders(MAKER)
    return {each.folder: each.last_uid or 0 for each in known}


@settings(max_examples=12, deadline=None)
@given(
    st.randoms(use_true_random=True),
    st.integers(0, 28),
    st.integers(1, 9),
    st.lists(st.integers(1, 14), max_size=3),
)
def test_mail_in_portions_broken_off_anywhere_is_mail_in_one_go(
    chance: Random, count: int, size: int, breaks: list[int]
) -> None:
    messages = [random_message(chance, each) for each in chance.sample(IDS, count)]
    whole, parted = a_taker(), a_taker(size)
    all_at_once(whole.intake.steps(a_look(folders_of(messages))))
    for after in breaks:
        broken_off(parted.intake.steps(a_look(folders_of(messages, how_far(parted)))), after)
    all_at_once(parted.intake.steps(a_look(folders_of(messages, how_far(parted)))))
    assert parted.kept() == whole.kept()
    whole.store.close()
    parted.store.close()


@settings(max_examples=8, deadline=None)
@given(
    st.randoms(use_true_random=True),
    st.integers(2, 24),
    st.integers(1, 9),
    st.lists(st.integers(1, 14), max_size=2),
)
def test_a_renumbered_folder_in_portions_loses_and_doubles_nothing(
    chance: Random, count: int, size: int, breaks: list[int]
) -> None:
    messages = [random_message(chance, each) for each in chance.sample(IDS, count)]
    left = messages[1:]
    whole, parted = a_taker(), a_taker(size)
    for taker in (whole, parted):
        all_at_once(taker.intake.steps(a_look(folders_of(messages))))
    all_at_once(whole.intake.steps(a_look(folders_of(left, validity=2))))
    for after in breaks:
        broken_off(parted.intake.steps(a_look(rest_of(parted, left))), after)
        lying = parted.store.rows("SELECT DISTINCT message_id FROM mail_copies WHERE is_present")
        assert len(lying) >= len(left)
    all_at_once(parted.intake.steps(a_look(rest_of(parted, left))))
    assert parted.kept() == whole.kept()
    whole.store.close()
    parted.store.close()


def rest_of(taker: Taker, messages: Sequence[Message]) -> tuple[FolderReading, ...]:
    """Return what a look into the renumbered folders brings: from where the last one came to."""
    known = Messages(taker.store).known_folders(MAKER)
    after = {e.folder: e.last_uid or 0 for e in known if e.uid_validity == 2}
    return folders_of(messages, after, validity=2)


def test_each_portion_goes_no_farther_than_its_own_highest_number() -> None:
    messages = [
        Message(f"{number}@x.test", NOW, Correspondent("", "ann@c.test"), "Ring")
        for number in range(10)
    ]
    inbox = folders_of(messages)[1]
    parts = list(portions(replace(inbox, missing=("77",)), 4))
    assert [each.reading.last_uid for each in parts] == [4, 8, 900]
    assert [each.reading.modseq for each in parts] == [None, None, 7]
    assert [each.reading.missing for each in parts] == [(), (), ("77",)]
    assert [each.is_last for each in parts] == [False, False, True]
    assert [[a.uid for a in each.reading.set_aside] for each in parts] == [["3"], [], ["900"]]
    numbers = [int(copy.uid) for each in parts for copy in each.reading.copies]
    assert all(one < other for one, other in pairwise(numbers))


def test_files_are_never_parted_since_what_they_do_not_name_is_gone() -> None:
    inbox = replace(folders_of([])[1], is_whole=True)
    assert [each.is_last for each in portions(inbox, 0)] == [True]


def test_until_all_is_judged_no_look_counts_and_nothing_rings_or_is_listed() -> None:
    taker = a_taker(2)
    asked = late_questions(5)
    mail = taker.desk.correspondence
    steps = taker.intake.steps(a_look(folders_of(asked)))
    seen = []
    outcome = None
    while True:
        try:
            work = steps.send(outcome)
        except StopIteration:
            break
        outcome = work() if work is not None else None
        seen.append(taker.intake.progress)
        assert mail.freshness(NOW).as_of is None
    assert MailProgress(2, 5) in seen
    assert MailProgress(5, 5) in seen
    assert taker.intake.progress is None
    assert mail.freshness(NOW).as_of == NOW
    assert len(mail.waiting(NOW)) == 4  # one was marked as answered
    told = taker.store.rows("SELECT rung FROM mail_found_first")
    assert len(told) == 4


def test_a_first_look_broken_off_still_raises_no_alarm_for_what_it_found() -> None:
    taker = a_taker(2)
    asked = late_questions(6)
    broken_off(taker.intake.steps(a_look(folders_of(asked))), 3)
    all_at_once(taker.intake.steps(a_look(folders_of(asked, how_far(taker)))))
    assert len(taker.store.rows("SELECT * FROM mail_found_first")) == 5


@settings(max_examples=12, deadline=None)
@given(
    st.randoms(use_true_random=True),
    st.integers(2, 20),
    st.lists(st.tuples(st.integers(0, 9), st.sampled_from(ACTS)), max_size=6),
)
def test_what_happens_while_all_is_judged_is_judged_too(
    chance: Random, count: int, acts: list[tuple[int, object]]
) -> None:
    with a_box() as box:
        with box.store.write():
            for message_id in chance.sample(IDS, count):
                box.lay(random_message(chance, message_id), chance)
        shop = Settings(box.store, SettingRows(box.store), FixedClock(NOW))
        judge = a_judge(box.store, shop)
        with box.store.write():
            box.verdicts.forget()
        run_with_acts(judge.steps(), box, acts, chance)
        assert not box.verdicts.is_stale()
        stepwise = box.kept()
        with box.store.write():
            box.verdicts.forget()
        a_judge(box.store, shop).renew()
        assert stepwise == box.kept()


def run_with_acts(
    steps: Steps[None], box: Box, acts: list[tuple[int, object]], chance: Random
) -> None:
    outcome = None
    for number in range(1000):
        try:
            work = steps.send(outcome)
        except StopIteration:
            return
        outcome = work() if work is not None else None
        for at, act in acts:
            if at == number and callable(act):
                with box.store.write():
                    act(box, chance)
