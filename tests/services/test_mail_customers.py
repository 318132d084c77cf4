"""Whose letters are a customer's: the order book is read whole only when it must be."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from jeweler_desk.services.mail_customers import KnownCustomers
from jeweler_desk.store.database import Store
from jeweler_desk.store.mail_ties import MailTies
from jeweler_desk.store.orders import Orders
from jeweler_desk.wiring import build_desk
from tests.builders import an_order
from tests.fakes import FixedClock


class Counted(Orders):
    """Counts how often the whole book is read."""

    wholes = 0

    def customer_emails(self) -> frozenset[str]:
        self.wholes += 1
        return super().customer_emails()


def test_the_customers_are_known_whatever_comes_changes_goes_or_is_taken_back(
    tmp_path: Path,
) -> None:
    path, now = tmp_path / "desk.db", FixedClock().now
    with closing(Store(path, now=now)) as store:
        orders, ties = Counted(store), MailTies(store)
        customers = KnownCustomers(store, orders)

        def are(*names: str) -> bool:
            return customers.addresses() == {f"{name}@example.com" for name in names}

        def judge() -> None:
            with store.write():
                customers.addresses()
                ties.settle()

        def change(email: str) -> None:
            store.run("UPDATE orders SET customer_email = ? WHERE id = 1", [email])

        desk = build_desk(store, FixedClock())
        desk.orders.add(an_order(number="1", email="Ann+ring@example.com"))
        assert are("ann")
        judge()
        assert are("ann")
        desk.orders.add(an_order(number="2", email="bo@example.com"))
        assert are("ann", "bo")
        judge()
        assert are("ann", "bo")
        assert orders.wholes == 1
        with store.write():
            change("cy@example.com")
        assert are("bo", "cy")
        judge()
        assert are("bo", "cy")

        def break_off() -> None:
            with store.write():
                change("di@example.com")
                assert are("bo", "di")
                ties.settle()
                raise ValueError("broken")

        with pytest.raises(ValueError, match="broken"):
            break_off()
        assert are("bo", "cy")
        with closing(Store(path, now=now)) as other, other.write():
            other.run("UPDATE orders SET customer_email = 'eve@example.com' WHERE id = 2")
            MailTies(other).settle()
        assert are("cy", "eve")
