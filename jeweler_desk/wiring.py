"""Wires a desk: every service with its memory and its edges, once, in this order."""

from __future__ import annotations

import sys
from pathlib import Path

from jeweler_desk.autostart import quiet_start, system_entry
from jeweler_desk.mail.credentials import KeyringCredentials
from jeweler_desk.mail.imap_mailbox import ImapMailbox
from jeweler_desk.mail.letter_files import LetterFiles
from jeweler_desk.mail.mail_reach import NetworkReach
from jeweler_desk.mail.smtp_sender import SmtpSender
from jeweler_desk.notifications import show_notification
from jeweler_desk.services.address_labels import AddressLabels
from jeweler_desk.services.backups import Backups
from jeweler_desk.services.box_photos import BoxPhotos
from jeweler_desk.services.camera_folder import CameraFolder
from jeweler_desk.services.cancellations import Cancellations
from jeweler_desk.services.card_facts import CardFacts
from jeweler_desk.services.checking import Checking
from jeweler_desk.services.clock import Clock
from jeweler_desk.services.combining import Combining
from jeweler_desk.services.correspondence import MailEdges, correspondence_over
from jeweler_desk.services.customs import Customs
from jeweler_desk.services.customs_sheets import CustomsSheets
from jeweler_desk.services.delays import Delays
from jeweler_desk.services.desk import Desk
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
from jeweler_desk.services.order_book import OrderBook
from jeweler_desk.services.order_import import OrderImport
from jeweler_desk.services.order_lists import OrderLists
from jeweler_desk.services.orders import Orders
from jeweler_desk.services.outbox import Outbox
from jeweler_desk.services.paper_pictures import PaperPictures
from jeweler_desk.services.papers import Papers
from jeweler_desk.services.payments import Payments
from jeweler_desk.services.policies import Policies
from jeweler_desk.services.ports import Spooler
from jeweler_desk.services.printed_papers import PrintedPapers
from jeweler_desk.services.printing import Printing
from jeweler_desk.services.promises import Promises
from jeweler_desk.services.refunds import Refunds
from jeweler_desk.services.reminders import Notifier, Reminders
from jeweler_desk.services.returns import Returns
from jeweler_desk.services.search import Search
from jeweler_desk.services.settings import Settings
from jeweler_desk.services.shipment_import import ShipmentImport
from jeweler_desk.services.shipments import Shipments
from jeweler_desk.services.shop_calendar import ShopCalendar
from jeweler_desk.services.shown_listings import ShownListings
from jeweler_desk.services.starting import Starting
from jeweler_desk.services.supplies import Supplies
from jeweler_desk.services.today import Today
from jeweler_desk.services.work_tickets import WorkTickets
from jeweler_desk.store.backup import BackupRows
from jeweler_desk.store.box_photos import BoxPhotoRows
from jeweler_desk.store.card_facts import CardRows
from jeweler_desk.store.customs import CustomsRows
from jeweler_desk.store.database import Store
from jeweler_desk.store.evening_sweep import SweepRows
from jeweler_desk.store.latin_addresses import LatinAddressRows
from jeweler_desk.store.letters import LetterRows
from jeweler_desk.store.listings import ListingRows
from jeweler_desk.store.measures import MeasureRows
from jeweler_desk.store.notices import Notices
from jeweler_desk.store.order_reading import OrderReading
from jeweler_desk.store.order_sources import OrderSources
from jeweler_desk.store.order_writing import OrderWriting
from jeweler_desk.store.orders import Orders as OrderRows
from jeweler_desk.store.print_runs import PrintRunRows
from jeweler_desk.store.prints import PrintRows
from jeweler_desk.store.settings import SettingRows
from jeweler_desk.store.shipments import ShipmentRows
from jeweler_desk.store.supplies import SupplyRows


def mail_edges() -> MailEdges:
    """Return the real edges of mail: files, servers, the system's keyring."""
    return MailEdges(LetterFiles(), ImapMailbox(), KeyringCredentials(), reach=NetworkReach())


def system_printers(system: str = sys.platform) -> Spooler:
    """Return the printers of this system: Windows' own, else those of CUPS."""
    if system == "win32":
        from jeweler_desk.ui.windows_printers import WindowsPrinters  # noqa: PLC0415 - likewise

        return WindowsPrinters()
    from jeweler_desk.printing.cups import CupsPrinters  # noqa: PLC0415 - one of the two

    return CupsPrinters()


