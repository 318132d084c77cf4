"""A letter in passages: what a person wrote herself, and what her mail program quoted."""

from __future__ import annotations

from dataclasses import dataclass

from jeweler_desk.domain.own_words import begins_all_quoted, introduces_quote


@dataclass(frozen=True, slots=True)
class Passage:
    """Some lines of a letter as they stand; quoted ones are folded, never left out."""

    text: str
    is_quoted: bool

    @property
    def lines(self) -> int:
        """How many lines hold words."""
        return sum(bool(line.strip()) for line in self.text.splitlines())


def passages(text: str) -> tuple[Passage, ...]:
    """Divide a letter into her own words and what is quoted; together they are the whole letter.

    Quoted are lines that begin with ``>``, the line that introduces them (in eleven languages), and
    all that follows a divider of Outlook or Gmail. Words between quoted lines stay her own.
    """
    lines = text.splitlines(keepends=True)
    kinds: list[bool] = []
    place = 0
    while place < len(lines):
        following = lines[place + 1] if place + 1 < len(lines) else ""
        if begins_all_quoted(lines[place].rstrip("\r\n"), following.rstrip("\r\n")):
            kinds += [True] * (len(lines) - place)
            break
        taken = introduces_quote(lines[place].rstrip("\r\n"), following.rstrip("\r\n"))
        if taken:
            after = lines[place + taken :]
            if not any(_is_marked(each) for each in after):
                # A program that marks no line quotes to the end.
                kinds += [True] * (len(lines) - place)
                break
            kinds += [True] * taken
            place += taken
            continue
        kinds.append(_is_marked(lines[place]))
        place += 1
    return _joined(lines, kinds)


def _is_marked(line: str) -> bool:
    return line.lstrip().startswith(">")


def _joined(lines: list[str], kinds: list[bool]) -> tuple[Passage, ...]:
    """Join lines of a kind; empty lines between two quoted ones belong to the quote."""
    for place, line in enumerate(lines):
        if line.strip() or kinds[place] or not place or not kinds[place - 1]:
            continue
        rest = (at for at in range(place, len(lines)) if lines[at].strip())
        following = next(rest, None)
        kinds[place] = following is None or kinds[following]
    found: list[Passage] = []
    start = 0
    for end in range(1, len(lines) + 1):
        if end == len(lines) or kinds[end] != kinds[start]:
            found.append(Passage("".join(lines[start:end]), kinds[start]))
            start = end
    return tuple(found)
