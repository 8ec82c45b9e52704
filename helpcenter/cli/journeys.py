"""`helpcenter journeys`: counts conversations that did not need to happen, and lets the counting be tried."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import IO, TYPE_CHECKING

import click

from helpcenter.cli.context import with_app

if TYPE_CHECKING:
    from helpcenter.journeys.settlement import Settled


class Moment(click.ParamType[datetime]):
    """A time in ISO 8601; UTC where it names no zone."""

    name = "time"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """The time. Fails with one line for anything else."""
        from helpcenter.journeys.journal import moment

        try:
            return moment(value)
        except ValueError as refused:
            self.fail(str(refused), param, ctx)


@click.group("journeys")
def command() -> None:
    """What people did, and which conversations it spared."""


@command.command("judge")
@click.argument("file", type=click.File(encoding="utf-8-sig", errors="surrogateescape"))
@click.option("--until", type=Moment(), help="Judge as of this moment; without it, when every window is over.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object for each episode, and one for the totals.")
def judge(file: IO[str], until: datetime | None, as_json: bool) -> None:
    """Judge the events of FILE, one JSON object a line, without touching the site. `-` reads standard input."""
    from helpcenter.journeys import journal
    from helpcenter.journeys.deflection import ALL_WINDOWS_OVER
    from helpcenter.journeys.deflection import judge as judged

    try:
        judgement = judged(journal.read(file), until or ALL_WINDOWS_OVER)
    except journal.JournalRefused as refused:
        raise click.ClickException(f"{file.name}: {refused}") from None
    totals = journal.totals(judgement)
    if as_json:
        for episode in judgement.episodes:
            click.echo(json.dumps(journal.told(episode), ensure_ascii=False))
        click.echo(json.dumps(totals))
        return
    for episode in judgement.episodes:
        told = journal.told(episode)
        credit = f", {told['channel']} by {told['credited']}" if told["credited"] else ""
        click.echo(f"{told['opened_at']}  {told['person']}: {told['state']}{credit}  ({told['because']})")
    counts = ", ".join(f"{count} {state}" for state, count in totals["totals"].items())
    click.echo(
        f"{totals['headline']} deflected of {len(judgement.episodes)} episodes" + (f": {counts}" if counts else "")
    )


@command.command("settle")
@with_app
def settle() -> None:
    """Bring the episodes up to date. The job process does it every few minutes by itself."""
    from helpcenter.journeys import settlement

    _run(settlement.settle)


@command.command("rebuild")
@with_app
def rebuild() -> None:
    """Make every episode anew from the events, with the same result. Reports keep what they had meanwhile."""
    from helpcenter.journeys import settlement

    _run(settlement.rebuild)


def _run(work: Callable[[Callable[[int], None]], Settled]) -> None:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from helpcenter.journeys.settlement import Overtaken, expected

    console = Console(stderr=True)
    columns = (TextColumn("People"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as bar:
        task = bar.add_task("", total=expected())
        try:
            settled = work(lambda count: bar.update(task, advance=count))
        except Overtaken as overtaken:
            raise click.ClickException(str(overtaken)) from None
    people = "1 person" if settled.clusters == 1 else f"{settled.clusters} people"
    click.echo(f"{people} looked at; up to date until {settled.until:%Y-%m-%d %H:%M:%S} UTC.")
