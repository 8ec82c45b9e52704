"""What the database and the machine say at the moment somebody asks. Each package registers its own."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask import Flask, current_app

from helpcenter.core.db import db

log = logging.getLogger("helpcenter.metrics")
Labels = tuple[tuple[str, str], ...]
Value = float | None | Mapping[Labels, float]


@dataclass(frozen=True)
class Gauge:
    """A number that rises and falls: its name, without the first part that all have, and what it tells."""

    name: str
    help: str


@dataclass(frozen=True)
class Reading:
    """A gauge with its numbers now, by their labels; () where it has none."""

    gauge: Gauge
    numbers: Mapping[Labels, float]


def read_with(app: Flask, gauges: Sequence[Gauge], read: Callable[[], Sequence[Value]]) -> None:
    """Have `read` asked for the values of these gauges, in their order; None leaves one out. It only reads.

    Raises ValueError when a name is taken.
    """
    known: list[tuple[Sequence[Gauge], Callable[[], Sequence[Value]]]] = app.extensions.setdefault("gauges", [])
    taken = {one.name for others, _ in known for one in others}
    if double := taken & {one.name for one in gauges}:
        raise ValueError(f"a gauge {min(double)} is registered already")
    known.append((gauges, read))


def readings() -> tuple[list[Reading], int]:
    """Every gauge that can be read now, and how many functions failed."""
    found: list[Reading] = []
    failed = 0
    for gauges, read in current_app.extensions.get("gauges", ()):
        try:
            found += _readings(gauges, read())
        except Exception as problem:
            # One line: whoever asks does so every few seconds, and the error itself is told where it hurts a reader.
            log.warning("the metric %s could not be read: %s", gauges[0].name, type(problem).__name__)
            db.session.rollback()
            failed += 1
    return found, failed


def _readings(gauges: Sequence[Gauge], values: Sequence[Value]) -> Iterator[Reading]:
    for gauge, value in zip(gauges, values, strict=True):
        if value is not None:
            yield Reading(gauge, value if isinstance(value, Mapping) else {(): float(value)})