def build_desk(
    store: Store,
    clock: Clock,
    *,
    folder: Path | None = None,
    edges: MailEdges | None = None,
    notifier: Notifier = show_notification,
    spooler: Spooler | None = None,
) -> Desk:
    """Wire a desk over an open store; edges that are given replace the real ones."""
    settings = Settings(store, SettingRows(store), clock)
    supplies = Supplies(store, SupplyRows(store), settings, clock)
    listings = ListingRows(store)
    shown = ShownListings(listings)
    book = OrderBook(OrderReading(store), OrderWriting(store), settings, supplies, shown)
    rows = OrderRows(store)
    orders = Orders(store, rows, book, settings, clock)
    measures = MeasureRows(store)
    prints = PrintRows(store)
    latin = LatinAddressRows(store)
    declared = CustomsSheets(CustomsRows(store), latin, settings)
    printed = PrintedPapers(store, prints, clock, declared, latin)
    fulfillment = Fulfillment(store, orders, book, clock, printed, measures)
    refunds = Refunds(store, book, clock, settings)
    policies = Policies(store, book.reading.policies, refunds, settings, clock)
    parcels = ShipmentRows(store)
    labels = ShipmentImport(parcels, rows, book, settings, clock)
    settings.when_changed("shop.intended_codes", orders.judge_free_orders)
    pieces = Listings(store, listings, book, settings, clock, folder)
    pictures = PaperPictures(settings, folder)
    cards = CardFacts(store, CardRows(store), orders, clock)
    receipts = GiftReceipts(orders, settings, policies, pictures)
    backups = Backups(BackupRows(store), settings, clock, store.path)
    mail = correspondence_over(store, rows, settings, clock, edges or mail_edges())
    letter_rows = LetterRows(store)
    letters = Letters(store, letter_rows, book, mail, settings, clock)
    sender = (edges.sender if edges else None) or SmtpSender()
    outbox = Outbox(store, letter_rows, letters, mail, settings, clock, sender)
    delays = Delays(store, book, settings, clock)
    sweep = EveningSweep(store, SweepRows(store), mail, settings, clock)
    return Desk(
        folder=folder,
        clock=clock,
        settings=settings,
        orders=orders,
        order_import=OrderImport(store, OrderSources(store), book, labels, clock),
        fulfillment=fulfillment,
        combining=Combining(store, book, clock),
        making=Making(store, fulfillment, book, settings, clock),
        listings=pieces,
        shop_calendar=ShopCalendar(settings),
        promises=Promises(store, book, settings, clock, letters),
        refunds=refunds,
        payments=Payments(store, book, clock),
        returns=Returns(store, orders, book, refunds, settings, clock),
        policies=policies,
        cancellations=Cancellations(store, book, clock, letters),
        shipments=Shipments(store, parcels, book, clock, settings),
        labels=Labels(store, book, settings, clock),
        delays=delays,
        supplies=supplies,
        work_tickets=WorkTickets(book, settings),
        address_labels=AddressLabels(store, latin, orders, settings),
        letter_papers=LetterPapers(orders, letters, settings),
        customs=Customs(store, CustomsRows(store), orders, settings, declared),
        printing=Printing(
            store,
            PrintRunRows(store),
            prints,
            printed,
            spooler or system_printers(),
            clock,
            folder,
        ),
        papers=Papers(store, orders, settings, printed, policies, pieces, pictures, cards),
        paper_pictures=pictures,
        card_facts=cards,
        gift_receipts=receipts,
        printed_papers=printed,
        measures=Measures(measures, settings),
        camera=CameraFolder(settings),
        box_photos=BoxPhotos(store, BoxPhotoRows(store), orders, clock, folder),
        batches=OrderBatches(store, orders, fulfillment, printed),
        order_lists=OrderLists(orders, settings),
        correspondence=mail,
        letters=letters,
        outbox=outbox,
        today=Today(orders, rows, book.reading, supplies, mail, settings, clock, delays),
        sweep=sweep,
        starting=Starting(system_entry(), quiet_start(folder)),
        reminders=Reminders(Notices(store), mail, settings, clock, notifier, sweep),
        search=Search(rows, mail, settings, receipts),
        history=History(store, outbox),
        backups=backups,
        checking=Checking(store, backups, clock),
    )
