"""What each engine promises about writing: once, in order, by one writer, and never in the way of a reader."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from helpcenter.search.document import DocumentRefused
from helpcenter.search.engine import Engine, EngineBusy
from tests.search.conftest import document, found, query


def test_the_same_document_twice_in_a_batch_is_kept_once_and_the_later_one(engine: Engine) -> None:
    engine.index([document(1, "Refund old"), document(1, "Reembolso", locale="es"), document(1, "Refund new")])
    results = engine.search(query("refund"))
    assert [hit.title for hit in results.hits] == ["Refund new"]
    assert results.total == 1
    assert found(engine, "reembolso", "es") == [1]


def test_the_same_document_twice_in_a_rebuild_is_kept_once(engine: Engine) -> None:
    assert engine.rebuild([document(1, "Refund"), document(1, "Refund")]) == 1
    assert engine.search(query("refund")).total == 1


def test_an_updated_document_leaves_no_older_copy_in_any_segment(engine: Engine) -> None:
    for round in range(25):
        engine.index([document(1, f"Refund {round}"), document(100 + round, "Other")])
        assert [hit.title for hit in engine.search(query("refund")).hits] == [f"Refund {round}"]


def test_a_refused_document_stops_a_rebuild_and_the_old_index_stays(engine: Engine) -> None:
    engine.index([document(1, "Refund")])
    with pytest.raises(DocumentRefused):
        engine.rebuild([document(2, "Refund"), document(3, " ")])
    assert found(engine, "refund") == [1]
    assert engine.rebuild([document(4, "Refund")]) == 1
    assert found(engine, "refund") == [4], "what the stopped one had put there is gone"


def test_a_second_writer_is_told_so_at_once(engine: Engine, another: Callable[[], Engine]) -> None:
    other = another()
    with engine.exclusive():
        for act in (lambda: other.index([document(1, "Refund")]), lambda: other.rebuild([])):
            with pytest.raises(EngineBusy):
                act()
        engine.index([document(2, "Refund")])
    other.index([document(3, "Refund")])
    assert set(found(other, "refund")) == set(found(engine, "refund")) == {2, 3}


def test_two_threads_of_a_process_do_not_write_at_once(engine: Engine) -> None:
    outcomes: list[str] = []

    def write() -> None:
        try:
            engine.index([document(1, "Refund")])
            outcomes.append("written")
        except EngineBusy:
            outcomes.append("busy")

    with engine.exclusive():
        thread = threading.Thread(target=write)
        thread.start()
        thread.join()
    assert outcomes == ["busy"]


def test_a_reader_sees_what_another_process_committed(engine: Engine, another: Callable[[], Engine]) -> None:
    reader = another()
    assert found(reader, "refund") == []
    engine.index([document(1, "Refund")])
    assert found(reader, "refund") == [1]
    engine.delete([("article", 1)])
    assert found(reader, "refund") == []


def test_deleted_documents_do_not_come_back_for_a_reader_that_was_there_before(
    engine: Engine, another: Callable[[], Engine]
) -> None:
    reader = another()
    engine.index([document(n, "Refund") for n in range(1, 200)])
    for number in range(1, 60):
        assert number in {hit.id for hit in reader.lookup([("article", number)], query("refund"))}
        engine.delete([("article", number)])
        assert reader.lookup([("article", number)], query("refund")) == []
        assert reader.search(query("refund")).total == 199 - number
        assert number not in found(reader, "refund", limit=50)


def test_readers_are_never_disturbed_by_a_writer(engine: Engine, another: Callable[[], Engine]) -> None:
    engine.index([document(n, "Refund stays") for n in range(1, 30)])
    reader, stop, trouble = another(), threading.Event(), []

    def read() -> None:
        while not stop.is_set():
            try:
                results = reader.search(query("refund stays"))
                if results.total != 29:
                    trouble.append(f"total {results.total}")
            except Exception as error:
                trouble.append(repr(error))

    threads = [threading.Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(100, 130):
        engine.index([document(number, "Something else")])
    engine.rebuild([document(n, "Refund stays") for n in range(1, 30)])
    stop.set()
    for thread in threads:
        thread.join()
    assert trouble == []


def test_a_long_query_takes_no_longer_than_a_short_one_may(engine: Engine) -> None:
    engine.index([document(1, "Refund")])
    asked = query("(refund OR " * 4_000)
    assert len(asked.text) <= 200
    assert found(engine, asked.text) == [1]


def test_the_number_of_the_outbox_stays_with_the_commit(engine: Engine, another: Callable[[], Engine]) -> None:
    engine.index([document(1, "Refund")], applied=41)
    engine.delete([("article", 1)])
    assert another().health().applied == 41
    engine.apply((), (), applied=44)
    engine.index([document(n, "Refund") for n in range(1, 40)])
    assert another().health().applied == 44
    engine.rebuild([], applied=7)
    assert engine.health().applied == 7
