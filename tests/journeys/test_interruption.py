"""A process that is killed while it settles, or right after it recorded, loses nothing that was acknowledged."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest
from flask import Flask

from config import ROOT, Settings
from helpcenter.core import clock, jobs
from helpcenter.core.db import db
from helpcenter.journeys import settlement
from helpcenter.journeys.history import BEGINNING
from tests import another_process
from tests.journeys import interrupted_settling
from tests.journeys.acts import someone
from tests.journeys.story import hours
from tests.journeys.test_settlement import ARTICLE, YES, at, rebuilt, settled, states, tables

RECORDING = """
import os, signal, sys
from pathlib import Path
from config import Settings
from helpcenter.app import create_app
from tests.journeys.acts import act, someone

app = create_app(Settings(data_dir=Path(sys.argv[1]), database_url=sys.argv[2], secret_key="x" * 40, log_level="ERROR"))
with app.app_context():
    for number in range(1, 100):
        print(act("voted", someone(), subject=("article", number), detail={"helpful": True}).id, flush=True)
        if number == 7:
            os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize(
    ("at_commit", "moment", "after_kill"), [(1, "before", 10), (2, "after", 16), (3, "before", 16), (5, "after", 20)]
)
def test_settling_that_is_killed_is_completed_by_the_next_run(
    app: Flask, settings: Settings, at_commit: int, moment: str, after_kill: int
) -> None:
    for minute in range(10):
        at(minute / 60, "voted", someone(), detail=YES, **ARTICLE)
    settled(1)
    for minute in range(10):
        at(2 + minute / 60, "searched", someone(), detail={"results": 1})
    db.session.rollback()
    given = (str(settings.data_dir), settings.database_uri, hours(3).isoformat(), at_commit, moment)
    assert another_process.ended(another_process.begun(interrupted_settling.main, *given)) == -signal.SIGKILL
    assert len(states()) == after_kill
    settled(3)
    assert len(states()) == 20
    assert tables() == rebuilt(3)


def test_what_was_recorded_before_a_kill_is_there(app: Flask, settings: Settings) -> None:
    db.session.rollback()
    given = [str(settings.data_dir), settings.database_uri]
    killed = subprocess.run(
        [sys.executable, "-c", RECORDING, *given], cwd=ROOT, timeout=120, check=False, capture_output=True, text=True
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    settlement_ids = [row[0] for row in (settled(10**5), tables()[0])[1]]
    assert settlement_ids == [int(line) for line in killed.stdout.split()]


def test_settling_that_is_asked_to_stop_leaves_the_rest_to_the_next_run(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settlement, "AT_ONCE", 2)
    for minute in range(5):
        at(minute / 60, "voted", someone(), detail=YES, **ARTICLE)
    run = jobs.Run()
    with clock.moved(hours(1)), jobs.running(run):
        stopped = settlement.settle(lambda _count: run.stop.set())
    # It says itself that nothing is up to date yet.
    assert stopped == settlement.Settled(BEGINNING, 2)
    assert len(states()) == 2
    assert settled(1).clusters == 5 and len(states()) == 5
    assert tables() == rebuilt(1)
