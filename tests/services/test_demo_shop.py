"""The sample shop always shows a working morning, whatever day it is opened on."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest

from jeweler_desk.domain.order import Gift, OrderStatus, PaymentStatus, Stage
from jeweler_desk.domain.order_view import View
from jeweler_desk.domain.policy import PolicyKind
from jeweler_desk.domain.source_order import SourceOrder, merge
from jeweler_desk.imports.files import read_file
from jeweler_desk.resources import resource
from jeweler_desk.services.demo_shop import HELD, MAKING, ONE_BOX, READY, DemoShop
from jeweler_desk.services.desk import Desk
from tests.fakes import FixedClock

WEEK = [datetime(2026, 11, 16 + day, 15, 0, tzinfo=UTC) for day in range(7)]
AFTER_MIDNIGHT = datetime(2026, 11, 18, 5, 20, tzinfo=UTC)  # 00:20 in New York
CLOCK_CHANGE = datetime(2026, 11, 1, 14, 0, tzinfo=UTC)
NEW_YEAR = datetime(2027, 1, 1, 23, 30, tzinfo=UTC)
MOMENTS = [*WEEK, AFTER_MIDNIGHT, CLOCK_CHANGE, NEW_YEAR]


def furnished(desk: Desk, clock: FixedClock, folder: Path, now: datetime) -> Desk:
    clock.moment = now
    shop = DemoShop()
    shop.furnish(desk, shop.write_files(folder, now), now)
    return desk


@pytest.mark.parametrize("now", MOMENTS, ids=str)
def test_there_are_always_parcels_due_today_and_a_late_one(
    desk: Desk, clock: FixedClock, tmp_path: Path, now: datetime
) -> None:
    furnished(desk, clock, tmp_path, now)
    today = desk.settings.today()
    to_send = [
        order
        for order in desk.orders.list(View.ALL)
        if order.units_to_send and order.order_status is OrderStatus.OPEN
    ]
    assert len(to_send) == 16
    free = [order for order in to_send if order.hold is None]
    assert len([order for order in free if order.ship_by == today]) >= 6
    assert [order.number for order in desk.orders.list(View.LATE)] == ["#2079"]
    assert {order.number for order in desk.orders.list(View.TO_PACK)} == set(READY)
    held = {order.number: order.hold for order in desk.orders.list(View.ON_HOLD)}
    assert set(held) == {*HELD, "#2085"}
    assert len(desk.orders.list(View.SHIPPED)) >= 30


def test_the_shop_is_the_same_after_its_files_are_read_again(
    desk: Desk, clock: FixedClock, tmp_path: Path
) -> None:
    furnished(desk, clock, tmp_path, WEEK[0])
    files = DemoShop().write_files(tmp_path, WEEK[0])
    report = desk.order_import.import_files(files.imports)
    assert (report.new, report.changed) == (0, 0)
    assert not report.needs_seller


def test_it_has_people_of_many_scripts_and_gifts(
    desk: Desk, clock: FixedClock, tmp_path: Path
) -> None:
    furnished(desk, clock, tmp_path, WEEK[0])
    gift = desk.orders.find("#2089")
    assert gift.gift is Gift.YES
    assert gift.gift_message == ("For forty years of rain and shine. 💛\nAll my love,\nRosalind")
    assert gift.address.name == "Eleanor Finch"
    assert desk.orders.find("#2088").customer == "山口 さくら"
    assert desk.orders.find("4012000317").customer == "Надія Шевчук"
    signet = desk.orders.find("4012000318").line_items[0]
    assert signet.personalization == "Inside the band:\r\n“A + G, 20 years” 💍"
    assert desk.orders.find("#2084").payment_status is PaymentStatus.UNPAID
    assert desk.orders.find("#2076").payment_status is PaymentStatus.REFUNDED
    assert desk.orders.find(MAKING[0]).line_items[0].stage is Stage.MAKING


def test_it_shows_a_shared_box_and_policies_that_its_orders_keep(
    desk: Desk, clock: FixedClock, tmp_path: Path
) -> None:
    furnished(desk, clock, tmp_path, WEEK[0])
    shared = [box.orders for box in desk.combining.queue() if len(box.orders) > 1]
    assert [tuple(each.number for each in box) for box in shared] == [ONE_BOX]
    terms = desk.policies.of(desk.orders.find("#2089"))
    assert terms is not None
    assert terms.said.window_days == 30
    kinds = {each.kind for each in desk.policies.all()}
    assert PolicyKind.EXCHANGES in kinds
    assert "Returns within 30 days of arrival, unworn." in desk.policies.slip_lines(
        desk.orders.find("#2088")
    )


def test_the_money_of_every_order_adds_up(tmp_path: Path) -> None:
    files = DemoShop().write_files(tmp_path, WEEK[0])
    sources: dict[str, list[SourceOrder]] = {}
    for path in files.imports:
        found = read_file(path)
        assert found.set_aside == () and found.warnings == ()
        for source in found.orders:
            sources.setdefault(source.number, []).append(source)
    assert len(sources) == 47
    for pair in sources.values():
        order = merge(pair)
        assert {source.order.total for source in pair} == {order.total}
        goods = sum(
            line.unit_price.minor_units * line.quantity
            for line in order.line_items
            if line.unit_price
        )
        parts = [order.shipping, order.tax]
        beyond = sum(part.minor_units for part in parts if part)
        assert order.discount is not None
        assert order.total.minor_units == goods - order.discount.minor_units + beyond


def test_every_day_and_instant_lies_where_the_template_says() -> None:
    shop = DemoShop()
    now = datetime(2026, 11, 21, 20, 5, tzinfo=UTC)  # Saturday, 15:05 in New York

    def written(template: str) -> str:
        return shop.render(template, now)

    assert written("{{day:us}}") == "11/21/26"
    assert written("{{day-21:us4}}") == "10/31/2026"
    assert written("{{workday-7:us}} {{workday+1:short}}") == "11/16/26 Nov 23"
    assert written("{{day-21@19:40:shop}}") == "2026-10-31 19:40:00 -0400"
    assert written("{{now-3h:shop}}") == "2026-11-21 12:05:00 -0500"
    assert written("{{now-2d-1h-5m:mail}}") == "Thu, 19 Nov 2026 14:00:00 -0500"
    assert written("{{now:form}}") == "November 21, 2026 at 3:05 pm"
    assert written("{{day@00:05:form}}") == "November 21, 2026 at 12:05 am"
    assert written("{{day+24:words}}") == "Tuesday, December 15"
    assert written("{A} {{not a token}}") == "{A} {{not a token}}"


def test_no_token_is_left_in_what_is_written(tmp_path: Path) -> None:
    DemoShop().write_files(tmp_path, WEEK[0])
    for path in tmp_path.rglob("*"):
        if path.is_file() and path.suffix != ".jpg":
            assert not re.search(r"\{\{", path.read_text(encoding="utf-8")), path.name


def test_the_mail_lies_in_maildirs_with_the_time_of_each_message(tmp_path: Path) -> None:
    files = DemoShop().write_files(tmp_path, WEEK[0])
    for maildir, count in ((files.inbox, 21), (files.sent, 12)):
        assert {part.name for part in maildir.iterdir()} == {"cur", "new", "tmp"}
        letters = list((maildir / "cur").iterdir())
        assert len(letters) == count
        for letter in letters:
            message = message_from_bytes(letter.read_bytes())
            assert message["Message-ID"]
            instant = parsedate_to_datetime(message["Date"])
            assert letter.stat().st_mtime == instant.timestamp()
            assert instant <= WEEK[0] - timedelta(hours=1)


def test_writing_again_replaces_what_was_there(tmp_path: Path) -> None:
    DemoShop().write_files(tmp_path, WEEK[0])
    names = {path.name for path in (tmp_path / "files/mail/inbox/cur").iterdir()}
    DemoShop().write_files(tmp_path, WEEK[1])
    later = {path.name for path in (tmp_path / "files/mail/inbox/cur").iterdir()}
    assert len(later) == len(names) and not later & names


def test_every_piece_has_a_small_photo(tmp_path: Path) -> None:
    files = DemoShop().write_files(tmp_path, WEEK[0])
    photos = {path.stem for path in files.photos.iterdir()}
    skus = {
        line.sku
        for path in files.imports[1:]
        for source in read_file(path).orders
        for line in source.order.line_items
    }
    assert skus == photos
    assert all(path.stat().st_size < 40_000 for path in resource("demo/photos").iterdir())


def test_on_a_weekend_the_sample_shop_works_that_day() -> None:
    working = [DemoShop().settings(now)["shop.working_days"] for now in WEEK[4:]]
    assert working == [
        "Mon,Tue,Wed,Thu,Fri",
        "Mon,Tue,Wed,Thu,Fri,Sat",
        "Mon,Tue,Wed,Thu,Fri,Sun",
    ]
