"""Whether what is new in the index answers somebody who waits: a job.

Whoever waits is told when something new, an article or a solved question, is the first that their words find. Each
search is made once for all who see the same. The letter is queued and the waiting ends in one transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby

from sqlalchemy import delete, select

from helpcenter.accounts import reader, user
from helpcenter.accounts.user import email_key
from helpcenter.accounts.viewer import STRANGER, Viewer
from helpcenter.core import jobs, subjects
from helpcenter.core.db import begin_write, db
from helpcenter.search import finding, wait_letters, waiting
from helpcenter.search.document import SubjectKey
from helpcenter.search.engine import Hit
from helpcenter.search.waiting import SearchNews, SearchWait


def tell_of_news() -> int:
    """Look at what entered the index since the last time; how many were told. Commits."""
    news = {(row.kind, row.subject_id): row.noted_at for row in db.session.scalars(select(SearchNews))}
    if not news:
        return 0
    told = 0
    for same in _alike():
        if jobs.stop_asked():
            # The news stays, and the next run begins anew: whoever was told waits no more.
            return told
        hit = _first(same[0], _viewer_of(same[0]))
        if hit is not None and hit.subject in news:
            told += sum(_tell(row, hit) for row in same)
    _forget(news)
    return told


def _alike() -> Iterable[Sequence[SearchWait]]:
    """Who waits for the same and sees the same: all strangers together, each member alone."""
    confirmed = SearchWait.confirmed_at.is_not(None)
    rows = db.session.scalars(
        select(SearchWait).where(confirmed).order_by(SearchWait.locale, SearchWait.meaning, SearchWait.id)
    ).all()
    keyed = sorted(rows, key=lambda row: (row.locale, row.meaning, row.user_id or 0))
    return [list(same) for _, same in groupby(keyed, lambda row: (row.locale, row.meaning, row.user_id or 0))]


def _viewer_of(row: SearchWait) -> Viewer:
    person = user.by_id(row.user_id) if row.user_id is not None else None
    # A person who changed their address may see more than whoever reads the old one now.
    if person is None or email_key(person.email) != row.address_key:
        return STRANGER
    return reader.viewer_of(person)


def _first(row: SearchWait, viewer: Viewer) -> Hit | None:
    """What these words find first, if it answers. Where only titles are looked at, nothing does."""
    results = finding.find(row.words, row.locale, viewer, limit=1, correct=False)
    hit = results.hits[0] if results.hits else None
    if hit is None or results.is_degraded:
        return None
    return hit if hit.kind == "article" or hit.solved else None


def _tell(row: SearchWait, hit: Hit) -> bool:
    path = subjects.addresses([(hit.kind, hit.id, hit.locale)])[hit.kind, hit.id, hit.locale]
    letter, wait_id = wait_letters.answer(row, hit.title, path), row.id
    begin_write()
    waits = waiting.find(wait_id)
    if waits is not None:
        wait_letters.tell(waits, letter)
        waiting.end(waits)
    db.session.commit()
    return waits is not None


def _forget(news: dict[SubjectKey, datetime]) -> None:
    begin_write()
    for (kind, subject_id), noted_at in news.items():
        # What changed again meanwhile is news once more.
        seen = (SearchNews.kind == kind, SearchNews.subject_id == subject_id, SearchNews.noted_at == noted_at)
        db.session.execute(delete(SearchNews).where(*seen), execution_options={"synchronize_session": False})
    db.session.commit()
