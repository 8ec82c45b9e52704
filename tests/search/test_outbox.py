from __future__ import annotations

import pytest
from flask import Flask

from helpcenter.core.db import UndeclaredWrite, begin_write, db
from helpcenter.search import outbox
from tests.search.conftest import change


def test_a_note_belongs_to_the_transaction_of_the_change(app: Flask) -> None:
    begin_write()
    outbox.note("thing", 1)
    db.session.rollback()
    assert outbox.waiting().newest == 0


def test_a_note_needs_a_declared_write(app: Flask) -> None:
    outbox.note("thing", 1)
    with pytest.raises(UndeclaredWrite):
        db.session.commit()


def test_a_batch_names_each_subject_once_and_all_of_its_rows(app: Flask) -> None:
    change(1, 2, 1, 3, 1)
    batch = outbox.next_batch(2)
    assert batch.subjects == (("thing", 1), ("thing", 2))
    assert len(batch.ids) == 4


def test_a_number_is_never_given_twice(app: Flask) -> None:
    change(1)
    first = outbox.waiting()
    begin_write()
    outbox.forget(outbox.next_batch(5).ids, first.newest)
    db.session.commit()
    assert (outbox.waiting().newest, outbox.waiting().oldest_at) == (0, None)
    assert outbox.waiting().applied == first.newest
    change(2)
    assert outbox.waiting().newest > first.newest


def test_only_the_rows_that_were_taken_are_forgotten(app: Flask) -> None:
    change(1, 2, 3)
    batch = outbox.next_batch(2)
    begin_write()
    outbox.forget(batch.ids, max(batch.ids))
    db.session.commit()
    assert outbox.next_batch(5).subjects == (("thing", 3),)
