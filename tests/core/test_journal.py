"""Who did what stands in the journal, and nothing there is ever changed."""

import pytest
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import DBAPIError

from helpcenter.core import journal
from helpcenter.core.append_only import AppendOnly
from helpcenter.core.db import begin_write, db
from helpcenter.core.journal import JournalEntry


@pytest.fixture
def entry(cast) -> JournalEntry:
    """Ada took a role away from Ben."""
    begin_write()
    journal.note("role_taken", by=cast.id_of("ada"), subject=("user", cast.id_of("ben")), role="editor")
    db.session.commit()
    return db.session.scalars(select(JournalEntry).where(JournalEntry.act == "role_taken")).one()


def test_an_entry_says_who_did_what_to_what_and_when(entry, cast):
    assert (entry.by_id, entry.subject_kind, entry.subject_id) == (cast.id_of("ada"), "user", cast.id_of("ben"))
    assert entry.detail == {"role": "editor"}


def test_an_act_that_nobody_named_is_not_noted(app):
    begin_write()
    with pytest.raises(KeyError):
        journal.note("nonsense", by=None)


def test_no_entry_can_be_changed(entry):
    begin_write()
    entry.act = "role_given"
    with pytest.raises(AppendOnly):
        db.session.flush()
    db.session.rollback()
    begin_write()
    with pytest.raises(AppendOnly):
        db.session.execute(update(JournalEntry).values(by_id=None))


def test_no_entry_can_be_taken_out(entry):
    begin_write()
    with pytest.raises(AppendOnly):
        db.session.execute(delete(JournalEntry))
    db.session.rollback()
    begin_write()
    db.session.delete(entry)
    with pytest.raises(AppendOnly):
        db.session.flush()


@pytest.mark.parametrize("statement", ["UPDATE journal_entry SET by_id = 0", "DELETE FROM journal_entry"])
def test_the_database_itself_refuses_a_change(entry, statement):
    with pytest.raises(DBAPIError), db.engine.connect().execution_options(writing=True) as connection:
        connection.execute(text(statement))
