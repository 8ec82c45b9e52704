"""`python -m benchmarks.shared_database`: how many cores of web machines one core of a PostgreSQL server carries.

Each kind of request is sent to a site on a PostgreSQL of its own, and what the web processes and what the database took
of the processor is counted apart. A visit is made of these, in the shares that `VISIT` says.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks import load, site
from benchmarks.bystanders import cpu_seconds_of, descendants
from benchmarks.comparison import CONNECTIONS
from benchmarks.server import Server, serving
from benchmarks.votes import beacon_of, vote_of
from drills.own_postgres import OwnPostgres, own_postgres, programs

ARTICLES = 300
WEB_PROCESSES = 2
LINE = "{:44} {:>10} {:>10}"


@dataclass(frozen=True)
class Kind:
    """A kind of request: how often a visit makes it, and how often it is measured beside the others."""

    name: str
    asked: bytes
    a_visit: float
    share: float = 1.0


@dataclass(frozen=True)
class Cost:
    """Milliseconds of a core."""

    web: float
    database: float

    def __mul__(self, times: float) -> Cost:
        return Cost(self.web * times, self.database * times)

    def __add__(self, other: Cost) -> Cost:
        return Cost(self.web + other.web, self.database + other.database)


def main() -> int:
    """Measure and print; 1 without PostgreSQL."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--requests", type=int, default=4_000, help="of the cheapest kind")
    asked = options.parse_args()
    bin = programs()
    if bin is None:
        print("PostgreSQL is not installed here.", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder, own_postgres(bin) as postgres:
        ours = site.make(Path(folder), ARTICLES, postgres.fresh())
        with serving("helpcenter.wsgi:app", ours.environment, WEB_PROCESSES) as product:
            _print(product, postgres, kinds(product, ours), asked.requests)
    return 0


def kinds(product: Server, ours: site.Site) -> list[Kind]:
    """What a visit is made of: it begins with a search, reads three articles, and one in twenty votes."""
    logged_in = load.request(ours.address, headers=(f"Cookie: {ours.cookie}",))
    return [
        Kind("an article, not logged in", load.request(ours.address), 2.7),
        Kind("an article, logged in", logged_in, 0.3, 0.25),
        Kind("a page of results", load.request("/en/search?q=invoice+refund"), 1.0, 0.05),
        Kind("reporting that a page was read", beacon_of(product, ours.address), 3.0, 0.25),
        Kind("a vote", vote_of(product, ours.address), 0.05, 0.05),
    ]


def _print(product: Server, postgres: OwnPostgres, asked: list[Kind], times: int) -> None:
    print(LINE.format("milliseconds of a core", "web", "database"))
    visit = Cost(0.0, 0.0)
    for kind in asked:
        cost = _cost(product, postgres, kind.asked, int(times * kind.share))
        visit += cost * kind.a_visit
        print(LINE.format(kind.name, f"{cost.web:.2f}", f"{cost.database:.2f}"), flush=True)
    print(LINE.format("a visit", f"{visit.web:.1f}", f"{visit.database:.1f}"))
    print(f"One core of the database carries {visit.web / visit.database:.1f} cores of web machines.")
    print(f"One core of a web machine carries {1000 / visit.web:.0f} visits a second.")


def _cost(product: Server, postgres: OwnPostgres, asked: bytes, times: int) -> Cost:
    load.run(product.port, asked, times=CONNECTIONS * 4, connections=CONNECTIONS)
    web, database = product.cpu_seconds(), _cpu_seconds(postgres)
    load.run(product.port, asked, times=times, connections=CONNECTIONS)
    per_request = 1000 / times
    return Cost((product.cpu_seconds() - web) * per_request, (_cpu_seconds(postgres) - database) * per_request)


def _cpu_seconds(postgres: OwnPostgres) -> float:
    return sum(cpu_seconds_of(pid) for pid in (postgres.pid, *descendants(postgres.pid)))


if __name__ == "__main__":
    sys.exit(main())
