"""`helpcenter feedback`: proves and mends the counts of votes."""

from __future__ import annotations

import sys

import click

from helpcenter.cli.context import with_app


@click.group("feedback")
def command() -> None:
    """Votes and what readers wrote."""


@command.command("recount")
@click.option("--check", is_flag=True, help="Change nothing; end with status 1 when a count is wrong.")
@with_app
def recount(check: bool) -> None:
    """Count every vote anew and say which tallies were wrong."""
    from helpcenter.feedback.recount import recount as count_anew

    differences = count_anew(check=check)
    for one in differences:
        kind, number = one.subject
        click.echo(
            f"{kind}:{number} revision {one.revision_id}: "
            f"{one.kept.yes} yes, {one.kept.no} no kept; {one.counted.yes} yes, {one.counted.no} no counted"
        )
    if not differences:
        click.echo("Every tally is what its votes add up to.")
    elif check:
        sys.exit(1)
    else:
        click.echo(f"{len(differences)} counted anew.")
