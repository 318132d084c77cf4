"""Marketplaces, forms, social networks, receipts and carriers."""

from __future__ import annotations

from tests.mail_cases.case import FORM, NOREPLY, Case, Q, more, one, reply
from tests.post import MAKER, Letter

RELAYS = [
    one(
        "Etsy conversation",
        "start",
        sender="Etsy <no-reply@account.etsy.com>",
        subject="Re: Etsy Conversation with Ashlee",
        text="View message",
        channel="etsy",
        person="Ashlee",
    ),
    one(
        "the older Etsy sender",
        "start",
        sender="Etsy Conversations <conversations@mail.etsy.com>",
        subject="Etsy Conversation with Ashlee",
        text="View message",
        more=more(List_Unsubscribe="<https://etsy.test/u>"),
        channel="etsy",
        person="Ashlee",
    ),
    Case(
        "Etsy again while Ashlee waits",
        [
            Letter(
                "e1@x.test",
                sender="Etsy <no-reply@account.etsy.com>",
                subject="Etsy Conversation with Ashlee",
                text="View message",
            ),
            Letter(
                "e2@x.test",
                hours=2,
                sender="Etsy <no-reply@account.etsy.com>",
                subject="Re: Etsy Conversation with Ashlee",
                text="View message",
            ),
            Letter(
                "e3@x.test",
                hours=3,
                sender="Etsy <no-reply@account.etsy.com>",
                subject="Re: Etsy Conversation with Bo",
                text="View message",
            ),
        ],
        {"e1@x.test": "start", "e2@x.test": "keep", "e3@x.test": "start"},
    ),
    Case(
        "an Etsy help request opens its own thread",
        [
            Letter(
                "e1@x.test",
                sender="Etsy <no-reply@account.etsy.com>",
                subject="Etsy Conversation with Ashlee",
                text="View message",
            ),
            Letter(
                "e2@x.test",
                hours=2,
                sender="Etsy <no-reply@account.etsy.com>",
                subject="Ashlee needs help with an order they placed",
                text="View request",
            ),
            Letter(
                "e3@x.test",
                hours=3,
                sender="Etsy <no-reply@account.etsy.com>",
                subject="Help Request: Order #3512000101",
                text="View request",
            ),
        ],
        {"e1@x.test": "start", "e2@x.test": "start", "e3@x.test": "start"},
    ),
    one(
        "an Etsy sale",
        "action",
        sender="Etsy Transactions <transaction@etsy.com>",
        subject="You made a sale on Etsy - Dispatch by May 21 - [US$39.40, Order #3512000101]",
        channel="etsy",
    ),
    Case(
        "mail to Etsy reaches nobody",
        [
            Letter(
                "q1@c.test",
                sender="Etsy <no-reply@account.etsy.com>",
                subject="Etsy Conversation with Ashlee",
                text="View message",
            ),
            reply(to="no-reply@account.etsy.com", subject="Re: Etsy Conversation with Ashlee"),
        ],
        {Q.id: "start", "r1@shop.test": "keep"},
        {Q.id: "waiting"},
    ),
    one(
        "an eBay member",
        "start",
        sender='"buyer via eBay" <ebay@ebay.test>',
        subject="About item 33",
        more=more(Reply_To="abc123@members.ebay.de", Auto_Submitted="auto-generated"),
        channel="ebay",
        person="buyer",
    ),
    Case(
        "a reply to the eBay alias",
        [
            Letter(
                "q1@c.test", sender="gemlover <abc@members.ebay.co.uk>", subject="About item 33"
            ),
            reply(to="abc@members.ebay.co.uk", subject="Something else", more={}),
        ],
        {Q.id: "start", "r1@shop.test": "stop"},
    ),
    one(
        "an eBay sale",
        "action",
        sender="eBay <ebay@ebay.com>",
        subject="Your item sold: Silver ring",
        channel="ebay",
    ),
    one(
        "an eBay watch list",
        "ignore",
        sender="eBay <ebay@ebay.com>",
        subject="An item on your Watchlist is ending",
    ),
    one(
        "an Amazon buyer",
        "start",
        sender="Jo Lind <k3x9@marketplace.amazon.de>",
        channel="amazon",
        person="Jo Lind",
    ),
    one(
        "Shopify's form",
        "start",
        sender="My Shop (Shopify) <mailer@shopify.com>",
        subject="New customer message on October 5",
        more=more(Reply_To="Vi Lund <vi@freemail.test>"),
        channel="shopify",
        person="Vi Lund",
    ),
    one(
        "Shopify's form without Reply-To",
        "start",
        sender="store+123@shopifyemail.com",
        subject="New customer message on October 5",
        text="You received a new message.\n\nName:\nVi Lund\n\n"
        "Email:\nvi@freemail.test\n\nBody:\nIs it gold?",
        channel="shopify",
        person="Vi Lund",
    ),
    one(
        "Shopify's code",
        "ignore",
        sender="Shopify <mailer@shopify.com>",
        subject="Your verification code",
        text="123456",
    ),
    one(
        "a Squarespace form",
        "start",
        sender="form-submission@squarespace.info",
        subject="Form Submission - Contact",
        text=FORM,
        channel="form",
        person="Bob Stone",
    ),
    one(
        "Google Forms",
        "start",
        sender="forms-receipts-noreply@google.com",
        subject="New response",
        text=FORM,
        channel="form",
    ),
    *[
        one(
            f"a form by {service}",
            "start",
            sender=f"notifications@{service}",
            subject="New submission",
            text=FORM,
            more=more(Auto_Submitted="auto-generated"),
            channel="form",
            person="Bob Stone",
        )
        for service in (
            "wix.com",
            "followups.typeform.com",
            "jotform.com",
            "tally.so",
            "formspree.io",
        )
    ],
    one(
        "WordPress with an empty Reply-To",
        "start",
        sender="WordPress <wordpress@shop.test>",
        subject="Contact",
        more=more(Reply_To="<>"),
        channel="form",
        person=None,
    ),
    one(
        "WordPress with the visitor's Reply-To",
        "start",
        sender="wordpress@shop.test",
        subject="Contact",
        more=more(
            Reply_To="Bob Stone <bob@freemail.test>", Precedence="junk", X_Mailer="PHPMailer 6.8"
        ),
        channel="form",
        person="Bob Stone",
    ),
    one(
        "WordPress housekeeping",
        "ignore",
        sender="wordpress@shop.test",
        subject="[Shop] Your site has updated to WordPress 6.9",
    ),
    one(
        "a form from our own address",
        "start",
        sender=MAKER,
        subject="Contact",
        more=more(Reply_To="bob@freemail.test"),
        channel="form",
        person="bob@freemail.test",
    ),
    one(
        "a form from our own address with the person in its body",
        "start",
        sender=MAKER,
        subject="Contact",
        text=FORM,
        channel="form",
        person="Bob Stone",
    ),
    one(
        "a no-reply sender with a usable Reply-To",
        "start",
        sender=NOREPLY,
        more=more(Reply_To="bob@freemail.test"),
        channel="form",
        person="bob@freemail.test",
    ),
    one(
        "a list with a Reply-To",
        "ignore",
        sender=NOREPLY,
        more=more(
            Reply_To="bob@freemail.test",
            List_Id="<news.form.test>",
            List_Unsubscribe="<https://form.test/u>",
        ),
    ),
    Case(
        "a fresh letter to the address in the form",
        [
            Letter(
                "q1@c.test",
                sender="form-submission@squarespace.info",
                subject="Form Submission - Contact",
                text=FORM,
            ),
            reply(to="bob@freemail.test", subject="Your question about gold", more={}),
        ],
        {Q.id: "start", "r1@shop.test": "stop"},
    ),
    Case(
        "visitors of one form do not share a clock",
        [
            Letter(
                "f1@x.test",
                sender=NOREPLY,
                subject="Contact",
                more=more(Reply_To="bob@freemail.test", References="<form@x.test>"),
            ),
            Letter(
                "f2@x.test",
                hours=1,
                sender=NOREPLY,
                subject="Contact",
                more=more(Reply_To="cy@freemail.test", References="<form@x.test>"),
            ),
            reply(
                to="bob@freemail.test", subject="Re: Contact", more=more(In_Reply_To="<f1@x.test>")
            ),
        ],
        {"f1@x.test": "start", "f2@x.test": "start", "r1@shop.test": "stop"},
        {"f1@x.test": "answered", "f2@x.test": "waiting"},
    ),
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
]
