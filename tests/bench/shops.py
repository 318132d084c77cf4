"""Shops of any size: a Shopify file of N orders, taken in by the real importer."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from jeweler_desk.app import opened_desk
from jeweler_desk.services.clock import SystemClock
from jeweler_desk.services.desk import Desk
from tests.bench.measure import lap

_HEADINGS = Path(__file__).parent.parent / "data" / "imports" / "shopify_orders.csv"


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


# A shop of one sends some forty parcels a day at most; of the newest orders each fifth is open,
# sixty in all, so that some are due today whatever the shop's size.
_PER_DAY = 40
_OPEN = 60
_OPEN_EACH = 5
_UNPAID_EACH = 10
_FIRST_NUMBER = 1000
_GIVEN = _words(
    "Ada Agnes Alma Anna Anouk Astrid Beatriz Bella Carla Chloé Clara Daria Edith Elena Elif Emma"
    " Esther Eva Fiona Frida Gerda Greta Hana Hannah Ida Imani Ines Ingrid Irene Isla Jana Johanna"
    " Judith Kaja Karin Lena Lotte Lucía Magda Maja Marta Mei Mila Nadia Nora Olga Paula Petra"
    " Rahel Rosa Ruth Sara Selma Sofia Svea Tamar Thea Ursula Vera Wanda Yara Zoë"
)
_FAMILY = _words(
    "Abbott Acheampong Alder Bakker Barnes Becker Bennett Bianchi Blümel Brandt Castillo Cohen"
    " Dubois Eriksen Farkas Fischer Fontaine Garcia Haddad Hansen Hathersage Hoffmann Horvath Ito"
    " Jansen Jensen Kaya Keller Kim Kovač Kowalski Larsen Lindqvist Lopez Marchetti Meyer Moreau"
    " Müller Nakamura Nguyen Novak Okafor Olsen Ortiz Park Petrova Quinn Ramos Reyes Rossi Sato"
    " Schmidt Silva Šimek Strand Tanaka Thorne Vance Virtanen Walsh Weber Winters Yilmaz Zhang"
)
_STREETS = ("Mill Lane", "Harbor Street", "Lindenallee", "Church Road", "Via Roma", "Old Quay")
_CITIES = _words(
    "Portland Camden Köln Leeds Gent Aarhus Lyon Porto Bath Graz Bern Oslo Malmö Turku Cork Ghent"
    " Boise Tulsa Akron Salem Dover Reno Utica Provo Omaha Waco Flint Macon Bangor Eureka Galway"
)
_METALS = ("Silver", "Gold-filled", "Brass", "Rose Gold", "Oxidised Silver", "Copper", "Bronze")
_PIECES = ("Ring", "Necklace", "Earrings", "Bracelet", "Brooch", "Pendant", "Anklet", "Cuff")
_STONES = ("Moonstone", "Garnet", "Opal", "Plain", "Hammered", "Leaf", "Pearl", "Agate", "Onyx")


def pick(words: Sequence[str], number: int, stride: int) -> str:
    """Choose a word by an order's number; strides without common factors mix the choices."""
    return words[(number * stride + number // len(words)) % len(words)]


def buyer(number: int) -> str:
    """Return who bought order ``number``; most come back."""
    return f"{pick(_GIVEN, number, 17)} {pick(_FAMILY, number, 29)}"


def piece(number: int) -> str:
    """Return what order ``number`` holds."""
    return f"{pick(_STONES, number, 5)} {pick(_METALS, number, 3)} {pick(_PIECES, number, 11)}"


def shopify_rows(
    orders: int,
    now: datetime,
    *,
    first: int = _FIRST_NUMBER,
    still_open: int = _OPEN,
    open_each: int = _OPEN_EACH,
) -> Iterator[dict[str, str]]:
    """Return one row per order, the newest first, as Shopify writes them."""
    for age in range(orders):
        number = orders - age
        placed = now - timedelta(days=age / _PER_DAY, minutes=1)
        at = placed.strftime("%Y-%m-%d %H:%M:%S +0000")
        sent = (placed + timedelta(days=1)).strftime("%Y-%m-%d %H:%M:%S +0000")
        turn, left = divmod(age, open_each)
        is_open = turn < still_open and left == 0
        is_paid = not is_open or turn % _UNPAID_EACH != 0
        price, shipping = 28 + number % 190, (0, 6, 16)[number % 3]
        name = buyer(number)
        street = f"{number % 180 + 1} {pick(_STREETS, number, 5)}"
        address = {
            "Name": name,
            "Street": street,
            "Address1": street,
            "City": pick(_CITIES, number, 7),
            "Zip": f"'{number % 89999 + 10000}",
            "Country": "US",
            "Province": "ME",
        }
        yield {
            "Name": f"#{first + number}",
            "Email": f"{name.split()[0].lower()}.{number % 7919}@example.com",
            "Financial Status": "paid" if is_paid else "pending",
            "Paid at": at if is_paid else "",
            "Fulfillment Status": "unfulfilled" if is_open else "fulfilled",
            "Fulfilled at": "" if is_open else sent,
            "Accepts Marketing": "no",
            "Currency": "USD",
            "Subtotal": f"{price}.00",
            "Shipping": f"{shipping}.00",
            "Taxes": "0.00",
            "Total": f"{price + shipping}.00",
            "Discount Amount": "0.00",
            "Shipping Method": "Tracked Mail",
            "Created at": at,
            "Lineitem quantity": "1",
            "Lineitem name": f"{piece(number)} - {number % 9 + 14} inch / Polished",
            "Lineitem price": f"{price}.00",
            "Lineitem sku": f"JT-{number % 240:03d}",
            "Lineitem requires shipping": "true",
            "Lineitem taxable": "true",
            "Lineitem fulfillment status": "pending" if is_open else "fulfilled",
            **{f"{kind} {cell}": text for kind in ("Billing", "Shipping") for cell, text in
               address.items()},
            "Notes": "Please wrap it well, it goes to my sister." if number % 12 == 0 else "",
            "Payment Method": "Shopify Payments",
            "Refunded Amount": "0.00",
            "Vendor": "Juniper & Tide",
            "Outstanding Balance": "0.00" if is_paid else f"{price + shipping}.00",
            "Id": f"61200{number:08d}",
            "Risk Level": "Low",
            "Source": "web",
            "Lineitem discount": "0.00",
        }  # fmt: skip


def _write(path: Path, rows: Iterator[dict[str, str]]) -> None:
    with _HEADINGS.open(encoding="utf-8", newline="") as sample:
        headings = next(csv.reader(sample))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, headings, restval="")
        writer.writeheader()
        writer.writerows(rows)


class Shops:
    """The shops of one run, each made once, in a folder that goes when the run ends."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._imports: dict[int, float] = {}
        self.clock = SystemClock()

    def file(self, orders: int) -> Path:
        """Return a Shopify file of so many orders."""
        path = self._folder / f"shopify-{orders}.csv"
        if not path.exists():
            _write(path, shopify_rows(orders, self.clock.now()))
        return path

    def open_orders(self, paid: int) -> Path:
        """Return a Shopify file of newer orders, so many of them paid and none sent."""
        path = self._folder / f"shopify-open-{paid}.csv"
        orders = paid * _UNPAID_EACH // (_UNPAID_EACH - 1) + 1
        now = self.clock.now()
        _write(path, shopify_rows(orders, now, first=10**7, still_open=orders, open_each=1))
        return path

    def desk(self, orders: int) -> Path:
        """Return the folder of a desk that took such a file in."""
        folder = self._folder / f"desk-{orders}"
        if not folder.exists():
            with opened_desk(folder, self.clock, is_writing=True) as desk:
                if orders:
                    file = self.file(orders)
                    self._imports[orders] = lap(lambda: desk.order_import.import_files([file]))
        return folder

    def import_seconds(self, orders: int) -> float:
        """Return how long the desk of so many orders took to take its file in."""
        self.desk(orders)
        return self._imports[orders]

    @contextmanager
    def opened(self, orders: int) -> Iterator[Desk]:
        """Open the desk of so many orders as its window does; nobody changes an order."""
        with opened_desk(self.desk(orders), self.clock, is_writing=True) as desk:
            yield desk
