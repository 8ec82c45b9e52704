"""`helpcenter content`: articles in and out of a folder of Markdown, checks, and rendering anew."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from helpcenter.cli.context import with_app
from helpcenter.cli.folder import Folder
from helpcenter.cli.import_from import import_from
from helpcenter.cli.progress import Counted, bars
from helpcenter.cli.reporting import finish, plain_refusals, user_id
from helpcenter.cli.watch import watch
from helpcenter.core.locale import LANGUAGES

if TYPE_CHECKING:
    from helpcenter.articles.folder.layout import Layout

FOLDER = Folder()

Function = TypeVar("Function", bound=Callable[..., Any])


@click.group("content")
def command() -> None:
    """Articles in and out of a folder of Markdown."""


command.add_command(import_from)
command.add_command(watch)


def layout_options(function: Function) -> Function:
    """The options that say how the paths and the front matter of a folder are to be read."""
    for option in (
        click.option("--pictures", type=FOLDER, help="Where pictures named from the root lie, when not in the folder."),
        click.option(
            "--foreign", is_flag=True, help="Written for another program: its own keys and parts are left out."
        ),
        click.option("--topic", default="", help="The topic of everything, for a folder without topic folders."),
        click.option(
            "--locale", type=click.Choice(list(LANGUAGES)), help="The language of everything, for a folder without."
        ),
    ):
        function = option(function)
    return function


@command.command("import")
@click.argument("directory", type=FOLDER)
@layout_options
@click.option("--folder", default="", help="A name for the folder; its own when not given. Deleted files count by it.")
@click.option("--as", "email", default="", help="Who is shown as the author: the address of an account.")
@click.option("--note", default="", help="What changed, for the list of revisions.")
@click.option("--typo", is_flag=True, help="These are corrections: votes stay, translations are not out of date.")
@click.option("--take-over", is_flag=True, help="Take files that were imported from another folder.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@click.option("--json", "as_json", is_flag=True, help="The whole report as JSON.")
@with_app
def import_(
    directory: Path,
    locale: str | None,
    topic: str,
    foreign: bool,
    pictures: Path | None,
    folder: str,
    email: str,
    note: str,
    typo: bool,
    take_over: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Bring the articles to what a folder says. Importing twice changes nothing; ends with 1 when a file was left out.

    An article stands at <locale>/<topic>/<slug>.md or <locale>/<topic>/<section>/<slug>.md.
    """
    from helpcenter.articles.folder import sync

    options = sync.Options(
        _layout(locale, topic, foreign), folder, pictures, user_id(email), note, typo, take_over, dry_run
    )
    with plain_refusals(), bars(as_json) as progress:
        report = sync.import_folder(directory, options, progress)
    finish(report, as_json)


@command.command("export")
@click.argument("directory", type=Folder(exists=False))
@click.option("--topic", default="", help="Only this topic, for a folder without topic folders.")
@click.option("--locale", type=click.Choice(list(LANGUAGES)), help="Only this language, for a folder without.")
@click.option("--folder", default="", help="A name for the folder; its own when not given.")
@click.option("--json", "as_json", is_flag=True, help="The whole report as JSON.")
@with_app
def export(directory: Path, topic: str, locale: str | None, folder: str, as_json: bool) -> None:
    """Write every published article into a folder, unchanged files byte for byte, pictures beside."""
    from helpcenter.articles.folder.export import export_folder

    with plain_refusals(), bars(as_json) as progress:
        report = export_folder(directory, folder, progress, _layout(locale, topic, foreign=False))
    finish(report, as_json)


def _need_no_tables() -> None:
    """Let a folder be checked where no site was ever started: with the languages a new site would have."""
    from sqlalchemy import inspect

    from helpcenter.core import site
    from helpcenter.core.db import db

    if not inspect(db.engine).has_table("site"):
        site.use_last_known()


@command.command("check")
@click.argument("directory", type=FOLDER, required=False)
@layout_options
@click.option("--anew", is_flag=True, help="Read what is published anew first, in case what is known of it was lost.")
@click.option("--strict", is_flag=True, help="Notes, such as missing translations, end with 1 as well.")
@click.option("--json", "as_json", is_flag=True, help="The findings as JSON.")
@with_app
def check(
    directory: Path | None,
    locale: str | None,
    topic: str,
    foreign: bool,
    pictures: Path | None,
    anew: bool,
    strict: bool,
    as_json: bool,
) -> None:
    """Check a folder, or without one what is published: links, pictures, headings, alt texts, keys, translations.

    Of what is published it says what the page "Health" of the studio says, and which translations are missing. Prints
    file:line: message for each finding and ends with 1 when there is one to mend.
    """
    from helpcenter.articles.folder.check import check_folder
    from helpcenter.articles.folder.finding import Level
    from helpcenter.articles.folder.site_check import check_site

    with plain_refusals(), bars(as_json) as progress:
        counted = Counted(progress)
        if directory is None:
            findings = check_site(counted, anew=anew)
        else:
            _need_no_tables()
            findings = check_folder(directory, _layout(locale, topic, foreign), pictures, counted)
    if as_json:
        click.echo(json.dumps([finding.as_json() for finding in findings], ensure_ascii=False, indent=2))
    else:
        for finding in findings:
            click.echo(f"{finding} ({finding.level})" if finding.level == Level.NOTE else str(finding))
    if any(strict or finding.level != Level.NOTE for finding in findings):
        sys.exit(1)
    # Beside the findings, which a program may read line by line.
    click.echo(f"{counted} checked, nothing to mend.", err=True)


@command.command("render")
@click.option("--all", "everything", is_flag=True, help="Also what the present renderer made.")
@with_app
def render(everything: bool) -> None:
    """Make the HTML of published articles anew where another version of the renderer made it."""
    from helpcenter.articles.folder.rerendering import render_all

    with bars(False) as progress:
        result = render_all(only_old=not everything, progress=progress)
    click.echo(f"{result.count} rendered.")
    for article_id, reason in result.refusals.items():
        click.echo(f"article {article_id}: {reason}", err=True)
    if result.refusals:
        sys.exit(1)


def _layout(locale: str | None, topic: str, foreign: bool) -> Layout:
    from helpcenter.articles.folder.layout import Layout

    if topic and not locale:
        raise click.UsageError("--topic needs --locale as well: an article stands in a language and a topic.")
    return Layout(locale or "", topic, foreign)
