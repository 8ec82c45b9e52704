"""Votes cast at the same moment are all counted, in threads and in processes."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from flask import Flask

from config import ROOT, Settings
from helpcenter.core.db import db
from helpcenter.feedback import tally
from helpcenter.feedback.recount import recount
from helpcenter.feedback.tally import Tally
from helpcenter.journeys.actor import Actor
from tests.feedback.votes import ARTICLE, cast, rows, someone

VOTERS = 50
PROCESSES = 3
VOTES_A_PROCESS = 20

CHILD = """
import sys
from pathlib import Path
from config import Settings
from helpcenter.app import create_app
from helpcenter.core.db import db
from tests.feedback.votes import cast, someone

app = create_app(Settings(data_dir=Path(sys.argv[1]), database_url=sys.argv[2], secret_key="x" * 40))
with app.app_context():
    print("ready", flush=True)
    sys.stdin.readline()
    for number in range(int(sys.argv[3])):
        cast(number % 4 != 0, someone())
        db.session.remove()
"""


def test_fifty_people_at_once_are_fifty_votes(app: Flask) -> None:
    start = Barrier(VOTERS)

    def one(number: int) -> None:
        with app.app_context():
            start.wait()
            cast(number % 5 != 0, someone())

    db.session.rollback()
    with ThreadPoolExecutor(VOTERS) as people:
        list(people.map(one, range(VOTERS)))
    assert tally.of(ARTICLE, 40) == Tally(40, 10)
    assert rows() == VOTERS
    assert recount(check=True) == []


def test_one_person_clicking_fifty_times_is_one_vote(app: Flask) -> None:
    start, ben = Barrier(VOTERS), someone()

    def one(number: int) -> None:
        with app.app_context():
            start.wait()
            cast(number % 2 == 0, ben if number % 3 else Actor(ben.visitor_id, 5))

    db.session.rollback()
    with ThreadPoolExecutor(VOTERS) as clicks:
        list(clicks.map(one, range(VOTERS)))
    assert rows() <= 2
    assert tally.of(ARTICLE, 40).total == rows()
    assert recount(check=True) == []


def test_processes_count_each_others_votes(app: Flask, settings: Settings) -> None:
    db.session.rollback()
    command = [sys.executable, "-c", CHILD, str(settings.data_dir), settings.database_uri, str(VOTES_A_PROCESS)]
    children = [
        subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(PROCESSES)
    ]
    for child in children:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
    for child in children:
        child.communicate("go\n", timeout=60)
    assert [child.returncode for child in children] == [0] * PROCESSES
    assert tally.of(ARTICLE, 40) == Tally(45, 15)
    assert recount(check=True) == []
