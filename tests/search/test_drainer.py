from __future__ import annotations

import subprocess
import sys
import time

import pytest
from flask import Flask

from config import Settings
from drills.running_site import until
from helpcenter.core import jobs
from helpcenter.core.db import begin_write, db, is_writing
from helpcenter.search import drainer, outbox
from helpcenter.search.document import Document
from helpcenter.search.engine import Engine, EngineBusy
from helpcenter.search.engines import engine
from tests.search.conftest import change, query, thing
from tests.search.damage import another_engine, kept_copy, remove_index, take_a_piece
from tests.search.shelf import Shelf, numbered_things


def _ids(text: str, locale: str = "en") -> set[int]:
    return {hit.id for hit in engine().search(query(text, locale, limit=50)).hits}


def test_a_change_is_found_after_the_drain_and_a_deletion_is_not(app: Flask, shelf: Shelf) -> None:
    shelf.put(thing(1, "Refund"), thing(1, "Reembolso", locale="es"))
    change(1)
    assert drainer.drain() == 1
    assert _ids("refund") == _ids("reembolso", "es") == {1}
    del shelf.documents[1]
    change(1)
    drainer.drain()
    assert _ids("refund") == _ids("reembolso", "es") == set()
    assert outbox.waiting().newest == 0


def test_a_language_that_went_away_leaves_the_index(app: Flask, shelf: Shelf) -> None:
    shelf.put(thing(1, "Refund"), thing(1, "Reembolso", locale="es"))
    change(1)
    drainer.drain()
    shelf.documents[1] = [thing(1, "Refund")]
    change(1)
    drainer.drain()
    assert (_ids("refund"), _ids("reembolso", "es")) == ({1}, set())


def test_the_first_drain_builds_the_index_from_everything(app: Flask, shelf: Shelf) -> None:
    shelf.put(*(thing(n, "Refund") for n in range(1, 30)))
    drainer.drain()
    assert engine().health().documents == 29


def test_many_changes_become_several_commits_with_progress(
    app: Flask, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drainer, "MOST_SUBJECTS", 10)
    drainer.drain()
    shelf.put(*(thing(n, "Refund") for n in range(1, 36)))
    change(*range(1, 36), *range(1, 36))
    seen: list[int] = []
    assert drainer.drain(seen.append) == seen[-1]
    assert seen == sorted(set(seen))
    assert len(seen) >= 4
    assert len(_ids("refund")) == 35


def test_a_subject_is_asked_for_once_in_a_batch(app: Flask, shelf: Shelf) -> None:
    drainer.drain()
    shelf.put(thing(1, "Refund"))
    change(1, 1, 1)
    shelf.asked.clear()
    drainer.drain()
    assert shelf.asked == [(1,)]


