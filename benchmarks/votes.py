"""Votes: what one costs beside a write that does nothing, and whether any is refused or lost while many arrive at once.

The same is done on a RAM disk where there is one, which tells what the wait for the disk is of it.
"""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from benchmarks import load, site
from benchmarks.comparison import NOTHING, compared, text_of
from benchmarks.server import Server, serving
from benchmarks.table import Row
from config import SQLITE_FILE

RAM_DISK = Path("/dev/shm")
PROCESSES = 4
CONNECTIONS = 32
ARTICLES = 20


def rows(bare: Server, product: Server, ours: site.Site, rounds: int, times: int) -> list[Row]:
    """A vote, and the beacon of a page that was seen, beside a write that does nothing."""
    found = _written("recording a view", bare, product, beacon_of(product, ours.address), rounds, times)
    found += _written("a vote", bare, product, vote_of(product, ours.address), rounds, times, least=0.4)
    if not RAM_DISK.is_dir():
        return [*found, Row("a vote, on a RAM disk", note="there is no RAM disk")]
    with tempfile.TemporaryDirectory(dir=RAM_DISK) as folder:
        there = site.make(Path(folder), ARTICLES)
        with serving("helpcenter.wsgi:app", there.environment) as quick:
            vote = vote_of(quick, there.address)
            return found + _written("a vote, on a RAM disk", bare, quick, vote, rounds, times)


def under_load(seconds: float) -> list[Row]:
    """Votes by 32 connections at once on four processes: how many were refused, and how many were lost."""
    with tempfile.TemporaryDirectory() as folder:
        ours = site.make(Path(folder), ARTICLES)
        with serving("helpcenter.wsgi:app", ours.environment, PROCESSES) as product:
            vote = vote_of(product, ours.address)
            answered = load.run_for(product.port, vote, seconds=seconds, connections=CONNECTIONS)
        with closing(sqlite3.connect(ours.settings.data_dir / SQLITE_FILE)) as database:
            kept: int = database.execute("SELECT count(*) FROM helpful_vote").fetchone()[0]
    name = f"votes for {seconds:g} s with {PROCESSES} processes"
    return [
        Row(f"{name}: errors", [answered.total() - answered[200]], "", at_most=0, is_timed=False),
        Row(f"{name}: acknowledged and not kept", [max(0, answered[200] - kept)], "", at_most=0, is_timed=False),
        Row(f"{name}: votes", [answered[200]], ""),
    ]


def beacon_of(product: Server, address: str) -> bytes:
    """The request by which a page of ours reports that it was seen."""
    page = text_of(product, address)
    token = page.split('data-token="', 1)[1].split('"', 1)[0]
    return load.request("/events", method="POST", body=f"token={token}&act=viewed".encode())


def vote_of(product: Server, address: str) -> bytes:
    """The request by which somebody says that an article helped; without a cookie each time somebody else."""
    page = text_of(product, address)
    ballot = page.split('name="revision_id" value="', 1)[1].split('"', 1)[0]
    where = address.rpartition("-tutorial")[0]
    return load.request(f"{where}/vote", method="POST", body=f"revision_id={ballot}&answer=yes".encode())


def _written(
    name: str, bare: Server, product: Server, asked: bytes, rounds: int, times: int, least: float | None = None
) -> list[Row]:
    found = [compared(bare, NOTHING, product, asked, times) for _ in range(rounds)]
    return [
        Row(f"{name}: throughput to a write that does nothing", [one[0] for one in found], at_least=least),
        Row(f"{name}: processor to a write that does nothing", [one[1] for one in found]),
    ]
