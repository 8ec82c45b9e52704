"""`helpcenter upgrade`: everything a new release needs, after a backup."""

from __future__ import annotations

import click

from helpcenter.cli.context import app_of
from helpcenter.cli.progress import bars


@click.command("upgrade")
@click.option("--without-backup", is_flag=True, help="Write no backup first: for whoever has one of their own.")
@click.pass_context
def command(context: click.Context, without_backup: bool) -> None:
    """Bring a site up to this release: a backup, the tables, then texts that an older release rendered.

    Safe to repeat after an interruption, and while the site runs.
    """
    from helpcenter import upgrading
    from helpcenter.backup import data_folder, moving

    app = app_of(context)
    if told := data_folder.half_a_site(app.config["SETTINGS"]) or moving.state_at_start(app):
        raise click.ClickException(told)
    with app.app_context(), bars(False) as progress:
        try:
            was = upgrading.upgrade_tables(app, click.echo, with_backup=not without_backup, progress=progress)
        except upgrading.Stopped as stopped:
            raise click.ClickException(str(stopped)) from None
        renewed = upgrading.renew_texts(progress)
    if was.revision is None:
        click.echo("The tables were made: this is a new site.")
    if renewed.articles or renewed.posts:
        click.echo(f"Rendered again: {renewed.articles} articles, {renewed.posts} posts.")
    for refusal in renewed.refusals:
        click.echo(f"{refusal}; readers see what an older release made of it", err=True)
    click.echo("Everything is up to date.")
