"""A topic's page: its sections and their articles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, url_for

from helpcenter.accounts.member_page import own_when, same_for_members
from helpcenter.accounts.notifications import following
from helpcenter.accounts.viewer import Viewer, current_viewer
from helpcenter.articles.row import Row, row_of
from helpcenter.articles.visibility import listed
from helpcenter.core import site
from helpcenter.core.page_address import translated_into
from helpcenter.core.page_store import public_page
from helpcenter.core.refusals import MovedTo, NotFound
from helpcenter.topics.subject import KIND, address, page_address
from helpcenter.topics.tree import Node, tree
from helpcenter.web.navigation import Link

blueprint = Blueprint("topics", __name__)


@dataclass(frozen=True)
class Section:
    """A heading and its articles; the first, without a title, holds what hangs on the topic itself."""

    title: str
    description: str
    anchor: str
    rows: Sequence[Row]


@blueprint.get("/<locale:locale>/topics/<int:topic_id>")
@blueprint.get("/<locale:locale>/topics/<int:topic_id>-<slug>")
@public_page
@same_for_members
def show(locale: str, topic_id: int, slug: str = "") -> str:
    """The topic with everything it holds. A section's address leads to its place on the topic's page."""
    viewer = current_viewer()
    node = _visible_topic(topic_id, viewer)
    if node.parent_id:
        raise MovedTo(page_address(node.id, locale))
    if slug != node.text(locale).slug:
        raise MovedTo(address(node, locale))
    own_when(following.said_rows((KIND, node.id)))
    translated_into({code: address(node, code) for code in site.current().locales})
    return render_template("topics/show.html", **_page(node, locale, viewer))


def _visible_topic(topic_id: int, viewer: Viewer) -> Node:
    if topic_id not in tree().visible_ids(viewer):
        raise NotFound
    return tree().nodes[topic_id]


def _page(node: Node, locale: str, viewer: Viewer) -> dict[str, Any]:
    sections = [(None, node), *((one, one) for one in tree().sections(node.id, viewer))]
    rows = listed(viewer, locale, topic_ids=[one.id for _, one in sections])
    shown = []
    for heading, one in sections:
        own = [row_of(row, locale) for row in rows if row.topic_id == one.id]
        if own:
            text = one.text(locale)
            title, description = (text.title, text.description) if heading else ("", "")
            shown.append(Section(title, description, f"section-{one.id}", own))
    text = node.text(locale)
    return {
        "topic": {
            "title": text.title,
            "description": text.description,
            "url": address(node, locale),
            "id": node.id,
            "follows": bool(following.said(viewer.id, (KIND, node.id))),
            "ask_url": url_for("questions.new", locale=locale, topic=node.id),
            "feed_url": url_for("feeds.topic", topic_id=node.id, lang=locale),
        },
        "breadcrumb": [Link(site.current().name, url_for("home.show", locale=locale))],
        "sections": shown,
        "count": len(rows),
    }
