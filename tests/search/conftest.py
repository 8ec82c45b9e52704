"""Each engine on an index of its own, and documents to put into it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from helpcenter.core.db import begin_write, db
from helpcenter.search import outbox
from helpcenter.search.document import Document
from helpcenter.search.engine import Engine
from helpcenter.search.postgres_engine.database import PooledDatabase
from helpcenter.search.postgres_engine.engine import PostgresEngine
from helpcenter.search.query import Query
from helpcenter.search.whoosh_engine.engine import WhooshEngine
from tests.conftest import TEST_DATABASE_URL
from tests.search.shelf import Shelf

TOPIC = 1
ENGINES = ("whoosh", "postgres") if TEST_DATABASE_URL else ("whoosh",)


def document(id: int, title: str, body: str = "", **more: object) -> Document:
    """An English article for everyone in the only topic, unless told otherwise."""
    given: dict[str, object] = {"kind": "article", "locale": "en", "topic_id": TOPIC, **more}
    return Document(id=id, title=title, body=body, **given)  # type: ignore[arg-type]


def query(text: str, locale: str = "en", **more: Any) -> Query:
    """A query of somebody who sees the only topic."""
    given: dict[str, Any] = {"visible_topics": frozenset({TOPIC}), **more}
    return Query(text, locale, **given)


def found(engine: Engine, text: str, locale: str = "en", **more: Any) -> list[int]:
    """The ids a query finds, best first."""
    return [hit.id for hit in engine.search(query(text, locale, **more)).hits]


@pytest.fixture
def index_path(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Engine:
    """An empty index, of each kind that the database of the tests allows."""
    engine = index_of(request)()
    engine.rebuild([])
    return engine


@pytest.fixture
def another(request: pytest.FixtureRequest, engine: Engine) -> Callable[[], Engine]:
    """Makes engines on the same index, as another process has them."""
    return index_of(request)


def index_of(request: pytest.FixtureRequest) -> Callable[[], Engine]:
    """Makes engines on the one index of a test, of the kind that its parameter names."""
    if request.node.callspec.params["engine"] == "postgres":
        request.getfixturevalue("app")
        site = db.engine
        return lambda: PostgresEngine(PooledDatabase(site))
    path = request.getfixturevalue("index_path")
    return lambda: WhooshEngine(path)


@pytest.fixture
def shelf(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    """A kind "thing" that the app knows during the test; its documents belong to no topic."""
    shelf = Shelf()
    monkeypatch.setitem(app.extensions["subjects"], "thing", shelf.subject())
    return shelf


def thing(id: int, title: str, body: str = "", **more: object) -> Document:
    """A document of the kind "thing"."""
    return document(id, title, body, **{"kind": "thing", "topic_id": None, **more})


def change(*ids: int) -> None:
    """Note things in the outbox as the act that changed them would."""
    begin_write()
    for id in ids:
        outbox.note("thing", id)
    db.session.commit()
