"""Tracking numbers: whose they may be, whether the check digit holds, what a spreadsheet did."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final
from urllib.parse import quote

_BLANKS: Final = re.compile(r"[\s\u00a0\u00ad\u200b-\u200f\u2060\ufeff]+")
_SCIENTIFIC: Final = re.compile(r"\d+(?:[.,]\d+)?E\+\d+|\d+[.,]\d+E\d+")
_DECIMAL: Final = re.compile(r"(\d{9,})[.,]0+")
_SPREADSHEET_DIGITS: Final = 15
_MOST_ZEROS: Final = 2
_MAX_LETTER: Final = 36
_ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_S10_WEIGHTS: Final = (8, 6, 4, 2, 3, 5, 9, 7)


class CheckKind(StrEnum):
    """The ways in which carriers compute a check digit."""

    MOD10 = "mod10"
    WEIGHTED = "weighted"
    S10 = "s10"
    MOD7 = "mod7"
    LUHN = "luhn"
    MOD37_36 = "mod37_36"


class CheckDigit(StrEnum):
    """What a number's check digit says; the better word comes first in a list of candidates."""

    HOLDS = "holds"
    NONE = "none"
    WRONG = "wrong"


class Damage(StrEnum):
    """What a spreadsheet makes of a long number."""

    SCIENTIFIC = "scientific"
    ROUNDED = "rounded"
    LOST_ZEROS = "lost_zeros"


@dataclass(frozen=True)
class NumberFormat:
    """One way in which a carrier writes numbers; ``pattern`` is of the whole number, no blanks.

    ``by_country`` names the post of a country whose letters end the number; ``countries`` are the
    letters there are (none means that the format names no country).
    """

    name: str
    pattern: str
    check: CheckKind | None = None
    weights: tuple[int, ...] = ()
    prefix: str = ""
    countries: frozenset[str] = frozenset()
    by_country: tuple[tuple[str, str], ...] = ()

    @cached_property
    def expression(self) -> re.Pattern[str]:
        """The pattern, compiled once."""
        return re.compile(self.pattern)


