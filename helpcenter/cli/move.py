"""`helpcenter move`: a running site to another database."""

from __future__ import annotations

import signal
import sys
from typing import Any

import click

from helpcenter.cli.context import app_of
from helpcenter.cli.progress import bars

SQLITE = "sqlite"


@click.command("move")
@click.option(
    "--to", "url", metavar="URL", help="postgresql+psycopg://user:password@host/name, sqlite, or - to be asked."
)
@click.option("--rehearse", is_flag=True, help="Copy and check everything, keep nothing, and leave the site as it is.")
@click.option("--cancel", is_flag=True, help="Let people write to the old database again.")
@click.option("--quiet", "-q", is_flag=True, help="Show no progress.")
@click.pass_context
def command(context: click.Context, url: str | None, rehearse: bool, cancel: bool, quiet: bool) -> None:
    """Copy the site to another, empty database while people read it.

    From the beginning of the copy nothing can be saved on the site, until you start it on the new database. When the
    copy fails, people can write again at once.
    """
    if bool(url) == cancel:
        raise click.UsageError("say where with --to URL, or --cancel")
    # Ended by a service manager or with its terminal, it must still let people write again.
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(1))
    app = app_of(context)
    from helpcenter.backup.moving import cancel as cancel_move
    from helpcenter.backup.refusal import Refused
    from helpcenter.core.refusals import Paused

    try:
        if cancel:
            done = cancel_move(app)
            click.echo("People can write again." if done else "People can write already.")
        else:
            _move(app, str(url), rehearse=rehearse, quiet=quiet)
    except KeyboardInterrupt:
        raise click.ClickException("interrupted; the site goes on where it is") from None
    except (Refused, Paused) as refused:
        raise click.ClickException(str(refused)) from None


def _move(app: Any, url: str, *, rehearse: bool, quiet: bool) -> None:
    from helpcenter.backup.moving import move

    if url == "-":
        url = click.prompt("The address of the new database", hide_input=True)
    with bars(quiet) as progress:
        moved = move(app, "" if url == SQLITE else url, rehearse=rehearse, progress=progress)
    told = f"{moved.rows} rows of {moved.tables} tables and {moved.files} files were copied and read back the same"
    click.echo(f"{told}, in {moved.seconds:.0f} s.")
    if rehearse:
        click.echo(
            "That was a rehearsal: nothing was kept, and people could write all the time. For so long they can not"
        )
        click.echo("when you move.")
        return
    click.echo("\nNothing can be saved on the site until you do this:\n")
    if moved.new:
        hidden = ", with the password in place of ***" if "***" in moved.new else ""
        click.echo(f"1. Set HELPCENTER_DATABASE_URL={moved.new}{hidden}")
    else:
        click.echo("1. Take away HELPCENTER_DATABASE_URL (and DATABASE_URL)")
    click.echo("2. Restart `helpcenter serve` and every other process of the site.\n")
    click.echo("To stay on the old database instead: helpcenter move --cancel")
