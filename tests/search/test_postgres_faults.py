"""What the index in PostgreSQL does when its database refuses, moves on, or does not say what it should."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import create_engine, text

from config import Settings
from helpcenter.core.db import db
from helpcenter.search.engine import EngineDamaged, EngineUnavailable
from helpcenter.search.engines import apart
from helpcenter.search.postgres_engine import state as states
from helpcenter.search.postgres_engine.database import PooledDatabase
from helpcenter.search.postgres_engine.engine import PostgresEngine
from helpcenter.search.postgres_engine.rows import prepared
from helpcenter.search.postgres_engine.source import TableSource
from helpcenter.search.postgres_engine.supposing import SupposedSource, overlay_on
from tests.conftest import TEST_DATABASE_URL
from tests.search.conftest import document, found, query

pytestmark = pytest.mark.skipif(not TEST_DATABASE_URL, reason="this is the engine of PostgreSQL")
HOLDERS = """
SELECT pg_terminate_backend(pid) FROM pg_locks JOIN pg_database ON oid = database
WHERE locktype = 'advisory' AND datname = current_database()
"""


@pytest.fixture
def engine(app: Flask) -> PostgresEngine:
    """An index of one document."""
    engine = PostgresEngine(PooledDatabase(db.engine))
    engine.rebuild([document(1, "Refund of cards")])
    return engine


def do(statement: str) -> None:
    with db.engine.begin() as connection:
        connection.execute(text(statement))


def slot() -> str:
    with db.engine.connect() as connection:
        return states.read(connection, states.Places()).slot


def test_a_lock_whose_connection_died_while_nobody_wrote_keeps_nobody_from_writing(engine: PostgresEngine) -> None:
    with engine.exclusive():
        do(HOLDERS)
    engine.index([document(2, "Refund")])
    assert set(found(engine, "refund")) == {1, 2}


def test_when_no_connection_is_free_the_index_is_away(engine: PostgresEngine) -> None:
    small = create_engine(db.engine.url, pool_size=1, max_overflow=0, pool_timeout=0.01)
    asked = PostgresEngine(PooledDatabase(small))
    with small.connect(), pytest.raises(EngineUnavailable, match="no connection"):
        asked.search(query("refund"))
    assert found(asked, "refund") == [1]
    small.dispose()


def test_a_document_at_a_place_that_nobody_knows_is_damage(engine: PostgresEngine) -> None:
    do(f"UPDATE search_document_{slot()} SET place = 2")
    with pytest.raises(EngineDamaged, match="at the place 2"):
        engine.search(query("refund"))


def test_an_index_that_is_replaced_whenever_it_is_asked_is_away(
    engine: PostgresEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(states, "READ_PLACES", f"{states.READ_PLACES} AND build < 0")
    with pytest.raises(EngineUnavailable, match="again and again"):
        PostgresEngine(PooledDatabase(db.engine)).search(query("refund"))


def test_an_index_apart_can_be_doubted_and_looked_through(engine: PostgresEngine, settings: Settings) -> None:
    with apart("postgres", settings) as other:
        other.rebuild([document(1, "Refund")])
        other.doubt()
        other.verify()
        assert found(other, "refund") == [1]


def test_a_word_is_asked_for_when_nobody_announced_it(engine: PostgresEngine) -> None:
    with db.engine.connect() as connection:
        source = TableSource(connection, states.read(connection, states.Places()), query("refund"))
        assert (source.frequency("refund"), source.frequency("boat")) == (1, 0)


def test_one_letter_is_not_completed(engine: PostgresEngine) -> None:
    with db.engine.connect() as connection:
        words = TableSource(connection, states.read(connection, states.Places()), query("")).words
        assert (words.completions("c", 5), words.completions("ca", 5)) == ([], ["cards"])


def test_subjects_that_no_table_could_hold_are_not_there(engine: PostgresEngine) -> None:
    assert engine.lookup([("article", 2**70), ("article", 0)], query("refund")) == []


def test_the_words_of_a_supposed_document_are_known_and_completed_only_once_it_is_there(engine: PostgresEngine) -> None:
    with db.engine.connect() as connection:
        state = states.read(connection, states.Places())
        overlay = overlay_on(connection, state, [prepared(document(2, "Quay cards"))])
        words = SupposedSource(connection, overlay, query("")).words
        assert words.begun({"qu", "ca", "zz"}) == {"qu", "ca"}
        assert list(words.beginning_with("q", range(3, 6))) == ["quay"]
        assert list(words.first_of_each(["qu", "re"], 1)) == [("qu", "quay"), ("re", "refund")]
        assert words.counts(["quay", "cards", "none"]) == {"quay": 1, "cards": 2}
        assert (words.completions("qu", 5), words.completions("ca", 5)) == ([], ["cards"])
