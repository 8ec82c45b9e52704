"""Putting a topic into another place: a step at a time by its buttons, or where it was dropped."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from helpcenter.core import journal
from helpcenter.core.db import begin_write, db
from helpcenter.core.refusals import NotFound
from helpcenter.core.row_id import row_id, row_id_or_none
from helpcenter.topics import arrangement
from helpcenter.topics.arrangement import NotPossible
from helpcenter.topics.subject import KIND
from helpcenter.topics.views.topics import blueprint, cannot_stand, editor, found

STEPS = {"up": -1, "down": 1}


@blueprint.post("/studio/topics/<int:topic_id>/position")
def move(topic_id: int) -> Any:
    """One place up or down."""
    editor()
    begin_write()
    topic, _node = found(topic_id)
    pressed = request.form.get("to", "")
    arrangement.shift(topic, STEPS.get(pressed, 0))
    db.session.commit()
    return _to_moved(topic_id, pressed)


@blueprint.post("/studio/topics/order")
def arrange() -> Any:
    """A topic was dropped: below which root it stands now (`below`), and the order of the list it was dropped in."""
    viewer = editor()
    ids = request.form.getlist("id", type=row_id)
    begin_write()
    topic, _node = found(row_id_or_none(request.form.get("moved", "")) or 0)
    was = topic.parent_id
    try:
        arrangement.put_below(topic, _below())
    except NotPossible:
        db.session.rollback()
        flash(cannot_stand(), "error")
        return redirect(url_for("topics_studio.index"), 303)
    arrangement.arrange(topic, ids)
    if topic.parent_id != was:
        journal.note("topic_changed", by=viewer.id, subject=(KIND, topic.id))
    db.session.commit()
    return _to_moved(topic.id, "")


def _below() -> int | None:
    """The root it was dropped below; None makes it one. Raises NotFound for what is no number."""
    said = request.form.get("below", "")
    below = row_id_or_none(said)
    if said and below is None:
        raise NotFound
    return below


def _to_moved(topic_id: int, pressed: str) -> Response:
    """Back to the tree, whose page marks the row that moved and gives the focus to the button that was pressed.

    No fragment: a browser that is led to one gives the focus to nothing.
    """
    return redirect(url_for("topics_studio.index", moved=topic_id, to=pressed or None), 303)
