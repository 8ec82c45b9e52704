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


@command.command("draft", hidden=True)
@click.argument("message")
@with_app
def draft(message: str) -> None:
    """For contributors: write the next migration, from what the models have and an up-to-date database has not."""
    from helpcenter.core import migration

    migration.draft(message)
