"""What is done to snippets. What was made of their words is made anew by a job: see rerendering.py."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import update

from helpcenter.articles.snippets import use
from helpcenter.articles.snippets.preparing import Prepared
from helpcenter.articles.snippets.snippet import Snippet, SnippetText, named, texts_of
from helpcenter.articles.snippets.use import Shown
from helpcenter.core import clock, journal
from helpcenter.core.content_version import content_changed
from helpcenter.core.db import db
from helpcenter.core.refusals import Refusal

KIND = "snippet"
Texts = Mapping[str, Prepared | None]
"""What a snippet shall say by language; None takes a language away."""


class NameTaken(Refusal):
    """There is a snippet of this name."""


class InUse(Refusal):
    """Articles show it; `shown` are those."""

    def __init__(self, shown: list[Shown]) -> None:
        super().__init__(len(shown))
        self.shown = shown


def create(name: str, texts: Texts, *, by: int | None) -> Snippet:
    """A new snippet. To be called after begin_write(). Raises NameTaken. `by` is a user id."""
    if named(name) is not None:
        raise NameTaken(name)
    snippet = Snippet(name=name, version=use.latest_version(name) + 1, created_at=clock.now())
    db.session.add(snippet)
    db.session.flush()
    _write(snippet, texts, by)
    journal.note("snippet_created", by=by, subject=(KIND, snippet.id))
    content_changed()
    return snippet


def change(snippet: Snippet, texts: Texts, *, by: int | None) -> bool:
    """Let a snippet say something else in these languages; whether it does. To be called after begin_write()."""
    if not _write(snippet, texts, by):
        return False
    snippet.version += 1
    journal.note("snippet_changed", by=by, subject=(KIND, snippet.id))
    content_changed()
    return True


def delete(snippet: Snippet, *, by: int | None) -> None:
    """Take a snippet away that no article shows. To be called after begin_write(). Raises InUse."""
    shown = use.shown_in(snippet.name)
    if shown:
        raise InUse(shown)
    journal.note("snippet_deleted", by=by, subject=(KIND, snippet.id))
    db.session.delete(snippet)
    content_changed()


def languages_changed() -> None:
    """A site has other languages, or another first one: what stands in for those that lack a snippet may be another.

    To be called after begin_write().
    """
    raised = update(Snippet).values(version=Snippet.version + 1)
    db.session.execute(raised, execution_options={"synchronize_session": False})


def _write(snippet: Snippet, texts: Texts, by: int | None) -> bool:
    known = texts_of([snippet.id])[snippet.id]
    has_changed = False
    for locale, prepared in texts.items():
        row = known.get(locale)
        if prepared is None:
            if row is not None:
                db.session.delete(row)
                has_changed = True
        elif row is None or row.text != prepared.text:
            row = row or SnippetText(snippet_id=snippet.id, locale=locale)
            row.text, row.article_ids = prepared.text, list(prepared.article_ids)
            row.changed_by, row.changed_at = by, clock.now()
            db.session.add(row)
            has_changed = True
    db.session.flush()
    return has_changed
