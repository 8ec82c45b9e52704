"""Settles in a process of its own that is killed, as by a power cut, at its nth commit: before or after it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from config import Settings
from helpcenter.app import create_app
from helpcenter.core import clock
from helpcenter.journeys import settlement
from tests.interruption import die_at


def main(data_dir: str, database_url: str, now: str, at_commit: int, moment: str) -> None:
    """Kill this process `before` or `after` the commit of that number, counted from 1."""
    settings = Settings(data_dir=Path(data_dir), database_url=database_url, secret_key="s" * 40, log_level="ERROR")
    app = create_app(settings)
    settlement.AT_ONCE = 3
    die_at(at_commit, moment)
    with app.app_context(), clock.moved(datetime.fromisoformat(now)):
        settlement.settle()
