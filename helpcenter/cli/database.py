"""`helpcenter database`: its tables."""

from __future__ import annotations

import click

from helpcenter.cli.context import with_app


@click.group("database")
def command() -> None:
    """Bring the tables up to this release."""


@command.command("upgrade")
@with_app
def upgrade() -> None:
    """Run every migration that did not run yet. Safe to repeat after an interruption."""
    from helpcenter.core import migration

    migration.upgrade()
    click.echo("The database is up to date.")
