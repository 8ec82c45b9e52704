"""Changing what was posted: who may and how long, and that nobody writes over what they have not seen."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

from helpcenter.accounts.permissions import require
from helpcenter.accounts.viewer import Viewer
from helpcenter.community import citation, pictures, post_revision, tag, telling, trust
from helpcenter.community.answer import SUBJECT as ANSWER
from helpcenter.community.answer import Answer
from helpcenter.community.post_revision import Content
from helpcenter.community.question import SUBJECT, Question
from helpcenter.core import clock
from helpcenter.core.content_version import content_changed
from helpcenter.core.db import db
from helpcenter.core.markdown import Rendered, mentioned_in
from helpcenter.core.refusals import Conflict, Forbidden
from helpcenter.search import outbox


class Overtaken(Conflict):
    """Somebody changed it while this was being written; `theirs` is what it says now."""

    def __init__(self, theirs: Content) -> None:
        super().__init__()
        self.theirs = theirs


@dataclass(frozen=True)
class Edit:
    """What somebody hands in: the words, what they look like, and the stamp of what was there when they began."""

    content: Content
    rendered: Rendered
    seen: str
    editor_id: int


def may_edit(viewer: Viewer, author_id: int, created_at: datetime) -> bool:
    """Whether this viewer may change what somebody posted then: the team always, its author for a while."""
    if viewer.may("edit_posts"):
        return True
    if viewer.id is None or viewer.id != author_id:
        return False
    age = clock.now() - created_at
    # Who is trusted is asked only where it decides.
    return age < trust.EDIT_WINDOW or (
        age < trust.EDIT_WINDOW_OF_TRUSTED and age < trust.edit_window(trust.level_of(viewer))
    )


def require_may_edit(viewer: Viewer, author_id: int, created_at: datetime) -> None:
    """Nothing, or SignInNeeded, or Forbidden: not theirs, or posted too long ago."""
    require(viewer, "ask")
    if not may_edit(viewer, author_id, created_at):
        raise Forbidden


def content_of(post: Question | Answer) -> Content:
    """What a question or an answer says now."""
    if isinstance(post, Answer):
        return Content(text=post.text)
    tags = tuple(tag.of_questions([post.id]).get(post.id, ()))
    return Content(post.text, post.title, post.topic_id, tags)


def stamp(content: Content) -> str:
    """A word for exactly this content, which a form carries: also a change without a trace makes it another one."""
    said = [content.title, content.text, content.topic_id, sorted(content.tags)]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:16]


def edit_question(question: Question, edit: Edit) -> None:
    """Change a question; nothing where it says the same. After begin_write(), with the locked row. Raises Overtaken."""
    if _is_changed(question, edit):
        content, rendered = edit.content, edit.rendered
        question.title, question.text, question.topic_id = content.title, content.text, content.topic_id
        question.html, question.plain_text = rendered.html, rendered.plain_text
        question.reading_seconds, question.renderer_version = rendered.reading_seconds, rendered.renderer_version
        tag.replace(question.id, content.tags)
        pictures.show(SUBJECT, question.id, rendered.html, by_id=edit.editor_id)
        _name((SUBJECT, question.id), (SUBJECT, question.id), edit)
        _show(question.id)
        if question.original_id is not None:
            # That one is found by the title of this.
            outbox.note(SUBJECT, question.original_id)


def edit_answer(question: Question, answer: Answer, edit: Edit) -> None:
    """Change an answer; the votes on it stay. After begin_write(), with the locked question. Raises Overtaken."""
    if _is_changed(answer, edit):
        answer.text, answer.html = edit.content.text, edit.rendered.html
        answer.plain_text, answer.renderer_version = edit.rendered.plain_text, edit.rendered.renderer_version
        pictures.show(ANSWER, answer.id, edit.rendered.html, by_id=edit.editor_id)
        citation.keep(answer.id, answer.html, answer.article_id)
        _name((SUBJECT, question.id), (ANSWER, answer.id), edit)
        _show(question.id)


def _is_changed(post: Question | Answer, edit: Edit) -> bool:
    now = content_of(post)
    if stamp(now) == stamp(edit.content):
        return False
    if edit.seen != stamp(now):
        raise Overtaken(now)
    post_revision.keep(post, now, edit.content, editor_id=edit.editor_id)
    return True


def _name(about: tuple[str, int], post: tuple[str, int], edit: Edit) -> None:
    telling.named(about, post, by_id=edit.editor_id, people=mentioned_in(edit.rendered.html))


def _show(question_id: int) -> None:
    db.session.flush()
    outbox.note(SUBJECT, question_id)
    content_changed()
