"""Changing what was posted: the forms, with a stamp of the words they were opened with."""

from __future__ import annotations

from typing import Any

from wtforms import HiddenField

from helpcenter.accounts.viewer import Viewer
from helpcenter.community.editing import content_of, stamp
from helpcenter.community.form import OTHER, AnswerForm, QuestionForm
from helpcenter.community.post_revision import Content
from helpcenter.community.question import Question


class AnswerEditForm(AnswerForm):
    """An answer as it stands, to be changed."""

    seen = HiddenField()

    @property
    def content(self) -> Content:
        """What it shall say."""
        return Content(self.text.data)


class QuestionEditForm(QuestionForm):
    """A question as it stands, to be changed. What it was posted as, a question or an experience, stays."""

    kind = shown = draft = None
    seen = HiddenField()

    def __init__(self, row: Question, viewer: Viewer, locale: str, **given: Any) -> None:
        self._topic_id, self._root = row.topic_id, str(row.root_topic_id or OTHER)
        super().__init__(viewer, locale, **given)

    @property
    def content(self) -> Content:
        """What it shall say. A question of a section stays in it while its topic is the same."""
        topic_id = self._topic_id if self.topic.data == self._root else self.topic_id
        return Content(self.text.data, self.title.data, topic_id, tuple(self.tag_names))


def filled_question(row: Question, viewer: Viewer, locale: str) -> QuestionEditForm:
    """The form with what the question says now."""
    now = content_of(row)
    words = {
        "title": now.title,
        "text": now.text,
        "topic": str(row.root_topic_id or OTHER),
        "tags": ", ".join(now.tags),
    }
    return QuestionEditForm(row, viewer, locale, formdata=None, data={**words, "seen": stamp(now)})
