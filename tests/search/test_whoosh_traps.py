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
from helpcenter.search.engine import EngineUnavailable
from helpcenter.search.whoosh_engine import writing
from helpcenter.search.whoosh_engine.engine import WhooshEngine
from helpcenter.search.whoosh_engine.storage import DurableStorage
from tests.search.conftest import document, found, query


@pytest.fixture
def engine(index_path: Path) -> WhooshEngine:
    """An empty index on disk; its traps are those of its library."""
    engine = WhooshEngine(index_path)
    engine.rebuild([])
    return engine


def test_segments_stay_few(engine: WhooshEngine) -> None:
    for number in range(1, 120):
        engine.index([document(number, f"Refund {number}")])
    assert engine.health().documents == 119
    assert (engine.health().parts or 0) <= 8
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


def test_a_stopped_rebuild_leaves_no_second_folder(engine: WhooshEngine, index_path: Path) -> None:
    with pytest.raises(DocumentRefused):
        engine.rebuild([document(2, "Refund"), document(3, " ")])
    assert len([path for path in index_path.iterdir() if path.is_dir()]) == 1


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
