"""What is counted: every counter with its labels, at a fixed place among the numbers of a process (counts.py)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from helpcenter.core.metrics.route import ROUTES

# Those that a view, a proxy or a browser may ever see; the first of a series that was not there yet counts as no rise,
# so what one is woken up for is there from the start.
STATUSES = (
    *("200", "201", "204", "206", "301", "302", "303", "304", "400", "401", "403", "404", "405", "409", "410", "413"),
    *("415", "416", "422", "429", "500", "502", "503", "504", "507", "other"),
)
ALWAYS_SHOWN = frozenset({"200", "500", "503", "507"})
BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
KEPT = ("hit", "miss")
DATABASE_ERRORS = ("busy", "connection", "full", "other")
OUTCOMES = ("ok", "failed")


@dataclass(frozen=True)
class Counter:
    """A number that only rises, for each combination of its labels. `start` is the place of the first one."""

    name: str
    help: str
    labels: tuple[str, ...]
    values: tuple[tuple[str, ...], ...]
    start: int

    @property
    def end(self) -> int:
        """The place after the last one."""
        return self.start + len(self)

    def __len__(self) -> int:
        length = 1
        for values in self.values:
            length *= len(values)
        return length

    def place(self, *numbers: int) -> int:
        """Where the combination of the labels' values with these numbers stands."""
        place = 0
        for number, values in zip(numbers, self.values, strict=True):
            place = place * len(values) + number
        return self.start + place

    def items(self, numbers: Sequence[float]) -> Iterator[tuple[dict[str, str], float]]:
        """Each combination with its number."""
        for place, combination in enumerate(product(*self.values), self.start):
            yield dict(zip(self.labels, combination, strict=True)), numbers[place]


def _in_a_row(*described: tuple[str, str, dict[str, Sequence[str]]]) -> Iterator[Counter]:
    start = 0
    for name, words, labels in described:
        counter = Counter(f"helpcenter_{name}", words, tuple(labels), tuple(map(tuple, labels.values())), start)
        yield counter
        start = counter.end


BUCKETS = tuple(str(bound) for bound in (*BOUNDS, "+Inf"))
REQUESTS, DURATION_BUCKETS, DURATION_SUM, KEPT_PAGES, DATABASE_FAILURES, JOB_RUNS = COUNTERS = tuple(
    _in_a_row(
        ("requests_total", "Requests answered.", {"route": ROUTES, "status": STATUSES}),
        # Each bucket holds what fell into it alone; what is read adds up (exposition.py).
        ("request_duration_seconds_bucket", "", {"route": ROUTES, "le": BUCKETS}),
        ("request_duration_seconds_sum", "", {"route": ROUTES}),
        (
            "kept_pages_total",
            "Requests for a page that may be kept: hit, it was given out as it was kept; miss, it was made.",
            {"result": KEPT},
        ),
        (
            "database_errors_total",
            "Errors of the database, but not those by which it refuses something twice.",
            {"kind": DATABASE_ERRORS},
        ),
        ("job_runs_total", "Runs of background jobs.", {"outcome": OUTCOMES}),
    )
)
LENGTH = JOB_RUNS.end
KEPT_HIT, KEPT_MISS = (KEPT_PAGES.place(number) for number, _ in enumerate(KEPT))
JOB_OK, JOB_FAILED = (JOB_RUNS.place(number) for number, _ in enumerate(OUTCOMES))
_STATUS_PLACES = {int(status): place for place, status in enumerate(STATUSES) if status != "other"}
_OTHER_STATUS = STATUSES.index("other")


def places_of_request(route: int, status: int, seconds: float) -> tuple[int, int, int]:
    """Which numbers a request raises: its count, its bucket, and the sum of seconds, which rises by `seconds`."""
    return (
        REQUESTS.start + route * len(STATUSES) + _STATUS_PLACES.get(status, _OTHER_STATUS),
        DURATION_BUCKETS.start + route * len(BUCKETS) + bisect_left(BOUNDS, seconds),
        DURATION_SUM.start + route,
    )


def described() -> bytes:
    """All of it as bytes: two releases that count the same at the same places say the same here."""
    parts: list[Any] = [(one.name, one.labels, one.values, one.start) for one in COUNTERS]
    return repr(parts).encode()
