"""Putting rows into an order that somebody saw a moment ago, while others may have added, moved or removed some."""

from __future__ import annotations

from collections.abc import Sequence


def in_order(now: Sequence[int], wanted: Sequence[int]) -> list[int]:
    """The ids as they stand, those that `wanted` names in its order; a missing one keeps its place, an unknown one
    is left out.

    So whoever did not see a row, because it is newer than their page, does not move it either.
    """
    held = set(now)
    turn = iter(dict.fromkeys(one for one in wanted if one in held))
    named = held.intersection(wanted)
    return [next(turn) if one in named else one for one in now]


def stepped(now: Sequence[int], one: int, steps: int) -> list[int]:
    """The ids with one of them so many places up (negative) or down; past an end it stays at the end."""
    others = [other for other in now if other != one]
    at = max(0, min(len(others), now.index(one) + steps))
    return [*others[:at], one, *others[at:]]


def numbers(held: Sequence[int], most: int) -> list[int]:
    """The numbers of as many rows in a new order: those they hold, if all differ and are 1 to `most`; else 1, 2, 3.

    A number stands in the file of a folder as well, and what did not move shall not change there.
    """
    kept = sorted(held)
    is_telling = len(set(kept)) == len(kept) and all(1 <= one <= most for one in kept)
    return kept if is_telling else list(range(1, len(kept) + 1))
