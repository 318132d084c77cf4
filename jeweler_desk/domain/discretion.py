"""What a gift's paper keeps to itself: amounts, codes, means of payment, how to reach the buyer."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from jeweler_desk.domain.money import Money, currency_digits
from jeweler_desk.domain.order import Order

# Currencies by their codes. Codes that are common words in capitals (ALL, TOP, TRY) are left out.
_CODES: Final = (
    "USD|EUR|GBP|CAD|AUD|NZD|JPY|CHF|SEK|NOK|DKK|PLN|CZK|HUF|RON|MXN|BRL|INR|KRW|CNY|RMB|SGD|HKD"
    "|TWD|ZAR|ILS|THB|PHP|MYR|IDR|VND|AED"
)
_SIGN: Final = "[$¢£¤¥฿₠-⃀＄￠￡￥￦﷼]"
_FIGURE: Final = r"\d+(?:[ .,'’\u00a0\u202f]\d{3})*(?:[.,]\d{1,2})?(?:,-|[.,]–)?(?!\d)"
_BEFORE: Final = (
    r"(?:\b(?:(?:sale |list )?price|only|just|for|at|from|was|now|worth|reduced to|costs?)\b:?\s*)*"
)
_AMOUNT: Final = re.compile(
    rf"{_BEFORE}(?:"
    rf"(?:\b[A-Z]{{1,3}})?{_SIGN}\s*{_FIGURE}(?:\s*(?:{_CODES})\b)?"
    rf"|\b(?:{_CODES})\s*{_FIGURE}"
    rf"|(?<![\w.,]){_FIGURE}\s*(?:{_SIGN}|(?:{_CODES})\b|(?:kr|zł|Kč)(?!\w)|(?i:dollars?|euros?|bucks)\b)"
    rf")"
)
_DISCOUNT: Final = re.compile(r"\b\d{1,3}\s*%\s*(?:off|discount|sale|rabatt)\b", re.IGNORECASE)
_MEANS: Final = re.compile(
    r"\b(?:(?:paid|pay|payment)\s+(?:with|by|via|through)\s+)?"
    r"(?:visa|master\s?card|amex|american express|paypal|klarna|afterpay|venmo"
    r"|(?:apple|google|shop|amazon) pay|(?:credit|debit) card)\b"
    r"(?:[\s,]*(?:ending (?:in|with)\s*)?[*•x·.]*\d{4}\b)?",
    re.IGNORECASE,
)
_EMAIL: Final = re.compile(r"[^\s@<>(),;:]+@[^\s@<>(),;:]+\.[^\s@<>(),;:]+")
_PHONE: Final = re.compile(r"\+?\d[\d\s().\-/]{5,}\d")
_FEWEST_PHONE_DIGITS: Final = 7
_SHORTEST_CODE: Final = 3
_SHORTEST_WHOLE: Final = 3  # figures of an amount without decimals, such as 5000 yen
_EMPTY_BRACKETS: Final = re.compile(r"\(\s*[+\-–—:,]?\s*\)|\[\s*[+\-–—:,]?\s*\]")
_LOOSE_ENDS: Final = " \t-–—|·•:,;/+~"
_LOOSE_BEFORE_END: Final = re.compile(r"\s*[-–—|·:,]\s*([.!?]+)$")
_DOUBLED: Final = re.compile(r"\s([-–—|·•/])\s+(?:[-–—|·•/]\s+)+")


@dataclass(frozen=True, slots=True)
class Kept:
    """A text as it may be printed, and whether something was taken out of it."""

    text: str
    was_changed: bool


class Discretion:
    """Takes out of a text what a gift's recipient must not read on paper."""

    def __init__(self, order: Order) -> None:
        self._own = _own_words(order)
        self._phones = tuple(
            digits
            for phone in (order.phone, order.address.phone, _phone_of_billing(order))
            if len(digits := re.sub(r"\D", "", phone or "")) >= _FEWEST_PHONE_DIGITS
        )

    def kept(self, text: str) -> Kept:
        """Return the text without amounts, discounts, codes, e-mail addresses and phone numbers.

        A text that holds none of them comes back untouched, blank for blank.
        """
        left = "\n".join(self._clean_line(line) for line in text.split("\n"))
        return Kept(left, left != text)

    def _clean_line(self, line: str) -> str:
        left = _EMAIL.sub(" ", line)
        left = _PHONE.sub(lambda found: " " if self._is_phone(found[0]) else found[0], left)
        left = _MEANS.sub(" ", left)
        left = _DISCOUNT.sub(" ", left)
        left = _AMOUNT.sub(" ", left)
        if self._own is not None:
            left = self._own.sub(" ", left)
        left = "".join(" " if unicodedata.category(each) == "Sc" else each for each in left)
        return line if left == line else _tidy(left)

    def _is_phone(self, text: str) -> bool:
        digits = re.sub(r"\D", "", text)
        return len(digits) >= _FEWEST_PHONE_DIGITS and any(
            digits.endswith(phone) or phone.endswith(digits) for phone in self._phones
        )


def _phone_of_billing(order: Order) -> str | None:
    return order.billing_address.phone if order.billing_address else None


def _own_words(order: Order) -> re.Pattern[str] | None:
    """Match the order's own amounts, bare as they are, and its promo code."""
    amounts = (
        order.total,
        order.subtotal,
        order.discount,
        order.shipping,
        order.tax,
        order.marketplace_tax,
        *(line.unit_price for line in order.line_items),
        *(line.discount for line in order.line_items),
        *(charge.amount for charge in order.charges),
        *(refund.amount for refund in order.refunds),
    )
    forms = {form for amount in amounts if amount for form in _amount_forms(amount)}
    patterns = [rf"(?<![\w.,]){form}(?![\w])(?![.,]\d)" for form in sorted(forms, key=len)[::-1]]
    codes = re.split(r"[,\s]+", order.discount_code or "")
    patterns += [
        rf"(?<!\w)(?i:{re.escape(code)})(?!\w)" for code in codes if len(code) >= _SHORTEST_CODE
    ]
    return re.compile(_BEFORE + "(?:" + "|".join(patterns) + ")") if patterns else None


def _amount_forms(amount: Money) -> list[str]:
    digits = currency_digits(amount.currency)
    whole, _dot, cents = amount.amount.lstrip("-").partition(".")
    if not digits and len(whole) < _SHORTEST_WHOLE:
        return []
    grouped = f"{int(whole):,}".replace(",", "[ .,'’]?")
    return [f"{grouped}[.,]{cents}" if digits else grouped]


def _tidy(line: str) -> str:
    line = _EMPTY_BRACKETS.sub(" ", line)
    line = _DOUBLED.sub(r" \1 ", line)
    line = re.sub(r"\s+([,;:.!?])", r"\1", " ".join(line.split()))
    return _LOOSE_BEFORE_END.sub(r"\1", line).strip(_LOOSE_ENDS)
