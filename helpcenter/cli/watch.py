"""`helpcenter content watch`: a folder of Markdown and the site, kept alike while somebody writes in either."""

from __future__ import annotations

import signal
from pathlib import Path
from threading import Event

import click

from helpcenter.cli.context import with_app
from helpcenter.cli.folder import Folder
from helpcenter.cli.reporting import said, user_id
from helpcenter.core.locale import LANGUAGES


@click.command("watch")
@click.argument("directory", type=Folder())
@click.option("--locale", type=click.Choice(list(LANGUAGES)), help="The language of everything, for a folder without.")
@click.option("--topic", default="", help="The topic of everything, for a folder without topic folders.")
@click.option("--folder", default="", help="A name for the folder; its own when not given.")
@click.option("--as", "email", default="", help="Who is shown as the author: the address of an account.")
@click.option("--both", is_flag=True, help="Also write into the folder what is published on the web.")
@click.option("--every", default=1.0, type=click.FloatRange(0.1, 3600), help="Seconds between two looks; 1.")
@with_app
def watch(directory: Path, locale: str | None, topic: str, folder: str, email: str, both: bool, every: float) -> None:
    """Import a folder whenever it changes, until Ctrl+C. What both sides changed waits as a draft.

    A file that was saved is published a moment later, as `helpcenter content import` would publish it.
    """
    from helpcenter.articles.folder import export, sync
    from helpcenter.articles.folder.layout import Layout
    from helpcenter.articles.folder.lock import Busy
    from helpcenter.articles.folder.reading import FolderRefused
    from helpcenter.articles.folder.watching import Watch
    from helpcenter.core import content_version
    from helpcenter.core.db import db

    if topic and not locale:
        raise click.UsageError("--topic needs --locale as well: an article stands in a language and a topic.")
    options = sync.Options(Layout(locale or "", topic, is_foreign=False), folder, by=user_id(email))
    watching, version = Watch(directory), -1
    click.echo(f"Watching {directory}; Ctrl+C ends it.")
    # What is being taken in is taken in to its end.
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    while not stop.is_set():
        try:
            if watching.has_changed():
                said(sync.import_folder(directory, options))
                watching.take()
            elif both and watching.is_settled and (now := content_version.current()) != version:
                # What changes on the web meanwhile has another version, and is written at the next look; what somebody
                # saves in the folder meanwhile is found with the files we wrote, which an import calls unchanged.
                said(export.export_folder(directory, folder, layout=options.layout))
                version = now
        except FolderRefused as refusal:
            # It is refused until somebody changes it, and told once.
            watching.take()
            click.echo(str(refusal), err=True)
        except Busy as busy:
            # What changed is not brought in yet: the next look tries it again.
            click.echo(str(busy), err=True)
        # A transaction that stays open would see the site as it was.
        db.session.rollback()
        stop.wait(every)
    click.echo("Not watching any more.")
