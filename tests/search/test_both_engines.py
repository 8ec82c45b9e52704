"""Both engines on the same documents: whoever moves from one to the other finds the same."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from statistics import fmean

import frontmatter
import pytest
from flask import Flask

from helpcenter.core.db import db
from helpcenter.search.correction import one_slip_away
from helpcenter.search.document import Document
from helpcenter.search.engine import Engine, Hit
from helpcenter.search.labelled_set import load
from helpcenter.search.postgres_engine.database import PooledDatabase
from helpcenter.search.postgres_engine.engine import PostgresEngine
from helpcenter.search.query import Query
from helpcenter.search.whoosh_engine.engine import WhooshEngine
from tests.conftest import TEST_DATABASE_URL
from tests.search.conftest import query

pytestmark = pytest.mark.skipif(not TEST_DATABASE_URL, reason="one of the engines is PostgreSQL's")

MANUAL = Path(__file__).parent.parent.parent / "articles"
LABELLED = Path(__file__).parent / "labelled"
LEAST_IN_COMMON = 0.9
HIDDEN = 5
"""The topic that nobody of these tests sees."""


@pytest.fixture
def engines(app: Flask, index_path: Path) -> tuple[Engine, Engine]:
    return WhooshEngine(index_path), PostgresEngine(PooledDatabase(db.engine))


def labelled() -> tuple[list[Document], list[Query]]:
    found = load(LABELLED / "corpus.jsonl", LABELLED / "queries.jsonl", LABELLED / "judgements.jsonl")
    return list(found.documents), [query(one.text, one.locale) for one in found.questions]


def manual() -> tuple[list[Document], list[Query]]:
    """The English manual in seven topics, one of them hidden, and its titles as questions."""
    documents = []
    for number, path in enumerate(sorted((MANUAL / "en").rglob("*.md")), 1):
        page = frontmatter.loads(path.read_text())
        topic, tags = 1 + number % 7, ("even",) * (number % 2 == 0)
        keywords = tuple(str(word) for word in page.get("keywords", ()))
        if page.get("title"):
            title = str(page["title"])
            documents.append(Document("article", number, "en", title, page.content, keywords, topic, tags=tags))
    seen = frozenset(range(1, 8)) - {HIDDEN}
    titles = [query(one.title, visible_topics=seen) for one in documents]
    return documents, [*titles[::3], *(replace(one, tags=frozenset({"even"})) for one in titles[1::9])]


def mistyped(questions: list[Query]) -> Iterator[Query]:
    """Every fourth of them with one slip in its longest word."""
    chance = random.Random(11)
    for one in questions[::4]:
        word = max(one.text.split(), key=len)
        yield replace(one, text=one.text.replace(word, chance.choice(sorted(set(one_slip_away(word, "aeiост"))))))


@pytest.mark.parametrize("corpus", [labelled, manual])
def test_the_first_ten_are_the_same(engines: tuple[Engine, Engine], corpus: object) -> None:
    documents, questions = corpus()  # type: ignore[operator]
    for engine in engines:
        engine.rebuild(documents)
    questions = [*questions, *mistyped(questions)]
    answers = [[engine.search(one) for one in questions] for engine in engines]
    for one, found, other in zip(questions, *answers, strict=True):
        assert (found.total, found.facets, found.correction) == (other.total, other.facets, other.correction), one.text
    assert fmean(in_common(found.hits, other.hits) for found, other in zip(*answers, strict=True)) >= LEAST_IN_COMMON
    firsts = [(found.hits[:1], other.hits[:1]) for found, other in zip(*answers, strict=True)]
    same = [[hit.subject for hit in one] == [hit.subject for hit in other] for one, other in firsts]
    assert fmean(same) >= LEAST_IN_COMMON


@pytest.mark.parametrize("corpus", [labelled, manual])
def test_a_message_and_a_beginning_are_understood_alike(engines: tuple[Engine, Engine], corpus: object) -> None:
    documents, questions = corpus()  # type: ignore[operator]
    for engine in engines:
        engine.rebuild(documents)
    asked = questions[::5]
    messages = [replace(one, text=f"{one.text}. {two.text}", is_message=True) for one, two in pairwise(asked)]
    told = [[engine.answering(one) for one in messages] for engine in engines]
    assert fmean(in_common(found, other) for found, other in zip(*told, strict=True)) >= LEAST_IN_COMMON
    for one in asked:
        begun = replace(one, text=one.text[: 2 * len(one.text) // 3], unfinished=True)
        completions = [engine.complete(begun) for engine in engines]
        assert completions[0].titles == completions[1].titles
        assert set(completions[0].texts) == set(completions[1].texts), begun.text


def in_common(found: tuple[Hit, ...], other: tuple[Hit, ...]) -> float:
    """The share of the first ten that both found; 1 when neither found any."""
    ids = {hit.subject for hit in found[:10]}
    return len(ids & {hit.subject for hit in other[:10]}) / len(ids) if ids else 1.0 - bool(other)
