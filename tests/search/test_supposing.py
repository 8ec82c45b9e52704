"""What the index says it will find once a document is in, and what it finds then."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpcenter.search.document import Document, DocumentRefused
from helpcenter.search.engine import Engine
from tests.search.conftest import document, found, query

WORDS = ("refund", "invoice", "card", "payments", "harbour", "sail", "mooring", "boat")
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join)


@st.composite
def shelves(draw: st.DrawFn) -> list[Document]:
    """A few documents, some of them changed since the index was built."""
    pairs = draw(st.lists(st.tuples(texts, texts), max_size=30))
    return [document(id, title, body) for id, (title, body) in enumerate(pairs, 1)]


@given(
    held=shelves(),
    changed=st.lists(st.tuples(st.integers(1, 30), texts), max_size=6),
    id=st.integers(1, 31),
    title=texts,
    body=texts,
    asked=st.lists(texts | st.sampled_from(("refnud", "invoic", "sale boat")), min_size=1, max_size=4),
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_promised_is_what_comes(
    engine: Engine,
    held: list[Document],
    changed: list[tuple[int, str]],
    id: int,
    title: str,
    body: str,
    asked: list[str],
) -> None:
    engine.rebuild(held)
    for other, words in changed:
        engine.index([document(other, words)])
    draft = document(id, title, body)
    supposed = engine.supposing([draft])
    promised = [supposed.search(query(text)) for text in asked]
    engine.index([draft])
    assert [engine.search(query(text)) for text in asked] == promised


def test_the_index_itself_stays_as_it_is(engine: Engine, another: Callable[[], Engine]) -> None:
    engine.index([document(1, "Cards")])
    supposed = engine.supposing([document(2, "Refunds")])
    assert [hit.id for hit in supposed.search(query("refunds")).hits] == [2]
    assert found(engine, "refunds") == found(another(), "refunds") == []
    assert engine.health() == another().health()
    assert engine.health().documents == 1


def test_a_supposed_document_takes_the_place_of_the_one_that_is_there(engine: Engine) -> None:
    engine.index([document(1, "Cards"), document(1, "Tarjetas", locale="es")])
    supposed = engine.supposing([document(1, "Refunds"), document(1, "Tarjetas", locale="es")])
    assert [len(supposed.search(query(text)).hits) for text in ("cards", "refunds")] == [0, 1]
    assert len(supposed.search(query("tarjetas", "es")).hits) == 1
    assert found(engine, "cards") == [1]


def test_what_is_looked_up_is_found_as_it_will_be(engine: Engine, another: Callable[[], Engine]) -> None:
    engine.index([document(1, "Cards"), document(2, "Boats"), document(3, "Harbour")])
    changes = [document(1, "Refunds"), document(4, "Sails"), document(3, "Puerto", locale="es")]
    wanted = [("article", id) for id in (4, 3, 2, 1, 9)]
    supposed = engine.supposing(changes)
    promised = {locale: supposed.lookup(wanted, query("", locale)) for locale in ("en", "es", "ru")}
    assert [hit.title for hit in promised["en"]] == ["Sails", "Boats", "Refunds"]
    engine.index(changes)
    for locale, hits in promised.items():
        assert hits == another().lookup(wanted, query("", locale))


def test_what_a_filter_leaves_out_is_counted_all_the_same(engine: Engine, another: Callable[[], Engine]) -> None:
    engine.index([document(1, "Refunds", kind="question")])
    asked = query("refunds", kinds=frozenset({"question"}))
    promised = engine.supposing([document(2, "Refunds")]).search(asked)
    engine.index([document(2, "Refunds")])
    came = another().search(asked)
    assert [hit.id for hit in promised.hits] == [hit.id for hit in came.hits] == [1]
    assert promised.facets == came.facets


def test_it_goes_on_answering_when_the_index_has_moved_on(engine: Engine) -> None:
    engine.index([document(1, "Cards")])
    supposed = engine.supposing([document(2, "Refunds of cards")])
    engine.rebuild([])
    assert supposed.search(query("cards refunds")).hits[0].id == 2


def test_it_needs_a_document_that_can_be_held(engine: Engine) -> None:
    with pytest.raises(DocumentRefused):
        engine.supposing([document(1, " ")])
