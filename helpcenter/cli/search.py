"""`helpcenter search`: builds the index anew, says how it is, asks it, and measures how well it answers."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from helpcenter.cli.context import with_app
from helpcenter.core.locale import LANGUAGES

if TYPE_CHECKING:
    from helpcenter.search.engine import Hit, Results

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
MOST_SHOWN = 50
NO_SECRET = "no session is opened while something is measured"  # noqa: S105 - it opens nothing


@click.group("search")
def command() -> None:
    """The search index and what it finds."""


@command.command("rebuild")
@with_app
def rebuild() -> None:
    """Build the index anew from the database. The old one answers meanwhile."""
    from helpcenter.core import subjects
    from helpcenter.core.db import db
    from helpcenter.search import drainer
    from helpcenter.search.engine import EngineError
    from helpcenter.search.engines import engine

    expected = max(engine().health().documents, sum(len(subject.document_ids()) for _, subject in subjects.kinds()))
    db.session.rollback()
    try:
        with _bar("Documents", expected) as progress:
            count = drainer.rebuild(progress)
    except EngineError as error:
        raise click.ClickException(f"{error}. Try again in a moment.") from None
    click.echo(f"{count} documents are in the new index.")


@command.command("health")
@with_app
def health() -> None:
    """Say how the index is. Ends with 1 when it is damaged."""
    from helpcenter.search.state import state

    now = state()
    click.echo(f"held in    {now.health.where}")
    click.echo(f"documents  {now.health.documents}")
    if now.health.parts is not None:
        click.echo(f"segments   {now.health.parts}")
    click.echo(f"size       {now.health.bytes_on_disk / 1_000_000:.1f} MB")
    click.echo(f"applied    {now.health.applied}")
    click.echo(f"waiting    {now.waiting}")
    if now.problem:
        click.echo(f"{'damaged' if now.is_damaged else 'behind'}: {now.problem}", err=True)
    if now.is_damaged:
        click.echo("The job process builds it anew by itself; `helpcenter search rebuild` does it now.", err=True)
        sys.exit(1)


@command.command("query")
@click.argument("text")
@click.option("--locale", type=click.Choice(list(LANGUAGES)), help="Search in this language; in the site's by default.")
@click.option("--explain", is_flag=True, help="Say why each result stands where it stands.")
@click.option("--limit", type=click.IntRange(1, MOST_SHOWN), default=10, show_default=True, help="Results at most.")
@with_app
def query(text: str, locale: str | None, explain: bool, limit: int) -> None:
    """Show what a reader who is not signed in finds. Ends with 1 when nothing is found."""
    from helpcenter.accounts.viewer import STRANGER
    from helpcenter.core import site
    from helpcenter.search import finding

    language = locale or site.current().default_locale
    results = finding.find(text, language, STRANGER, limit=limit)
    _say_about(results, text)
    for place, hit in enumerate(results.hits, 1):
        _show(place, hit)
        if explain and not results.is_degraded:
            _explain(text, language, hit)
    if not results.hits:
        sys.exit(1)


@command.command("evaluate")
@click.option("--corpus", type=FILE, required=True, help="Lines of {_id, title, text}.")
@click.option("--queries", type=FILE, required=True, help="Lines of {_id, text}.")
@click.option("--qrels", type=FILE, required=True, help="Lines of {qid, did, rel}.")
@click.option("--locale", type=click.Choice(list(LANGUAGES)), default="en", show_default=True, help="Their language.")
@click.option("--engine", "name", type=click.Choice(["whoosh", "postgres"]), help="That of the site by default.")
def evaluate(corpus: Path, queries: Path, qrels: Path, locale: str, name: str | None) -> None:
    """Measure the search on a labelled set of JSON lines. The site and its index are left alone.

    The processor time is that of this process; what PostgreSQL works is not in it.
    """
    from config import SettingsRefused
    from config import load as load_settings
    from helpcenter.search import engines
    from helpcenter.search.engine import EngineError
    from helpcenter.search.evaluation import DEPTH
    from helpcenter.search.evaluation import evaluate as measure
    from helpcenter.search.labelled_set import SetRefused, load

    try:
        labelled = load(corpus, queries, qrels, locale)
        # No session is opened, so none of the site's secrets is needed or made.
        settings = load_settings(secret_key=NO_SECRET)
        chosen = name or engines.name_for(settings)
        with engines.apart(chosen, settings) as engine, _bar("Documents", len(labelled.documents)) as progress:
            result = measure(engine, labelled, progress=progress)
    except (SetRefused, SettingsRefused, EngineError, ValueError) as refused:
        raise click.ClickException(str(refused)) from None
    click.echo(f"engine          {chosen}")
    click.echo(f"documents       {result.documents}")
    click.echo(f"questions       {result.questions}")
    click.echo(f"nDCG@{DEPTH}         {result.ndcg:.4f}")
    click.echo(f"MRR@{DEPTH}          {result.mrr:.4f}")
    click.echo(f"recall@{DEPTH}       {result.recall:.4f}")
    click.echo(f"CPU median      {result.cpu_median_ms:.2f} ms a query, with snippets")
    click.echo(f"CPU p95         {result.cpu_p95_ms:.2f} ms")


def _say_about(results: Results, text: str) -> None:
    if results.is_degraded:
        click.echo("The index does not answer or is behind; see `helpcenter search health`.", err=True)
    if results.correction and results.correction.is_used:
        click.echo(f"Nothing is found for “{text}”. These are for “{results.correction.text}”:")
    elif results.correction:
        click.echo(f"Did you mean “{results.correction.text}”?")
    if results.total is not None:
        click.echo(f"{results.total} found.")
    elif not results.hits:
        click.echo("Nothing found.")


def _show(place: int, hit: Hit) -> None:
    from helpcenter.core import subjects
    from helpcenter.search.passage import plain

    address = subjects.addresses([(hit.kind, hit.id, hit.locale)])[hit.kind, hit.id, hit.locale]
    pinned = "  (pinned)" if hit.is_pinned else ""
    click.echo(f"\n{place}. {hit.title}{pinned}\n   {address}")
    if hit.passage:
        click.echo(f"   {plain(hit.passage)}")


def _explain(text: str, locale: str, hit: Hit) -> None:
    from helpcenter.accounts.viewer import STRANGER
    from helpcenter.search import finding

    reasons = finding.explain(text, locale, STRANGER, hit.subject)
    click.echo(f"   {sum(reason.points for reason in reasons):8.3f}  in all")
    for reason in reasons:
        click.echo(f"   {reason.points:8.3f}  {reason.reason}")


@contextmanager
def _bar(word: str, expected: int) -> Iterator[Callable[[int], None]]:
    """A bar on the terminal's error stream, so that what is printed can be piped."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    console = Console(stderr=True)
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as bars:
        task = bars.add_task(word, total=expected)
        yield lambda done: bars.update(task, completed=done, total=max(done, expected))
