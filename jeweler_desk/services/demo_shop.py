"""An invented shop as the marketplaces and the mail server would give it, dated to today."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from email import message_from_string
from email.utils import format_datetime, parsedate_to_datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from jeweler_desk.domain.listing import PhotoView
from jeweler_desk.domain.order import Stage
from jeweler_desk.domain.supply import NewSupply, UsedPer
from jeweler_desk.resources import resource
from jeweler_desk.services.demo_listings import DEMO_LISTINGS
from jeweler_desk.services.demo_policies import demo_policies
from jeweler_desk.services.desk import Desk

ZONE_NAME: Final = "America/New_York"
ADDRESS: Final = "hello@juniperandtide.example"
READY: Final = ("#2089", "#2088", "#2092", "4012000318", "4012000316")
ONE_BOX: Final = ("#2088", "#2092")
MAKING: Final = ("#2087", "4012000317", "4012000315", "#2079")
# What lies on the shelf; the mailers run low, so that Today asks for more.
SUPPLIES: Final = (
    NewSupply("Jewelry boxes", 64, "Shelf 1, left", 50, "Harbor Packaging", 20, uses=1),
    NewSupply("Bubble mailers", 9, "Left drawer", 25, "Harbor Packaging", 10, uses=1),
    NewSupply("Thank-you cards", 140, "Desk tray", 100, "Mill Lane Press", 30, uses=1),
    NewSupply("Tissue paper", 310, "Shelf 2", 100, "Harbor Packaging", 80, uses=2),
    NewSupply("Gift ribbon", 22, "Shelf 2", 10, "Mill Lane Press", 5, 1, UsedPer.GIFT),
)
HELD: Final = {"#2086": "Waiting for the ring size"}
_SETTINGS: Final = {
    "shop.name": "Juniper & Tide",
    "shop.signature": "Aileen",
    "shop.address": "Juniper & Tide\n18 Cobble Lane\nPortland, ME 04101\nUnited States",
    "shop.country": "US",
    "shop.timezone": ZONE_NAME,
    "shop.currency": "USD",
    "shop.processing_days": "1",
}
_SHOWN_SINCE: Final = timedelta(days=120)
_SATURDAY: Final = 5
_IMPORTS: Final = ("etsy_orders.csv", "etsy_items.csv", "shopify_orders.csv")
_MAIL_FOLDERS: Final = ("inbox", "sent")
# {{day-1@19:40:shop}}: yesterday, 19:40 in the shop's zone, as Shopify writes it; {{now-29h:mail}}.
_TOKEN: Final = re.compile(
    r"\{\{(?P<base>now|day|workday)(?P<shift>(?:[-+]\d+[dhm]?)*)(?:@(?P<clock>\d\d:\d\d))?"
    r":(?P<style>[a-z0-9]+)\}\}"
)
_STEP: Final = re.compile(r"([-+]\d+)([dhm]?)")
_UNITS: Final = {"": "days", "d": "days", "h": "hours", "m": "minutes"}
# Written out: strftime would speak the computer's language.
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_DAY_NAMES: Final = (
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
)  # fmt: skip
_NOON: Final = 12


@dataclass(frozen=True, slots=True)
class DemoFiles:
    """Where the sample shop's files lie; ``photos`` is the desk's own folder of photos by SKU."""

    imports: tuple[Path, ...]
    inbox: Path
    sent: Path
    photos: Path


class DemoShop:
    """Writes the sample shop's files so that today always has something to do."""

    def __init__(self, templates: Path | None = None) -> None:
        self._templates = templates or resource("demo")
        self._zone = ZoneInfo(ZONE_NAME)

    def settings(self, now: datetime) -> Mapping[str, str]:
        """Give the shop's settings; on a weekend the shop works that day too.

        Otherwise no parcel could be due today.
        """
        today = now.astimezone(self._zone).weekday()
        days = [*range(_SATURDAY), *([today] if today >= _SATURDAY else [])]
        working = ",".join(_DAY_NAMES[day][:3] for day in days)
        return {**_SETTINGS, "shop.working_days": working, "shop.handover_days": working}

    def write_files(self, folder: Path, now: datetime) -> DemoFiles:
        """Write the files into ``folder``/files as the marketplaces and the mail server give them.

        The pieces' photos go into ``folder``/photos, the desk's own place for them. ``now`` is
        aware. What an earlier call wrote there is replaced.
        """
        place = folder / "files"
        place.mkdir(parents=True, exist_ok=True)
        for name in _IMPORTS:
            template = (self._templates / name).read_bytes().decode("utf-8")
            (place / name).write_bytes(self.render(template, now).encode("utf-8"))
        for name in _MAIL_FOLDERS:
            self._write_maildir(self._templates / "mail" / name, place / "mail" / name, now)
        photos = folder / "photos"
        photos.mkdir(exist_ok=True)
        for photo in (self._templates / "photos").glob("*.jpg"):
            shutil.copyfile(photo, photos / photo.name)
        imports = tuple(place / name for name in _IMPORTS)
        return DemoFiles(imports, place / "mail" / "inbox", place / "mail" / "sent", photos)

    def furnish(self, desk: Desk, files: DemoFiles, now: datetime) -> None:
        """Bring a fresh desk to a working morning: settings, orders, stages, a hold.

        Mail is read by the caller from ``files.inbox`` and ``files.sent``.
        """
        for key, value in self.settings(now).items():
            desk.settings.set(key, value)
        self._enter_listings(desk, now)
        for policy in demo_policies(self._shown_since(now)):
            desk.policies.add(policy)
        for supply in SUPPLIES:
            desk.supplies.add(supply)
        desk.order_import.import_files(files.imports)
        for stage, numbers in ((Stage.READY, READY), (Stage.MAKING, MAKING)):
            for number in numbers:
                desk.fulfillment.set_stage(desk.orders.find(number).id, stage)
        desk.combining.combine([desk.orders.find(number).id for number in ONE_BOX])
        for number, reason in HELD.items():
            desk.orders.hold(desk.orders.find(number).id, reason)

    def _enter_listings(self, desk: Desk, now: datetime) -> None:
        """Enter what the shop shows, as it stood long before its orders; photos need a folder."""
        since = self._shown_since(now)
        fronts = self._templates / "photos"
        for listing in DEMO_LISTINGS:
            shown = listing
            for view in PhotoView if desk.folder else ():
                further = fronts / "views" / f"{listing.sku}-{view}.jpg"
                path = fronts / f"{listing.sku}.jpg" if view is PhotoView.FRONT else further
                if path.is_file():
                    taken = desk.listings.photo_job(path)()
                    shown = shown.with_photo(desk.listings.keep_bytes(view, taken))
            desk.listings.add(shown, since)

    def _shown_since(self, now: datetime) -> date:
        return now.astimezone(self._zone).date() - _SHOWN_SINCE

    def render(self, template: str, now: datetime) -> str:
        """Put the days and instants a template names by their distance from now into it."""
        local = now.astimezone(self._zone)
        return _TOKEN.sub(lambda match: self._written(match, local), template)

    def _written(self, match: re.Match[str], local: datetime) -> str:
        shift = timedelta()
        for count, unit in _STEP.findall(match["shift"]):
            shift += timedelta(**{_UNITS[unit]: int(count)})
        if match["base"] == "now":
            moment = (local.astimezone(UTC) + shift).astimezone(self._zone)
        else:
            day = local.date() + shift
            if match["base"] == "workday" and day.weekday() >= _SATURDAY:
                day += timedelta(days=7 - day.weekday())
            clock = time.fromisoformat(match["clock"] or "00:00")
            moment = datetime.combine(day, clock, self._zone)
        return _STYLES[match["style"]](moment)

    def _write_maildir(self, source: Path, maildir: Path, now: datetime) -> None:
        """Write the messages of one folder; a file keeps the time of its message."""
        if maildir.exists():
            shutil.rmtree(maildir)
        for part in ("cur", "new", "tmp"):
            (maildir / part).mkdir(parents=True)
        for template in sorted(source.glob("*.eml")):
            text = self.render(template.read_bytes().decode("utf-8"), now)
            written = parsedate_to_datetime(message_from_string(text)["Date"]).timestamp()
            path = maildir / "cur" / f"{int(written)}.{template.stem}.juniperandtide"
            path.write_bytes(text.encode("utf-8"))
            os.utime(path, (written, written))


def _words(moment: datetime) -> str:
    return f"{_DAY_NAMES[moment.weekday()]}, {_MONTHS[moment.month - 1]} {moment.day}"


def _form_heading(moment: datetime) -> str:
    hour = moment.hour % _NOON or _NOON
    half = "am" if moment.hour < _NOON else "pm"
    month = _MONTHS[moment.month - 1]
    return f"{month} {moment.day}, {moment.year} at {hour}:{moment.minute:02} {half}"


_STYLES: Final[Mapping[str, Callable[[datetime], str]]] = {
    "us": lambda moment: f"{moment:%m/%d/%y}",
    "us4": lambda moment: f"{moment:%m/%d/%Y}",
    "shop": lambda moment: f"{moment:%Y-%m-%d %H:%M:%S %z}",
    "mail": format_datetime,
    "words": _words,
    "form": _form_heading,
    "short": lambda moment: f"{_MONTHS[moment.month - 1][:3]} {moment.day}",
}
