"""The work behind the pages: whether somebody does it, and whether it succeeds."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import timedelta
from enum import Enum, auto

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
MOST_BYTES = 1000
SIGN_OF_LIFE = {"status": "up"}
"""What /healthz says."""


class Listener(Enum):
    """Who is found where the site should listen."""

    SITE = auto()
    NOBODY = auto()
    STRANGER = auto()


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
        yield _NEIGHBOURS[_listener(ground)](ground)
    else:
        yield from _overdue()


def _nobody(_ground: Ground) -> Finding:
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


def _taken(ground: Ground) -> Finding:
    settings = ground.settings
    return Finding(
        "port-taken",
        f"Another program answers on port {settings.port} of {settings.host}, and no process does the jobs",
        "The site can not listen there, so nobody reaches it",
        "End the other program, or choose another port with HELPCENTER_PORT.",
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


def _listener(ground: Ground) -> Listener:
    connection = http.client.HTTPConnection(ground.settings.host, ground.settings.port, timeout=ASK_SECONDS)
    try:
        connection.connect()
    except OSError:
        return Listener.NOBODY
    with closing(connection), suppress(OSError, http.client.HTTPException, ValueError):
        connection.request("GET", "/healthz")
        answer = connection.getresponse()
        if answer.status == http.client.OK and json.loads(answer.read(MOST_BYTES)) == SIGN_OF_LIFE:
            return Listener.SITE
    return Listener.STRANGER


_NEIGHBOURS = {Listener.SITE: _nobody, Listener.NOBODY: _nothing, Listener.STRANGER: _taken}
