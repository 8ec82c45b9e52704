"""Snippets that a text names and readers do not see as they should."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from sqlalchemy import Select, case, or_, select

from helpcenter.articles.edition import Edition
from helpcenter.articles.health.scope import Scope
from helpcenter.articles.snippets.snippet import Snippet, SnippetText
from helpcenter.articles.snippets.use import RevisionSnippet


class Fault(StrEnum):
    """What is wrong with a snippet. REFUSED: with the words it has now the text can not be shown."""

    MISSING = "missing"
    REFUSED = "refused"


def faulty(scope: Scope) -> Select[Any]:
    """Lines that name a snippet which says nothing in any language, or which makes the text too much for a page."""
    shown = RevisionSnippet
    says_something = select(SnippetText.id).join(Snippet, Snippet.id == SnippetText.snippet_id)
    is_missing = ~says_something.where(Snippet.name == shown.name).correlate(shown).exists()
    columns = (
        shown.id.label("key"),
        Edition.id.label("edition_id"),
        shown.line,
        shown.name.label("what"),
        case((is_missing, Fault.MISSING.value), else_=Fault.REFUSED.value).label("fault"),
    )
    wanted = scope.in_texts(select(*columns).select_from(shown), shown.revision_id)
    return wanted.where(or_(is_missing, shown.version < 0))
