"""A site as it is delivered, `helpcenter serve`: how soon it answers, and what memory each process takes."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from urllib.parse import quote
from urllib.request import Request, urlopen

from benchmarks import site
from benchmarks.server import Server, free_port, wait_for_an_answer
from benchmarks.table import Row
from config import ROOT
from helpcenter.core.locale import LANGUAGES

WEB = "a web process"
READINGS = 3
SEARCHES = 300


def rows(where: site.Site, rounds: int) -> list[Row]:
    """Cold start and the largest web process when it keeps as many pages as it may, each site started anew."""
    seconds, megabytes = [], []
    for _ in range(rounds):
        with delivered(where) as running:
            seconds.append(running.started_seconds)
            use(running, where)
            megabytes.append(max(processes(running.pid)[WEB]) / 1e6)
    return [
        Row("cold start of the whole site to its first answer", seconds, "s", at_most=2),
        Row("memory of a web process, proportional", megabytes, "MB", at_most=100, is_timed=False),
    ]


@contextmanager
def delivered(where: site.Site) -> Iterator[Server]:
    """The whole site with its supervisor, its web processes and the one for jobs, stopped at the end of the block."""
    port = free_port()
    environment = {**where.environment, "HELPCENTER_PORT": str(port), "HELPCENTER_LOG_LEVEL": "ERROR"}
    begun = time.perf_counter()
    command = [sys.executable, "-m", "helpcenter.cli", "serve"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    try:
        wait_for_an_answer(port)
        yield Server(port, process.pid, time.perf_counter() - begun)
    finally:
        process.terminate()
        process.wait()


def use(running: Server, where: site.Site) -> None:
    """Read every article in each language, again and again until each process has kept them; and search."""
    for _ in range(READINGS):
        for locale, number in product(LANGUAGES, range(1, where.articles + 1)):
            _get(running, f"/{locale}/articles/{number}")
    for number in range(SEARCHES):
        _get(running, f"/en/search?q={quote(site.WORDS[number % len(site.WORDS)])}+{number}")


def processes(supervisor: int) -> dict[str, list[int]]:
    """The memory in bytes of everything below a supervisor, and its own, by what it does."""
    found: dict[str, list[int]] = {"the supervisor": [_proportional(supervisor)]}
    for watcher in _children(supervisor):
        line = Path(f"/proc/{watcher}/cmdline").read_bytes().decode()
        is_jobs = "jobs" in line
        found.setdefault("the process for jobs" if is_jobs else "the one that starts them", []).append(
            _proportional(watcher)
        )
        for child in _children(watcher):
            name = "what renders Markdown" if "worker" in Path(f"/proc/{child}/cmdline").read_bytes().decode() else ""
            found.setdefault(name or WEB, []).append(_proportional(child))
    return found


def _get(running: Server, path: str) -> None:
    urlopen(Request(f"http://127.0.0.1:{running.port}{path}", headers={"Accept-Encoding": "gzip"})).read()


def _children(pid: int) -> list[int]:
    return [int(one) for path in Path(f"/proc/{pid}/task").glob("*/children") for one in path.read_text().split()]


def _proportional(pid: int) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
