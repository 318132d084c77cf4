"""Amounts as marketplaces write them, read strictly: what could mean two amounts is refused."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Final

from jeweler_desk.domain.money import Money, currency_digits

# ISO 4217, active codes of countries (funds codes and metals left out).
_CODES: Final = """
AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP
BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL
GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW
KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN
NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK
SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS
VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG
"""
CURRENCIES: Final = frozenset(_CODES.split())
_DOLLAR_CODES: Final = """
USD CAD AUD NZD SGD HKD TWD MXN BRL ARS CLP COP BBD BMD BND BSD BZD FJD GYD JMD KYD LRD NAD
SBD SRD TTD XCD ZWG UYU DOP CVE MOP NIO TOP WST
"""
_DOLLARS: Final = frozenset(_DOLLAR_CODES.split())
_MARKS: Final = {
    "$": _DOLLARS,
    "US$": frozenset({"USD"}),
    "AU$": frozenset({"AUD"}),
    "A$": frozenset({"AUD"}),
    "CA$": frozenset({"CAD"}),
    "C$": frozenset({"CAD", "NIO"}),
    "NZ$": frozenset({"NZD"}),
    "HK$": frozenset({"HKD"}),
    "S$": frozenset({"SGD"}),
    "NT$": frozenset({"TWD"}),
    "MX$": frozenset({"MXN"}),
    "R$": frozenset({"BRL"}),
    "€": frozenset({"EUR"}),
    "£": frozenset({"GBP", "EGP", "FKP", "GIP", "SHP", "SSP", "SYP", "LBP"}),
    "¥": frozenset({"JPY", "CNY"}),
    "₩": frozenset({"KRW", "KPW"}),
    "₹": frozenset({"INR"}),
    "₺": frozenset({"TRY"}),
    "₪": frozenset({"ILS"}),
    "₫": frozenset({"VND"}),
    "₱": frozenset({"PHP"}),
    "₴": frozenset({"UAH"}),
    "₽": frozenset({"RUB"}),
    "zł": frozenset({"PLN"}),
    "kr": frozenset({"SEK", "NOK", "DKK", "ISK"}),
    "Kč": frozenset({"CZK"}),
    "Ft": frozenset({"HUF"}),
}
_NONE: Final = frozenset({"", "--", "—", "–"})
_SHAPE: Final = re.compile(
    r"(?P<minus>[-−])?\s*(?P<before>[^\d\s.,'’\-−]+(?:\s\$)?)?\s*(?P<minus2>[-−])?\s*"
    r"(?P<number>[0-9](?:[0-9.,'’\s]*[0-9])?)\s*(?P<after>[^\d\s.,'’\-−]+)?"
)
_GROUPS: Final = re.compile(r"[0-9]{1,3}(?:(?P<sep>[.,'’ ])[0-9]{3})(?:(?P=sep)[0-9]{3})*")
_BLANKS: Final = re.compile(r"\s")
_GROUP_SIZE: Final = 3
_MOST_DIGITS: Final = 12


class MoneyCellError(ValueError):
    """A cell that is no amount, or could be two."""


def currency_code(text: str) -> str:
    """Read a currency cell; raise where it is no ISO 4217 code in use."""
    code = text.strip().upper()
    if code not in CURRENCIES:
        shown = f"The currency “{text.strip()}” is not known" if code else "The currency is missing"
        raise MoneyCellError(shown)
    return code


@lru_cache(maxsize=4096)
def parse_money(text: str, currency: str) -> Money | None:
    """Read a money cell of a known currency; a blank or ``--`` is None.

    ``1,234`` is refused where the currency has decimals: it could be either side of a thousand.
    """
    cell = _BLANKS.sub(" ", text).strip()
    if cell in _NONE:
        return None
    is_negative = cell.startswith("(") and cell.endswith(")")
    if is_negative:
        cell = cell[1:-1].strip()
    shape = _SHAPE.fullmatch(cell)
    if shape is None:
        raise MoneyCellError(f"“{text}” is not an amount")
    signs = [sign for sign in (shape["minus"], shape["minus2"]) if sign]
    marks = [mark for mark in (shape["before"], shape["after"]) if mark]
    if len(signs) + is_negative > 1 or len(marks) > 1:
        raise MoneyCellError(f"“{text}” is not an amount")
    for mark in marks:
        _check_mark(mark, text, currency)
    amount = _number(shape["number"], text, currency)
    return Money(-amount if signs or is_negative else amount, currency)


def _check_mark(mark: str, text: str, currency: str) -> None:
    """See that the sign beside the number is the order's currency."""
    bare = mark.replace(" ", "")
    if bare.upper() in CURRENCIES:
        meant = frozenset({bare.upper()})
    elif bare in _MARKS:
        meant = _MARKS[bare]
    else:
        raise MoneyCellError(f"“{text}” is not an amount")
    if currency not in meant:
        raise MoneyCellError(f"“{text}” is another currency than the order's {currency}")


def _number(number: str, text: str, currency: str) -> int:
    """Give the whole minor units of the digits, refusing what could be two numbers."""
    whole, decimals = _split(number, text, currency)
    digits = currency_digits(currency)
    if len(whole) > _MOST_DIGITS:
        raise MoneyCellError(f"“{text}” is too large to be an amount")
    if decimals[digits:].strip("0"):
        raise MoneyCellError(f"“{text}” has more decimals than {currency} knows")
    return int(Decimal(f"{whole}.{decimals or 0}").scaleb(digits))


def _split(number: str, text: str, currency: str) -> tuple[str, str]:
    """Tell the whole part from the decimals."""
    head, tail, mark = number, "", ""
    position = max(number.rfind("."), number.rfind(","))
    if position >= 0:
        head, mark, tail = number[:position], number[position], number[position + 1 :]
    if mark and mark in head:  # 1,234,567: the same mark twice can only set thousands apart
        head, tail = number, ""
    elif (head + tail).isdigit() and len(tail) == _GROUP_SIZE:
        if _is_thousand(head, currency):
            return head + tail, ""
        if head != "0" and not (mark == "." and currency_digits(currency) == _GROUP_SIZE):
            raise MoneyCellError(f"“{text}” could be two amounts (is “{mark}” a decimal mark?)")
    if not (head.isdigit() or _GROUPS.fullmatch(head)) or not (tail or "0").isdigit():
        raise MoneyCellError(f"“{text}” is not an amount")
    return "".join(sign for sign in head if sign.isdigit()), tail


def _is_thousand(head: str, currency: str) -> bool:
    """Whether ``1,234`` can only be a thousand: the currency has no decimals at all."""
    return currency_digits(currency) == 0 and head != "0" and len(head) <= _GROUP_SIZE
