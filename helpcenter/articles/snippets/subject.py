"""What others may ask about snippets: what they are called, and which articles they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from helpcenter.accounts.viewer import Viewer
from helpcenter.articles.snippets.proposal import SnippetProposal
from helpcenter.articles.snippets.snippet import Snippet, SnippetText
from helpcenter.core import subjects
from helpcenter.core.db import db
from helpcenter.core.subjects import Quote

ARTICLE = "article"


def url(snippet_id: int, _locale: str) -> str:
    """The page on which it is changed; commands ask as well, so no request is needed."""
    return f"/studio/snippets/{snippet_id}"


def titles(snippet_ids: Sequence[int], _locale: str) -> Mapping[int, str]:
    """Their names."""
    rows = select(Snippet.id, Snippet.name).where(Snippet.id.in_(list(snippet_ids)))
    return dict(db.session.execute(rows).all())


def visible(snippet_ids: Iterable[int], viewer: Viewer, locale: str) -> set[int]:
    """All of them for editors, none for anybody else: readers meet their words in articles."""
    return set(titles(list(snippet_ids), locale)) if viewer.may("edit_articles") else set()


def quoting(kind: str, article_ids: Sequence[int] | None) -> list[Quote]:
    """The snippets that link to articles: they count as right as things were when their words were changed last."""
    if kind != ARTICLE:
        return []
    rows = db.session.execute(
        select(SnippetText, Snippet.name).join(Snippet, Snippet.id == SnippetText.snippet_id).order_by(SnippetText.id)
    )
    wanted = None if article_ids is None else set(article_ids)
    return [
        Quote(
            row.SnippetText.id,
            article_id,
            row.SnippetText.locale,
            _("The snippet “%(name)s”", name=row.name),
            url(row.SnippetText.snippet_id, row.SnippetText.locale),
            row.SnippetText.changed_at,
            _("Look at the snippet"),
        )
        for row in rows
        for article_id in row.SnippetText.article_ids
        if wanted is None or article_id in wanted
    ]


def export(user_id: int) -> dict[str, Any]:
    """What a person wrote last in snippets, and what of theirs waits for a second person."""
    rows = db.session.execute(
        select(Snippet.name, SnippetText.locale, SnippetText.text, SnippetText.changed_at)
        .join(Snippet, Snippet.id == SnippetText.snippet_id)
        .where(SnippetText.changed_by == user_id)
        .order_by(SnippetText.id)
    )
    held = [
        {"at": row.changed_at.isoformat(), "name": row.name, "language": row.locale, "text": row.text} for row in rows
    ]
    waiting = db.session.execute(
        select(SnippetProposal, Snippet.name)
        .join(Snippet, Snippet.id == SnippetProposal.snippet_id)
        .order_by(SnippetProposal.snippet_id)
    )
    proposed = [
        {"at": row.at.isoformat(), "name": name, "language": code, "text": text}
        for row, name in waiting
        for code, text in row.written_by(user_id).items()
    ]
    return {key: rows for key, rows in (("snippets", held), ("proposed_snippets", proposed)) if rows}


SUBJECT = subjects.Subject(url=url, titles=titles, visible=visible, quoting=quoting, export=export)
