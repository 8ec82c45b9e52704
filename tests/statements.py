"""Notes which statements each test sends to the database, for tests/alike.py: `python -m pytest -p tests.statements`."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

FOLDER = Path("tests/.statements")
"""One file for each process of the run."""
VALUES = re.compile(r"\d+|IN \([^()]*\)|VALUES .*", re.DOTALL)
_sent: set[str] = set()
_noted: dict[str, tuple[float, list[str]]] = {}


@event.listens_for(Engine, "before_cursor_execute")
def _note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
    _sent.add(VALUES.sub("…", statement))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[object]:
    _sent.clear()
    began = monotonic()
    result = yield
    seconds, statements = _noted.get(function := item.nodeid.partition("[")[0], (0.0, []))
    _noted[function] = seconds + monotonic() - began, sorted({*statements, *_sent})
    return result


def pytest_sessionfinish() -> None:
    FOLDER.mkdir(exist_ok=True)
    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    (FOLDER / f"{worker}.json").write_text(json.dumps(_noted))
