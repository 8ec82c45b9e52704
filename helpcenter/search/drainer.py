"""Takes what waits in the outbox into the index, and builds the index anew when it can not be trusted.

One drainer works at a time: the lock of the index decides. The write lock of the database is never held while
indexing, and rows leave the outbox after the index has them, so a process that is killed at any moment repeats some
work and loses none.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence

from helpcenter.core import jobs, subjects
from helpcenter.core.db import begin_write, db
from helpcenter.search import outbox, waiting
from helpcenter.search.document import Document, SubjectKey, refusal
from helpcenter.search.engine import EngineBusy, EngineDamaged, Progress, no_progress
from helpcenter.search.engines import engine
from helpcenter.search.freshness import Freshness, freshness

MOST_SUBJECTS = 200
READ_TOGETHER = 100
log = logging.getLogger("helpcenter.search")


def drain(progress: Progress = no_progress) -> int:
    """Apply everything that waits, in commits of at most 200 subjects; the number of subjects. Commits.

    A damaged index, or one of another state of the database, is built anew first. 0 when another process is at it.
    To be called outside of a transaction.
    """
    try:
        with engine().exclusive():
            if not _is_trusted():
                _rebuild(no_progress)
            return _drain(progress)
    except EngineBusy:
        return 0


def rebuild(progress: Progress = no_progress) -> int:
    """Build the index anew from everything the kinds offer; the number of documents. Raises EngineBusy. Commits.

    The old index answers meanwhile. What changes in the meantime waits in the outbox and is applied at the end.
    """
    with engine().exclusive():
        count = _rebuild(progress)
        _drain(no_progress)
    return count


def _is_trusted() -> bool:
    db.session.rollback()
    try:
        engine().verify()
        applied = engine().applied()
    except EngineDamaged as error:
        log.warning("the search index is rebuilt: %s", error)
        return False
    state = outbox.waiting()
    db.session.rollback()
    if freshness(applied, state.applied, state.newest) is Freshness.FOREIGN:
        log.warning("the search index is rebuilt: it belongs to another state of the database")
        return False
    return True


def _drain(progress: Progress) -> int:
    done = 0
    applied = engine().applied()
    while True:
        batch = outbox.next_batch(MOST_SUBJECTS)
        if not batch.ids:
            db.session.rollback()
            return done
        documents = [document for kind, ids in _by_kind(batch.subjects) for document in _documents(kind, ids)]
        db.session.rollback()
        applied = max(applied, *batch.ids)
        engine().apply(batch.subjects, documents, applied)
        begin_write()
        outbox.forget(batch.ids, applied)
        waiting.note_news(batch.subjects)
        db.session.commit()
        done += len(batch.subjects)
        progress(done)
        if jobs.stop_asked():
            return done


def _rebuild(progress: Progress) -> int:
    applied = outbox.waiting().applied
    db.session.rollback()
    return engine().rebuild(_everything(), applied, progress)


def _everything() -> Iterator[Document]:
    for kind, subject in subjects.kinds():
        every_id = subject.document_ids()
        for at in range(0, len(every_id), READ_TOGETHER):
            found = _documents(kind, every_id[at : at + READ_TOGETHER])
            # A reading transaction that stayed open all the while would keep SQLite's log from being folded back.
            db.session.rollback()
            yield from found


def _documents(kind: str, ids: Sequence[int]) -> list[Document]:
    """The documents of these subjects. One that can not be had is left out, and so leaves the index."""
    try:
        found = list(subjects.subject(kind).documents(ids))
    except Exception as error:
        if len(ids) > 1:
            return [document for id in ids for document in _documents(kind, [id])]
        log.error("%s %s is left out of the search index: %s: %s", kind, ids[0], type(error).__name__, error)
        return []
    reasons = [(document, refusal(document)) for document in found]
    for document, reason in reasons:
        if reason:
            log.error("%s %s (%s) is left out of the search index: %s", kind, document.id, document.locale, reason)
    return [document for document, reason in reasons if reason is None]


def _by_kind(wanted: Sequence[SubjectKey]) -> Iterator[tuple[str, list[int]]]:
    for kind in sorted({kind for kind, _ in wanted}):
        yield kind, [id for one, id in wanted if one == kind]
