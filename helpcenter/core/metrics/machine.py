"""What the machine says: which release this is, its processes and their memory, the space that is left."""

from __future__ import annotations

import platform
import re
import shutil
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from flask import Flask, current_app

from config import Settings
from helpcenter.core.metrics import counts
from helpcenter.core.metrics.gauge import Gauge, Labels, Value, read_with

GAUGES = (
    Gauge("build_info", "Always 1; its labels say which release runs, on which Python and which database."),
    Gauge("processes", "Processes of this machine that serve pages (web) or do background work (jobs)."),
    Gauge(
        "process_memory_bytes",
        "Memory of a process; what several share is divided among them, so that these can be added up.",
    ),
    Gauge("data_free_bytes", "Space that is left for the data folder."),
)
KINDS = ("web", "jobs")
_PROPORTIONAL = re.compile(r"^Pss:\s+(\d+) kB$", re.MULTILINE)


def folder_of(app: Flask) -> Path:
    """Where the processes of this site count."""
    settings: Settings = app.config["SETTINGS"]
    return settings.data_dir / "counts"


def _read() -> Sequence[Value]:
    settings: Settings = current_app.config["SETTINGS"]
    alive = [one for one in counts.processes(folder_of(current_app)) if one.pid is not None]
    by_kind = Counter(one.kind for one in alive)
    memory: dict[Labels, float] = {}
    for one in alive:
        if (size := _memory(one.pid)) is not None:
            memory[("kind", one.kind), ("process", str(one.number))] = size
    return (
        {tuple(_build(settings).items()): 1.0},
        {(("kind", kind),): float(by_kind[kind]) for kind in KINDS},
        memory,
        float(shutil.disk_usage(settings.data_dir).free),
    )


def _build(settings: Settings) -> Mapping[str, str]:
    try:
        release = version("helpcenter")
    except PackageNotFoundError:
        release = "unknown"
    database = "sqlite" if settings.is_sqlite else "postgresql"
    return {"version": release, "python": platform.python_version(), "database": database}


def _memory(pid: int | None) -> float | None:
    with suppress(OSError):
        found = _PROPORTIONAL.search(Path(f"/proc/{pid}/smaps_rollup").read_text())
        return float(found[1]) * 1024 if found else None
    return None


def register(app: Flask) -> None:
    """Have them read."""
    read_with(app, GAUGES, _read)
