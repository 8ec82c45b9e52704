"""Making the HTML of posts anew: after the renderer changed, or all of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select, update

from helpcenter.community import citation
from helpcenter.community.answer import Answer
from helpcenter.community.comment import Comment
from helpcenter.community.question import SUBJECT, Question
from helpcenter.community.rendering import rendered
from helpcenter.core import jobs
from helpcenter.core.content_version import content_changed
from helpcenter.core.db import begin_write, db
from helpcenter.core.markdown import RENDERER_VERSION, MarkdownRefused, Rendered
from helpcenter.search import outbox

BATCH = 50
EVERY_SECONDS = 300
REFUSED = -1
"""A version that no renderer has: the present one could not render it."""
Post = Question | Answer | Comment
KINDS: tuple[Any, ...] = (Question, Answer, Comment)
Progress = Callable[[str, int, int], None]


@dataclass
class Rerendered:
    """How many were made anew; and what could not be, such as "answer 7", each with the reason."""

    count: int = 0
    refusals: dict[str, str] = field(default_factory=dict)


def render_all(*, only_old: bool = True, progress: Progress = lambda *_: None) -> Rerendered:
    """Render posts again: those made by another version of the renderer, or all. Commits, some at a time; slow.

    Texts, dates, votes and revisions stay as they are. What can not be rendered keeps the HTML it has.
    """
    result = Rerendered()
    for kind in KINDS:
        wanted = select(kind.id).order_by(kind.id)
        if only_old:
            wanted = wanted.where(kind.renderer_version != RENDERER_VERSION)
        ids = list(db.session.scalars(wanted))
        for at in range(0, len(ids), BATCH):
            _render(kind, ids[at : at + BATCH], result)
            progress(f"{kind.__tablename__}s", min(at + BATCH, len(ids)), len(ids))
    return result


def render_old() -> int:
    """Render again what an older renderer made; how many. Commits, some at a time; slow: a job.

    What can not be rendered keeps its HTML and is left to `community render`; what a newer renderer made is left to the
    host that has it.
    """
    result = Rerendered()
    for kind in KINDS:
        old = kind.renderer_version.between(0, RENDERER_VERSION - 1)
        ids = list(db.session.scalars(select(kind.id).where(old).order_by(kind.id)))
        for at in range(0, len(ids), BATCH):
            if jobs.stop_asked():
                return result.count
            some = ids[at : at + BATCH]
            _render(kind, some, result)
            begin_write()
            given_up = update(kind).where(kind.id.in_(some), old).values(renderer_version=REFUSED)
            db.session.execute(given_up, execution_options={"synchronize_session": False})
            db.session.commit()
    return result.count


def _render(kind: Any, ids: Sequence[int], result: Rerendered) -> None:
    made: dict[int, tuple[str, Rendered]] = {}
    for row in db.session.scalars(select(kind).where(kind.id.in_(ids))).all():
        try:
            made[row.id] = (row.text, rendered(row.text, _locale_of(row)))
        except MarkdownRefused as refusal:
            result.refusals[f"{kind.__tablename__} {row.id}"] = str(refusal)
    begin_write()
    for row in db.session.scalars(select(kind).where(kind.id.in_(made)).execution_options(populate_existing=True)):
        text, html = made[row.id]
        # Whoever changed it meanwhile had it rendered too.
        if row.text == text:
            _keep(row, html)
            result.count += 1
    content_changed()
    db.session.commit()


def _keep(row: Post, html: Rendered) -> None:
    if row.plain_text != html.plain_text and not isinstance(row, Comment):
        outbox.note(SUBJECT, row.id if isinstance(row, Question) else row.question_id)
    row.html, row.plain_text, row.renderer_version = html.html, html.plain_text, html.renderer_version
    if isinstance(row, Question):
        row.reading_seconds = html.reading_seconds
    elif isinstance(row, Answer):
        citation.keep(row.id, row.html, row.article_id)


def _locale_of(row: Post) -> str:
    return row.locale if isinstance(row, Question) else db.session.get_one(Question, row.question_id).locale
