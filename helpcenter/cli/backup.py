"""`helpcenter backup`: one file with everything the site keeps, made while it runs."""

from __future__ import annotations

import os
from pathlib import Path

import click

from helpcenter.cli.context import app_of
from helpcenter.cli.progress import bars


@click.command("backup")
@click.argument("file", required=False)
@click.option(
    "--keep", type=click.IntRange(1), help="Delete older copies in that folder, all but the newest N.", metavar="N"
)
@click.option("--quiet", "-q", is_flag=True, help="Say nothing unless something goes wrong.")
@click.pass_context
def command(context: click.Context, file: str | None, keep: int | None, quiet: bool) -> None:
    """Copy the whole site into one file, while people use it.

    FILE is a name of your choice, or a folder that is there, in which the copy gets a name with the time; without it
    the folder `backups` of the data folder. Only names with the time are ever deleted by --keep.
    """
    app = app_of(context)
    from helpcenter.backup import archive, shelf
    from helpcenter.backup.refusal import Refused

    settings = app.config["SETTINGS"]
    in_folder = file is None or (file != "" and Path(file).is_dir())
    if file is not None and not in_folder and (file.endswith(os.sep) or not file):
        raise click.UsageError(f"there is no folder {file!r}")
    if keep and not in_folder:
        raise click.UsageError("--keep is for copies in a folder; name the folder instead of a file")
    try:
        with bars(quiet) as progress:
            named = None if file is None else Path(file)
            target = named if named and not in_folder else shelf.next_path(settings, named)
            written = archive.write(app, target, progress=progress)
        manifest = archive.verify(written)
        old = shelf.prune(written.parent, keep) if keep else []
    except Refused as refused:
        raise click.ClickException(str(refused)) from None
    except OSError as problem:
        where = problem.filename or file or settings.data_dir
        raise click.ClickException(f"{where} can not be written: {problem.strerror}") from None
    if quiet:
        return
    click.echo(f"{written}  {written.stat().st_size / 1_000_000:.1f} MB")
    click.echo(f"{manifest.rows} rows and {manifest.files} files of the site, from {manifest.made_at}.")
    if not manifest.has_key:
        click.echo("HELPCENTER_SECRET_KEY is not in it: keep that somewhere else.")
    for path in old:
        click.echo(f"Deleted {path.name}")
