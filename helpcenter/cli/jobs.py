"""`helpcenter jobs`: the work that follows requests."""

from __future__ import annotations

import signal
from functools import partial
from threading import Event

import click

from helpcenter.cli.context import app_of, with_app
from helpcenter.cli.supervisor import end_with_parent


@click.group("jobs")
def command() -> None:
    """Send mail, feed the search index, tidy up."""


@command.command("run")
@click.option("--parent", type=int, hidden=True, help="End with this process.")
@click.pass_context
def run(context: click.Context, parent: int | None) -> None:
    """Work until stopped. Any number of hosts may run this; one of them works at a time."""
    if parent is not None:
        end_with_parent(parent)
    else:
        click.echo("Doing the jobs of the site. Ctrl+C stops it.")
    from helpcenter.backup import moving
    from helpcenter.core.job_loop import Loop

    app, stop = app_of(context), Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    Loop(app, stop, partial(moving.release_left_behind, app)).run()


@command.command("list")
@with_app
def index() -> None:
    """Each job with how often it runs and how it went last."""
    from flask import current_app
    from sqlalchemy import select

    from helpcenter.core.db import db
    from helpcenter.core.jobs import PeriodicJob, rules

    rows = {row.name: row for row in db.session.scalars(select(PeriodicJob))}
    for rule in rules(current_app).values():
        row = rows.get(rule.name)
        state = "" if row is None else row.last_error or f"ended {row.finished_at:%Y-%m-%d %H:%M} UTC"
        click.echo(f"{rule.name:40} every {rule.every_seconds} s  {state}".rstrip())


@command.command("release")
@with_app
def release() -> None:
    """Let another process take the jobs: for a lease that a machine with a wrong clock took far into the future.

    A process that does the jobs right now and is well takes them up again by itself.
    """
    from helpcenter.core import lease
    from helpcenter.core.job_loop import LEASE

    click.echo("The jobs can be taken." if lease.take_away(LEASE) else "Nobody held the jobs.")
