"""`python -m benchmarks.size`: what a site takes of a machine, seen on made-up content: disk, memory, processor.

Disk is the growth of the data folder from a small site to a large one, so what every site has is not in it. Memory is
that of a running `helpcenter serve`, each process by itself. Processor is a core's seconds, measured beside the bare
page of the other benchmarks in turn with it, so that the ratio holds on another machine.
"""

from __future__ import annotations

import argparse
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from benchmarks import crowd, load, memory, site
from benchmarks.journeys import fill as fill_events
from benchmarks.server import Server, serving
from config import ROOT
from helpcenter.core.db import db

SMALL = 100
Measured = tuple[str, float, str]


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--articles", type=int, default=1_100)
    options.add_argument("--questions", type=int, default=1_000)
    options.add_argument("--events", type=int, default=100_000)
    options.add_argument("--requests", type=int, default=2_000, help="of each kind, in each of three rounds")
    asked = options.parse_args()
    for name, amount, unit in measured(asked):
        print(f"| {name} | {amount:,.2f} {unit} |", flush=True)


def measured(asked: argparse.Namespace) -> Iterator[Measured]:
    """Each row as its name, its number and its unit."""
    with tempfile.TemporaryDirectory() as folder:
        small, large = site.make(Path(folder) / "small", SMALL), site.make(Path(folder) / "large", asked.articles)
        for part in ("database", "search index"):
            more = _size(large, part) - _size(small, part)
            yield f"1,000 articles of 6 kB in one language: {part}", more / (asked.articles - SMALL) * 1e3 / 1e6, "MB"
        before = {part: _size(small, part) for part in ("database", "search index")}
        with small.app.app_context():
            crowd.fill(asked.questions)
        for part, size in before.items():
            grown = (_size(small, part) - size) / asked.questions * 1e3 / 1e6
            yield f"1,000 questions with their 4,000 answers: {part}", grown, "MB"
        with memory.delivered(large) as running:
            memory.use(running, large)
            for name, sizes in memory.processes(running.pid).items():
                yield f"memory of {name}, shared pages in proportion", max(sizes) / 1e6, "MB"
        yield from _processor(large, asked.requests)
    with tempfile.TemporaryDirectory() as near, tempfile.TemporaryDirectory() as far:
        few, many = _events(near, 10_000), _events(far, asked.events)
        yield "100,000 events of readers, settled: database", (many - few) / (asked.events - 10_000) * 1e5 / 1e6, "MB"


def _size(where: site.Site, part: str) -> int:
    """Bytes of the database or of the index, with nothing left to be written elsewhere."""
    with where.app.app_context(), db.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    folder = where.settings.data_dir
    files = folder.glob("helpcenter.sqlite3") if part == "database" else folder.glob("search/**/*")
    return sum(path.stat().st_size for path in files if path.is_file())


def _events(folder: str, events: int) -> int:
    fill_events(folder, events, 365)
    command = [sys.executable, "-m", "benchmarks.journeys", "rebuild", folder, str(events), "365"]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    with closing(sqlite3.connect(file := Path(folder) / "helpcenter.sqlite3")) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return file.stat().st_size


def _processor(where: site.Site, times: int) -> Iterator[Measured]:
    """A core's seconds for each kind of page, as a ratio to the bare page; the median of three rounds in turn."""
    kept, other = load.request(where.address), load.request("/en/search?q=invoice+refund")
    known = load.request(where.address, headers=(f"Cookie: {where.cookie}",))
    bare_page = load.request("/page")
    with serving("benchmarks.bare:app", {}) as bare, serving("helpcenter.wsgi:app", where.environment) as product:
        for name, asked, count in (
            ("a kept article", kept, times),
            ("an article for someone who is logged in", known, times // 4),
            ("a page of search results", other, times // 20),
        ):
            ratios, seconds = [], []
            for _ in range(3):
                own, its = _cost(product, asked, count), _cost(bare, bare_page, times)
                ratios.append(own / its)
                seconds.append(own)
            yield f"{name}: processor, to a bare page", sorted(ratios)[1], "×"
            yield f"{name}: readers a second that one core of this machine carries", 1 / sorted(seconds)[1], ""


def _cost(server: Server, asked: bytes, times: int) -> float:
    load.run(server.port, asked, times=20, connections=4)
    before = server.cpu_seconds()
    load.run(server.port, asked, times=times, connections=4)
    return (server.cpu_seconds() - before) / times


if __name__ == "__main__":
    main()
