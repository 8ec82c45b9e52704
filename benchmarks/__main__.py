"""`make bench`: every promise about speed, as ratios to a bare page measured in turn with it.

Each round asks the bare server and ours for the same number of pages, one after the other; a row shows the median of
the rounds and their spread. What is timed is not judged when other processes took more than a quarter of the machine
while it was measured. A run takes up to ten minutes; `--full` measures at the sizes that the goals name, for up to an
hour.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from benchmarks import browser, community, growth, journeys, memory, pages, restoring, searching, site, votes
from benchmarks.server import Server, serving
from benchmarks.table import Row, watched

FULL = {
    "grown": 50_000,
    "grown_events": 1_000_000,
    "questions": 50_000,
    "documents": (5_000, 50_000),
    "vote_seconds": 60.0,
}
LAST = ("missed", "not judged")


def main() -> None:
    """Measure and print."""
    asked = _options()
    rows: list[Row] = []
    for name in asked.only or SECTIONS:
        print(f"{name} …", file=sys.stderr, flush=True)
        found = watched(partial(SECTIONS[name], asked))
        print(f"Other processes took {found[0].others:.0%} of this machine: {name}", flush=True)
        rows += found
    for row in sorted(rows, key=lambda row: row.verdict().endswith(LAST)):
        print(row.line())


def _article(asked: argparse.Namespace) -> list[Row]:
    with _two_servers(asked.articles) as (bare, product, ours):
        return pages.rows(bare, product, ours, asked.rounds, asked.requests)


def _memory(asked: argparse.Namespace) -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        return memory.rows(site.make(Path(folder), asked.articles), asked.rounds)


def _browser(asked: argparse.Namespace) -> list[Row]:
    with _two_servers(FEW) as (_, product, ours):
        return browser.rows(product, ours, asked.rounds)


def _votes(asked: argparse.Namespace) -> list[Row]:
    with _two_servers(FEW) as (bare, product, ours):
        found = votes.rows(bare, product, ours, asked.rounds, asked.requests // 4)
    return [*found, *votes.under_load(asked.vote_seconds)]


def _growth(asked: argparse.Namespace) -> list[Row]:
    with serving("benchmarks.bare:app", {}) as bare:
        return growth.rows(bare, asked.grown, asked.grown_events, asked.rounds)


def _community(asked: argparse.Namespace) -> list[Row]:
    with serving("benchmarks.bare:app", {}) as bare:
        return community.rows(bare, asked.questions, asked.rounds, asked.requests)


def _events(asked: argparse.Namespace) -> list[Row]:
    return journeys.rows(asked.events)


def _search(asked: argparse.Namespace) -> list[Row]:
    return searching.rows(asked.documents, asked.rounds, asked.corpus, asked.postgresql)


def _restoring(asked: argparse.Namespace) -> list[Row]:
    return restoring.rows(asked.restored)


FEW = 30
SECTIONS: dict[str, Callable[[argparse.Namespace], Sequence[Row]]] = {
    "article": _article,
    "memory": _memory,
    "browser": _browser,
    "votes": _votes,
    "growth": _growth,
    "community": _community,
    "events": _events,
    "search": _search,
    "restoring": _restoring,
}
"""What is measured, in order; each by itself, so that each row knows who else was busy meanwhile."""


@contextmanager
def _two_servers(articles: int) -> Iterator[tuple[Server, Server, site.Site]]:
    """The bare server, and ours with a site of so many articles."""
    with tempfile.TemporaryDirectory() as folder:
        ours = site.make(Path(folder), articles)
        with serving("benchmarks.bare:app", {}) as bare, serving("helpcenter.wsgi:app", ours.environment) as product:
            yield bare, product, ours


def _options() -> argparse.Namespace:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--requests", type=int, default=2000, help="of each kind in a round")
    options.add_argument("--articles", type=int, default=300)
    options.add_argument("--grown", type=int, default=5_000, help="articles of a site that has grown")
    options.add_argument("--grown-events", type=int, default=50_000, help="events of a site that has grown")
    options.add_argument("--questions", type=int, default=5_000, help="of a large community")
    options.add_argument("--events", type=int, default=120_000, help="to rebuild episodes from")
    options.add_argument("--documents", type=int, nargs="+", default=(5_000,), help="to search in beside tantivy")
    options.add_argument("--restored", type=int, default=10_000, help="articles to bring back from a copy")
    options.add_argument("--vote-seconds", type=float, default=10.0, help="of votes on four processes")
    options.add_argument("--corpus", type=Path, help="a folder of pages, or with a labelled set, to search in as well")
    options.add_argument("--postgresql", default="", help="the address of a database to compare the engines with")
    options.add_argument("--full", action="store_true", help="at the sizes that the goals name")
    options.add_argument("--only", nargs="+", choices=list(SECTIONS), help="these sections alone")
    asked = options.parse_args()
    if asked.full:
        vars(asked).update(FULL)
    return asked


if __name__ == "__main__":
    main()
