"""What the commands about content have in common: who writes, how a refusal is said, how a report is printed."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from helpcenter.articles.folder.finding import Finding
    from helpcenter.articles.folder.report import Report

MOST_EXAMPLES = 3


def user_id(email: str) -> int | None:
    """The account with an address; None for no address. Raises UsageError where nobody has it."""
    from helpcenter.accounts import user

    if not email:
        return None
    found = user.by_email(email)
    if found is None:
        raise click.UsageError(f"Nobody has an account with the address {email}.")
    return found.id


@contextmanager
def plain_refusals() -> Iterator[None]:
    """What the person at the terminal can mend is one line, without a traceback."""
    from helpcenter.articles.folder.lock import Busy
    from helpcenter.articles.folder.reading import FolderRefused

    try:
        yield
    except (FolderRefused, Busy) as refusal:
        raise click.ClickException(str(refusal)) from None


def finish(report: Report, as_json: bool) -> None:
    """Print a report; ends with 1 where something was not taken or needs a person."""
    if as_json:
        click.echo(json.dumps(report.as_json(), ensure_ascii=False, indent=2))
    else:
        for finding in _grouped(report.findings):
            click.echo(finding)
        counts = ", ".join(f"{count} {outcome}" for outcome, count in report.counts().items())
        click.echo(f"{counts or 'nothing to do'}.")
    if report.has_problems:
        sys.exit(1)


def said(report: Report) -> None:
    """Print what changed, and nothing where nothing did."""
    counts = {outcome: count for outcome, count in report.counts().items() if outcome != "unchanged"}
    if not counts and not report.has_problems:
        return
    for finding in _grouped(report.findings):
        click.echo(finding)
    click.echo(f"{', '.join(f'{count} {outcome}' for outcome, count in counts.items())}.")


def _grouped(findings: Iterable[Finding]) -> Iterator[str]:
    """Each finding in a line; one that repeats itself over the files is said with three examples and their number."""
    items = sorted(findings, key=lambda finding: (finding.path, finding.line))
    often = {message for message, count in Counter(item.message for item in items).items() if count > MOST_EXAMPLES}
    yield from (str(item) for item in items if item.message not in often)
    for message in sorted(often):
        same = [item for item in items if item.message == message]
        places = ", ".join(f"{item.path}:{item.line}" if item.line else item.path for item in same[:MOST_EXAMPLES])
        yield f"{message}: {len(same)} times, as at {places} (all with --json)"
