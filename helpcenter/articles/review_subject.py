"""Reviews and remarks as others may ask about them: they are there for editors, and lead to the page of the review."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from flask import url_for
from sqlalchemy import select

from helpcenter.accounts.viewer import Viewer
from helpcenter.articles import review
from helpcenter.articles.edition import Edition
from helpcenter.articles.remark import Remark
from helpcenter.articles.review import Review
from helpcenter.articles.revision import Revision
from helpcenter.core import subjects
from helpcenter.core.db import db

REVIEW = "review"
REMARK = "remark"


def _rows(model: Any, ids: Iterable[int]) -> list[Any]:
    wanted = (
        select(model.id, Edition.article_id, Edition.locale, Revision.title)
        .join(Edition, Edition.id == model.edition_id)
        .join(Revision, Revision.id == Edition.latest_revision_id)
        .where(model.id.in_(list(ids)))
    )
    return list(db.session.execute(wanted))


def _urls(model: Any, anchor: str) -> Callable[[Sequence[int], str], Mapping[int, str]]:
    def urls(ids: Sequence[int], _locale: str) -> Mapping[int, str]:
        leading = {
            row.id: url_for(
                "studio.review",
                article_id=row.article_id,
                language=row.locale,
                _anchor=f"{anchor}-{row.id}" if anchor else None,
            )
            for row in _rows(model, ids)
        }
        return {one: leading.get(one, "") for one in ids}

    return urls


def _subject(model: Any, anchor: str, **more: Any) -> subjects.Subject:
    urls = _urls(model, anchor)

    def visible(ids: Iterable[int], viewer: Viewer, _locale: str) -> set[int]:
        return {row.id for row in _rows(model, ids)} if viewer.may("edit_articles") else set()

    return subjects.Subject(
        url=lambda one, locale: urls([one], locale)[one],
        urls=urls,
        titles=lambda ids, _locale: {row.id: row.title for row in _rows(model, ids)},
        visible=visible,
        **more,
    )


def _export_reviews(user_id: int) -> Mapping[str, Any]:
    asked = select(Review).where(Review.asked_by == user_id).order_by(Review.id)
    decided = select(Review).where(Review.decided_by == user_id).order_by(Review.id)
    held = {
        "asked": [{"at": row.asked_at.isoformat(), "words": row.words} for row in db.session.scalars(asked)],
        "decided": [
            {"at": row.decided_at and row.decided_at.isoformat(), "decision": row.decision, "words": row.answer}
            for row in db.session.scalars(decided)
        ],
    }
    return {name: rows for name, rows in held.items() if rows}


def _export_remarks(user_id: int) -> Mapping[str, Any]:
    rows = db.session.scalars(select(Remark).where(Remark.author_id == user_id).order_by(Remark.id)).all()
    said = [{"at": row.created_at.isoformat(), "line": row.quote, "text": row.text} for row in rows]
    return {"remarks": said} if said else {}


REVIEWS = _subject(Review, "", export=_export_reviews, erase=review.forget)
REMARKS = _subject(Remark, "remark", export=_export_remarks)
