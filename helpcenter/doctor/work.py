"""The work behind the pages: whether somebody does it, and whether it succeeds."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta

from flask import current_app
from sqlalchemy import select

from helpcenter.core import clock, jobs
from helpcenter.core.db import db
from helpcenter.core.job_loop import LEASE, LEASE_SECONDS
from helpcenter.core.jobs import PeriodicJob
from helpcenter.core.lease import Lease
from helpcenter.doctor.finding import Finding, Level
from helpcenter.doctor.ground import Ground

SLACK = timedelta(minutes=1)
LATE = timedelta(minutes=10)
MOST_FAILURES = 3
ASK_SECONDS = 3


def process(ground: Ground) -> Iterator[Finding]:
    """Whether a job process runs, on this machine or another."""
    held, now = db.session.get(Lease, LEASE), clock.now()
    if held is not None and held.expires_at > now + timedelta(seconds=LEASE_SECONDS) + SLACK:
        yield Finding(
            "jobs-held",
            f"The jobs are held until {held.expires_at:%Y-%m-%d %H:%M} UTC by {held.holder}",
            "That is later than anybody may hold them: the clock of that machine was wrong, and until then no job runs",
            "Correct its clock; then let another process take them.",
            "helpcenter jobs release",
        )
    elif held is None or held.expires_at < now - SLACK:
        yield _nobody() if _answers(ground) else _nothing(ground)
    else:
        yield from _overdue()


def _nobody() -> Finding:
    return Finding(
        "no-jobs",
        "Pages are served and no process does the jobs",
        "No mail leaves, search learns nothing new, and nothing is tidied up",
        "`helpcenter serve` does both; where the pages are served in another way, let this run beside them:",
        "helpcenter jobs run",
    )


def _nothing(ground: Ground) -> Finding:
    return Finding(
        "not-running",
        f"Nothing answers on port {ground.settings.port} of {ground.settings.host}, and no process does the jobs",
        "Nobody reaches the site",
        command="helpcenter serve",
        level=Level.NOTE,
    )


def outcomes(_ground: Ground) -> Iterator[Finding]:
    """Jobs that fail each time, and times that can not be."""
    rows = {row.name: row for row in db.session.scalars(select(PeriodicJob))}
    for name in jobs.rules(current_app) & rows.keys():
        row = rows[name]
        if row.failures >= MOST_FAILURES:
            yield Finding(
                "job-fails",
                f"The job “{name}” failed {row.failures} times in a row: {row.last_error}",
                "What it does is not done",
                "The log has more under this time and name.",
                "helpcenter jobs list",
            )
    ahead = [row for row in rows.values() if row.finished_at > clock.now() + SLACK]
    if ahead:
        yield Finding(
            "clock-behind",
            f"The job “{ahead[0].name}” ended at {ahead[0].finished_at:%Y-%m-%d %H:%M} UTC, which is yet to come",
            "The clock of this machine is behind, or was ahead; jobs wait, and times on pages are wrong",
            "Let it take its time from the network.",
            "timedatectl set-ntp true",
        )


def _overdue() -> Iterator[Finding]:
    for row in db.session.scalars(select(PeriodicJob).order_by(PeriodicJob.next_at)):
        if row.name in jobs.rules(current_app) and row.next_at < clock.now() - LATE and not row.failures:
            yield Finding(
                "job-overdue",
                f"The job “{row.name}” is due since {row.next_at:%Y-%m-%d %H:%M} UTC",
                "It hangs, or the job process does",
                "Restart the site, or replace its processes by sending SIGHUP to `helpcenter serve`.",
            )
            return


def _answers(ground: Ground) -> bool:
    connection = http.client.HTTPConnection(ground.settings.host, ground.settings.port, timeout=ASK_SECONDS)
    with suppress(OSError, http.client.HTTPException):
        connection.request("GET", "/healthz")
        return connection.getresponse().status == http.client.OK
    return False
