"""By which program a letter of ours was written, told by the traces it leaves."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

# What X-Mailer and User-Agent begin with or hold, the particular before the general.
_NAMES: Final = (
    ("iphone mail", "on the iPhone"),
    ("ipad mail", "on the iPad"),
    ("apple mail", "in Apple Mail"),
    ("thunderbird for android", "on the phone (Thunderbird)"),
    ("k-9 mail", "on the phone (K-9 Mail)"),
    ("fairemail", "on the phone (FairEmail)"),
    ("outlook-ios", "on the phone (Outlook)"),
    ("outlook for ios", "on the phone (Outlook)"),
    ("outlook for android", "on the phone (Outlook)"),
    ("yahoomailandroid", "on the phone (Yahoo Mail)"),
    ("yahoomailios", "on the phone (Yahoo Mail)"),
    ("samsung", "on the phone"),
    ("android", "on the phone"),
    ("thunderbird", "in Thunderbird"),
    ("betterbird", "in Betterbird"),
    ("microsoft-macoutlook", "in Outlook"),
    ("microsoft outlook", "in Outlook"),
    ("roundcube", "in Roundcube"),
    ("sogomail", "in SOGo"),
    ("horde", "in Horde"),
    ("open-xchange", "in webmail"),
    ("webmail", "in webmail"),
    ("evolution", "in Evolution"),
    ("kmail", "in KMail"),
    ("geary", "in Geary"),
    ("em_client", "in eM Client"),
    ("em client", "in eM Client"),
    ("airmail", "in Airmail"),
    ("spark", "in Spark"),
    ("zoho mail", "in Zoho Mail"),
    ("mutt", "in Mutt"),
    ("jeweler desk", "here"),
)
_IDS: Final = (
    ("@email.android.com", "on the phone"),
    ("@mail.gmail.com", "in Gmail"),
    (".prod.outlook.com", "in Outlook"),
    ("@mail.yahoo.com", "in Yahoo Mail"),
)


@lru_cache(maxsize=1024)
def program_named(field: str) -> str:
    """Return where a letter was written, by its X-Mailer or User-Agent; empty if unknown."""
    low = field.casefold()
    return next((words for name, words in _NAMES if name in low), "")


def program_of_id(message_id: str) -> str:
    """Return where a letter was written, by the end of its Message-ID; empty if unknown."""
    low = message_id.casefold()
    return next((words for end, words in _IDS if low.endswith(end)), "")
