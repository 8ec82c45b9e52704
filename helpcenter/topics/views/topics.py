"""The pages on which editors arrange topics."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response
from wtforms import SelectChoice

from helpcenter.accounts import permissions
from helpcenter.accounts.viewer import Viewer, current_viewer
from helpcenter.core import journal, locale, site
from helpcenter.core.db import begin_write, db
from helpcenter.core.locale import LANGUAGES
from helpcenter.core.refusals import NotFound
from helpcenter.core.row_id import row_id
from helpcenter.core.text import slug_of
from helpcenter.topics import arrangement, audience_names, ordered, tree
from helpcenter.topics.arrangement import NotPossible
from helpcenter.topics.subject import KIND
from helpcenter.topics.topic import Topic, TopicText, describe, find_or_make, topics_changed
from helpcenter.topics.tree import Node
from helpcenter.topics.views.topic_form import TopicForm, form_for

blueprint = Blueprint("topics_studio", __name__)


@blueprint.after_request
def keep_private(response: Response) -> Response:
    """Nothing of these pages is kept by a cache."""
    response.cache_control.no_store = True
    response.cache_control.private = True
    return response


@blueprint.get("/studio/topics")
def index() -> str:
    """The whole tree, in the readers' order; `?moved=` names the topic that moved, `?to=` the button that did it."""
    viewer = editor()
    now = tree.tree()
    moved = now.nodes.get(request.args.get("moved", type=row_id) or 0)
    return render_template(
        "studio/topics/index.html",
        roots=[(root, now.sections(root.id, viewer)) for root in now.roots(viewer)],
        codes=[(code, LANGUAGES[code].endonym) for code in site.current().locales],
        here=locale.current(),
        audience_names=audience_names.NAMES,
        moved_id=moved.id if moved else None,
        pressed=request.args.get("to", ""),
        said=_said(moved, viewer) if moved else "",
    )


@blueprint.get("/studio/topics/new")
def new() -> str:
    """An empty form; `?below=` names the root it shall be a section of."""
    viewer = editor()
    return _page(form_for(_roots(viewer), is_sent=False, parent=request.args.get("below", "")))


@blueprint.post("/studio/topics")
def create() -> Any:
    """Add a topic at the end of its siblings."""
    viewer = editor()
    form = form_for(_roots(viewer), is_sent=True)
    if not form.validate():
        return _page(form), 422
    begin_write()
    words = form.words()
    key = slug_of(words[site.current().default_locale].title)
    if arrangement.is_taken(key, form.parent_id):
        db.session.rollback()
        form.refuse(f"title_{site.current().default_locale}", _("There is already a topic with this title."))
        return _page(form), 422
    topic = find_or_make(key, form.parent_id)
    _write(topic, form)
    journal.note("topic_added", by=viewer.id, subject=(KIND, topic.id))
    db.session.commit()
    flash(_("The topic has been added. Readers see it as soon as it contains an article."), "success")
    return redirect(url_for("topics_studio.index"), 303)


@blueprint.get("/studio/topics/<int:topic_id>")
def edit(topic_id: int) -> str:
    """Its words, its place and its audience."""
    viewer = editor()
    topic, node = found(topic_id)
    form = form_for(_roots(viewer, topic_id), node, is_sent=False)
    form.audience.data = topic.audience
    return _page(form, node)


@blueprint.post("/studio/topics/<int:topic_id>")
def update(topic_id: int) -> Any:
    """Change them."""
    viewer = editor()
    _topic, node = found(topic_id)
    form = form_for(_roots(viewer, topic_id), node, is_sent=True)
    if not form.validate():
        return _page(form, node), 422
    begin_write()
    topic, node = found(topic_id)
    try:
        arrangement.put_below(topic, form.parent_id)
    except NotPossible:
        db.session.rollback()
        form.refuse("parent", cannot_stand())
        return _page(form, node), 422
    _write(topic, form)
    journal.note("topic_changed", by=viewer.id, subject=(KIND, topic_id))
    db.session.commit()
    flash(_("The topic has been saved."), "success")
    return redirect(url_for("topics_studio.index"), 303)


@blueprint.post("/studio/topics/<int:topic_id>/removal")
def destroy(topic_id: int) -> Any:
    """Delete it, after what it held moved to another topic."""
    viewer = editor()
    begin_write()
    topic, node = found(topic_id)
    title = node.text(locale.current()).title
    try:
        moved = arrangement.delete(topic, request.form.get("into", type=row_id))
        journal.note("topic_deleted", by=viewer.id, number=moved)
        db.session.commit()
    except (NotPossible, IntegrityError):
        db.session.rollback()
        flash(
            _(
                "“%(title)s” was not deleted: choose where its contents should go, and move its sections first.",
                title=title,
            ),
            "error",
        )
        return redirect(url_for("topics_studio.edit", topic_id=topic_id), 303)
    told = ngettext(
        "“%(title)s” was deleted; %(num)d thing moved.",
        "“%(title)s” was deleted; %(num)d things moved.",
        moved,
        title=title,
    )
    flash(told, "success")
    return redirect(url_for("topics_studio.index"), 303)


def cannot_stand() -> str:
    """Why a topic stays where it was."""
    return str(_("It cannot go there: it has sections, or one with the same name is already there."))


def _said(node: Node, viewer: Viewer) -> str:
    """Where it stands now, for those who do not see it."""
    now = tree.tree()
    row = now.sections(node.parent_id, viewer) if node.parent_id else now.roots(viewer)
    return ordered.said(node.text(locale.current()).title, row.index(node) + 1, len(row))


def editor() -> Viewer:
    """Whoever arranges topics. Raises SignInNeeded or Forbidden for anybody else."""
    viewer = current_viewer()
    permissions.require(viewer, "arrange_topics")
    return viewer


def found(topic_id: int) -> tuple[Topic, Node]:
    """The gate: a topic and its node. Editors see every topic. Raises NotFound."""
    topic, node = db.session.get(Topic, topic_id), tree.tree().nodes.get(topic_id)
    if topic is None or node is None:
        raise NotFound
    return topic, node


def _roots(viewer: Viewer, besides: int | None = None) -> list[SelectChoice]:
    here = locale.current()
    return [
        SelectChoice(str(root.id), root.text(here).title) for root in tree.tree().roots(viewer) if root.id != besides
    ]


def _write(topic: Topic, form: TopicForm) -> None:
    arrangement.open_to(topic, form.audience.data)
    words = form.words()
    for code, text in words.items():
        describe(topic, code, text.title, text.description)
    emptied = [code for code in site.current().locales if code not in words]
    gone = TopicText.topic_id == topic.id, TopicText.locale.in_(emptied)
    db.session.execute(delete(TopicText).where(*gone))
    topics_changed()


def _page(form: TopicForm, node: Node | None = None) -> str:
    here = locale.current()
    now = tree.tree()
    others = [one for one in now.nodes.values() if node is not None and one.id != node.id]
    others.sort(key=lambda one: [(step.position, step.id) for step in now.path(one.id)])
    is_split = node is not None and db.session.scalar(select(Topic.id).where(Topic.parent_id == node.id).limit(1))
    return render_template(
        "studio/topics/edit.html",
        form=form,
        node=node,
        title=node.text(here).title if node else "",
        codes=site.current().locales,
        homes=[(one, " › ".join(step.text(here).title for step in now.path(one.id))) for one in others],
        audience_names=audience_names.NAMES,
        has_sections=bool(is_split),
    )
