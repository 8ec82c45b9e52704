"""Questions without an answer in the topics somebody follows, for their weekly letter."""

from __future__ import annotations

from datetime import timedelta

from flask_babel import gettext as _

from helpcenter.accounts.notifications import following
from helpcenter.accounts.notifications.digest import Link, Section
from helpcenter.accounts.viewer import Viewer
from helpcenter.community.address import question_address
from helpcenter.community.question import Kind, Question
from helpcenter.community.visibility import visible_questions
from helpcenter.core import clock
from helpcenter.core.db import db
from helpcenter.topics.subject import KIND as TOPIC
from helpcenter.topics.tree import tree

MOST = 10
OLDEST = timedelta(days=28)


def section(viewer: Viewer, locale: str) -> Section | None:
    """The newest of the last four weeks that nobody answered, but their own; None where there are none."""
    followed = following.ids_followed(viewer.id or 0, TOPIC)
    nodes = [node.id for node in tree().nodes.values() if {node.id, node.parent_id} & followed]
    if not nodes:
        return None
    wanted = visible_questions(viewer).where(
        Question.topic_id.in_(nodes),
        Question.answers == 0,
        Question.kind == Kind.QUESTION,
        Question.author_id != viewer.id,
        Question.created_at > clock.now() - OLDEST,
    )
    rows = db.session.scalars(wanted.order_by(Question.created_at.desc(), Question.id.desc()).limit(MOST)).all()
    links = [Link(row.title, question_address(row, locale)) for row in rows]
    return Section(_("Questions waiting for an answer"), links) if links else None
