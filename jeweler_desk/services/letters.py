"""Letters as drafts: begun by her or by an act, written, let go; sending is the outbox's."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from jeweler_desk.domain.letter import (
    LEFT,
    Letter,
    LetterError,
    LetterKind,
    LetterState,
    refuse_unless,
)
from jeweler_desk.domain.letter_address import Recipient, answer_recipient, order_recipient
from jeweler_desk.domain.letter_facts import (
    ANSWER_WITHIN,
    Delay,
    ShopWords,
    delay_kind,
    order_facts,
    person_facts,
    shop_facts,
)
from jeweler_desk.domain.letter_fate import WATCHED_FOR
from jeweler_desk.domain.letter_findings import Finding
from jeweler_desk.domain.letter_template import LetterField, LetterTemplate, filled
from jeweler_desk.domain.mail_view import Conversation
from jeweler_desk.domain.message import Message, canonical_address, order_numbers
from jeweler_desk.domain.order import Channel, Order, OrderId, Shipment
from jeweler_desk.domain.promises import put_off
from jeweler_desk.domain.verdict import Direction
from jeweler_desk.services.changes import NOTHING_CHANGED, Changes, Topic, changes_of
from jeweler_desk.services.clock import Clock
from jeweler_desk.services.correspondence import Correspondence
from jeweler_desk.services.letter_templates import LetterTemplates
from jeweler_desk.services.order_book import OrderBook
from jeweler_desk.services.settings import Settings
from jeweler_desk.services.tracking_numbers import TrackingNumbers
from jeweler_desk.store.answered_mail import AnsweredMail
from jeweler_desk.store.database import Store
from jeweler_desk.store.letters import LetterRows
from jeweler_desk.store.mail_accounts import MailAccounts as AccountRows

if TYPE_CHECKING:
    from jeweler_desk.services.letter_check import LetterCheck

_LETTERS: Final[Changes] = frozenset({Topic.LETTERS})
_HERE: Final = "desk"
_HIGHEST_ID: Final = 2**63
_OPEN: Final = tuple(set(LetterState) - {LetterState.SEEN_IN_SENT, LetterState.ELSEWHERE})
_OF_DELAYS: Final = frozenset({LetterKind.DELAY_OPEN.value})
_OF_NEW_DAYS: Final = frozenset({LetterKind.DELAY.value, LetterKind.DELAY_CONSENT.value})
_NO_SUCH_DELAY: Final = (
    "Promise order {number} anew first: the letter that its delay needs is laid on the desk then."
    " Nothing was changed."
)


class Letters:
    """Her letters. None is ever sent by itself: an act only lays a draft on the desk."""

    def __init__(
        self,
        store: Store,
        rows: LetterRows,
        book: OrderBook,
        mail: Correspondence,
        settings: Settings,
        clock: Clock,
    ) -> None:
        self._store = store
        self._rows = rows
        self._book = book
        self._mail = mail
        self._settings = settings
        self._clock = clock
        self._answered = AnsweredMail(store)
        self._accounts = AccountRows(store)
        self._numbers = TrackingNumbers()
        self.templates = LetterTemplates(store, rows)

    # ---- reading

    def all(self) -> list[Letter]:
        """Return every letter, the one changed last first."""
        return self._rows.all()

    def get(self, letter_id: int) -> Letter:
        """Return one letter. Raises `LetterError` where there is none."""
        letter = self._rows.get(letter_id) if 0 < letter_id < _HIGHEST_ID else None
        if letter is None:
            raise LetterError(f"There is no letter {letter_id}. Nothing was changed.")
        return letter

    def open_ones(self) -> list[Letter]:
        """Return the letters that are not settled: drafts, the outbox, those just come back."""
        since = self._clock.now() - WATCHED_FOR
        return [
            each
            for each in self._rows.in_states(_OPEN)
            if each.came_back_at is None or each.came_back_at >= since
        ]

    def of_order(self, order_id: OrderId) -> list[Letter]:
        """Return the letters about an order, the oldest first."""
        return self._rows.of_order(order_id)

    def answers_to(self, conversation: Conversation) -> list[Letter]:
        """Return the letters begun or sent in answer to a conversation, the oldest first."""
        return self._rows.answering([each.message_id for each in conversation.entries])

    def asked_words(self, letter: Letter) -> str:
        """Return the words of the message that a letter answers; empty where it answers none."""
        return self._answered.text(letter.answers) if letter.answers else ""

    # ---- reading along

    def check(self, letter: Letter) -> LetterCheck:
        """Return what reads a letter's words against the records it speaks of."""
        from jeweler_desk.domain.letter_truth import (  # noqa: PLC0415 - no start needs it
            record_of,
        )
        from jeweler_desk.services.letter_check import (  # noqa: PLC0415 - likewise
            LetterCheck,
            instants_of,
        )

        order = self._book.order(letter.order_id) if letter.order_id is not None else None
        local = self._shop_words().local
        days = {local(each) for each in instants_of(order)} if order else set()
        if order is not None:
            days |= {each.ship_by for each in self._book.reading.promises(order.id)}
            days |= {local(letter.made_at), local(letter.made_at) + ANSWER_WITHIN}
        record = record_of(
            order,
            today=self._settings.today(),
            local_days=days,
            names=[letter.to_name],
            addresses=[order.email or "", *self._addresses_of(letter.answers)] if order else [],
            codes=self._settings.get("shop.intended_codes").split(","),
            kind=letter.kind,
        )
        known = [each.carrier or "" for each in order.shipments] if order else []
        known += [order.number, order.discount_code or ""] if order else []
        return LetterCheck(record, " ".join([*known, self._settings.get("shop.name")]))

    def _addresses_of(self, message_id: str | None) -> list[str]:
        """Return every address by which the writer of a message may be reached."""
        message = self._answered.message(message_id) if message_id else None
        if message is None:
            return []
        people = [each for each in (message.sender, *message.reply_to, message.form) if each]
        notice = [message.notice.address] if message.notice else []
        return [*(each.address for each in people), *notice]

    def locks(self, letter: Letter) -> tuple[Finding, ...]:
        """Return what differs from the records and was not yet said to be right."""
        found = self.check(letter).findings(letter.subject, letter.body, letter.to_address)
        return tuple(each for each in found if each.is_of_truth and each.key not in letter.waived)

    # ---- beginning

    def answer(self, message_id: str, kind: LetterKind = LetterKind.ANSWER) -> tuple[int, Changes]:
        """Begin the answer to a message, or return the draft that was begun before.

        It goes to the right person, from the address that was written to. Raises `RefusedError`
        where an email would reach nobody: on Etsy, on Instagram.
        """
        conversation = self._mail.conversation(message_id)
        begun = [each for each in self.answers_to(conversation) if each.is_draft]
        if begun:
            return begun[-1].id, NOTHING_CHANGED
        asked = self._last_of_hers(conversation, message_id)
        message = self._answered.message(asked)
        to = answer_recipient(conversation, message)
        facts = shop_facts(self._shop_words()) | person_facts(to.name)
        template = self.templates.get(kind.value)
        _, body = filled(template, facts)
        subject = to.subject or template.subject
        return self._begin(
            kind, to, subject, body, f"Begin a letter to {to.name or to.address}",
            answers=asked, from_address=self._from_address(message),
            order_id=self._order_meant(to.address, conversation.subject),
        )  # fmt: skip

    def write(self, order_id: OrderId, template: str = LetterKind.THANKS) -> tuple[int, Changes]:
        """Begin a letter to an order's buyer from a template."""
        order = self._book.order(order_id)
        used = self.templates.get(template)
        return self._begin_for(order, used, f"Begin a letter about order {order.number}")

    def correct(self, order: Order, parcel: Shipment) -> bool:
        """Lay a correction on the desk if the buyer was told that a parcel left; in its act's step.

        A letter of ours told her, or the marketplace did: of a parcel that it marked as sent
        itself, and of every parcel noted there by a label bought elsewhere.
        """
        told = [
            each
            for each in self._rows.of_order(order.id)
            if each.kind is LetterKind.SHIPPING and each.state in LEFT
        ]
        if not told and (parcel.source == _HERE or order.channel is Channel.MANUAL):
            return False
        template = self.templates.get(LetterKind.CORRECTION.value)
        self._begin_for(order, template, "", parcel=parcel)
        return True

    def tell_delay(self, order: Order, delay: Delay) -> LetterKind:
        """Lay the letter about a promise put off on the desk; in its act's step."""
        kind = delay_kind(delay)
        self._begin_for(order, self.templates.get(kind.value), "", delay=delay)
        return kind

    def _delay_told(self, order: Order, template: str) -> Delay | None:
        """Return the delay that a template tells of; None for one that tells of none.

        Which letter a new day needs is no matter of choice (16 CFR 435). Raises `LetterError`.
        """
        if template in _OF_DELAYS and order.promise is not None:
            return Delay(order.promise.ship_by, None)
        if template not in _OF_NEW_DAYS:
            return None
        promises = self._book.reading.promises(order.id)
        for before, last in list(pairwise(promises))[-1:]:
            delay = Delay(before.ship_by, last.ship_by, put_off(promises[:-1]))
            if delay.was < last.ship_by and delay_kind(delay).value == template:
                return delay
        raise LetterError(_NO_SUCH_DELAY.format(number=order.number))

    def delay_text(self, order: Order, delay: Delay) -> str:
        """Return the words of the letter that a delay needs, without laying it on the desk."""
        facts = self._order_facts(order, delay=delay)
        return filled(self.templates.get(delay_kind(delay).value), facts)[1]

    def _begin_for(
        self,
        order: Order,
        template: LetterTemplate,
        label: str,
        *,
        parcel: Shipment | None = None,
        delay: Delay | None = None,
    ) -> tuple[int, Changes]:
        delay = delay or self._delay_told(order, template.name)
        subject, body = filled(template, self._order_facts(order, parcel=parcel, delay=delay))
        kinds = {each.value: each for each in LetterKind}
        kind = kinds.get(template.name, LetterKind.ANSWER)
        return self._begin(kind, order_recipient(order), subject, body, label, order_id=order.id)

    def _begin(
        self,
        kind: LetterKind,
        to: Recipient,
        subject: str,
        body: str,
        label: str,
        *,
        order_id: OrderId | None = None,
        answers: str | None = None,
        from_address: str | None = None,
    ) -> tuple[int, Changes]:
        record: dict[str, Any] = {
            "kind": kind.value,
            "order_id": order_id,
            "answers": answers,
            "to_name": to.name,
            "to_address": to.address,
            "from_address": from_address or self._from_address(None),
            "subject": subject,
            "body": body,
        }
        with self._store.step(label or "Begin a letter") as step:
            letter_id = self._rows.begin(record, self._clock.now())
        return letter_id, changes_of(step.tables) | _LETTERS

    def facts(self, letter: Letter) -> dict[LetterField, str]:
        """Return what the fields of a template would say in this letter."""
        if letter.order_id is not None:
            return self._order_facts(self._book.order(letter.order_id))
        return shop_facts(self._shop_words()) | person_facts(letter.to_name)

    def _order_facts(
        self, order: Order, *, parcel: Shipment | None = None, delay: Delay | None = None
    ) -> dict[LetterField, str]:
        shop = self._shop_words()
        return shop_facts(shop) | order_facts(
            order, shop, self._link_of, parcel=parcel, delay=delay
        )

    def _link_of(self, parcel: Shipment) -> str | None:
        return self._numbers.link(parcel.tracking_number, parcel.carrier)

    def _shop_words(self) -> ShopWords:
        return ShopWords(
            self._settings.get("shop.name"),
            self._settings.get("shop.signature"),
            self._settings.today(),
            lambda moment: self._settings.local(moment).date(),
        )

    def _order_meant(self, address: str, subject: str) -> OrderId | None:
        """Return the order that a conversation is about: named in its subject, or her only one."""
        orders = self._answered.orders_of(address)
        named = order_numbers(subject)
        meant = [each for each, number in orders if number.lstrip("#").casefold() in named]
        if len(meant) == 1:
            return meant[0]
        return orders[0][0] if len(orders) == 1 and not named else None

    @staticmethod
    def _last_of_hers(conversation: Conversation, message_id: str) -> str:
        hers = [each for each in conversation.entries if each.direction is Direction.IN]
        return hers[-1].message_id if hers else message_id.strip().strip("<>")

    def _from_address(self, message: Message | None) -> str:
        """Return the address of ours that was written to, else the first account's."""
        declared = [each.account.address for each in self._accounts.all()]
        first = declared[0] if declared else ""
        if message is None:
            return first
        known = [*self._accounts.identities(), *declared]
        ours = {canonical_address(each): each for each in known}
        ours |= {each.casefold(): each for each in known}
        for each in (*message.to, *message.cc):
            address = each.address.casefold()
            found = ours.get(address) or ours.get(canonical_address(address))
            if found:
                return found
        origins = self._answered.origins(message.message_id)
        return next((each for each in declared if each in origins), first)

    # ---- writing

    def change(
        self,
        letter_id: int,
        *,
        to_address: str | None = None,
        subject: str | None = None,
        body: str | None = None,
    ) -> Changes:
        """Keep what she typed. It is no step of undo: the editor has its own."""
        letter = self.get(letter_id)
        refuse_unless(letter, LetterState.DRAFT)
        cells = {"to_address": to_address, "subject": subject, "body": body}
        typed = {
            name: text for name, text in cells.items()
            if text is not None and text != getattr(letter, name)
        }  # fmt: skip
        if not typed:
            return NOTHING_CHANGED
        with self._store.write():
            self._rows.change(letter_id, changed_at=self._clock.now(), trouble=None, **typed)
        return _LETTERS

    def use_template(self, letter_id: int, name: str) -> Changes:
        """Put a template's words in place of the letter's own."""
        letter = self.get(letter_id)
        template = self.templates.get(name)
        facts = self.facts(letter)
        if letter.order_id is not None:
            order = self._book.order(letter.order_id)
            facts = self._order_facts(order, delay=self._delay_told(order, name))
        subject, body = filled(template, facts)
        return self.change(
            letter_id, subject=letter.subject if letter.answers else subject, body=body
        )

    def waive(self, letter_id: int, keys: Sequence[str]) -> Changes:
        """Keep her word that what differs from the record is right."""
        letter = self.get(letter_id)
        waived = sorted({*letter.waived, *keys})
        with self._store.write():
            self._rows.change(letter_id, waived=json.dumps(waived))
        return _LETTERS

    def let_go(self, letter_id: int) -> Changes:
        """Take a draft off the desk; undo lays it back."""
        letter = self.get(letter_id)
        refuse_unless(letter, LetterState.DRAFT)
        with self._store.step(f"Let the letter to {letter.to_name or 'nobody'} go") as step:
            self._rows.let_go(letter_id)
        return changes_of(step.tables)

    def given_elsewhere(self, letter_id: int) -> Changes:
        """Note that she gave the letter's words to the buyer on the marketplace or by hand."""
        letter = self.get(letter_id)
        refuse_unless(letter, LetterState.DRAFT, LetterState.UNCLEAR)
        with self._store.write():
            self._rows.change(
                letter_id, state=LetterState.ELSEWHERE.value, handed_at=self._clock.now()
            )
        return _LETTERS
