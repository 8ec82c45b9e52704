"""`helpcenter community`: proves and mends the counts of questions."""

from __future__ import annotations

import sys

import click

from helpcenter.cli.context import with_app


@click.group("community")
def command() -> None:
    """Questions and answers."""


@command.command("recount")
@click.option("--check", is_flag=True, help="Change nothing; end with status 1 when a count is wrong.")
@with_app
def recount(check: bool) -> None:
    """Count anew what each question says of itself, and say which were wrong."""
    from helpcenter.community.counting import recount as count_anew

    differences = count_anew(check=check)
    for one in differences:
        wrong = [name for name, kept in one.kept.items() if kept != one.counted[name]]
        told = ", ".join(f"{name} {one.kept[name]} kept, {one.counted[name]} counted" for name in wrong)
        click.echo(f"question:{one.question_id}: {told}")
    if not differences:
        click.echo("Every question counts what its rows add up to.")
    elif check:
        sys.exit(1)
    else:
        click.echo(f"{len(differences)} counted anew.")


@command.command("render")
@click.option("--all", "everything", is_flag=True, help="Also what the present renderer made.")
@with_app
def render(everything: bool) -> None:
    """Make the HTML of posts anew where another version of the renderer made it."""
    from helpcenter.cli.progress import bars
    from helpcenter.community.rerendering import render_all

    with bars(False) as progress:
        result = render_all(only_old=not everything, progress=progress)
    click.echo(f"{result.count} rendered.")
    for post, reason in result.refusals.items():
        click.echo(f"{post}: {reason}", err=True)
    if result.refusals:
        sys.exit(1)
