"""A three-way merge: what two people made of one text, put together line by line (diff3).

What only one of them changed is taken. Where both changed the same place, a conflict says what each made of it, and a
person chooses: nothing is ever guessed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from helpcenter.core.line_matches import lines_of, matches


class Choice(StrEnum):
    """What becomes of a conflict."""

    MINE = "mine"
    THEIRS = "theirs"
    BOTH = "both"


@dataclass(frozen=True)
class Conflict:
    """A place that both changed, each in their way; all three may be empty, but no two are equal."""

    base: str
    mine: str
    theirs: str

    def chosen(self, choice: Choice) -> str:
        """What stands there after the choice; both one after the other, each on lines of its own."""
        if choice is Choice.MINE:
            return self.mine
        if choice is Choice.THEIRS:
            return self.theirs
        gap = "\n" if self.mine and not self.mine.endswith("\n") and self.theirs else ""
        return self.mine + gap + self.theirs


@dataclass(frozen=True)
class Merge:
    """The merged text in parts: text that is settled, and conflicts."""

    parts: Sequence[str | Conflict]

    @property
    def conflicts(self) -> list[Conflict]:
        """What a person has to choose about, in the order of the text."""
        return [part for part in self.parts if isinstance(part, Conflict)]

    def text(self, choices: Mapping[int, Choice] | None = None) -> str:
        """The text after the choices, by the number of the conflict from 0. Raises KeyError for one without."""
        chosen, number = [], 0
        for part in self.parts:
            if isinstance(part, Conflict):
                chosen.append(part.chosen((choices or {})[number]))
                number += 1
            else:
                chosen.append(part)
        return "".join(chosen)


def merge(base: str, mine: str, theirs: str) -> Merge:
    """What both made of `base`, together."""
    old, ours, others = (lines_of(text) for text in (base, mine, theirs))
    in_ours, in_others = matches(old, ours), matches(old, others)
    parts: list[str | Conflict] = []
    row = our_row = other_row = 0
    for stable in [*(line for line in range(len(old)) if line in in_ours and line in in_others), None]:
        end, our_end, other_end = (
            (len(old), len(ours), len(others)) if stable is None else (stable, in_ours[stable], in_others[stable])
        )
        gap = old[row:end], ours[our_row:our_end], others[other_row:other_end]
        parts.append(_settled(*("".join(lines) for lines in gap)))
        if stable is not None:
            parts.append(old[stable])
            row, our_row, other_row = end + 1, our_end + 1, other_end + 1
    return Merge(_joined(parts))


def _settled(base: str, mine: str, theirs: str) -> str | Conflict:
    if mine == theirs or theirs == base:
        return mine
    return theirs if mine == base else Conflict(base, mine, theirs)


def _joined(parts: Sequence[str | Conflict]) -> list[str | Conflict]:
    """Settled neighbours as one part, and none that is empty."""
    joined: list[str | Conflict] = []
    for part in parts:
        if isinstance(part, str) and joined and isinstance(joined[-1], str):
            joined[-1] += part
        elif part:
            joined.append(part)
    return joined
