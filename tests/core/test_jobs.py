from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from threading import Event, Thread

import pytest
from flask import Flask
from sqlalchemy import select

from helpcenter.core import clock, jobs, lease
from helpcenter.core.db import begin_write, db
from helpcenter.core.job_loop import LEASE, LEASE_SECONDS, Loop
from helpcenter.core.jobs import PeriodicJob
from helpcenter.core.lease import Lease

HOUR = 3600


@pytest.fixture
def working(make_app: Callable[[], Flask]) -> Flask:
    """An app without any rule but those of the test."""
    made = make_app()
    made.extensions["jobs"].clear()
    return made


@pytest.fixture
def start(working: Flask) -> Iterator[Callable[[], Event]]:
    """Starts a loop in a thread; what it gives stops it."""
    running: list[tuple[Thread, Event]] = []

    def begin() -> Event:
        stop = Event()
        thread = Thread(target=Loop(working, stop).run, daemon=True)
        thread.start()
        running.append((thread, stop))
        return stop

    yield begin
    for thread, stop in running:
        stop.set()
        thread.join(20)
        assert not thread.is_alive()


def counted(app: Flask, name: str, seconds: int) -> list[str]:
    runs: list[str] = []
    jobs.every(app, name, seconds, lambda: runs.append(name))
    return runs


def test_a_rule_runs_when_it_is_due_and_not_before(working: Flask) -> None:
    runs = counted(working, "hourly", HOUR)
    now = clock.now()
    for minutes in (0, 1, 59, 61, 62, 125):
        with clock.moved(now + timedelta(minutes=minutes)):
            jobs.run_due(working)
    assert len(runs) == 3


def test_an_outbox_is_always_due_and_leaves_no_row(working: Flask) -> None:
    runs = counted(working, "outbox", 2)
    jobs.run_due(working)
    jobs.run_due(working)
    assert len(runs) == 2
    assert db.session.scalars(select(PeriodicJob)).all() == []


def test_a_failing_rule_stops_no_other_and_its_error_is_kept_and_later_cleared(working: Flask) -> None:
    broken = [True]

    def fail() -> None:
        if broken:
            raise ValueError("no room for ben@example.org")

    jobs.every(working, "broken", 2, fail)
    runs = counted(working, "sound", 2)
    assert jobs.run_due(working) == ["sound"]
    row = db.session.scalars(select(PeriodicJob)).one()
    assert (row.name, row.last_error, row.failures) == ("broken", "ValueError: no room for [address]", 1)
    broken.clear()
    assert jobs.run_due(working) == ["broken", "sound"]
    db.session.rollback()
    assert (row.last_error, row.failures, len(runs)) == ("", 0, 2)


def test_a_rule_that_fails_again_and_again_waits_longer_and_never_past_a_minute(working: Flask) -> None:
    def fail() -> None:
        raise ValueError

    rule = jobs.Rule("broken", 2, fail)
    with clock.moved(clock.now()):
        waits = [(jobs.run_one(working, rule, failures).next_at - clock.now()).total_seconds() for failures in range(9)]
    assert waits == sorted(waits)
    assert (waits[0], waits[-1]) == (4, 60)


def test_what_a_failed_job_left_open_is_undone(working: Flask) -> None:
    def write_and_fail() -> None:
        begin_write()
        db.session.add(Lease(name="half", holder="x", expires_at=clock.now()))
        db.session.flush()
        raise ValueError

    jobs.every(working, "half", 2, write_and_fail)
    jobs.run_due(working)
    db.session.rollback()
    assert db.session.get(Lease, "half") is None


def test_a_name_is_taken_once(working: Flask) -> None:
    counted(working, "one", 2)
    with pytest.raises(ValueError, match="registered already"):
        counted(working, "one", 2)


def test_a_lease_belongs_to_one_until_it_lapses(app: Flask) -> None:
    now = clock.now()
    with clock.moved(now):
        assert lease.take("x", "first", 20)
        assert not lease.take("x", "second", 20)
        assert lease.take("y", "second", 20)
    with clock.moved(now + timedelta(seconds=15)):
        assert lease.take("x", "first", 20)
    with clock.moved(now + timedelta(seconds=21)):
        assert not lease.take("x", "second", 20)
    with clock.moved(now + timedelta(seconds=36)):
        assert lease.take("x", "second", 20)
        assert not lease.take("x", "first", 20)


def test_a_lease_given_back_is_free_at_once_and_nobody_gives_back_another_ones(app: Flask) -> None:
    assert lease.take("x", "first", 20)
    lease.give_back("x", "second")
    assert not lease.take("x", "second", 20)
    lease.give_back("x", "first")
    assert lease.take("x", "second", 20)


def test_the_loop_runs_what_is_due_and_gives_its_lease_back(working: Flask, start: Callable[[], Event]) -> None:
    ran = Event()
    jobs.every(working, "outbox", 1, ran.set)
    stop = start()
    assert ran.wait(20)
    assert not lease.take(LEASE, "another", LEASE_SECONDS)
    stop.set()
    assert soon(lambda: lease.take(LEASE, "another", LEASE_SECONDS))


def soon(holds: Callable[[], bool]) -> bool:
    """Whether it holds within ten seconds; well before a lease would lapse."""
    return any(holds() or Event().wait(0.2) for _ in range(50))


def test_a_rule_that_hangs_holds_up_no_other(working: Flask, start: Callable[[], Event]) -> None:
    release, others = Event(), Event()
    jobs.every(working, "hangs", 1, lambda: release.wait(60))
    jobs.every(working, "quick", 1, others.set)
    start()
    assert others.wait(20)
    release.set()


def test_a_rule_never_runs_beside_itself(working: Flask, start: Callable[[], Event]) -> None:
    runs: list[bool] = []
    inside, second = Event(), Event()

    def slower_than_its_period() -> None:
        runs.append(inside.is_set())
        inside.set()
        Event().wait(1.5)
        inside.clear()
        if len(runs) > 1:
            second.set()

    jobs.every(working, "slow", 1, slower_than_its_period)
    start()
    assert second.wait(20)
    assert not any(runs)


def test_of_two_loops_one_works_and_the_other_follows_when_it_ends(working: Flask, start: Callable[[], Event]) -> None:
    holders: list[str] = []
    seen = {1: Event(), 2: Event()}

    def work() -> None:
        if jobs.holder() not in holders:
            holders.append(jobs.holder())
        seen[len(holders)].set()

    jobs.every(working, "outbox", 1, work)
    first = start()
    assert seen[1].wait(20)
    start()
    assert not seen[2].wait(3)
    first.set()
    assert seen[2].wait(20)


def test_a_lease_left_by_a_dead_process_is_taken_over(working: Flask, start: Callable[[], Event]) -> None:
    with clock.moved(clock.now() - timedelta(seconds=LEASE_SECONDS - 2)):
        assert lease.take(LEASE, "dead", LEASE_SECONDS)
    ran = Event()
    jobs.every(working, "outbox", 1, ran.set)
    start()
    assert ran.wait(30)
