"""The published numbers, from how many episodes are in which state. Pure arithmetic.

What is not decided yet is in none of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from helpcenter.journeys.channel import CHANNELS
from helpcenter.journeys.deflection import CONTACTED, DEFLECTED, INELIGIBLE, PENDING, REVOKED, UNRESOLVED
from helpcenter.journeys.evidence import ASSUMED, CONFIRMED, PARTICIPATED
from helpcenter.journeys.history import DIRECT
from helpcenter.reports.share import Share

SETS: Mapping[str, tuple[str, ...]] = {
    "deflected": DEFLECTED,
    "eligible": (*DEFLECTED, ASSUMED, UNRESOLVED, CONTACTED, REVOKED),
    "demand": (*DEFLECTED, CONTACTED, REVOKED, DIRECT),
    "deflected_once": (*DEFLECTED, REVOKED),
    "reached_support": (CONTACTED, REVOKED, DIRECT),
    **{state: (state,) for state in (CONFIRMED, PARTICIPATED, ASSUMED, UNRESOLVED, CONTACTED, REVOKED)},
    **{state: (state,) for state in (DIRECT, PENDING, INELIGIBLE)},
}
"""What can be counted and listed, by name: the states it takes in. A rate is one of these in another."""


@dataclass(frozen=True)
class Figures:
    """`counts` says how many episodes are in each state."""

    counts: Mapping[str, int] = field(default_factory=dict)

    def count(self, name: str) -> int:
        """How many are in one of the SETS. Raises KeyError for an unknown one."""
        return sum(self.counts.get(state, 0) for state in SETS[name])

    @property
    def deflected(self) -> int:
        """The headline: confirmed and taken part."""
        return self.count("deflected")

    @property
    def success(self) -> Share:
        """Self-service success: of all who looked for help and are decided."""
        return Share(self.deflected, self.count("eligible"))

    @property
    def share_of_demand(self) -> Share:
        """Of all conversations there were or would have been."""
        return Share(self.deflected, self.count("demand"))

    @property
    def revocation(self) -> Share:
        """Of what was deflected, how much came back as a contact after all."""
        return Share(self.count(REVOKED), self.count("deflected_once"))


class Counted(NamedTuple):
    """How many episodes of a state and channel; '' for none."""

    state: str
    channel: str
    episodes: int


@dataclass(frozen=True)
class ChannelFigures:
    """What one channel did, and its part of the headline."""

    channel: str
    figures: Figures
    part: Share


def figures_of(counted: Iterable[Counted]) -> Figures:
    """The figures of all of them together."""
    counts: Counter[str] = Counter()
    for one in counted:
        counts[one.state] += one.episodes
    return Figures(counts)


def by_channel(counted: Iterable[Counted]) -> list[ChannelFigures]:
    """One for each channel in which there was evidence, the one that deflected most first; they sum to the headline."""
    rows = list(counted)
    total = figures_of(rows).deflected
    found = {name: figures_of(one for one in rows if one.channel == name) for name in {one.channel for one in rows}}
    order = {name: place for place, name in enumerate(CHANNELS)}
    return sorted(
        (
            ChannelFigures(name, figures, Share(figures.deflected, total))
            for name, figures in found.items()
            if name and figures.count("deflected_once") + figures.count(ASSUMED)
        ),
        key=lambda one: (-one.figures.deflected, order.get(one.channel, len(order)), one.channel),
    )
