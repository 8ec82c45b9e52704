"""Settling and rebuilding made-up events: how long a million takes, how much memory, and whether a long past costs.

Each piece runs in a process of its own, so that the peak of its memory is its own.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import process_time
from typing import Any

from flask import Flask
from sqlalchemy import insert

from benchmarks.table import Row
from config import ROOT, Settings
from helpcenter.app import create_app
from helpcenter.core import clock, migration
from helpcenter.core.db import begin_write, db
from helpcenter.journeys import settlement
from helpcenter.journeys.event import EVENT
from helpcenter.journeys.visitor import VisitorRow

EVENTS_A_VISITOR = 10
END = datetime(2026, 11, 1, tzinfo=UTC)
DAY = timedelta(days=1)
KINDS = ("searched", "viewed", "read", "voted", "contacted")
WEIGHTS = (30, 40, 20, 7, 3)
PAUSES_HOURS = (0.01, 0.02, 0.1, 30, 200)
ROWS_AT_ONCE = 5_000


def rows(events: int) -> list[Row]:
    """A site of so many events in a year: rebuilt, and then one more day settled; and one whose past is a month."""
    year, month = _measured(events, 365), _measured(events // 12, 30)
    seconds = year["rebuild_seconds"] / events * 1e6
    return [
        Row(f"rebuilding {events} events: processor a million events", [seconds], "s"),
        Row(f"rebuilding {events} events: peak of memory", [year["peak_megabytes"]], "MB", is_timed=False),
        Row("peak of memory, a year to a month", [year["peak_megabytes"] / month["peak_megabytes"]], is_timed=False),
        Row("settling a day, a year to a month behind it", [year["day_seconds"] / month["day_seconds"]], at_most=1.5),
    ]


def _measured(events: int, days: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        for step in ("fill", "rebuild", "day"):
            command = [sys.executable, "-m", "benchmarks.journeys", step, folder, str(events), str(days)]
            told = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
            if step != "fill":
                found = json.loads(told)
                if step == "rebuild":
                    measured = {"rebuild_seconds": found["seconds"], "peak_megabytes": found["megabytes"]}
                else:
                    measured["day_seconds"] = found["seconds"]
    return measured


def _app(folder: str) -> Flask:
    settings = Settings(data_dir=Path(folder), secret_key="a secret for measuring only, long enough", log_level="ERROR")
    return create_app(settings)


def fill(folder: str, events: int, days: int) -> None:
    """Make the events of so many days, and those of a thousand visitors on the day after."""
    with _app(folder).app_context():
        migration.upgrade()
        add(events, days)
        chance = random.Random(2)
        _write(_visitor(chance, END + chance.random() * DAY / 2, END + DAY) for _ in range(1_000))


def add(events: int, days: int) -> None:
    """Put the events of so many days into the site at hand."""
    chance = random.Random(1)
    _write(_visitor(chance, END - chance.random() * days * DAY, END) for _ in range(events // EVENTS_A_VISITOR))


def _visitor(chance: random.Random, at: datetime, end: datetime) -> tuple[str, list[dict[str, Any]]]:
    name = f"{chance.getrandbits(128):032x}"
    acts = []
    for number in range(EVENTS_A_VISITOR):
        kind = chance.choices(KINDS, WEIGHTS)[0]
        article = ("article", chance.randint(1, 300))
        subject = {"searched": (None, None), "contacted": ("conversation", chance.getrandbits(30))}.get(kind, article)
        at = min(at + timedelta(hours=chance.choice(PAUSES_HOURS)), end - timedelta(seconds=EVENTS_A_VISITOR - number))
        acts.append(
            {
                "occurred_at": at,
                "recorded_at": at,
                "visitor_id": name,
                "visit_id": name[:16],
                "kind": kind,
                "subject_kind": subject[0],
                "subject_id": subject[1],
                "channel": "help_center" if subject is article else None,
                "locale": "en",
                "topic_id": chance.randint(1, 8),
                "detail": {"helpful": True} if kind == "voted" else {},
                "observable": True,
            }
        )
    return name, acts


def _write(visitors: Iterator[tuple[str, list[dict[str, Any]]]]) -> None:
    names: list[dict[str, Any]] = []
    acts: list[dict[str, Any]] = []
    for name, theirs in visitors:
        names.append({"id": name, "first_seen_at": theirs[0]["occurred_at"], "observable": True})
        acts += theirs
        if len(acts) >= ROWS_AT_ONCE:
            _flush(names, acts)
    _flush(names, acts)


def _flush(names: list[dict[str, Any]], acts: list[dict[str, Any]]) -> None:
    if names:
        begin_write(survives_power_cut=False)
        db.session.execute(insert(VisitorRow), names)
        db.session.execute(insert(EVENT), acts)
        db.session.commit()
    names.clear()
    acts.clear()


def settle(folder: str, *, is_rebuild: bool) -> None:
    """Rebuild as of the end of the past, or settle the day after it; tells seconds and the peak of memory."""
    with _app(folder).app_context(), clock.moved(END if is_rebuild else END + DAY):
        begun = process_time()
        (settlement.rebuild if is_rebuild else settlement.settle)()
        seconds = process_time() - begun
    print(json.dumps({"seconds": seconds, "megabytes": _peak_megabytes()}))


def _peak_megabytes() -> float:
    """The most memory of this process; the kernel's other count begins with that of whoever started it."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024


if __name__ == "__main__":
    step, folder, events, days = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    if step == "fill":
        fill(folder, events, days)
    else:
        settle(folder, is_rebuild=step == "rebuild")
