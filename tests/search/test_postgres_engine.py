"""What is true of the index in PostgreSQL alone: its tables agree, its lock is the database's, and nothing is on disk."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy import text

from config import Settings
from helpcenter.accounts.viewer import STRANGER
from helpcenter.core import clock
from helpcenter.core.db import begin_write, db
from helpcenter.search import drainer, finding
from helpcenter.search.document import Document
from helpcenter.search.engine import EngineDamaged, EngineUnavailable
from helpcenter.search.engines import FOLDER, apart
from helpcenter.search.engines import engine as engine_of_site
from helpcenter.search.postgres_engine import building, inspection, statements
from helpcenter.search.postgres_engine import state as states
from helpcenter.search.postgres_engine.database import PooledDatabase
from helpcenter.search.postgres_engine.engine import PostgresEngine
from helpcenter.search.postgres_engine.errors import IndexMoved
from helpcenter.search.postgres_engine.source import TableSource
from helpcenter.search.terms import Group
from tests.conftest import TEST_DATABASE_URL
from tests.search.conftest import change, document, found, query, thing
from tests.search.shelf import Shelf

pytestmark = pytest.mark.skipif(not TEST_DATABASE_URL, reason="this is the engine of PostgreSQL")

WORDS = st.lists(st.sampled_from(("refund", "refunds", "card", "utm_source", "boat")), max_size=4).map(" ".join)
DOCUMENTS = st.builds(
    document,
    st.integers(1, 6),
    WORDS.map(lambda text: text or "empty"),
    WORDS,
    locale=st.sampled_from(("en", "es")),
    topic_id=st.sampled_from((None, 1, 2)),
    keywords=st.tuples(WORDS),
)
STEPS = st.lists(st.lists(DOCUMENTS, max_size=3) | st.integers(1, 6), max_size=6)


@pytest.fixture
def engine(app: Flask) -> PostgresEngine:
    """An empty index."""
    engine = PostgresEngine(PooledDatabase(db.engine))
    engine.rebuild([])
    return engine


def do(statement: str) -> None:
    """Do something to the tables that no engine does."""
    with db.engine.begin() as connection:
        connection.execute(text(statement))


def inspect() -> None:
    with db.engine.connect() as connection:
        inspection.inspect(connection, states.read(connection, states.Places()))


@given(held=st.lists(DOCUMENTS, max_size=4), steps=STEPS)
@hypothesis_settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_changes_the_tables_agree_and_answer_as_if_built_at_once(
    engine: PostgresEngine, held: list[Document], steps: list[list[Document] | int]
) -> None:
    engine.rebuild(held)
    kept = {one.subject: {} for one in held}
    for one in held:
        kept[one.subject].setdefault(one.locale, one)
    for step in steps:
        if isinstance(step, int):
            engine.delete([("article", step)])
            kept.pop(("article", step), None)
        else:
            engine.index(step)
            kept |= {one.subject: {} for one in step}
            for one in step:
                kept[one.subject][one.locale] = one
    inspect()
    asked = [query("refund card boat", locale, visible_topics=frozenset({1, 2})) for locale in ("en", "es")]
    answers = [engine.search(one) for one in asked]
    engine.rebuild([one for of_subject in kept.values() for one in of_subject.values()])
    for before, after in zip(answers, [engine.search(one) for one in asked], strict=True):
        assert (before.total, before.facets) == (after.total, after.facets)
        assert {(hit.id, hit.score) for hit in before.hits} == {(hit.id, hit.score) for hit in after.hits}


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM search_document_{slot}",
        "DELETE FROM search_posting_{slot} WHERE term = 1",
        "UPDATE search_posting_{slot} SET document = document + 100",
        "UPDATE search_posting_{slot} SET place = place + 1",
        "UPDATE search_term_{slot} SET body = body + 1 WHERE id = 1",
        "DELETE FROM search_term_{slot} WHERE id = 1",
        "DELETE FROM search_word_{slot} WHERE word = 'refund'",
        "UPDATE search_word_{slot} SET places = ARRAY[2]",
    ],
)
def test_tables_that_do_not_agree_are_found_out_after_a_doubt(engine: PostgresEngine, statement: str) -> None:
    engine.rebuild([document(1, "Refund"), document(2, "Refund of a card")])
    inspect()
    with db.engine.connect() as connection:
        slot = states.read(connection, states.Places()).slot
    do(statement.replace("{slot}", slot))
    engine.doubt()
    with pytest.raises(EngineDamaged):
        engine.verify()


def test_a_restore_without_the_tables_is_found_out_without_a_doubt(app: Flask, shelf: Shelf) -> None:
    shelf.put(thing(1, "Refund"))
    drainer.drain()
    do("TRUNCATE search_posting_a, search_posting_b, search_document_a, search_document_b")
    drainer.drain()
    assert [hit.id for hit in finding.find("refund", "en", STRANGER).hits] == [1]


def test_a_failed_question_is_answered_from_titles_and_leaves_the_request_fit(
    app: Flask, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.put(thing(1, "Refund"))
    drainer.drain()
    asked = len(shelf.asked)
    statements.of_slot.cache_clear()
    monkeypatch.setattr(statements, "TERMS", "SELECT no_such_column FROM search_term_{slot}")
    results = finding.find("refund", "en", STRANGER)
    assert (results.is_degraded, [hit.id for hit in results.hits]) == (True, [1])
    begin_write()
    assert finding.find("refund", "en", STRANGER).is_degraded, "within a write too, which goes on"
    db.session.execute(text("SELECT 1"))
    db.session.commit()
    monkeypatch.undo()
    app.extensions["subjects"]["thing"] = shelf.subject()
    drainer.drain()
    assert not finding.find("refund", "en", STRANGER).is_degraded
    assert len(shelf.asked) == asked, "the index was whole, so nothing was built anew"
    del app.extensions["subjects"]["thing"]


def test_whoever_lost_the_lock_writes_no_more(engine: PostgresEngine) -> None:
    other = PostgresEngine(PooledDatabase(db.engine))
    with engine.exclusive():
        held = "SELECT pid FROM pg_locks JOIN pg_database ON oid = database WHERE locktype = 'advisory' AND datname = "
        do(f"SELECT pg_terminate_backend(pid) FROM ({held} current_database()) AS holder")
        with pytest.raises(EngineUnavailable):
            engine.index([document(1, "Refund of the first")])
        other.index([document(1, "Refund of the second")])
    assert [hit.title for hit in engine.search(query("refund")).hits] == ["Refund of the second"]
    engine.index([document(2, "Refund")])
    assert set(found(other, "refund")) == {1, 2}


def test_the_site_keeps_no_index_on_disk(app: Flask, shelf: Shelf, settings: Settings) -> None:
    shelf.put(thing(1, "Refund"))
    change(1)
    drainer.drain()
    assert isinstance(engine_of_site(), PostgresEngine)
    assert [hit.id for hit in finding.find("refund", "en", STRANGER).hits] == [1]
    assert not (settings.data_dir / FOLDER).exists()


def test_the_slot_before_is_emptied_a_minute_later(engine: PostgresEngine) -> None:
    def rows() -> int:
        with db.engine.connect() as connection:
            return sum(connection.scalar(text(f"SELECT count(*) FROM search_document_{slot}")) or 0 for slot in "ab")

    for _ in range(2):
        engine.rebuild([document(1, "Refund"), document(2, "Refund")])
    engine.verify()
    assert rows() == 4, "somebody may still be reading it"
    with clock.moved(clock.now() + timedelta(minutes=2)):
        engine.verify()
    assert rows() == 2
    assert engine.search(query("refund")).total == 2


def test_a_question_that_two_rebuilds_overtook_is_asked_again(engine: PostgresEngine) -> None:
    engine.rebuild([document(1, "Refund")])
    with db.engine.connect() as connection:
        source = TableSource(connection, states.read(connection, states.Places()), query("refund"))
        source.expect({"en": ["refund"]})
        connection.rollback()
        for _ in range(2):
            engine.rebuild([document(1, "Refund")])
        with pytest.raises(IndexMoved):
            source.found([Group("refund", (("refund", 1.0),))], {}, 10)


@pytest.mark.parametrize("is_held", [False, True])
def test_a_large_slot_is_emptied_and_sorted_whether_or_not_somebody_holds_it(
    engine: PostgresEngine, monkeypatch: pytest.MonkeyPatch, is_held: bool
) -> None:
    monkeypatch.setattr(building, "LARGEST_DELETED_BYTES", 0)
    monkeypatch.setattr(building, "FEWEST_SORTED", 1)
    monkeypatch.setattr(building, "PATIENCE", "20ms")
    engine.rebuild([document(1, "Refund")])
    with db.engine.connect() as connection:
        if is_held:
            for slot in "ab":
                connection.execute(text(f"SELECT 1 FROM search_posting_{slot}"))
        engine.rebuild([document(n, "Refund") for n in range(1, 4)])
        assert engine.search(query("refund")).total == 3
        engine.rebuild([document(n, "Refund") for n in range(1, 3)])
    assert engine.search(query("refund")).total == 2
    inspect()


HOSTILE: list[dict[str, Any]] = [
    {"text": "refund\0\ud800card"},
    {"text": " ".join("abcdefghij" * 20)},
    {"text": "refund", "tags": frozenset({"\0", "\ud800", "money"})},
    {"text": "refund", "kinds": frozenset({"\0\ud800"})},
    {"text": "%s %(allowed)s {slot} :name \\ ' \" $1"},
    {"text": "refund" + "\U0010ffff" * 50},
]


@pytest.mark.parametrize("given", HOSTILE)
def test_no_text_does_harm(engine: PostgresEngine, given: dict[str, Any]) -> None:
    engine.index([document(1, "Refund\0 of a\0card", "Body\0", keywords=("a\0b",), tags=("mo\0ney",))])
    for unfinished in (False, True):
        asked = query(**given, unfinished=unfinished)
        engine.search(asked)
        engine.complete(asked)
        engine.correct(asked)
        engine.explain(asked, ("article", 1))
        engine.answering(query(**{**given, "is_message": True}))
        assert engine.lookup([("article", 2**70), ("article", -1), ("article", 1)], query("refund"))[0].id == 1
    inspect()


def test_what_is_measured_apart_leaves_no_trace(engine: PostgresEngine, settings: Settings) -> None:
    engine.rebuild([document(1, "Refund")])
    with apart("postgres", settings) as other:
        assert other.rebuild([document(n, "Refund card") for n in range(1, 4)]) == 3
        other.index([document(9, "Refund")])
        assert other.search(query("refund")).total == 4
        assert engine.search(query("refund")).total == 1
    assert (engine.health().documents, found(engine, "card")) == (1, [])
