"""Work that follows requests: rules that say what runs how often, and the outboxes, which are such rules too.

A package registers a rule with `every`; one loop runs what is due (job_loop.py). A rule's function begins and commits
its own short transactions and leaves the database consistent after each, because it may be killed at any moment and
is then run again. A failing rule is logged and waits longer each time; it never stops another one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event

from flask import Flask
from sqlalchemy import String, Text, select
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.core import clock, logs
from helpcenter.core.db import Model, begin_write, db, upsert
from helpcenter.core.metrics import counter, counts

# A rule that fires more often keeps its next time in the process: a write every other second would wear the disk.
SHORTEST_KEPT_SECONDS = 60
LONGEST_BACKOFF_SECONDS = 60
LONGEST_ERROR = 500


class PeriodicJob(Model):
    __tablename__ = "periodic_job"
    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    every_seconds: Mapped[int]
    next_at: Mapped[datetime]
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime]
    failures: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str] = mapped_column(Text, default="")


@dataclass(frozen=True)
class Rule:
    """What runs how often. The function takes nothing and is called in an app context of its own."""

    name: str
    every_seconds: int
    function: Callable[[], object]

    @property
    def is_kept(self) -> bool:
        """Whether its next time is a row, so that a restart does not run it again at once."""
        return self.every_seconds >= SHORTEST_KEPT_SECONDS


@dataclass(frozen=True)
class Run:
    """Who runs the jobs now, and whether it was asked to stop."""

    holder: str = ""
    stop: Event = field(default_factory=Event)


@dataclass(frozen=True)
class Outcome:
    """How a run of a rule ended; `failures` counts those in a row."""

    rule: Rule
    started_at: datetime
    next_at: datetime
    failures: int
    error: str


_run: ContextVar[Run | None] = ContextVar("run", default=None)


def every(app: Flask, name: str, seconds: int, function: Callable[[], object]) -> None:
    """Run `function` every so many seconds while the job process lives. Raises ValueError when the name is taken."""
    registry = rules(app)
    if name in registry:
        raise ValueError(f"a job {name} is registered already")
    registry[name] = Rule(name, seconds, function)


def rules(app: Flask) -> dict[str, Rule]:
    """Every rule by its name."""
    found: dict[str, Rule] = app.extensions.setdefault("jobs", {})
    return found


def holder() -> str:
    """Who runs this job: one process at a time holds the lease, so another name than this is one that ended."""
    run = _run.get()
    return run.holder if run else ""


def stop_asked() -> bool:
    """Whether the process wants to end: a job with many steps leaves the rest to the next run."""
    run = _run.get()
    return run is not None and run.stop.is_set()


@contextmanager
def running(run: Run) -> Iterator[None]:
    """Within the block, jobs of this thread belong to `run`."""
    token = _run.set(run)
    try:
        yield
    finally:
        _run.reset(token)


def run_due(app: Flask) -> list[str]:
    """Run once what is due at clock.now(), in the order of registration; the names of what ran without an error.

    For tests and for a moved clock. Rules of less than a minute are always due here.
    """
    with app.app_context():
        waiting = kept_times()
    due = [
        rule for rule in rules(app).values() if not rule.is_kept or waiting.get(rule.name, clock.now()) <= clock.now()
    ]
    return [rule.name for rule in due if not run_one(app, rule).error]


def run_one(app: Flask, rule: Rule, failures: int = 0) -> Outcome:
    """Run a rule now, whatever its time, and note how it went. Never raises."""
    started, error = clock.now(), ""
    with app.app_context():
        try:
            rule.function()
        except Exception as problem:
            logs.failure("job %s failed", rule.name)
            error = logs.clean(f"{type(problem).__name__}: {problem}")[:LONGEST_ERROR]
    counts.here.add(counter.JOB_FAILED if error else counter.JOB_OK)
    failures = failures + 1 if error else 0
    outcome = Outcome(rule, started, clock.now() + timedelta(seconds=_wait_seconds(rule, failures)), failures, error)
    with app.app_context():
        try:
            _note(outcome)
        except Exception:
            logs.failure("the outcome of job %s could not be kept", rule.name)
    return outcome


def kept_times() -> dict[str, datetime]:
    """When each kept rule is due next."""
    rows = db.session.execute(select(PeriodicJob.name, PeriodicJob.next_at))
    return {row.name: row.next_at for row in rows}


def _wait_seconds(rule: Rule, failures: int) -> int:
    if not failures:
        return rule.every_seconds
    # After a fault everything has to catch up within a minute, so no wait grows past that.
    return min(max(rule.every_seconds, 1) << min(failures, 10), LONGEST_BACKOFF_SECONDS)


def _note(outcome: Outcome) -> None:
    rule = outcome.rule
    if not rule.is_kept and not outcome.error:
        had_error = db.session.execute(select(PeriodicJob.failures).where(PeriodicJob.name == rule.name)).scalar()
        if not had_error:
            return
    values = {
        "every_seconds": rule.every_seconds,
        "next_at": outcome.next_at,
        "started_at": outcome.started_at,
        "finished_at": clock.now(),
        "failures": outcome.failures,
        "last_error": outcome.error,
    }
    begin_write()
    row = upsert(PeriodicJob).values(name=rule.name, **values)
    db.session.execute(row.on_conflict_do_update(index_elements=["name"], set_=values))
    db.session.commit()


def register(app: Flask) -> None:
    """Make room for the rules."""
    rules(app)
