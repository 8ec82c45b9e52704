"""A change of a snippet that waits for a second person, on a site that wants one before readers see new words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.articles.edition import Edition
from helpcenter.articles.planned_act import Act, PlannedAct
from helpcenter.articles.review import Decision, NeedsSecondPerson, Review
from helpcenter.articles.snippets import changing, use
from helpcenter.articles.snippets.changing import KIND, Texts
from helpcenter.articles.snippets.preparing import Prepared
from helpcenter.articles.snippets.snippet import Snippet, said_by, stamp
from helpcenter.articles.snippets.use import RevisionSnippet
from helpcenter.core import clock, journal, site
from helpcenter.core.db import Model, db
from helpcenter.core.refusals import Conflict


class SnippetProposal(Model):
    """One for each snippet at most: whoever changes it further adds to it.

    `changes` holds for each language the text, the articles it links to and who wrote it last, or None to take the
    language away.
    `writers` are the user ids of all who wrote some of it, `number` counts how often it was saved.
    """

    __tablename__ = "snippet_proposal"
    snippet_id: Mapped[int] = mapped_column(ForeignKey("snippet.id", ondelete="CASCADE"), primary_key=True)
    changes: Mapped[dict[str, Any]] = mapped_column(JSON)
    writers: Mapped[list[int]] = mapped_column(JSON)
    number: Mapped[int] = mapped_column(default=1)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    at: Mapped[datetime]

    @property
    def texts(self) -> Texts:
        """What the snippet shall say."""
        return {
            code: Prepared(one["text"], tuple(one["article_ids"])) if one else None
            for code, one in self.changes.items()
        }

    def written_by(self, user_id: int) -> dict[str, str]:
        """What somebody wrote last of it, by language."""
        # What waits since before each language told its writer counts as written by whoever saved it last.
        return {code: one["text"] for code, one in self.changes.items() if one and one.get("by", self.by_id) == user_id}


def of(snippet: Snippet) -> SnippetProposal | None:
    """What waits, if anything does."""
    return db.session.get(SnippetProposal, snippet.id, populate_existing=True)


def is_needed(name: str) -> bool:
    """Whether a change has to wait: where the site wants a second person, and somebody rests on what it says.

    Those are readers, and colleagues who approved or planned words that show it: nobody looks at these again.
    """
    if not site.current().second_person:
        return False
    return any(one.is_published for one in use.shown_in(name)) or _is_settled(name)


def latest(snippet: Snippet) -> dict[str, str]:
    """What it says by language once what waits is approved."""
    waiting = of(snippet)
    overlay = {code: one.text if one else "" for code, one in waiting.texts.items()} if waiting else {}
    return {code: text for code, text in {**said_by(snippet), **overlay}.items() if text}


def create(name: str, texts: Texts, *, by: int | None) -> tuple[Snippet, bool]:
    """A new snippet, and whether it says this at once: articles may name it already. To be called after begin_write().

    Raises changing.NameTaken.
    """
    if not is_needed(name):
        return changing.create(name, texts, by=by), True
    snippet = changing.create(name, {}, by=by)
    return snippet, save(snippet, texts, by=by)


def save(snippet: Snippet, texts: Texts, *, by: int | None) -> bool:
    """Let it say something else in these languages, at once or, where `is_needed`, when somebody approved it.

    Whether it is done at once. To be called after begin_write(), on a snippet that is locked.
    """
    waiting = of(snippet)
    if not is_needed(snippet.name):
        changing.change(snippet, {**(waiting.texts if waiting else {}), **texts}, by=by)
        _drop(waiting)
        return True
    waiting = waiting or SnippetProposal(snippet_id=snippet.id, changes={}, writers=[], number=0)
    waiting.changes = {**waiting.changes, **_kept(texts, by)}
    waiting.writers = sorted({*waiting.writers, *([by] if by else [])})
    waiting.number += 1
    waiting.by_id, waiting.at = by, clock.now()
    db.session.add(waiting)
    journal.note("snippet_proposed", by=by, subject=(KIND, snippet.id))
    return False


def may_approve(waiting: SnippetProposal, user_id: int | None) -> bool:
    """Whether it needs nobody else: who wrote some of it approves nothing where a second person is wanted."""
    return not site.current().second_person or user_id not in waiting.writers


def approve(snippet: Snippet, seen: str, *, by: int | None) -> None:
    """Let it say what waits. To be called after begin_write(), on a snippet that is locked.

    Raises Conflict when it is not what was `seen`, NeedsSecondPerson for one who wrote some of it.
    """
    waiting = _seen(snippet, seen)
    if not may_approve(waiting, by):
        raise NeedsSecondPerson(snippet.id)
    changing.change(snippet, waiting.texts, by=waiting.by_id)
    journal.note("snippet_approved", by=by, subject=(KIND, snippet.id))
    _drop(waiting)


def discard(snippet: Snippet, seen: str, *, by: int | None) -> None:
    """Forget what waits. To be called after begin_write(), on a locked snippet. Raises Conflict like `approve`."""
    waiting = _seen(snippet, seen)
    journal.note("snippet_discarded", by=by, subject=(KIND, snippet.id))
    _drop(waiting)


def name_of(snippet: Snippet, waiting: SnippetProposal) -> str:
    """What tells this change of these words from any other, for a page to carry."""
    said = json.dumps([waiting.changes, waiting.writers], sort_keys=True)
    return f"{snippet.version}.{waiting.number}.{stamp(said)}"


def _is_settled(name: str) -> bool:
    """Whether words that show it were approved or have their moment, and are no further than that."""
    approved = (
        select(Review.revision_id)
        .join(Edition, Edition.latest_revision_id == Review.revision_id)
        .where(Review.decision == Decision.APPROVED)
    )
    planned = select(PlannedAct.revision_id).where(PlannedAct.act == Act.PUBLISH)
    settled = or_(RevisionSnippet.revision_id.in_(approved), RevisionSnippet.revision_id.in_(planned))
    shown = select(RevisionSnippet.id).where(RevisionSnippet.name == name, settled).limit(1)
    return db.session.scalar(shown) is not None


def _seen(snippet: Snippet, seen: str) -> SnippetProposal:
    waiting = of(snippet)
    if waiting is None or name_of(snippet, waiting) != seen:
        raise Conflict(snippet.id)
    return waiting


def _kept(texts: Texts, by: int | None) -> Mapping[str, Any]:
    return {
        code: {"text": one.text, "article_ids": list(one.article_ids), "by": by} if one else None
        for code, one in texts.items()
    }


def _drop(waiting: SnippetProposal | None) -> None:
    if waiting is not None:
        db.session.delete(waiting)
        db.session.flush()
