"""`helpcenter files`: what people uploaded."""

from __future__ import annotations

import click

from helpcenter.cli.context import with_app


@click.group("files")
def command() -> None:
    """Uploaded pictures."""


@command.command("sweep")
@with_app
def sweep() -> None:
    """Delete what has lain there for a day and belongs to nothing. The job process does it every day by itself."""
    from helpcenter.files import storage

    click.echo(f"{storage.sweep()} deleted.")
