"""What else can happen to the chosen order: parts, refunds, cancellations, returns, disputes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QMenu, QWidget

from jeweler_desk.domain.label import waiting
from jeweler_desk.domain.money import total_of
from jeweler_desk.domain.order import (
    AuthorizationState,
    DisputeOutcome,
    FulfillmentStatus,
    Order,
    OrderStatus,
    RefundState,
    Shipment,
)
from jeweler_desk.domain.policy_wording import suggestion_told
from jeweler_desk.domain.refunds import RefundWish, returnable_units, titles, units_left
from jeweler_desk.domain.wording import VOID_TIME, day_text, money_text, seen_by_carrier
from jeweler_desk.services.changes import Changes
from jeweler_desk.services.desk import Desk
from jeweler_desk.services.payments import may_be_honored
from jeweler_desk.services.returns import ExchangeWish
from jeweler_desk.ui.dialogs.agreed_to_wait import AgreedForm
from jeweler_desk.ui.dialogs.choose_units import (
    PackPart,
    PartChoice,
    ReceiptChoice,
    ReceivePieces,
    ReturnChoice,
    ReturnPieces,
)
from jeweler_desk.ui.dialogs.exchange_order import ExchangeOrder
from jeweler_desk.ui.dialogs.form import Form
from jeweler_desk.ui.dialogs.hold_order import read_day
from jeweler_desk.ui.dialogs.refund_order import (
    RefundOrder,
    RefundProgress,
    RefundRoom,
    RefundStep,
)
from jeweler_desk.ui.dialogs.say_why import AmountForm, Said, SayWhy, Sum, Wording
from jeweler_desk.ui.frame import Frame
from jeweler_desk.ui.more_acts import MORE_ACTS
from jeweler_desk.ui.pages.label_acts import LabelActs, open_labels


def possible_acts(order: Order) -> frozenset[str]:
    """Return which of these acts make sense for an order as it stands."""
    lines = order.line_items
    left = any(line.units_shipped for line in lines)
    is_canceled = order.order_status is OrderStatus.CANCELED
    closed = any(line.units_closed for line in lines)
    disputed = any(each.outcome is None for each in order.disputes)
    evidence = any(e.outcome is None and e.evidence_given_at is None for e in order.disputes)
    open_returns = [each for each in order.returns if each.closed_at is None]
    held = any(each.state is AuthorizationState.HELD for each in order.authorizations)
    is_short = order.payment_status.value in {"unpaid", "partially_paid", "authorized"}
    can = {
        "order.part": order.passes_gate and order.units_to_send > 1 and not closed,
        "order.open": closed,
        "order.not_shipped": any(each.units for each in order.shipments),
        "order.label": order.units_to_send > 0 or not order.shipments,
        "order.label_back": bool(open_labels(order)),
        "order.agreed": order.units_to_send > 0 and order.paid_at is not None,
        "order.expired": held,
        "order.write_off": is_short and not is_canceled,
        "order.honor": may_be_honored(order),
        "order.ask": order.units_to_send > 0 and order.question is None,
        "order.answered": order.question is not None,
        "order.refund": bool(order.charges),
        "order.refund_step": any(r.state is not RefundState.SETTLED for r in order.refunds),
        "order.void": held,
        "order.paid": is_short,
        "order.return": any(returnable_units(order).values()),
        "order.back": any(each.units_missing for each in open_returns),
        "order.return_closed": bool(open_returns),
        "order.exchange": any(returnable_units(order).values()),
        "order.cancel": not is_canceled and not left,
        "order.reinstate": order.fulfillment_status is FulfillmentStatus.CANCELED,
        "order.dispute": bool(order.charges) and not disputed,
        "order.evidence": evidence,
        "order.dispute_won": disputed,
        "order.dispute_lost": disputed,
    }
    return frozenset(name for name, is_possible in can.items() if is_possible)


class OrderActs:
    """Asks what an act needs, does it with the chosen order, and offers Undo."""

    def __init__(
        self,
        frame: Frame,
        desk: Desk,
        chosen: Callable[[], Order | None],
        window: Callable[[], QWidget],
    ) -> None:
        self._frame = frame
        self._desk = desk
        self._chosen = chosen
        self._window = window
        self.labels = LabelActs(frame, desk, window)

    def fill(self, menu: QMenu) -> None:
        """Put what is possible with the chosen order into a menu."""
        menu.clear()
        order = self._chosen()
        possible = possible_acts(order) if order else frozenset[str]()
        for name in MORE_ACTS:
            if not name:
                menu.addSeparator()
            elif name in possible:
                menu.addAction(self._frame.actions[name])

    def start(self, name: str) -> None:
        """Begin one of these acts with the chosen order."""
        order = self._chosen()
        if order is None:
            return
        if name not in possible_acts(order):
            self._frame.notices.tell(
                f"“{self._frame.actions[name].text()}” does not fit order"
                f" {order.number} as it stands."
            )
            return
        begin: dict[str, Callable[[Order], None]] = {
            "order.part": self._part,
            "order.open": self._open,
            "order.not_shipped": self._not_shipped,
            "order.label": self.labels.buy,
            "order.label_back": self.labels.mark,
            "order.agreed": self._agreed,
            "order.expired": self._expired,
            "order.write_off": self._write_off,
            "order.honor": self._honor,
            "order.ask": self._ask,
            "order.answered": self._answered,
            "order.refund": self._refund,
            "order.refund_step": self._refund_step,
            "order.void": self._void,
            "order.paid": self._paid,
            "order.return": self._return,
            "order.back": self._back,
            "order.return_closed": self._close_return,
            "order.exchange": self._exchange,
            "order.cancel": self._cancel,
            "order.reinstate": self._reinstate,
            "order.dispute": self._dispute,
            "order.evidence": self._evidence,
            "order.dispute_won": lambda each: self._end_dispute(each, DisputeOutcome.WON),
            "order.dispute_lost": lambda each: self._end_dispute(each, DisputeOutcome.LOST),
        }
        begin[name](order)

    def _do(self, order: Order, deed: Callable[[], Changes], said: str) -> None:
        self._frame.act(deed, f"Order {order.number}: {said}.")

    @staticmethod
    def _show(form: Form, answered: Callable[..., None]) -> QDialog:
        form.answered.connect(answered)
        form.open()
        return form

    # ---- goods

    def _part(self, order: Order) -> None:
        def pack(choice: PartChoice) -> None:
            deed = self._desk.fulfillment.pack_part
            said = "a part is packed; print its slip and hand it over"
            self._do(order, lambda: deed(order.id, choice.units, choice.note), said)

        self._show(PackPart(order, self._window()), pack)

    def _open(self, order: Order) -> None:
        self._do(order, lambda: self._desk.fulfillment.open_parcel(order.id), "the parcel is open")

    def _not_shipped(self, order: Order) -> None:
        left = [each for each in order.shipments if each.units]
        now, timezone = self._desk.clock.now(), self._desk.settings.timezone()
        seen = seen_by_carrier(left, now, timezone)
        wording = Wording(
            f"Order {order.number} did not leave",
            "It never left",
            "What happened",
            ("marked by mistake", "the wrong parcel", "the post did not take it"),
            (f"The carrier has seen it ({seen}): look twice before you say so. " if seen else "")
            + "Its pieces stand packed again, what it took of the supplies is back until it leaves,"
            " and its ship-by day counts. If the buyer was told that it left, a correction is laid"
            " among your letters as a draft.",
            "Write in a few words what happened.",
        )
        several = [(each.id, _parcel_named(order, each)) for each in left]

        def undo(said: Said) -> None:
            deed = self._desk.cancellations.undo_shipped
            self._do(order, lambda: deed(order.id, said.words, said.which), "it is packed again")

        self._show(SayWhy(wording, self._window(), several), undo)

    def _ask(self, order: Order) -> None:
        wording = Wording(
            f"Order {order.number} waits for the customer",
            "It waits",
            "You asked",
            ("Which ring size?", "What shall be engraved?", "Is the address right?"),
            lack="Write what you asked.",
        )
        deed = self._desk.orders.ask_customer
        self._show(
            SayWhy(wording, self._window()),
            lambda said: self._do(
                order, lambda: deed(order.id, said.words), "it waits for the customer"
            ),
        )

    def _answered(self, order: Order) -> None:
        asked = order.question.question if order.question else ""
        wording = Wording(
            f"The customer of {order.number} answered",
            "It goes on",
            "The answer",
            follows=f"You asked: “{asked}”",
        )
        deed = self._desk.orders.customer_answered
        self._show(
            SayWhy(wording, self._window()),
            lambda said: self._do(order, lambda: deed(order.id, said.words), "it goes on"),
        )

    def _return(self, order: Order) -> None:
        def expect(choice: ReturnChoice) -> None:
            deed = self._desk.returns.expect
            said = "the pieces are expected back"
            self._do(order, lambda: deed(order.id, choice.units, choice.reason), said)

        policies = self._desk.policies
        form = ReturnPieces(
            order,
            returnable_units(order),
            self._window(),
            lambda units: policies.terms(order, units=units),
        )
        self._show(form, expect)

    def _back(self, order: Order) -> None:
        found = next(e for e in order.returns if e.closed_at is None and e.units_missing)

        def receive(choice: ReceiptChoice) -> None:
            deed = self._desk.returns.receive
            self._do(
                order,
                lambda: deed(order.id, choice.condition, choice.units, found.id),
                "the pieces are back",
            )

        policies = self._desk.policies
        form = ReceivePieces(
            order,
            dict(found.units_missing),
            self._window(),
            lambda units, how: suggestion_told(policies.suggestion(order, units, how)),
        )
        self._show(form, receive)

    def _close_return(self, order: Order) -> None:
        found = [each for each in order.returns if each.closed_at is None]
        wording = Wording(
            f"Close the return of order {order.number}",
            "Close it",
            "Why",
            ("it never came", "nothing is owed for it", "the buyer keeps it"),
            lack="Write why the return ends.",
        )

        def close(said: Said) -> None:
            deed = self._desk.returns.close
            which = said.which or found[0].id
            self._do(order, lambda: deed(order.id, said.words, which), "the return is closed")

        several = [(each.id, titles(order, each.units)) for each in found]
        self._show(SayWhy(wording, self._window(), several), close)

    def _exchange(self, order: Order) -> None:
        returns = self._desk.returns

        def exchange(wish: ExchangeWish) -> None:
            self._do(order, lambda: returns.exchange(order.id, wish)[1], "it is exchanged")

        form = ExchangeOrder(
            order,
            returnable_units(order),
            lambda wish: returns.difference(order, wish),
            self._window(),
        )
        self._show(form, exchange)

    def _cancel(self, order: Order) -> None:
        wording = Wording(
            f"Cancel order {order.number}",
            "Cancel the order",
            "Why",
            ("the buyer asked for it", "it cannot be made", "paid twice"),
            self._tasks_of_canceling(order),
            "Write why the order is canceled.",
        )
        form = SayWhy(wording, self._window())
        form.cancel.say("Keep it")
        deed = self._desk.cancellations.cancel
        self._show(
            form,
            lambda said: self._do(order, lambda: deed(order.id, said.words), "it is canceled"),
        )

    def _tasks_of_canceling(self, order: Order) -> str:
        """Say what Today will remind of: a refund or a void, and the money of a label."""
        told = []
        if order.charges:
            told.append("The money taken becomes a refund to ask for; Today reminds you of it.")
        elif order.authorizations:
            told.append("Money that is only held is to be voided; Today reminds you of it.")
        bought = waiting(order.labels, order.units_to_send)
        if bought:
            last = day_text(self._desk.labels.refund_by(bought[0]), self._desk.settings.today())
            told.append(f"The label that was bought can be given back until {last}.")
        return " ".join(told)

    def _reinstate(self, order: Order) -> None:
        wording = Wording(
            f"Take order {order.number} up again",
            "Reinstate",
            "Why",
            ("canceled by mistake", "the buyer wants it after all", "our pricing mistake"),
            "Its number and date stay; the ship-by day counts from now.",
            "Write why it is taken up again.",
            tick="Honor it: ask for no more than what came in",
        )

        def reinstate(said: Said) -> None:
            deed = self._desk.cancellations.reinstate
            self._do(
                order,
                lambda: deed(order.id, said.words, honored=said.is_ticked),
                "it is taken up again",
            )

        self._show(SayWhy(wording, self._window()), reinstate)

    # ---- money

    def _refund(self, order: Order) -> None:
        refunds = self._desk.refunds
        before = refunds.settled_units(order)
        room = RefundRoom(
            units_left(order, before),
            refunds.refundable(order),
            lambda wish: refunds.plan(order, wish),
            refunds.means_doubt(order),
            self._desk.policies.refund_suggestion(order),
        )

        def grant(wish: RefundWish) -> None:
            self._do(order, lambda: refunds.grant(order.id, wish), "the refund is granted")

        self._show(RefundOrder(order, room, self._window()), grant)

    def _refund_step(self, order: Order) -> None:
        refunds = self._desk.refunds

        def step(told: RefundStep) -> None:
            deeds: dict[RefundState, Callable[[], Changes]] = {
                RefundState.ASKED: lambda: refunds.ask(
                    order.id, told.refund_id, means=told.means, reference=told.reference
                ),
                RefundState.SETTLED: lambda: refunds.settle(order.id, told.refund_id),
                RefundState.FAILED: lambda: refunds.fail(order.id, told.why, told.refund_id),
            }
            self._do(order, deeds[told.to], f"the refund is {told.to.value}")

        doubt = refunds.means_doubt(order)
        self._show(RefundProgress(order, self._window(), doubt), step)

    def _void(self, order: Order) -> None:
        said = f"the held money is let go. {VOID_TIME[:-1]}"
        self._do(order, lambda: self._desk.payments.void(order.id), said)

    def _expired(self, order: Order) -> None:
        self._do(order, lambda: self._desk.payments.expire(order.id), "the held money ran out")

    def _write_off(self, order: Order) -> None:
        wording = Wording(
            f"Ask for less of order {order.number}",
            "Write it off",
            "Why",
            ("a friend’s price", "too little to ask for", "our mistake"),
            lack="Write why it is written off.",
        )
        payments = self._desk.payments
        form = AmountForm(wording, payments.open_amount(order), self._window())
        self._show(
            form,
            lambda told: self._do(
                order,
                lambda: payments.write_off(order.id, told.amount, told.words),
                "it is written off",
            ),
        )

    def _honor(self, order: Order) -> None:
        brought = total_of([each.amount for each in order.charges], order.total.currency)
        wording = Wording(
            f"Honor the price of order {order.number}",
            "Honor it",
            "Why",
            ("our pricing mistake", "a gift from the shop", "promised by word"),
            f"It goes for what it brought, {money_text(brought)}; nothing more is asked for.",
            "Write why the price is honored.",
        )
        deed = self._desk.payments.honor
        self._show(
            SayWhy(wording, self._window()),
            lambda said: self._do(order, lambda: deed(order.id, said.words), "it is honored"),
        )

    def _agreed(self, order: Order) -> None:
        form = AgreedForm(order.number, self._window())
        deed = self._desk.delays.agree
        self._show(
            form,
            lambda told: self._do(
                order, lambda: deed(order.id, told.until, told.words), "the buyer agrees to wait"
            ),
        )

    def _paid(self, order: Order) -> None:
        wording = Wording(
            f"Money came in for order {order.number}",
            "It came in",
            "How",
            ("cash", "bank transfer", "card at the market"),
        )
        payments = self._desk.payments
        form = AmountForm(wording, payments.open_amount(order), self._window())

        def record(told: Sum) -> None:
            deed = payments.record
            self._do(order, lambda: deed(order.id, told.amount, told.words), "the money is noted")

        self._show(form, record)

    def _dispute(self, order: Order) -> None:
        wording = Wording(
            f"Order {order.number} is disputed",
            "Note the dispute",
            "The bank says",
            ("not received", "not as described", "not recognized"),
            "Evidence can be given once: give it whole.",
            "Write what the bank says.",
        )
        form = AmountForm(wording, order.total, self._window(), day="Evidence by")

        def dispute(told: Sum) -> None:
            deed = self._desk.payments.open_dispute
            day = read_day(told.day)
            self._do(order, lambda: deed(order.id, told.amount, told.words, day), "it is disputed")

        self._show(form, dispute)

    def _evidence(self, order: Order) -> None:
        self._do(order, lambda: self._desk.payments.give_evidence(order.id), "evidence is given")

    def _end_dispute(self, order: Order, outcome: DisputeOutcome) -> None:
        deed = self._desk.payments.close_dispute
        self._do(order, lambda: deed(order.id, outcome), f"the dispute is {outcome.value}")


def _parcel_named(order: Order, parcel: Shipment) -> str:
    """Name a parcel by what tells it from the others: carrier and number, then its pieces."""
    told = [parcel.carrier or "", parcel.tracking_number or "", titles(order, parcel.units)]
    return " · ".join(each for each in told if each)