def test_the_write_lock_is_free_while_documents_are_read_and_indexed(
    app: Flask, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    states: list[bool] = []
    real = type(engine()).apply

    def watched(self: Engine, *arguments: object) -> None:
        states.append(db.session().in_transaction() or is_writing(db.session()))
        real(self, *arguments)  # type: ignore[arg-type]

    drainer.drain()
    monkeypatch.setattr(type(engine()), "apply", watched)
    shelf.put(thing(1, "Refund"))
    change(1)
    drainer.drain()
    assert states == [False]


def test_a_crash_after_the_index_and_before_the_database_repeats_and_loses_nothing(
    app: Flask, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    drainer.drain()
    shelf.put(thing(1, "Refund"), thing(2, "Refund"))
    change(1, 2)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(outbox, "forget", killed)
    with pytest.raises(KeyboardInterrupt):
        drainer.drain()
    db.session.rollback()
    monkeypatch.undo()
    app.extensions["subjects"]["thing"] = shelf.subject()
    assert outbox.waiting().newest
    asked = len(shelf.asked)
    assert drainer.drain() == 2
    assert len(shelf.asked) == asked + 1  # drained again, not built anew
    assert _ids("refund") == {1, 2}
    assert engine().search(query("refund")).total == 2
    del app.extensions["subjects"]["thing"]


def test_only_one_drainer_works_at_a_time(app: Flask, shelf: Shelf) -> None:
    drainer.drain()
    shelf.put(thing(1, "Refund"))
    change(1)
    with another_engine().exclusive():
        assert drainer.drain() == 0
        with pytest.raises(EngineBusy):
            drainer.rebuild()
    assert outbox.waiting().newest
    assert drainer.drain() == 1


def test_what_can_not_be_read_is_left_out_and_does_not_hold_up_the_rest(app: Flask, shelf: Shelf) -> None:
    shelf.put(*(thing(n, "Refund") for n in range(1, 6)))
    change(*range(1, 6))
    drainer.drain()
    shelf.broken = {3}
    change(*range(1, 6))
    begin_write()
    outbox.note("no_such_kind", 1)
    db.session.commit()
    drainer.drain()
    assert _ids("refund") == {1, 2, 4, 5}
    assert outbox.waiting().newest == 0


def test_a_document_the_index_can_not_hold_is_left_out(app: Flask, shelf: Shelf) -> None:
    shelf.documents = {1: [thing(1, "Refund")], 2: [Document("thing", 2, "en", "", "refund")]}
    change(1, 2)
    drainer.drain()
    assert _ids("refund") == {1}


@pytest.mark.parametrize("damage", ["gone", "cut", "of another database", "restored from before"])
def test_an_index_that_can_not_be_trusted_is_built_anew(app: Flask, shelf: Shelf, damage: str) -> None:
    shelf.put(thing(1, "Refund"))
    change(1)
    drainer.drain()
    put_back = kept_copy()
    shelf.put(thing(2, "Refund"))
    change(2)
    drainer.drain()
    if damage == "gone":
        remove_index()
    elif damage == "cut":
        take_a_piece()
        engine().doubt()
    elif damage == "of another database":
        engine().apply((), (), applied=10_000)
    else:
        put_back()
    drainer.drain()
    assert _ids("refund") == {1, 2}
    assert engine().health().applied == outbox.waiting().applied
    asked = len(shelf.asked)
    drainer.drain()
    assert len(shelf.asked) == asked


def test_a_doubt_about_a_whole_index_costs_no_rebuild(app: Flask, shelf: Shelf) -> None:
    shelf.put(thing(1, "Refund"))
    drainer.drain()
    asked = len(shelf.asked)
    engine().doubt()
    drainer.drain()
    assert len(shelf.asked) == asked
    assert _ids("refund") == {1}


def test_what_changes_during_a_rebuild_is_applied_at_its_end(app: Flask, shelf: Shelf) -> None:
    shelf.put(thing(1, "Refund"))
    drainer.drain()
    shelf.put(thing(2, "Refund"))
    change(2)
    assert drainer.rebuild() == 2
    assert outbox.waiting().newest == 0
    assert _ids("refund") == {1, 2}


def test_the_job_process_drains(app: Flask, shelf: Shelf) -> None:
    shelf.put(thing(1, "Refund"))
    change(1)
    assert "search index" in jobs.run_due(app)
    assert _ids("refund") == {1}


@pytest.mark.parametrize("commits", [0, 1, 4, 9])
def test_a_drainer_killed_at_any_moment_is_completed_by_the_next(
    app: Flask, shelf: Shelf, settings: Settings, commits: int
) -> None:
    drainer.drain()
    shelf.put(*numbered_things())
    change(*shelf.documents)
    command = [sys.executable, "-m", "tests.search.draining_process", str(settings.data_dir), settings.database_url]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    for _ in range(commits + 1):
        process.stdout.readline()
    time.sleep(commits / 500)
    process.kill()
    process.wait()
    # A database server lets go of the lock when it notices that nobody is there.
    assert until(lambda: drainer.drain() > 0)
    assert outbox.waiting().newest == 0
    results = engine().search(query("refund", limit=50))
    assert results.total == len(shelf.documents)
    assert engine().applied() == outbox.waiting().applied
