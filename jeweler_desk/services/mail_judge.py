"""Keeps the judgement of all mail true to the facts, at the least cost."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import Final
from zoneinfo import ZoneInfo

from jeweler_desk import __version__
from jeweler_desk.domain.her_word import HerWord
from jeweler_desk.domain.message import Message
from jeweler_desk.domain.ours import Ours, our_addresses
from jeweler_desk.domain.verdict import Judgement
from jeweler_desk.services.mail_customers import KnownCustomers
from jeweler_desk.services.mail_few import FewMessages, Grounds, Whole, basis_of, hear
from jeweler_desk.services.mail_said import SaidMeanwhile
from jeweler_desk.services.settings import Settings
from jeweler_desk.services.steps import Steps
from jeweler_desk.store.database import Store
from jeweler_desk.store.letters import LetterRows
from jeweler_desk.store.mail_accounts import MailAccounts
from jeweler_desk.store.mail_verdicts import Verdicts
from jeweler_desk.store.mail_words import MailWordRows
from jeweler_desk.store.messages import Messages
from jeweler_desk.store.orders import Orders as OrderRows

_MOST_IN_PLACE: Final = 400
"""So many messages are judged in some hundredths of a second: a window need not wait for more."""

_READ_AT_ONCE: Final = 500


class MailJudge:
    """Judges anew when mail, our addresses, the seller's word or the order book changed."""

    def __init__(
        self,
        store: Store,
        messages: Messages,
        verdicts: Verdicts,
        accounts: MailAccounts,
        orders: OrderRows,
        settings: Settings,
    ) -> None:
        self._store = store
        self._words = MailWordRows(store)
        self._letters = LetterRows(store)
        self._few = FewMessages(store, verdicts)
        self._messages = messages
        self._verdicts = verdicts
        self._accounts = accounts
        self._customers = KnownCustomers(store, orders)
        self._settings = settings
        self.said = SaidMeanwhile(accounts, verdicts)
        self._wanted: Callable[[], None] | None = None
        self._is_awaited = False
        self._under_way: list[str] | None = None

    # ---- beside the window

    def judge_beside(self, wanted: Callable[[], None]) -> None:
        """Leave a judging of much to `steps`; ``wanted`` is called when one is due.

        Until it is done all answers are those of the judging before.
        """
        self._wanted = wanted
        self._few.most = _MOST_IN_PLACE

    def wait_for_all(self) -> None:
        """Answer with what was judged before until `steps` were gone through: more is coming in."""
        self._is_awaited = True

    def wait_no_more(self) -> None:
        """Judge what is due at the next question again."""
        self._is_awaited = False

    @property
    def is_awaited(self) -> bool:
        """Whether what is kept is not true any more and will be, once `steps` were gone through."""
        return self._is_awaited

    def look_at_basis(self) -> None:
        """Have all judged anew where the rules, the zone or what we are called are others now."""
        if self._wanted is None:
            return
        if self._is_awaited:
            is_the_same = self._under_way in (None, self._basis())
        else:
            is_the_same = self._few.is_on(self._basis())
        if not is_the_same:
            with self._store.write():
                self._verdicts.forget()
            self.renew()

    def _basis(self) -> list[str]:
        called = self._names_called()
        return basis_of(__version__, ZoneInfo(self._settings.timezone()), called)

    def _leave(self) -> bool:
        """Whether a judging of all is left to be done beside the window."""
        if self._wanted is None or not self._verdicts.is_more_than(_MOST_IN_PLACE):
            return False
        if not self._is_awaited:
            self._is_awaited = True
            self._wanted()
        return True

    def steps(self) -> Steps[None]:
        """Judge what is due in short steps, the rules themselves at work beside the window.

        What changes meanwhile is judged after it, among the few that it touches; where everything
        hangs on the change, all is judged again. A break leaves it on the file that this is due.
        """
        from jeweler_desk.domain.judging import (  # noqa: PLC0415 - a start needs no rules
            collector_at_rest,
        )

        self._is_awaited = True
        try:
            with collector_at_rest():
                while self._verdicts.is_stale():
                    yield from self._judge_in_steps()
        finally:
            self._is_awaited, self._under_way = False, None
            self.said.forget()

    def _judge_in_steps(self) -> Steps[None]:
        with self._store.write():
            grounds = self._grounds()
            if self._few.renew(grounds):
                return
            self._few.begin_anew()
            self._under_way = grounds.basis
        yield None
        messages: dict[int, Message] = {}
        for block in self._messages.blocks(_READ_AT_ONCE):
            messages |= block
            yield None
        marks = self._accounts.marks()
        whole: Whole = yield partial(hear, messages, marks, grounds)
        if self._verdicts.is_shaken():
            return
        for act in self._few.keep_anew(whole):
            with self._store.write_portion():
                act()
            yield self._store.settling()

    # ---- the judging itself

    def judged(self) -> Judgement:
        """Judge all messages known, from the facts alone."""
        from jeweler_desk.domain.judging import judge  # noqa: PLC0415 - a start needs no rules

        on = self._grounds()
        return judge(
            on.named(self._messages.all()),
            on.declared,
            self._accounts.marks(),
            on.customers,
            on.zone,
            on.word,
        )

    def ours(self) -> Ours:
        """Return who we are; while a judging of all is awaited, who we were in the last."""
        if self._is_awaited:
            return self._few.last_ours() or our_addresses((), self._grounds().declared, ())
        return self._few.ours(self._grounds()) or self.judged().ours

    def _grounds(self) -> Grounds:
        declared = [each.account.address for each in self._accounts.all()]
        answers = self._letters.answers()
        return Grounds(
            [*declared, *self._accounts.identities()],
            self._customers.addresses(),
            ZoneInfo(self._settings.timezone()),
            self._word(),
            lambda messages: _with_answers(messages, answers),
            __version__,
        )

    def _word(self) -> HerWord:
        """Return her word on people and letters, and on letters she is only in Cc of."""
        return replace(self._words.word(), names_called=self._names_called())

    def _names_called(self) -> frozenset[str] | None:
        if self._settings.get("mail.copied") != "yes":
            return None
        return frozenset({self._settings.get("shop.name")} - {""})

    def mismatches(self) -> list[str]:
        """Return the Message-IDs whose kept decision or clock is not the one that follows.

        Nothing is told while something new waits to be judged; where any is wrong, all mail is
        judged anew at the next question.
        """
        if self._verdicts.is_stale():
            return []
        judgement = self.judged()
        kept = {each.message_id: each for each in self._verdicts.listed()}
        wrong = [
            message_id
            for message_id, verdict in judgement.verdicts.items()
            if (kept[message_id].decision, kept[message_id].clock)
            != (verdict.decision, verdict.clock)
        ]
        due = {clock.key: clock.due_at for clock in judgement.conversations if clock.due_at}
        kept_due = {clock.key: clock.due_at for clock in self._verdicts.waiting() if clock.due_at}
        moved = [key for key in due.keys() | kept_due.keys() if due.get(key) != kept_due.get(key)]
        found = sorted({*wrong, *moved})
        if found and not self._store.is_read_only:
            with self._store.write():
                self._verdicts.forget()
        return found

    def renew(self) -> bool:
        """Judge what changes since then may touch and keep it, in the open transaction or its own.

        Where they may touch everything, all is judged; False where that is left to `steps`.
        """
        if self._is_awaited:
            return False
        with self._store.write():
            grounds = self._grounds()
            if self._few.renew(grounds):
                self.said.forget()
                return True
            if self._leave():
                return False
            messages = grounds.named(self._messages.all())
            self._few.renew_all(messages, self._accounts.marks(), grounds)
        self.said.forget()
        return True

    def current(self) -> Judgement | None:
        """Return None once what is kept is true, or while a judging of much is awaited.

        Beside a window that has the file, a judgement to use instead.
        """
        if self._is_awaited or not self._verdicts.is_stale():
            return None
        if self._store.is_read_only:
            return self.judged()
        self.renew()
        return None


def _with_answers(messages: Iterable[Message], answers: Mapping[str, str]) -> list[Message]:
    """Return the messages, those written here naming what they answer.

    A letter to a form's visitor names nothing in its headers, and few servers change ids: that it
    was written here as the answer is the strongest witness (facts of mail, 1.1 A).
    """
    return [
        replace(each, in_reply_to=(answers[each.message_id], *each.in_reply_to))
        if each.message_id in answers and answers[each.message_id] not in each.in_reply_to
        else each
        for each in messages
    ]
