"""What the loop of the jobs does while nothing can be saved."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import Event

import pytest
from flask import Flask

from helpcenter.core import job_loop, jobs, lease, pause
from helpcenter.core.db import db
from helpcenter.core.job_loop import LEASE, LEASE_SECONDS, Loop
from helpcenter.core.pause import Pause
from tests.core.test_jobs import HOUR, soon, start, working

__all__ = ["start", "working"]


@pytest.fixture
def moving(app: Flask) -> Iterator[Callable[[], None]]:
    """Lets nothing be saved any more until the test is over."""
    yield lambda: pause.begin(db.engine, Pause.COPYING)
    pause.end(db.engine)


def test_while_the_site_moves_no_job_runs_and_that_is_told_once(
    working: Flask,
    start: Callable[[], Event],
    moving: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(job_loop, "RENEW_SECONDS", 0)
    monkeypatch.setattr(job_loop, "TICK_SECONDS", 0.01)
    asked: list[float] = []
    take = lease.take
    monkeypatch.setattr(lease, "take", lambda *given: asked.append(1) or take(*given))
    ran = Event()
    jobs.every(working, "outbox", 1, ran.set)
    start()
    assert ran.wait(20)
    moving()
    assert soon(lambda: bool(told(caplog)))
    so_far = len(asked)
    assert soon(lambda: len(asked) > so_far + 3)
    assert told(caplog) == ["no jobs run while the site is being moved, or after it was"]
    ran.clear()
    pause.end(db.engine)
    assert ran.wait(20)


def test_a_pause_that_a_killed_copy_left_ends_by_itself_and_is_told(
    working: Flask, moving: Callable[[], None], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(job_loop, "RENEW_SECONDS", 0)
    monkeypatch.setattr(job_loop, "TICK_SECONDS", 0.01)
    moving()
    stop, answers = Event(), [True, False]

    def release() -> bool:
        # Still at work when first asked; killed afterwards.
        if not answers.pop():
            return False
        with working.app_context():
            pause.end(db.engine)
        return True

    jobs.every(working, "the last", HOUR, stop.set)
    Loop(working, stop, release).run()
    assert told(caplog) == [
        "no jobs run while the site is being moved, or after it was",
        "a copy to another database was ended before it was done; people can write again",
    ]


def told(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelname in ("WARNING", "ERROR")]


def test_a_loop_that_ends_while_the_site_moves_leaves_its_lease_to_lapse(
    working: Flask, moving: Callable[[], None]
) -> None:
    stop = Event()
    jobs.every(working, "the last", HOUR, lambda: (moving(), stop.set()))
    Loop(working, stop).run()
    pause.end(db.engine)
    assert not lease.take(LEASE, "another", LEASE_SECONDS)


def test_a_lease_that_can_not_be_given_back_for_another_reason_is_told(
    working: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lose(*_: object) -> None:
        raise LookupError("the database is gone")

    monkeypatch.setattr(lease, "give_back", lose)
    stop = Event()
    jobs.every(working, "the last", HOUR, stop.set)
    with pytest.raises(LookupError):
        Loop(working, stop).run()
