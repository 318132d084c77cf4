"""Supplies: counted, received, used; drawn down by packing and given back; reordered in time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from jeweler_desk.domain.order import Order, OrderId
from jeweler_desk.domain.supply import (
    MOST_UNITS,
    KitLine,
    MoveKind,
    NewSupply,
    ReorderList,
    Supply,
    SupplyError,
    SupplyId,
    SupplyMove,
    checked,
    kit_of,
    missing_sentence,
    reorder_groups,
)
from jeweler_desk.domain.wording import count_text, reorder_text
from jeweler_desk.services.changes import NOTHING_CHANGED, Changes, changes_of
from jeweler_desk.services.clock import Clock
from jeweler_desk.services.settings import Settings
from jeweler_desk.store.database import Store
from jeweler_desk.store.supplies import NOT_SHIPPED, Drawn, SupplyRows

_MOVES_SHOWN = 12


class Supplies:
    """What lies on the shelf. A stock never falls below nothing: what was drawn was there."""

    def __init__(self, store: Store, rows: SupplyRows, settings: Settings, clock: Clock) -> None:
        self._store = store
        self._rows = rows
        self._settings = settings
        self._clock = clock

    # ---- what is there

    def all(self) -> list[Supply]:
        """Return every supply, by name."""
        return self._rows.all()

    def get(self, supply_id: SupplyId) -> Supply:
        """Return one supply. Raises `SupplyError` when it is gone."""
        found = self._rows.one(supply_id)
        if found is None:
            raise SupplyError("There is no such supply any more. Nothing was changed.")
        return found

    def find(self, name: str) -> Supply:
        """Return the supply of that name, in any case; a beginning will do if it is the only one.

        Raises `SupplyError` when none or more than one is called that.
        """
        folded = " ".join(name.split()).casefold()
        known = self.all()
        found = [each for each in known if each.name.casefold() == folded] or [
            each for each in known if folded and each.name.casefold().startswith(folded)
        ]
        if not found:
            raise SupplyError(f"There is no supply “{name}”. Nothing was changed.")
        if len(found) > 1:
            names = ", ".join(each.name for each in found)
            raise SupplyError(f"“{name}” may be {names}: write the whole name.")
        return found[0]

    def moves(self, supply_id: SupplyId) -> list[SupplyMove]:
        """Return the latest changes of a stock, the newest first."""
        return self._rows.moves(supply_id, _MOVES_SHOWN)

    def notices(self) -> list[Supply]:
        """Return what has crossed its reorder point and was not ordered: one notice each."""
        return [each for each in self.all() if each.low_since and not each.ordered_at]

    # ---- acts

    def add(self, new: NewSupply) -> tuple[SupplyId, Changes]:
        """Add a supply with what is there of it."""
        new = checked(new)
        self._refuse_double(new.name, None)
        now = self._clock.now()
        with self._store.step(f"Add supply {new.name}") as step:
            supply_id = self._rows.add(new)
            if new.stock:
                self._rows.move(supply_id, MoveKind.COUNTED, new.stock, now)
            if self.get(supply_id).is_low:
                self._rows.cross(supply_id, now)
        return supply_id, changes_of(step.tables)

    def change(self, supply_id: SupplyId, new: NewSupply) -> Changes:
        """Change what is said of a supply; its stock is changed by counting."""
        before, new = self.get(supply_id), checked(new)
        self._refuse_double(new.name, supply_id)
        now = self._clock.now()
        with self._store.step(f"Change supply {new.name}") as step:
            self._rows.describe(supply_id, new)
            self._judge(before, self.get(supply_id), now)
        return changes_of(step.tables)

    def count(self, supply_id: SupplyId, stock: int) -> Changes:
        """Set a stock to what was counted on the shelf."""
        supply = self.get(supply_id)
        self._refuse_number(supply, stock, least=0)
        return self._move(supply, MoveKind.COUNTED, stock - supply.stock, "Count")

    def receive(self, supply_id: SupplyId, units: int) -> Changes:
        """Put what came in on the shelf."""
        supply = self.get(supply_id)
        self._refuse_number(supply, units, least=1)
        self._refuse_number(supply, supply.stock + units, least=1)
        return self._move(supply, MoveKind.RECEIVED, units, "Receive")

    def use(self, supply_id: SupplyId, units: int, note: str | None = None) -> Changes:
        """Take some out of the shelf for anything but a parcel."""
        supply = self.get(supply_id)
        self._refuse_number(supply, units, least=1)
        if units > supply.stock:
            raise SupplyError(
                f"Only {count_text(supply.stock, 'unit')} of “{supply.name}” are there: count it"
                " if there are more. Nothing was changed."
            )
        return self._move(supply, MoveKind.USED, -units, "Use", note)

    def mark_ordered(self, supply_id: SupplyId) -> Changes:
        """Note that more was ordered; the notice is answered until the next crossing."""
        supply = self.get(supply_id)
        if not supply.is_low:
            raise SupplyError(
                f"“{supply.name}” is not low: there is nothing to remind of. Nothing was changed."
            )
        with self._store.step(f"Supply {supply.name} is ordered") as step:
            self._rows.mark_ordered(supply_id, self._clock.now())
        return changes_of(step.tables)

    def retire(self, supply_id: SupplyId) -> Changes:
        """Take a supply out of the list; what it was used for stays in its past."""
        supply = self.get(supply_id)
        with self._store.step(f"Remove supply {supply.name}") as step:
            self._rows.end_crossing(supply_id, self._clock.now())
            self._rows.retire(supply_id)
        return changes_of(step.tables)

    # ---- the kit of a parcel

    def kit(self, order: Order, pieces: int | None = None) -> list[KitLine]:
        """Return what the next parcel of an order takes, with what is there of it."""
        return kit_of(order, self.all(), pieces)

    def missing(self, order: Order, pieces: int | None = None) -> str | None:
        """Return why the packing of a parcel cannot start, or None when its kit is complete."""
        return missing_sentence(order.number, self.kit(order, pieces))

    def draw(self, order: Order, at: datetime, pieces: int | None = None) -> None:
        """Draw the kit of a parcel that was packed, within the step that packs it.

        A parcel that was begun is never stopped: where less was there, that is what was used.
        """
        for line in self.kit(order, pieces):
            units = min(line.needed, line.supply.stock)
            if units > 0:
                self._rows.move(line.supply.id, MoveKind.PACKED, -units, at, order_id=order.id)
                self._judge(line.supply, self.get(line.supply.id), at)

    def give_back(self, order_id: OrderId, at: datetime) -> None:
        """Put back what the closed parcel of an order drew, within the step that opens it."""
        for move_id, _, _ in self._rows.waiting_for(order_id):
            self._rows.mark_given_back(move_id)
        self._turn_round(self._rows.drawn_for(order_id, None), order_id, at, None)

    def come_back(self, order_id: OrderId, left_at: datetime, at: datetime) -> None:
        """Put back what a parcel drew that had not left, within the step that says so."""
        self._turn_round(self._rows.drawn_for(order_id, left_at), order_id, at, NOT_SHIPPED)

    def draw_again(self, order_id: OrderId, at: datetime) -> None:
        """Draw what came back of a parcel that leaves now, within the step that hands it over."""
        for move_id, supply_id, units in self._rows.waiting_for(order_id):
            self._rows.mark_given_back(move_id)
            there = {supply.id: supply for supply in self.all()}.get(supply_id)
            drawn = min(units, there.stock) if there else units
            if drawn > 0:
                self._move_for(order_id, supply_id, MoveKind.PACKED, -drawn, at)

    def _turn_round(
        self, drawn: Sequence[Drawn], order_id: OrderId, at: datetime, note: str | None
    ) -> None:
        for move_id, supply_id, units in drawn:
            self._rows.mark_given_back(move_id)
            self._move_for(order_id, supply_id, MoveKind.GIVEN_BACK, units, at, note)

    def _move_for(
        self,
        order_id: OrderId,
        supply_id: SupplyId,
        kind: MoveKind,
        units: int,
        at: datetime,
        note: str | None = None,
    ) -> None:
        before = self._rows.one(supply_id)
        self._rows.move(supply_id, kind, units, at, order_id=order_id, note=note)
        if before is not None:
            self._judge(before, self.get(supply_id), at)

    # ---- the reorder list

    def reorder_list(self) -> ReorderList:
        """Return what is to be ordered, by supplier."""
        shop = self._settings.get("shop.name")
        return ReorderList(shop, self._settings.today(), reorder_groups(self.all()))

    def reorder_text(self) -> str:
        """Return the reorder list as text to paste. Raises `SupplyError` when nothing is low."""
        return reorder_text(self._wanted_list())

    def reorder_job(self) -> Callable[[], tuple[bytes, int]]:
        """Return the work that prints the reorder list: the PDF and the number of its pages.

        Raises `SupplyError` when nothing is low.
        """
        wanted = self._wanted_list()
        country = self._settings.get("shop.country")

        def work() -> tuple[bytes, int]:
            from jeweler_desk.documents.reorder_list import (  # noqa: PLC0415 - brings reportlab
                render_reorder_list,
            )
            from jeweler_desk.documents.sheet import usual_sheet  # noqa: PLC0415 - see above

            return render_reorder_list(wanted, usual_sheet(country))

        return work

    def _wanted_list(self) -> ReorderList:
        wanted = self.reorder_list()
        if wanted.is_empty:
            raise SupplyError("Nothing is low: there is nothing to order.")
        return wanted

    # ---- together

    def _move(
        self, supply: Supply, kind: MoveKind, units: int, verb: str, note: str | None = None
    ) -> Changes:
        if not units:
            return NOTHING_CHANGED
        now = self._clock.now()
        with self._store.step(f"{verb} {supply.name}") as step:
            self._rows.move(supply.id, kind, units, now, note=note)
            self._judge(supply, self.get(supply.id), now)
        return changes_of(step.tables)

    def _judge(self, before: Supply, after: Supply, at: datetime) -> None:
        """Open one notice when the reorder point is crossed, end it when enough is there again."""
        if not after.is_low:
            if before.low_since:
                self._rows.end_crossing(after.id, at)
        elif before.low_since is None:
            self._rows.cross(after.id, at)

    def _refuse_double(self, name: str, own: SupplyId | None) -> None:
        for each in self.all():
            if each.id != own and each.name.casefold() == name.casefold():
                raise SupplyError(f"There is a supply “{each.name}” already. Nothing was changed.")

    @staticmethod
    def _refuse_number(supply: Supply, units: int, *, least: int) -> None:
        if not least <= units <= MOST_UNITS:
            raise SupplyError(f"{units} of “{supply.name}” cannot be. Nothing was changed.")
