from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from config import Settings
from helpcenter.cli import commands
from helpcenter.core.db import begin_write, db
from helpcenter.search import drainer, outbox, pin, synonym
from helpcenter.search.engines import engine
from tests.search.damage import another_engine, break_index, remove_index
from tests.shelf import put_article

LABELLED = Path(__file__).parent.parent / "search" / "labelled"


def run(app: Flask | None, *words: str) -> Result:
    return CliRunner().invoke(commands, ["search", *words], obj=app)


@pytest.fixture
def articles(app: Flask) -> dict[str, int]:
    found = {
        "refund": put_article("Get a refund", "You get your money back."),
        "cancel": put_article("Cancel your plan", "A refund is rare."),
        "spanish": put_article("Pedir un reembolso", "El dinero vuelve.", locale="es"),
    }
    drainer.drain()
    return found


def test_a_query_shows_what_it_finds_and_where_it_stands(app: Flask, articles: dict[str, int]) -> None:
    told = run(app, "query", "refund")
    assert told.exit_code == 0
    assert "2 found." in told.output
    assert told.output.index("1. Get a refund") < told.output.index("2. Cancel your plan")
    assert f"/en/articles/{articles['refund']}-get-a-refund" in told.output
    assert "2. " not in run(app, "query", "refund", "--limit", "1").output
    assert "Pedir un reembolso" in run(app, "query", "reembolso", "--locale", "es").output


def test_a_query_tells_its_reasons_when_asked(app: Flask, articles: dict[str, int]) -> None:
    assert "in title" not in run(app, "query", "refund").output
    told = run(app, "query", "refund", "--explain").output
    assert "refund → refund in title" in told
    assert "in all" in told
    begin_write()
    synonym.add("en", ["money"], ["refund"], by=None)
    pin.add("en", "money", ("article", articles["cancel"]), by=None)
    db.session.commit()
    told = run(app, "query", "money", "--explain").output
    assert "1. Cancel your plan  (pinned)" in told
    assert "money → refund in title" in told


def test_a_query_says_what_it_was_taken_for(app: Flask, articles: dict[str, int]) -> None:
    told = run(app, "query", "refnud", "--explain")
    assert "These are for “refund”" in told.output
    assert "1. Get a refund" in told.output
    nothing = run(app, "query", "zzzqqqxxxy")
    assert (nothing.exit_code, "0 found." in nothing.output) == (1, True)


def test_a_query_is_answered_from_titles_while_the_index_is_gone(app: Flask, articles: dict[str, int]) -> None:
    remove_index()
    told = run(app, "query", "refund", "--explain")
    assert "1. Get a refund" in told.output
    assert "helpcenter search health" in told.output


def test_health_counts_what_is_in_the_index_and_what_waits(
    app: Flask, articles: dict[str, int], settings: Settings
) -> None:
    put_article("Not indexed yet")
    told = run(app, "health")
    assert told.exit_code == 0, told.output
    lines = dict(line.split(None, 1) for line in told.output.splitlines() if not line.startswith(("held in", "size")))
    in_folder = {"segments": "1"} if settings.is_sqlite else {}
    assert lines == {"documents": "3", "applied": str(engine().applied()), "waiting": "1", **in_folder}
    assert ("the folder" if settings.is_sqlite else "the database") in told.output.splitlines()[0]


def test_health_fails_on_a_damaged_index_and_a_rebuild_mends_it(app: Flask, articles: dict[str, int]) -> None:
    break_index()
    told = run(app, "health")
    assert (told.exit_code, "damaged: " in told.output) == (1, True)
    assert run(app, "rebuild").output == "3 documents are in the new index.\n"
    assert run(app, "health").exit_code == 0


def test_health_fails_on_an_index_of_another_database(app: Flask, articles: dict[str, int]) -> None:
    engine().rebuild([], applied=99)
    told = run(app, "health")
    assert (told.exit_code, "another state of the database" in told.output) == (1, True)


def test_a_rebuild_takes_in_what_waited(app: Flask, articles: dict[str, int]) -> None:
    put_article("Not indexed yet")
    assert run(app, "rebuild").exit_code == 0
    assert outbox.count() == 0
    assert "Not indexed yet" in run(app, "query", "indexed").output


def test_a_rebuild_beside_another_says_so(app: Flask, articles: dict[str, int]) -> None:
    with another_engine().exclusive():
        told = run(app, "rebuild")
    assert (told.exit_code, "another process is writing the index" in told.output) == (1, True)


def evaluate(corpus: Path, *more: str) -> Result:
    files = ("--corpus", str(corpus), "--queries", str(LABELLED / "queries.jsonl"))
    return run(None, "evaluate", *files, "--qrels", str(LABELLED / "judgements.jsonl"), *more)


def test_a_labelled_set_is_measured_without_a_site() -> None:
    told = evaluate(LABELLED / "corpus.jsonl")
    assert told.exit_code == 0, told.output
    lines = dict(line.split()[:2] for line in told.output.splitlines() if "CPU" not in line)
    assert 0.9 < float(lines["nDCG@10"]) <= 1
    assert 0.9 < float(lines["MRR@10"]) <= 1
    assert 0.9 < float(lines["recall@10"]) <= 1
    assert lines["documents"] == "60"
    assert "CPU median" in told.output
    assert "CPU p95" in told.output


def test_a_bad_file_of_a_labelled_set_is_named_with_its_line(tmp_path: Path) -> None:
    bad = tmp_path / "corpus.jsonl"
    bad.write_text('{"_id": "0", "title": "t", "text": "x"}\nnonsense\n')
    told = evaluate(bad)
    assert (told.exit_code, told.output) == (1, f"Error: {bad}:2: this is no JSON\n")
    assert evaluate(tmp_path / "missing.jsonl").exit_code == 2
    assert evaluate(LABELLED / "corpus.jsonl", "--locale", "de").exit_code == 2
