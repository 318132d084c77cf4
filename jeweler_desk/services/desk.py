"""The desk: all services in one frozen bundle, which is what a window or a command gets."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from jeweler_desk.services.address_labels import AddressLabels
from jeweler_desk.services.backups import Backups
from jeweler_desk.services.box_photos import BoxPhotos
from jeweler_desk.services.camera_folder import CameraFolder
from jeweler_desk.services.cancellations import Cancellations
from jeweler_desk.services.card_facts import CardFacts
from jeweler_desk.services.checking import Checking
from jeweler_desk.services.clock import Clock
from jeweler_desk.services.combining import Combining
from jeweler_desk.services.correspondence import Correspondence
from jeweler_desk.services.customs import Customs
from jeweler_desk.services.delays import Delays
from jeweler_desk.services.evening_sweep import EveningSweep
from jeweler_desk.services.fulfillment import Fulfillment
from jeweler_desk.services.gift_receipts import GiftReceipts
from jeweler_desk.services.history import History
from jeweler_desk.services.labels import Labels
from jeweler_desk.services.letter_papers import LetterPapers
from jeweler_desk.services.letters import Letters
from jeweler_desk.services.listings import Listings
from jeweler_desk.services.making import Making
from jeweler_desk.services.measures import Measures
from jeweler_desk.services.order_batches import OrderBatches
from jeweler_desk.services.order_import import OrderImport
from jeweler_desk.services.order_lists import OrderLists
from jeweler_desk.services.orders import Orders
from jeweler_desk.services.outbox import Outbox
from jeweler_desk.services.paper_pictures import PaperPictures
from jeweler_desk.services.papers import Papers
from jeweler_desk.services.payments import Payments
from jeweler_desk.services.policies import Policies
from jeweler_desk.services.printed_papers import PrintedPapers
from jeweler_desk.services.printing import Printing
from jeweler_desk.services.promises import Promises
from jeweler_desk.services.refunds import Refunds
from jeweler_desk.services.reminders import Reminders
from jeweler_desk.services.returns import Returns
from jeweler_desk.services.search import Search
from jeweler_desk.services.settings import Settings
from jeweler_desk.services.shipments import Shipments
from jeweler_desk.services.shop_calendar import ShopCalendar
from jeweler_desk.services.starting import Starting
from jeweler_desk.services.supplies import Supplies
from jeweler_desk.services.today import Today
from jeweler_desk.services.work_tickets import WorkTickets


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything the seller can do. ``folder`` is None for a desk in memory."""

    folder: Path | None
    clock: Clock
    settings: Settings
    orders: Orders
    order_import: OrderImport
    fulfillment: Fulfillment
    combining: Combining
    making: Making
    listings: Listings
    promises: Promises
    shop_calendar: ShopCalendar
    refunds: Refunds
    payments: Payments
    returns: Returns
    policies: Policies
    cancellations: Cancellations
    shipments: Shipments
    labels: Labels
    delays: Delays
    supplies: Supplies
    papers: Papers
    paper_pictures: PaperPictures
    card_facts: CardFacts
    work_tickets: WorkTickets
    gift_receipts: GiftReceipts
    address_labels: AddressLabels
    letter_papers: LetterPapers
    customs: Customs
    printing: Printing
    printed_papers: PrintedPapers
    measures: Measures
    box_photos: BoxPhotos
    camera: CameraFolder
    batches: OrderBatches
    order_lists: OrderLists
    correspondence: Correspondence
    letters: Letters
    outbox: Outbox
    today: Today
    sweep: EveningSweep
    starting: Starting
    reminders: Reminders
    search: Search
    history: History
    backups: Backups
    checking: Checking
