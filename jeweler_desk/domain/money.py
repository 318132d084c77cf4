"""Money as whole minor units with a currency; one rounding rule, nothing lost in a split."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

# ISO 4217: currencies whose minor unit is not a hundredth.
_DIGITS: Final = {
    "BIF": 0, "CLP": 0, "DJF": 0, "GNF": 0, "ISK": 0, "JPY": 0, "KMF": 0, "KRW": 0, "PYG": 0,
    "RWF": 0, "UGX": 0, "VND": 0, "VUV": 0, "XAF": 0, "XOF": 0, "XPF": 0,
    "BHD": 3, "IQD": 3, "JOD": 3, "KWD": 3, "LYD": 3, "OMR": 3, "TND": 3,
}  # fmt: skip
_CODE: Final = re.compile(r"[A-Z]{3}")
_PLAIN: Final = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,12})?")


class MoneyError(ValueError):
    """An amount or a currency that cannot be taken as written."""


def currency_digits(currency: str) -> int:
    """Return the number of decimal digits of an ISO 4217 currency."""
    return _DIGITS.get(currency, 2)


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in whole minor units (cents) of one ISO 4217 currency."""

    minor_units: int
    currency: str

    def __post_init__(self) -> None:
        if not _CODE.fullmatch(self.currency):
            raise MoneyError(f"“{self.currency}” is not a currency code of three capitals")

    @classmethod
    def zero(cls, currency: str) -> Money:
        """Return nothing, in a currency."""
        return cls(0, currency)

    @classmethod
    def parse(cls, text: str, currency: str) -> Money:
        """Read a plain decimal such as ``44.00`` or ``-3``; more decimals than known raise.

        Twelve digits before the point are the most, so that every sum of an order fits a column.
        """
        cleaned = text.strip()
        if not _PLAIN.fullmatch(cleaned):
            raise MoneyError(f"“{text}” is not an amount such as 44.00")
        scaled = Decimal(cleaned).scaleb(currency_digits(currency))
        if scaled != scaled.to_integral_value():
            raise MoneyError(f"“{text}” has more decimals than {currency} knows")
        return cls(int(scaled), currency)

    @property
    def amount(self) -> str:
        """The amount as a decimal text with the currency's own digits: ``44.00``, ``5000``."""
        digits = currency_digits(self.currency)
        if not digits:
            return str(self.minor_units)
        whole, rest = divmod(abs(self.minor_units), 10**digits)
        return f"{'-' if self.minor_units < 0 else ''}{whole}.{rest:0{digits}d}"

    def _same(self, other: Money) -> int:
        if other.currency != self.currency:
            raise MoneyError(f"{self.currency} and {other.currency} cannot be added up")
        return other.minor_units

    def __add__(self, other: Money) -> Money:
        return Money(self.minor_units + self._same(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.minor_units - self._same(other), self.currency)

    def __mul__(self, count: int) -> Money:
        return Money(self.minor_units * count, self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.minor_units < self._same(other)

    def __le__(self, other: Money) -> bool:
        return self.minor_units <= self._same(other)

    def __bool__(self) -> bool:
        return self.minor_units != 0

    def percent(self, percent: Decimal) -> Money:
        """Return that share, rounded half up to the minor unit (the one rounding rule)."""
        share = (Decimal(self.minor_units) * percent / 100).quantize(Decimal(1), ROUND_HALF_UP)
        return Money(int(share), self.currency)

    def allocate(self, weights: Sequence[int]) -> list[Money]:
        """Split by weights with the largest remainder; the parts always add up to the whole.

        Equal remainders go to the earlier part. Weights are non-negative, not all zero.
        """
        total = sum(weights)
        if total <= 0 or any(weight < 0 for weight in weights):
            raise MoneyError("a split needs weights that are not negative and not all zero")
        sign = -1 if self.minor_units < 0 else 1
        whole = abs(self.minor_units)
        parts = [whole * weight // total for weight in weights]
        remainders = [whole * weight % total for weight in weights]
        order = sorted(range(len(weights)), key=lambda index: (-remainders[index], index))
        for index in order[: whole - sum(parts)]:
            parts[index] += 1
        return [Money(sign * part, self.currency) for part in parts]


def total_of(amounts: Iterable[Money], currency: str) -> Money:
    """Add up amounts of one currency; nothing adds up to zero."""
    return sum(amounts, Money.zero(currency))
