"""Social networks, receipts, carriers and dated matters."""

from __future__ import annotations

from tests.mail_cases.case import one

NOTICES = [
    one(
        "an Instagram message",
        "start",
        sender="Instagram <no-reply@mail.instagram.com>",
        subject="zoe_k sent you a message",
        channel="instagram",
        person="zoe_k",
    ),
    one(
        "Instagram's recap",
        "ignore",
        sender="Instagram <posts-recaps@mail.instagram.com>",
        subject="See what zoe_k sent you a message about",
    ),
    one(
        "Instagram security",
        "ignore",
        sender="Instagram <security@mail.instagram.com>",
        subject="New login",
    ),
    one(
        "a Facebook message",
        "start",
        sender="Facebook <notification@facebookmail.com>",
        subject="Zoe Kay sent you a message",
        channel="facebook",
        person="Zoe Kay",
    ),
    one(
        "Facebook noise",
        "ignore",
        sender="Facebook <notification@facebookmail.com>",
        subject="Zoe Kay likes your page",
    ),
    one(
        "a PayPal note",
        "soft",
        sender="service@paypal.com <service@paypal.com>",
        subject="You received a payment from Zoe Kay",
        text="You received a payment of $40.00 USD from Zoe Kay (zoe@k.test)\n\n"
        "Note from Zoe Kay:\nCan you gift-wrap it?",
        channel="paypal",
        person="Zoe Kay",
    ),
    one(
        "a PayPal receipt",
        "ignore",
        sender="PayPal <service@paypal.com>",
        subject="Receipt for your payment",
        text="You paid 4.00",
    ),
    one(
        "a PayPal dispute",
        "action",
        sender="PayPal <service@paypal.com>",
        subject="A dispute was opened: case PP-D-1",
    ),
    one(
        "a Stripe dispute",
        "action",
        sender="Stripe <notifications@stripe.com>",
        subject="A customer opened a dispute",
    ),
    one("delivered", "ignore", sender="auto-reply@usps.com", subject="Your parcel was delivered"),
    one(
        "trouble on the way",
        "action",
        sender="pkginfo@ups.com",
        subject="UPS exception: address correction needed",
    ),
    one(
        "a dated matter",
        "action",
        sender="noreply@registrar.test",
        subject="Your domain expires in 7 days",
    ),
    one("a person at a carrier", "start", sender="jo.lind@dhl.com", subject="Your claim"),
    one(
        "a carrier's trouble in the words",
        "action",
        sender="noreply@dhl.de",
        subject="Your shipment 0034",
        text="The address is incomplete: insufficient address. Please act.",
    ),
    one("a carrier's plain news", "ignore", sender="noreply@dhl.de", subject="On its way to you"),
    one(
        "a machine's fine print is no note",
        "ignore",
        sender="service@paypal.com",
        subject="You received a payment",
        text="Anna Berg sent you $4.00 USD\n\nNote: this is an automated message",
    ),
    one(
        "a payer named at the start",
        "soft",
        sender="service@paypal.de",
        subject="You received a payment",
        text="Anna Berg sent you $4.00 USD\n\nBuyer's note: please wrap it",
        person="Anna Berg",
    ),
    one("Square's receipt", "ignore", sender="receipts@messaging.squareup.com", subject="Receipt"),
    one(
        "a hosting desk's deadline", "action", sender="billing@host.test", subject="Payment failed"
    ),
]
