"""`helpcenter restore`: a whole site out of one file."""

from __future__ import annotations

from pathlib import Path
from shlex import quote
from typing import Any

import click

import config
from helpcenter.cli.progress import bars


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--into",
    type=click.Path(path_type=Path, file_okay=False),
    help="The data folder to bring it back into; the one of the settings by default.",
)
@click.option("--quiet", "-q", is_flag=True, help="Show no progress.")
def command(file: Path, into: Path | None, quiet: bool) -> None:
    """Bring back what `helpcenter backup` copied, into an empty data folder and an empty database.

    The database is the one of the settings, SQLite or PostgreSQL, whichever the copy was made on. Nothing is touched
    when the copy is damaged, when it is of a newer release, or when the place is not empty.
    """
    overrides: dict[str, Any] = {"data_dir": into.resolve()} if into else {}
    settings = config.load(makes_secret=False, **overrides)
    from helpcenter.backup.refusal import Refused
    from helpcenter.backup.restoring import restore

    try:
        with bars(quiet) as progress:
            done = restore(file.resolve(), settings, progress=progress)
    except Refused as refused:
        raise click.ClickException(str(refused)) from None
    manifest = done.manifest
    click.echo(f"The site of {manifest.made_at} is back in {settings.data_dir}:")
    click.echo(f"{manifest.rows} rows, {manifest.files} files, {done.documents} documents in the search index.")
    for table in done.left_out:
        click.echo(f"Left out: {table}, which is no table of this product.")
    if done.is_other_key:
        click.echo(
            "HELPCENTER_SECRET_KEY is not the one that the site had: everybody has to log in again, and links in mails "
            "sent before do not work. Set the old one before you start the site, if you have it."
        )
    there = f"HELPCENTER_DATA_DIR={quote(str(settings.data_dir))} " if into else ""
    click.echo(f"Start it with `{there}helpcenter serve`.")
