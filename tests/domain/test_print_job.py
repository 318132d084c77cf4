"""A batch on its way through a printer: every leaf comes out once, whatever goes wrong."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from jeweler_desk.domain.print_job import Leaf, PrintRun, Spooled, SpoolState

DONE = Spooled(SpoolState.DONE)
BROKEN = Spooled(SpoolState.FAILED, "paper jam")


def a_run(count: int = 3) -> PrintRun:
    return PrintRun(tuple(Leaf((f"#{number}",), number * 2, 2) for number in range(count)))


def test_leaves_come_out_one_after_another() -> None:
    run = a_run(2)
    assert run.next_leaf == Leaf(("#0",), 0, 2)
    run = run.sent("laser-1").seen(Spooled(SpoolState.PRINTING))
    assert (run.done, run.state) == (0, SpoolState.PRINTING)
    run = run.seen(DONE)
    assert run.next_leaf == Leaf(("#1",), 2, 2)
    run = run.sent("laser-2").seen(DONE)
    assert (run.done, run.state, run.next_leaf, run.is_over) == (2, SpoolState.DONE, None, True)


def test_a_printers_error_stops_the_batch_at_its_leaf_and_says_why() -> None:
    run = a_run().sent("laser-1").seen(DONE).sent("laser-2").seen(BROKEN)
    assert (run.state, run.told, run.job) == (SpoolState.STOPPED, "paper jam", None)
    assert run.next_leaf == Leaf(("#1",), 2, 2)
    assert run.seen(DONE) == run, "a paper that is no longer with the spooler counts no second time"


def test_what_was_given_up_prints_no_more() -> None:
    run = a_run().sent("laser-1").given_up()
    assert run.is_over
    assert run.state is SpoolState.CANCELED


@given(st.lists(st.booleans(), max_size=40), st.integers(1, 12))
def test_each_leaf_is_printed_exactly_once(goes_well: list[bool], count: int) -> None:
    run = a_run(count)
    printed: list[tuple[str, ...]] = []
    for number, is_well in enumerate([*goes_well, *[True] * count]):
        leaf = run.next_leaf
        if leaf is None:
            break
        run = run.sent(f"laser-{number}").seen(DONE if is_well else BROKEN)
        if is_well:
            printed.append(leaf.orders)
    assert printed == [leaf.orders for leaf in run.leaves]
