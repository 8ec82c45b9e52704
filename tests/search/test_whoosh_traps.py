"""What the library below gets wrong when it is left alone, each met once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from helpcenter.search.document import Document, DocumentRefused
from helpcenter.search.engine import EngineBusy, EngineUnavailable
from helpcenter.search.whoosh_engine import writing
from helpcenter.search.whoosh_engine.engine import WhooshEngine
from helpcenter.search.whoosh_engine.storage import DurableStorage
from tests.search.conftest import document, found, query


def test_the_same_document_twice_in_a_batch_is_kept_once_and_the_later_one(engine: WhooshEngine) -> None:
    engine.index([document(1, "Refund old"), document(1, "Reembolso", locale="es"), document(1, "Refund new")])
    results = engine.search(query("refund"))
    assert [hit.title for hit in results.hits] == ["Refund new"]
    assert results.total == 1
    assert found(engine, "reembolso", "es") == [1]


def test_the_same_document_twice_in_a_rebuild_is_kept_once(engine: WhooshEngine) -> None:
    assert engine.rebuild([document(1, "Refund"), document(1, "Refund")]) == 1
    assert engine.search(query("refund")).total == 1


def test_an_updated_document_leaves_no_older_copy_in_any_segment(engine: WhooshEngine) -> None:
    for round in range(25):
        engine.index([document(1, f"Refund {round}"), document(100 + round, "Other")])
        assert [hit.title for hit in engine.search(query("refund")).hits] == [f"Refund {round}"]


def test_segments_stay_few(engine: WhooshEngine) -> None:
    for number in range(1, 120):
        engine.index([document(number, f"Refund {number}")])
    assert engine.health().documents == 119
    assert engine.health().segments <= 8
    assert engine.search(query("refund")).total == 119


def test_a_bad_document_does_not_spoil_the_writer(engine: WhooshEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    good = writing.fields_of

    def refusing(one: Document) -> dict[str, object]:
        return good(one) if one.id != 2 else {"no_such_field": "x"}

    monkeypatch.setattr(writing, "fields_of", refusing)
    with pytest.raises(Exception, match="no_such_field"):
        engine.index([document(1, "Refund"), document(2, "Refund")])
    monkeypatch.undo()
    assert found(engine, "refund") == []
    engine.index([document(3, "Refund")])
    assert found(engine, "refund") == [3]


def test_a_refused_document_stops_a_rebuild_and_the_old_index_stays(engine: WhooshEngine, index_path: Path) -> None:
    engine.index([document(1, "Refund")])
    with pytest.raises(DocumentRefused):
        engine.rebuild([document(2, "Refund"), document(3, " ")])
    assert found(engine, "refund") == [1]
    assert len([path for path in index_path.iterdir() if path.is_dir()]) == 1


def test_a_second_writer_is_told_so_at_once(engine: WhooshEngine, index_path: Path) -> None:
    other = WhooshEngine(index_path)
    with engine.exclusive():
        for act in (lambda: other.index([document(1, "Refund")]), lambda: other.rebuild([])):
            with pytest.raises(EngineBusy):
                act()
        engine.index([document(2, "Refund")])
    other.index([document(3, "Refund")])
    assert set(found(other, "refund")) == set(found(engine, "refund")) == {2, 3}


def test_two_threads_of_a_process_do_not_write_at_once(engine: WhooshEngine) -> None:
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


def test_a_reader_sees_what_another_process_committed(engine: WhooshEngine, index_path: Path) -> None:
    reader = WhooshEngine(index_path)
    assert found(reader, "refund") == []
    engine.index([document(1, "Refund")])
    assert found(reader, "refund") == [1]
    engine.delete([("article", 1)])
    assert found(reader, "refund") == []


def test_deleted_documents_do_not_come_back_for_a_reader_that_was_there_before(
    engine: WhooshEngine, index_path: Path
) -> None:
    reader = WhooshEngine(index_path)
    engine.index([document(n, "Refund") for n in range(1, 200)])
    for number in range(1, 60):
        assert number in {hit.id for hit in reader.lookup([("article", number)], query("refund"))}
        engine.delete([("article", number)])
        assert reader.lookup([("article", number)], query("refund")) == []
        assert reader.search(query("refund")).total == 199 - number
        assert number not in found(reader, "refund", limit=50)


def test_readers_are_never_disturbed_by_a_writer(engine: WhooshEngine, index_path: Path) -> None:
    engine.index([document(n, "Refund stays") for n in range(1, 30)])
    reader, stop, trouble = WhooshEngine(index_path), threading.Event(), []

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


def test_a_long_query_takes_no_longer_than_a_short_one_may(engine: WhooshEngine) -> None:
    engine.index([document(1, "Refund")])
    asked = query("(refund OR " * 4_000)
    assert len(asked.text) <= 200
    assert found(engine, asked.text) == [1]


def test_what_a_commit_wrote_is_on_the_disk_before_it_counts(
    engine: WhooshEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    events: list[str] = []
    real_sync, real_rename = os.fsync, os.rename

    def sync(handle: int) -> None:
        events.append(f"sync {Path(f'/proc/self/fd/{handle}').readlink().suffix.removeprefix('.')}")
        real_sync(handle)

    def rename(old: str, new: str) -> None:
        events.append(f"rename {Path(new).suffix}")
        real_rename(old, new)

    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(os, "rename", rename)
    engine.index([document(1, "Refund")])
    counts = events.index("rename .toc")
    assert {"sync seg", "sync sum"} <= set(events[:counts])
    assert "sync " in events[counts + 1 :]  # the folder, for the new name


def test_a_full_disk_is_not_called_damage_and_leaves_no_lock(
    engine: WhooshEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine.index([document(1, "Refund")])

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(DurableStorage, "rename_file", full)
    with pytest.raises(EngineUnavailable):
        engine.index([document(2, "Refund")])
    with pytest.raises(EngineUnavailable):
        engine.rebuild([document(2, "Refund")])
    assert found(engine, "refund") == [1]
    monkeypatch.undo()
    engine.index([document(3, "Refund")])
    assert set(found(engine, "refund")) == {1, 3}


def test_the_number_of_the_outbox_stays_with_the_commit(engine: WhooshEngine, index_path: Path) -> None:
    engine.index([document(1, "Refund")], applied=41)
    engine.delete([("article", 1)])
    assert WhooshEngine(index_path).health().applied == 41
    engine.apply((), (), applied=44)
    engine.index([document(n, "Refund") for n in range(1, 40)])
    assert WhooshEngine(index_path).health().applied == 44
    engine.rebuild([], applied=7)
    assert engine.health().applied == 7


WRITER = """
import sys
from pathlib import Path
from helpcenter.search.whoosh_engine.engine import WhooshEngine
from tests.search.conftest import document
engine = WhooshEngine(Path(sys.argv[1]))
number = 0
while True:
    number += 1
    engine.index([document(id, f"Refund {number}", "word " * 200) for id in (1, 2)], number)
    print(number, flush=True)
"""


def _killed_while_writing(path: Path, seconds: float) -> int:
    """The last commit the process told of before it was killed."""
    process = subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(seconds)
    os.kill(process.pid, signal.SIGKILL)
    told = ["1", *process.stdout.read().split()]
    process.wait()
    return int(told[-1])


@pytest.mark.parametrize("seconds", [0.05, 0.13, 0.21, 0.34])
def test_a_writer_killed_at_any_moment_loses_no_commit_and_no_lock(index_path: Path, seconds: float) -> None:
    engine = WhooshEngine(index_path)
    engine.rebuild([])
    told = _killed_while_writing(index_path, seconds)
    applied = engine.health().applied
    assert applied >= told
    titles = {hit.title for hit in engine.search(query("refund")).hits}
    assert titles == {f"Refund {applied}"}
    engine.index([document(3, "Refund after")], applied + 1)
    assert engine.search(query("refund")).total == 3


@pytest.fixture(autouse=True)
def _no_threads_left() -> Iterator[None]:
    before = threading.active_count()
    yield
    assert threading.active_count() <= before
