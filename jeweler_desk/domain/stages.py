"""The stages of making under the shop's own names: the first and the last are fixed in meaning."""

from __future__ import annotations

from dataclasses import dataclass

from jeweler_desk.domain.fulfillment import InvalidTransitionError
from jeweler_desk.domain.order import LineItem, Stage


@dataclass(frozen=True, slots=True)
class NamedStage:
    """One stage of making as the seller calls it, and which of the three it counts as."""

    stage: Stage
    name: str

    @property
    def word(self) -> str:
        """The stage in documents: ``to_make`` and ``ready``, or its own name in one word."""
        return folded(self.name) if self.stage is Stage.MAKING else self.stage.value


@dataclass(frozen=True, slots=True)
class Stages:
    """The shop's stages in their order; all between the first and the last are making."""

    names: tuple[str, ...]

    def all(self) -> tuple[NamedStage, ...]:
        """Return every stage, the first to the last."""
        first, *between, last = self.names
        return (
            NamedStage(Stage.TO_MAKE, first),
            *(NamedStage(Stage.MAKING, name) for name in between),
            NamedStage(Stage.READY, last),
        )

    def called(self, text: str) -> NamedStage:
        """Read a stage in any spelling, by its own name or as to make, making, ready.

        Raises `InvalidTransitionError` that lists the names.
        """
        wanted = folded(text)
        for each in self.all():
            if wanted == folded(each.name):
                return each
        for stage in Stage:
            if wanted == stage.value:
                return self.of(stage)
        names = ", ".join(self.names)
        raise InvalidTransitionError(
            f"There is no stage “{text}”. Stages are {names}. Nothing was changed."
        )

    def of(self, stage: Stage, name: str | None = None) -> NamedStage:
        """Return a stage by what it counts as; a name that is no longer in use keeps its words."""
        found = [each for each in self.all() if each.stage is stage]
        if stage is not Stage.MAKING or name is None:
            return found[0]
        same = [each for each in found if folded(each.name) == folded(name)]
        return same[0] if same else NamedStage(stage, name)

    def of_line(self, line: LineItem) -> NamedStage:
        """Return the stage at which a piece is."""
        return self.of(line.stage, line.stage_name)

    def place_of(self, line: LineItem) -> int:
        """Return where on the board a piece lies; one at a name no longer in use, at the first."""
        here = self.of_line(line)
        stages = self.all()
        return stages.index(here) if here in stages else 1

    def moved(self, line: LineItem, by: int) -> NamedStage | None:
        """Return the stage so many steps on (or back), or None beyond the ends."""
        place = self.place_of(line) + by
        return self.all()[place] if 0 <= place < len(self.names) else None


def folded(name: str) -> str:
    """Return a stage's name as it is compared: ``Stone setting`` is ``stone_setting``."""
    return "_".join(name.replace("-", " ").replace("_", " ").casefold().split())


def must_be_read(line: LineItem) -> bool:
    """Whether the words to be worked into a piece were not read at its start as they stand now."""
    return bool(line.personalization) and line.personalization != line.personalization_read
