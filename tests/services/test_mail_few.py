"""A change judged among the few messages it touches leaves what a judging of all would leave."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from jeweler_desk.domain.judging import judge
from jeweler_desk.domain.message import (
    Correspondent,
    FolderKind,
    FormFields,
    MailChannel,
    Message,
    Notice,
    NoticeKind,
    Report,
    ReportKind,
    Sign,
    canonical_address,
)
from jeweler_desk.domain.verdict import MarkKind
from jeweler_desk.services.mail_few import FewMessages, Grounds
from jeweler_desk.store.database import Row, Store
from jeweler_desk.store.mail_accounts import MailAccounts
from jeweler_desk.store.mail_facts import facts_text
from jeweler_desk.store.mail_verdicts import Verdicts
from jeweler_desk.store.mail_words import MailWordRows
from jeweler_desk.store.messages import Messages

START = datetime(2026, 10, 5, 8, 0, tzinfo=UTC)
MAKER = "maker@shop.test"
OURS = [MAKER, "hello@shop.test", "me@private.test"]
BUYERS = [f"{name}@{house}.test" for name in ("ann", "bob", "cleo", "dora") for house in "cde"]
RELAYS = ["x1@marketplace.amazon.com", "x2@marketplace.amazon.com", "no-reply@f.test"]
PEOPLE = [*BUYERS, *RELAYS]
IDS = [f"m{number}@x.test" for number in range(28)]
SUBJECTS = ["Ring", "Re: Ring", "Order #1041", "Re: order 1041", "Beads", "", "Thanks"]
PLATFORM = ["t1", "t2", ""]


def random_message(chance: Random, message_id: str) -> Message:
    pick = chance.choice
    is_ours = chance.random() < 0.35

    def some(pool: list[str], most: int, often: float) -> tuple[Correspondent, ...]:
        return tuple(
            Correspondent(pick(["", "Ann", "Bob"]), pick(pool))
            for _ in range(most)
            if chance.random() < often
        )

    def ids(most: int, often: float) -> tuple[str, ...]:
        pool = [*IDS, "ghost@x.test", "ghost2@x.test"]
        return tuple(pick(pool) for _ in range(most) if chance.random() < often)

    own = OURS if is_ours else PEOPLE
    report = notice = form = None
    draw = chance.random()
    if draw < 0.1 and not is_ours:
        report = Report(
            pick(list(ReportKind)) if chance.random() < 0.3 else ReportKind.DELIVERY,
            chance.random() < 0.8,
            ids(1, 0.4),
            tuple(pick(PEOPLE) for _ in range(chance.randrange(2))),
            tuple(pick(PEOPLE) for _ in range(chance.randrange(2))),
        )
    elif draw < 0.25 and not is_ours:
        notice = Notice(
            pick(list(NoticeKind)),
            pick([MailChannel.ETSY, MailChannel.AMAZON, MailChannel.FORM]),
            "a notice",
            pick(["", "Ann"]),
            pick(["", *PEOPLE]),
            pick(PLATFORM),
        )
    elif draw < 0.32:
        form = FormFields("Cleo", pick(PEOPLE))
    return Message(
        message_id,
        START + timedelta(hours=chance.randrange(24 * 20)),
        None if chance.random() < 0.03 else Correspondent(pick(["", "", "June"]), pick(own)),
        pick(SUBJECTS),
        some(PEOPLE if is_ours else OURS[:2], 2, 0.6),
        some([*PEOPLE, *OURS], 1, 0.1),
        (),
        some([*PEOPLE, *OURS], 1, 0.08),
        ids(1, 0.35),
        ids(2, 0.15),
        frozenset({pick(list(Sign))} if chance.random() < 0.15 else ()),
        form,
        report,
        notice,
        pick(["", "", "", "g1", "g2"]),
        chance.random() < 0.5,
        (),
        opening=pick(["", "June, is it you?"]),
    )


@dataclass(frozen=True, slots=True)
class Box:
    """A store with mail in it, written row by row, and the judging of little and of all."""

    store: Store
    few: FewMessages
    verdicts: Verdicts

    def grounds(self) -> Grounds:
        emails = self.store.rows("SELECT customer_email FROM orders WHERE customer_email <> ''")
        return Grounds(
            MailAccounts(self.store).identities(),
            frozenset(canonical_address(row[0]) for row in emails),
            ZoneInfo("Europe/Berlin"),
            replace(MailWordRows(self.store).word(), names_called=frozenset({"Mabel"})),
            list,
            "1",
        )

    def renew(self) -> bool:
        with self.store.write():
            return self.few.renew(self.grounds())

    def renew_all(self) -> None:
        with self.store.write():
            marks = MailAccounts(self.store).marks()
            self.few.renew_all(Messages(self.store).all(), marks, self.grounds())

    def kept(self) -> list[list[tuple[object, ...]]]:
        """Return the tables of what was decided, to the byte, leaving out numbers of rows."""
        return [
            [tuple(row)[1:] for row in self.store.rows(question)]
            for question in (
                "SELECT * FROM mail_messages ORDER BY id",
                "SELECT * FROM mail_conversations ORDER BY key",
                "SELECT * FROM mail_waits ORDER BY message_id, started_at, words, ended_at",
            )
        ]

    def as_judged_whole(self) -> list[list[tuple[object, ...]]]:
        """Return the same tables as a judging of all writes them, and leave no trace of it."""
        on = self.grounds()
        marks = MailAccounts(self.store).marks()
        everything = Messages(self.store).all()
        judgement = judge(everything, on.declared, marks, on.customers, on.zone, on.word)
        found: list[list[tuple[object, ...]]] = []
        with suppress(_TakenBackError), self.store.write():
            self.verdicts.keep(judgement)
            found = self.kept()
            raise _TakenBackError
        return found

    def lay(self, message: Message, chance: Random) -> None:
        sender = message.sender
        row = self.store.insert(
            "mail_messages",
            {
                "message_id": message.message_id,
                "received_at": message.received_at.isoformat(),
                "fingerprint": "",
                "from_name": sender.name if sender else None,
                "from_address": sender.address if sender else None,
                "subject": message.subject,
                "facts": facts_text(message),
                "text": "",
            },
        )
        is_ours = sender is not None and sender.address in OURS
        often = 0.9 if is_ours else 0.05
        kind = FolderKind.SENT if chance.random() < often else chance.choice(_KINDS)
        self.copy(row, kind, chance)

    def copy(self, row: int, kind: FolderKind, chance: Random) -> None:
        place = self.store.one("SELECT id FROM mail_places WHERE kind = ?", [kind.value])
        number = place["id"] if place else self.store.insert(
            "mail_places", {"origin": "x", "folder": kind.value, "kind": kind.value}
        )  # fmt: skip
        cells = {
            "place_id": number,
            "uid": str(chance.random()),
            "message_id": row,
            "flags": chance.choice(["", "", "", "R", "S"]),
            "is_present": int(chance.random() < 0.85),
        }
        self.store.insert("mail_copies", cells)


_ORDER_WORDS = (
    "channel", "number_key", "currency", "placed_on", "placed_sort", "gift", "payment_status",
    "fulfillment_status", "order_status",
)  # fmt: skip
_ORDER_SUMS = ("total", "units_to_send", "passes_gate", "is_held")
_KINDS = [FolderKind.INBOX] * 6 + list(FolderKind)


class _TakenBackError(Exception):
    """Ends a transaction of which nothing is to stay."""


def _known(box: Box, chance: Random) -> Row | None:
    rows = box.store.rows("SELECT id, message_id FROM mail_messages ORDER BY id")
    return chance.choice(rows) if rows else None


def _arrives(box: Box, chance: Random) -> None:
    known = {row[0] for row in box.store.rows("SELECT message_id FROM mail_messages")}
    for _ in range(chance.choice([1, 1, 2, 3])):
        free = [each for each in IDS if each not in known]
        if free:
            name = chance.choice(free)
            known.add(name)
            box.lay(random_message(chance, name), chance)


def _is_marked(box: Box, chance: Random) -> None:
    mark = {
        "message_id": chance.choice(IDS),
        "kind": chance.choice(list(MarkKind)).value,
        "at": (START + timedelta(hours=chance.randrange(500))).isoformat(),
        "note": "",
    }
    box.store.insert("mail_marks", mark)


def _is_overruled(box: Box, chance: Random) -> None:
    box.store.run(
        "INSERT OR REPLACE INTO mail_overrulings (message_id, is_question, why, at)"
        " VALUES (?, ?, '', ?)",
        [chance.choice(IDS), chance.randrange(2), START.isoformat()],
    )


def _is_ruled(box: Box, chance: Random) -> None:
    box.store.run(
        "INSERT OR REPLACE INTO mail_address_rules (address, why, at) VALUES (?, '', ?)",
        [chance.choice(PEOPLE), START.isoformat()],
    )


def _is_linked(box: Box, chance: Random) -> None:
    box.store.run(
        "INSERT OR REPLACE INTO mail_address_links (address, other, at) VALUES (?, ?, ?)",
        [*sorted(chance.sample(BUYERS, 2)), START.isoformat()],
    )


def _is_withdrawn(box: Box, chance: Random) -> None:
    act = chance.choice(
        [
            "DELETE FROM mail_marks WHERE id = (SELECT max(id) FROM mail_marks)",
            "DELETE FROM mail_overrulings WHERE id = (SELECT max(id) FROM mail_overrulings)",
            "DELETE FROM mail_address_rules WHERE id = (SELECT max(id) FROM mail_address_rules)",
            "DELETE FROM mail_address_links WHERE id = (SELECT max(id) FROM mail_address_links)",
        ]
    )
    box.store.run(act)


def _buys(box: Box, chance: Random) -> None:
    number = str(chance.random())
    cells: dict[str, str | int] = dict.fromkeys(_ORDER_WORDS, "") | dict.fromkeys(_ORDER_SUMS, 0)
    cells |= {"number": number, "customer_email": chance.choice(BUYERS)}
    box.store.insert("orders", cells)


def _changes_address(box: Box, chance: Random) -> None:
    box.store.run(
        "UPDATE orders SET customer_email = ? WHERE id = (SELECT min(id) FROM orders)",
        [chance.choice([None, *BUYERS])],
    )


def _is_moved(box: Box, chance: Random) -> None:
    row = _known(box, chance)
    if row is not None:
        box.copy(row["id"], chance.choice(list(FolderKind)), chance)
        box.store.run(
            "UPDATE mail_copies SET is_present = ?, flags = ? WHERE id ="
            " (SELECT min(id) FROM mail_copies WHERE message_id = ?)",
            [chance.randrange(2), chance.choice(["", "R", "D", "J"]), row["id"]],
        )


def _is_read_whole(box: Box, chance: Random) -> None:
    row = _known(box, chance)
    if row is not None:
        known = next(m for m in Messages(box.store).all() if m.message_id == row["message_id"])
        other = random_message(chance, known.message_id)
        what = chance.choice(["form", "signs", "report", "notice", "to", "reply_to", "references"])
        changed = replace(known, **{what: getattr(other, what)})
        box.store.update("mail_messages", row["id"], {"facts": facts_text(changed)})


ACTS: list[Callable[[Box, Random], None]] = [
    _arrives, _arrives, _arrives, _is_marked, _is_overruled, _is_ruled, _is_linked, _is_withdrawn,
    _buys, _changes_address, _is_moved, _is_read_whole,
]  # fmt: skip


@contextmanager
def a_box() -> Iterator[Box]:
    store = Store(None, now=lambda: START)
    verdicts = Verdicts(store)
    box = Box(store, FewMessages(store, verdicts), verdicts)
    with store.write():
        MailAccounts(store).add_identity(MAKER)
    yield box
    store.close()


@settings(max_examples=60, deadline=None)
@given(
    st.randoms(use_true_random=True),
    st.integers(0, 20),
    st.lists(st.sampled_from(ACTS), max_size=8),
)
def test_little_judged_leaves_what_a_judging_of_all_leaves(
    chance: Random, count: int, acts: list[Callable[[Box, Random], None]]
) -> None:
    with a_box() as box:
        with box.store.write():
            for message_id in chance.sample(IDS, count):
                box.lay(random_message(chance, message_id), chance)
        box.renew_all()
        for act in acts:
            with box.store.write():
                act(box, chance)
            if not box.renew():
                box.renew_all()
            assert not box.verdicts.is_stale()
            assert box.kept() == box.as_judged_whole()


def test_an_act_touches_no_message_that_does_not_hang_on_it() -> None:
    with a_box() as box:
        chance = Random(1)  # noqa: S311 - a test's own dice
        for number, buyer in enumerate(BUYERS):
            asked = Message(
                IDS[number], START, Correspondent("", buyer), "Ring", (Correspondent("", MAKER),)
            )
            with box.store.write():
                box.lay(asked, chance)
        box.renew_all()
        with box.store.write():
            box.store.run("UPDATE mail_messages SET reason = 'written by hand'")
            _mark_answered(box, IDS[3])
        assert box.renew()
        told = [row[0] for row in box.store.rows("SELECT reason FROM mail_messages ORDER BY id")]
        assert told.count("written by hand") == len(BUYERS) - 1
        assert "you said: answered" in told[3]


def _mark_answered(box: Box, message_id: str) -> None:
    cells = {"message_id": message_id, "kind": "answered", "at": START.isoformat(), "note": ""}
    box.store.insert("mail_marks", cells)