@dataclass(frozen=True, slots=True)
class CarrierNumbers:
    """A carrier, other ways to write its name, its tracking page (``{}`` the number), formats."""

    name: str
    link: str | None
    aliases: tuple[str, ...]
    formats: tuple[NumberFormat, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A carrier whose number this may be."""

    carrier: str
    format: str
    check: CheckDigit


@dataclass(frozen=True, slots=True)
class TrackingReading:
    """A number as it is kept, whose it may be (the likeliest first), and what a spreadsheet did.

    ``meant`` is the number that a damaged one probably was, where that can be told.
    """

    number: str
    candidates: tuple[Candidate, ...] = ()
    damage: Damage | None = None
    meant: str | None = None

    @property
    def carriers(self) -> tuple[str, ...]:
        """The carriers whose check digit does not speak against them, the likeliest first."""
        fitting = (each.carrier for each in self.candidates if each.check is not CheckDigit.WRONG)
        return tuple(dict.fromkeys(fitting))


class Doubt(StrEnum):
    """Why a number deserves a second look. It is kept all the same."""

    DAMAGED = "damaged"
    WRONG_DIGIT = "wrong_digit"
    OTHER_CARRIER = "other_carrier"
    UNLIKE_CARRIER = "unlike_carrier"


def normalized(text: str) -> str:
    """Return a number as it is kept: no blanks, capital letters, no ``.0`` of a spreadsheet."""
    bare = "".join(each for each in _BLANKS.sub("", text) if each.isprintable()).upper()
    decimal = _DECIMAL.fullmatch(bare)
    return decimal[1] if decimal else bare


def tracking_kept(text: str | None) -> str | None:
    """Return a tracking number as it is kept; words without a digit keep their blanks."""
    bare = "".join(each for each in text or "" if each.isprintable()).strip()
    if any(each.isdigit() for each in bare):
        return normalized(bare)
    return bare or None


def read_tracking(text: str, carriers: Sequence[CarrierNumbers]) -> TrackingReading:
    """Say whose number a text may be. Ambiguous ones have several candidates; nothing is refused.

    Numbers are compared without blanks and hyphens (facts: printed in groups, kept by
    spreadsheets as 9.40011E+21, without leading zeros, or with zeros after the 15th digit).
    """
    number = normalized(text)
    if _SCIENTIFIC.fullmatch(number):
        return TrackingReading(number, damage=Damage.SCIENTIFIC)
    found = candidates(number, carriers)
    if found and found[0].check is CheckDigit.HOLDS:
        return TrackingReading(number, found)
    if number.isdigit():
        if len(number) > _SPREADSHEET_DIGITS and not number[_SPREADSHEET_DIGITS:].strip("0"):
            return TrackingReading(number, found, Damage.ROUNDED)
        for zeros in range(1, _MOST_ZEROS + 1):
            longer = "0" * zeros + number
            better = candidates(longer, carriers)
            if better and better[0].check is CheckDigit.HOLDS:
                return TrackingReading(number, found, Damage.LOST_ZEROS, longer)
    return TrackingReading(number, found)


def candidates(number: str, carriers: Sequence[CarrierNumbers]) -> tuple[Candidate, ...]:
    """Return the carriers that write numbers like this, those whose check digit holds first."""
    bare = number.replace("-", "")
    found = [each for carrier in carriers for each in _of_carrier(bare, carrier)]
    order = list(CheckDigit)
    return tuple(sorted(found, key=lambda each: order.index(each.check)))


def _of_carrier(number: str, carrier: CarrierNumbers) -> Iterator[Candidate]:
    best: dict[str, Candidate] = {}
    for form in carrier.formats:
        match = form.expression.fullmatch(number)
        if match is None:
            continue
        parts = match.groupdict()
        country = parts.get("country")
        if form.countries and country not in form.countries:
            continue
        name = dict(form.by_country).get(country or "", carrier.name)
        said = CheckDigit.NONE
        if form.check is not None:
            digit = check_digit(form.check, form.prefix + parts["data"], form.weights)
            said = CheckDigit.HOLDS if digit == parts["check"] else CheckDigit.WRONG
        # Of several formats of one length the one whose check digit holds is the one meant.
        if name not in best or (said is CheckDigit.HOLDS is not best[name].check):
            best[name] = Candidate(name, form.name, said)
    yield from best.values()


def check_digit(kind: CheckKind, data: str, weights: Sequence[int] = ()) -> str:
    """Compute the check digit of a number's data as its carrier does (`tracking_numbers.json`)."""
    match kind:
        case CheckKind.MOD10:
            values = [int(each) if each.isdigit() else (ord(each) - 3) % 10 for each in data]
            total = sum(
                value * weights[place % len(weights)]
                for place, value in enumerate(reversed(values))
            )
            return str(-total % 10)
        case CheckKind.WEIGHTED:
            total = sum(int(each) * weight for each, weight in zip(data, weights, strict=True))
            return str(total % 11 % 10)
        case CheckKind.S10:
            total = sum(int(each) * by for each, by in zip(data, _S10_WEIGHTS, strict=True))
            return str({10: 0, 11: 5}.get(11 - total % 11, 11 - total % 11))
        case CheckKind.MOD7:
            return str(int(data) % 7)
        case CheckKind.LUHN:
            doubled = (int(each) * (2 - place % 2) for place, each in enumerate(reversed(data)))
            return str(-sum(value // 10 + value % 10 for value in doubled) % 10)
        case CheckKind.MOD37_36:
            rest = _MAX_LETTER
            for each in data:
                rest = (_ALPHABET.index(each) + rest) % _MAX_LETTER or _MAX_LETTER
                rest = rest * 2 % (_MAX_LETTER + 1)
            return _ALPHABET[(_MAX_LETTER + 1 - rest) % _MAX_LETTER]


def carrier_named(name: str | None, carriers: Sequence[CarrierNumbers]) -> CarrierNumbers | None:
    """Return the carrier a person means by a name, if it is one whose numbers are known."""
    folded = _folded(name or "")
    named = [(_folded(each), one) for one in carriers for each in (one.name, *one.aliases)]
    # “USPS Priority Mail” means USPS, “DPD UK” not DPD: the longest name that begins it counts.
    fitting = [(each, one) for each, one in named if f"{folded} ".startswith(f"{each} ")]
    return max(fitting, key=lambda pair: len(pair[0]), default=(None, None))[1]


def _folded(name: str) -> str:
    return " ".join(name.casefold().replace("-", " ").split())


def doubt(
    reading: TrackingReading, carrier: str | None, carriers: Sequence[CarrierNumbers]
) -> Doubt | None:
    """Return why a number deserves a second look, given who is said to carry the parcel."""
    named = carrier_named(carrier, carriers)
    is_anybody = not (carrier or "").strip()
    if not is_anybody and (named is None or not _is_known(named, carriers)):
        return None if reading.damage is None else Doubt.DAMAGED
    mine = [each for each in reading.candidates if named is None or each.carrier == named.name]
    is_wrong = bool(mine) and all(each.check is CheckDigit.WRONG for each in mine)
    if mine and not is_wrong and reading.damage in {None, Damage.LOST_ZEROS}:
        # A number that fits as it stands has lost nothing, whoever else may number like that.
        return None if named or reading.damage is None else Doubt.DAMAGED
    if reading.damage is not None:
        return Doubt.DAMAGED
    if is_wrong:
        return Doubt.WRONG_DIGIT
    if named is None or not reading.number:
        return None
    return Doubt.OTHER_CARRIER if reading.carriers else Doubt.UNLIKE_CARRIER


def _is_known(named: CarrierNumbers, carriers: Sequence[CarrierNumbers]) -> bool:
    """Whether the ways in which a carrier writes numbers are known, its own or a post's."""
    forms = [form for each in carriers for form in each.formats]
    posts = {name for form in forms for _, name in form.by_country}
    return bool(named.formats) or named.name in posts


def tracking_link(
    number: str, carrier: str | None, carriers: Sequence[CarrierNumbers]
) -> str | None:
    """Return the carrier's page for a number: the named carrier's, else the likeliest one's."""
    if not number:
        return None
    named = carrier_named(carrier, carriers)
    if named is None and not carrier:
        likely = read_tracking(number, carriers).carriers
        named = carrier_named(likely[0], carriers) if likely else None
    if named is None or named.link is None:
        return None
    return named.link.replace("{}", quote(number, safe=""))


def carriers_from(document: Mapping[str, object]) -> tuple[CarrierNumbers, ...]:
    """Read the carriers from the shape of `resources/tracking_numbers.json`."""
    found = document["carriers"]
    if not isinstance(found, list):
        raise TypeError("carriers must be a list")
    return tuple(
        CarrierNumbers(
            name=each["name"],
            link=each["link"],
            aliases=tuple(each["aliases"]),
            formats=tuple(_format_from(form) for form in each["formats"]),
        )
        for each in found
    )


def _format_from(form: Mapping[str, object]) -> NumberFormat:
    check = form.get("check")
    check = check if isinstance(check, dict) else {}
    posts = form.get("by_country")
    return NumberFormat(
        name=str(form["name"]),
        pattern=str(form["pattern"]),
        check=CheckKind(check["kind"]) if check else None,
        weights=tuple(check.get("weights", ())),
        prefix=str(form.get("prefix", "")),
        countries=frozenset(str(form.get("countries", "")).split()),
        by_country=tuple(posts.items()) if isinstance(posts, dict) else (),
    )
