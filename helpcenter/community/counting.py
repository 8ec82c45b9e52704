"""Proves that what a question says of itself is what its rows add up to, mends what is not, and shows new counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update

from helpcenter.community import acceptance, answer, answer_vote, duplicate, me_too, solved_for_me
from helpcenter.community.question import Question, recounted
from helpcenter.community.ranking import hot
from helpcenter.core.content_version import content_changed
from helpcenter.core.db import begin_write, db, lock_row

COUNTS = {
    "answers": answer.count_of,
    "me_too": me_too.count_of,
    "helpful": answer_vote.count_of,
    "solved_for": solved_for_me.count_of,
    "solution_id": acceptance.solution_of,
    "original_id": duplicate.original_of,
}


@dataclass(frozen=True)
class Difference:
    """A question that says one thing while its rows say another."""

    question_id: int
    kept: Mapping[str, Any]
    counted: Mapping[str, Any]


def recount(check: bool = False) -> list[Difference]:
    """What differs; unless only checking, each is counted anew in a short transaction of its own. Commits."""
    differences = _differences()
    if not check:
        for one in differences:
            begin_write()
            mend(one.question_id)
            content_changed()
            db.session.commit()
    return differences


def recount_after_erasure() -> None:
    """Count anew where votes were taken back with their person. To be called within the write."""
    for one in _differences():
        mend(one.question_id)


def show_changes() -> bool:
    """Let public pages show what was said since the last time, with one raise for all; whether there was anything.

    Commits: a job.
    """
    if db.session.execute(select(Question.id).where(Question.is_count_new).limit(1)).first() is None:
        return False
    begin_write()
    shown = update(Question).where(Question.is_count_new).values(is_count_new=False)
    db.session.execute(shown, execution_options={"synchronize_session": False})
    content_changed()
    db.session.commit()
    return True


def _differences() -> list[Difference]:
    kept = [getattr(Question, name) for name in COUNTS]
    counted = [count(Question.id).label(f"counted_{name}") for name, count in COUNTS.items()]
    rows = db.session.execute(select(Question.id, Question.created_at, Question.hot, *kept, *counted))
    found = []
    for row in rows:
        is_now = {name: row._mapping[f"counted_{name}"] for name in COUNTS}
        was = {name: row._mapping[name] for name in COUNTS}
        place = hot(
            me_too=is_now["me_too"], helpful=is_now["helpful"], answers=is_now["answers"], created_at=row.created_at
        )
        if was != is_now or abs(row.hot - place) > 1e-6:
            found.append(Difference(row.id, {**was, "hot": row.hot}, {**is_now, "hot": place}))
    return found


def mend(question_id: int) -> None:
    """Count anew what a question says of itself. To be called after begin_write()."""
    question = lock_row(select(Question).where(Question.id == question_id))
    columns = [count(question_id).label(name) for name, count in COUNTS.items()]
    row = db.session.execute(select(*columns)).one()
    recounted(question, **row._mapping)
