"""What the database says about the mail that waits, the jobs, the content version, and the checks of /readyz."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from flask import Flask, current_app
from sqlalchemy import func, select

from helpcenter.core import clock, content_version, health, jobs
from helpcenter.core.db import db
from helpcenter.core.job_loop import LEASE
from helpcenter.core.jobs import PeriodicJob
from helpcenter.core.lease import Lease
from helpcenter.core.mail import MailStatus, OutgoingMail
from helpcenter.core.metrics.gauge import Gauge, Value, read_with

MAIL = (
    Gauge("mail_waiting", "Emails that wait to be sent, those among them that wait for their moment."),
    Gauge(
        "mail_oldest_wait_seconds", "How long ago the oldest email was written that is due or was tried; 0 for none."
    ),
    Gauge("mail_failed", "Emails of the last 30 days that the mail server refused for good."),
    Gauge("mail_held", "Emails of the last 30 days that wait for an admin, because no mail server is set."),
)
JOBS = (
    Gauge("jobs_running", "1 while some machine does the background work, else 0."),
    Gauge("jobs_overdue", "Background jobs whose time has come and that have not ended since."),
    Gauge("jobs_longest_overdue_seconds", "How long the one of these has waited that has waited longest; 0 for none."),
    Gauge("jobs_failing", "Background jobs whose last run failed."),
)
CONTENT = (Gauge("content_version", "Rises with every change that readers can see."),)
CHECKS = (Gauge("check_ok", "1 for each check of /readyz that is content, else 0."),)


def seconds_since(moment: datetime | None) -> float:
    """How long ago that was; 0 for never and for what is to come."""
    return max(0.0, (clock.now() - moment).total_seconds()) if moment is not None else 0.0


def _mail() -> Sequence[Value]:
    rows = db.session.execute(select(OutgoingMail.status, func.count()).group_by(OutgoingMail.status))
    numbers: dict[str, int] = {row[0]: row[1] for row in rows}
    waits = OutgoingMail.status.in_((MailStatus.QUEUED, MailStatus.SENDING))
    is_due = (OutgoingMail.next_at <= clock.now()) | (OutgoingMail.attempts > 0)
    oldest = db.session.scalar(select(func.min(OutgoingMail.created_at)).where(waits, is_due))
    waiting = numbers.get(MailStatus.QUEUED, 0) + numbers.get(MailStatus.SENDING, 0)
    return waiting, seconds_since(oldest), numbers.get(MailStatus.FAILED, 0), numbers.get(MailStatus.HELD, 0)


def _jobs() -> Sequence[Value]:
    now = clock.now()
    expires_at = db.session.scalar(select(Lease.expires_at).where(Lease.name == LEASE))
    names = [rule.name for rule in jobs.rules(current_app).values() if rule.is_kept]
    known = PeriodicJob.name.in_(names)
    overdue = select(func.count(), func.min(PeriodicJob.next_at)).where(known, PeriodicJob.next_at <= now)
    number, since = db.session.execute(overdue).one()
    failing = select(func.count()).where(PeriodicJob.name.in_(jobs.rules(current_app)), PeriodicJob.failures > 0)
    return (
        float(expires_at is not None and expires_at > now),
        number,
        seconds_since(since),
        db.session.scalar(failing) or 0,
    )


def _content() -> Sequence[Value]:
    return (content_version.current(),)


def _checks() -> Sequence[Value]:
    wrong = {problem.name for problem in health.problems()}
    names = current_app.extensions.get("health_checks", {})
    return ({(("check", name),): float(name not in wrong) for name in names},)


def register(app: Flask) -> None:
    """Have them read."""
    read_with(app, MAIL, _mail)
    read_with(app, JOBS, _jobs)
    read_with(app, CONTENT, _content)
    read_with(app, CHECKS, _checks)
