"""What lower packages may ask about suggestions, and what an erased person leaves: the article they made better."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import delete, select

from helpcenter.accounts.viewer import Viewer
from helpcenter.articles import subject
from helpcenter.articles.revision import Revision
from helpcenter.articles.suggestion import Suggestion
from helpcenter.core import subjects
from helpcenter.core.db import db
from helpcenter.journeys.erasure import Traces


def url(suggestion_id: int, locale: str) -> str:
    """Where whoever made it reads what became of it."""
    article_id = _articles([suggestion_id]).get(suggestion_id, 0)
    return url_for("suggestions.show", locale=locale, article_id=article_id, suggestion_id=suggestion_id)


def titles(suggestion_ids: Sequence[int], locale: str) -> Mapping[int, str]:
    """The article each is for."""
    articles = _articles(suggestion_ids)
    known = subject.titles(list(set(articles.values())), locale)
    return {one: known[article_id] for one, article_id in articles.items() if article_id in known}


def visible(suggestion_ids: Iterable[int], viewer: Viewer, _locale: str) -> set[int]:
    """One's own."""
    if viewer.id is None:
        return set()
    mine = select(Suggestion.id).where(Suggestion.id.in_(list(suggestion_ids)), Suggestion.user_id == viewer.id)
    return set(db.session.scalars(mine))


def export(user_id: int) -> dict[str, Any]:
    """What a person suggested, and what they were answered, oldest first."""
    rows = db.session.scalars(select(Suggestion).where(Suggestion.user_id == user_id).order_by(Suggestion.id)).all()
    held = [
        {
            "at": row.created_at.isoformat(),
            "article": row.article_id,
            "language": row.locale,
            "words": row.words,
            "text": row.text,
            "state": row.state,
            "reply": row.reply,
        }
        for row in rows
    ]
    return {"suggestions": held} if held else {}


def forget(traces: Traces) -> None:
    """Delete what an erased person suggested; a revision that it became says no longer who it came from."""
    theirs = Suggestion.user_id.in_(sorted(traces.user_ids))
    made = select(Revision).join(Suggestion, Suggestion.became_id == Revision.id).where(theirs)
    for revision in db.session.scalars(made).all():
        # They may have had another name when it was written.
        revision.note = _("Suggested by a reader")
    db.session.execute(delete(Suggestion).where(theirs), execution_options={"synchronize_session": False})


def _articles(suggestion_ids: Sequence[int]) -> dict[int, int]:
    rows = select(Suggestion.id, Suggestion.article_id).where(Suggestion.id.in_(list(suggestion_ids)))
    return dict(db.session.execute(rows).all())


SUBJECT = subjects.Subject(url=url, titles=titles, visible=visible, export=export)
