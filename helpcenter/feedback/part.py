"""What stands above the list of what readers wrote about one thing: bars, and ways on, also from upper packages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import Flask, current_app

from helpcenter.feedback.tally import Subject


@dataclass(frozen=True)
class Bar:
    """How many of something. `told` says it in words; `url` is where it can be looked at, '' for nowhere."""

    label: str
    count: int
    told: str
    url: str = ""


@dataclass(frozen=True)
class Part:
    """A few bars under a title, or a way on."""

    title: str
    bars: Sequence[Bar] = ()
    link_text: str = ""
    link_url: str = ""

    @property
    def longest(self) -> int:
        """The longest bar."""
        return max((bar.count for bar in self.bars), default=0)


Maker = Callable[[int], Sequence[Part]]


def offer(app: Flask, kind: str, make: Maker) -> None:
    """Have a package say something about each thing of a kind, by its id; whoever asks may read feedback."""
    app.extensions.setdefault("feedback_parts", {}).setdefault(kind, []).append(make)


def parts_of(subject: Subject) -> list[Part]:
    """What upper packages say about a thing, in the order of registration."""
    makers: dict[str, list[Maker]] = current_app.extensions.get("feedback_parts", {})
    return [part for make in makers.get(subject[0], []) for part in make(subject[1])]
