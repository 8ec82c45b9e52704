"""The text format of Prometheus, version 0.0.4.

https://prometheus.io/docs/instrumenting/exposition_formats/
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from helpcenter.core.metrics import counter
from helpcenter.core.metrics.counter import ALWAYS_SHOWN, BUCKETS, DURATION_BUCKETS, DURATION_SUM, REQUESTS
from helpcenter.core.metrics.gauge import Reading
from helpcenter.core.metrics.route import ROUTES

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
PREFIX = "helpcenter_"
DURATION = "helpcenter_request_duration_seconds"


def of_counts(numbers: Sequence[float]) -> Iterator[str]:
    """The lines of what is counted."""
    yield from _head(REQUESTS.name, REQUESTS.help, "counter")
    for labels, number in REQUESTS.items(numbers):
        if number or labels["status"] in ALWAYS_SHOWN:
            yield _line(REQUESTS.name, labels, number)
    yield from _durations(numbers)
    for one in (counter.KEPT_PAGES, counter.DATABASE_FAILURES, counter.JOB_RUNS):
        yield from _head(one.name, one.help, "counter")
        for labels, number in one.items(numbers):
            yield _line(one.name, labels, number)


def of_readings(readings: Iterable[Reading]) -> Iterator[str]:
    """The lines of gauges."""
    for reading in readings:
        name = PREFIX + reading.gauge.name
        yield from _head(name, reading.gauge.help, "gauge")
        for labels, number in reading.numbers.items():
            yield _line(name, dict(labels), number)


def _durations(numbers: Sequence[float]) -> Iterator[str]:
    yield from _head(DURATION, "Seconds from the first byte of a request that was read to its answer.", "histogram")
    for route, name in enumerate(ROUTES):
        so_far = 0.0
        for number, bound in enumerate(BUCKETS):
            so_far += numbers[DURATION_BUCKETS.place(route, number)]
            yield _line(f"{DURATION}_bucket", {"route": name, "le": bound}, so_far)
        yield _line(f"{DURATION}_sum", {"route": name}, numbers[DURATION_SUM.place(route)])
        yield _line(f"{DURATION}_count", {"route": name}, so_far)


def _head(name: str, words: str, kind: str) -> Iterator[str]:
    told = words.replace("\\", r"\\").replace("\n", r"\n")
    yield f"# HELP {name} {told}\n"
    yield f"# TYPE {name} {kind}\n"


def _line(name: str, labels: Mapping[str, str], number: float) -> str:
    told = ",".join(f'{label}="{_escaped(value)}"' for label, value in labels.items())
    amount = str(int(number)) if number.is_integer() else repr(number)
    return f"{name}{{{told}}} {amount}\n" if told else f"{name} {amount}\n"


def _escaped(value: str) -> str:
    return value.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
