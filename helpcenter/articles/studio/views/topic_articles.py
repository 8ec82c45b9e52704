"""The page on which editors put the articles of a topic into order, and move some of them to another topic."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from helpcenter.articles import order
from helpcenter.articles.studio import arranging
from helpcenter.articles.studio.blueprint import editor, studio
from helpcenter.articles.studio.topic_choices import path_title, topic_choices
from helpcenter.core import journal, locale
from helpcenter.core.db import begin_write, db
from helpcenter.core.refusals import NotFound
from helpcenter.core.row_id import row_id, row_id_or_none
from helpcenter.topics import audience_names, ordered
from helpcenter.topics.tree import Node, tree

ADDRESS = "/studio/topics/<int:topic_id>/articles"
STEPS = {"up": -1, "down": 1}


@studio.get(ADDRESS)
def topic_articles(topic_id: int) -> str:
    """In the readers' order; `?moved=` names the article that was moved, `?to=` the button that did it."""
    viewer, node, here = editor("arrange_topics"), _topic(topic_id), locale.current()
    page = arranging.rows_of(topic_id, here, request.args.get("from", 0, type=row_id))
    moved = next((row for row in page.rows if row.article_id == request.args.get("moved", type=row_id)), None)
    return render_template(
        "studio/topics/articles.html",
        node=node,
        title=path_title(topic_id, here),
        page=page,
        homes=[choice for choice in topic_choices(viewer, here) if choice.value != str(topic_id)],
        audience_of={str(one.id): one.audience for one in tree().nodes.values()},
        audience_names=audience_names.NAMES,
        moved_id=moved.article_id if moved else None,
        pressed=request.args.get("to", ""),
        said=ordered.said(moved.title, moved.place, page.count) if moved else "",
        next_url=_address(topic_id, page.next_start) if page.next_start else None,
        first_url=_address(topic_id) if page.start else None,
    )


@studio.post(f"{ADDRESS}/<int:article_id>/position")
def move_article(topic_id: int, article_id: int) -> Response:
    """One place up or down."""
    editor("arrange_topics")
    pressed = request.form.get("to", "")
    begin_write()
    _require_on(topic_id, article_id)
    order.shift(topic_id, article_id, STEPS.get(pressed, 0))
    db.session.commit()
    return _to_moved(topic_id, article_id, pressed)


@studio.post(f"{ADDRESS}/order")
def arrange_articles(topic_id: int) -> Response:
    """An article was dropped: the order of those on the page."""
    editor("arrange_topics")
    ids, moved = request.form.getlist("id", type=row_id), row_id_or_none(request.form.get("moved", "")) or 0
    begin_write()
    _require_on(topic_id, moved)
    order.arrange(topic_id, ids)
    db.session.commit()
    return _to_moved(topic_id, moved, "")


@studio.post(f"{ADDRESS}/moves")
def move_articles(topic_id: int) -> Any:
    """Hang those that were ticked on another topic, after what hangs there."""
    viewer = editor("arrange_topics")
    _topic(topic_id)
    ids, to = request.form.getlist("article", type=row_id), row_id_or_none(request.form.get("to", "")) or 0
    if not ids or to == topic_id or to not in tree().nodes:
        flash(_("Nothing was moved: tick the articles and choose where they should go."), "error")
        return redirect(_address(topic_id), 303)
    begin_write()
    articles = order.standing_on(topic_id, ids)
    order.put_at_end(to, articles)
    for one in articles:
        journal.note("article_moved", by=viewer.id, subject=("article", one.id))
    db.session.commit()
    told = ngettext(
        "%(num)d article has been moved to “%(topic)s”.",
        "%(num)d articles have been moved to “%(topic)s”.",
        len(articles),
        topic=path_title(to, locale.current()),
    )
    flash(told, "success")
    return redirect(_address(topic_id), 303)


def _topic(topic_id: int) -> Node:
    """The topic, of which editors see every one. Raises NotFound."""
    node = tree().nodes.get(topic_id)
    if node is None:
        raise NotFound
    return node


def _require_on(topic_id: int, article_id: int) -> None:
    """Raises NotFound for an article that hangs elsewhere, maybe since a moment ago."""
    _topic(topic_id)
    if article_id not in order.shown_on(topic_id):
        raise NotFound


def _address(topic_id: int, start: int = 0, **more: Any) -> str:
    asked: dict[str, Any] = {"from": start or None, **more}
    return url_for("studio.topic_articles", topic_id=topic_id, **asked)


def _to_moved(topic_id: int, article_id: int, pressed: str) -> Response:
    """Back to the page of the list where the article stands now; the button that was pressed keeps the focus."""
    place = order.shown_on(topic_id).index(article_id)
    start = place - place % arranging.MOST_ROWS
    return redirect(_address(topic_id, start, moved=article_id, to=pressed or None), 303)
