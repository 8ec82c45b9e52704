"""Atom feeds of the questions that strangers may read: all, unanswered, of a topic, of a tag."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy import Select

from helpcenter.accounts.viewer import STRANGER
from helpcenter.community import tag as tags
from helpcenter.community.address import question_address
from helpcenter.community.listing import Asked, listed, tagged
from helpcenter.community.question import Question
from helpcenter.community.visibility import visible_questions
from helpcenter.core import clock, site
from helpcenter.core import locale as locales
from helpcenter.core.page_address import site_address
from helpcenter.core.page_store import public_page
from helpcenter.core.refusals import NotFound
from helpcenter.core.text import shortened
from helpcenter.topics.tree import tree

blueprint = Blueprint("community_feeds", __name__)
LONGEST_SUMMARY = 400


@blueprint.get("/community/feed.atom")
@public_page
def recent() -> Response:
    """The questions that were asked, answered or solved last."""
    return _feed(Asked(), _("Community"), url_for("community.index", locale=locales.current()), "recent")


@blueprint.get("/community/unanswered.atom")
@public_page
def unanswered() -> Response:
    """The newest that nobody answered."""
    asked = Asked(show="unanswered", sort="new")
    page = url_for("community.index", locale=locales.current(), show="unanswered")
    return _feed(asked, _("Questions waiting for an answer"), page, "unanswered")


@blueprint.get("/community/topics/<int:topic_id>/feed.atom")
@public_page
def topic(topic_id: int) -> Response:
    """Those of a topic and its sections."""
    locale = locales.current()
    if topic_id not in tree().visible_ids(STRANGER):
        raise NotFound
    title = _("Questions about %(tag)s", tag=tree().nodes[topic_id].text(locale).title)
    page = url_for("community.index", locale=locale, topic=topic_id)
    return _feed(Asked(topic=topic_id), title, page, "topic", topic_id=topic_id)


@blueprint.get("/tags/<name>/feed.atom")
@public_page
def tag(name: str) -> Response:
    """Those with a tag, in every language. Raises NotFound for one that strangers may not know of."""
    tag_id = tags.id_of(name)
    if tag_id is None:
        raise NotFound
    questions = tagged(visible_questions(STRANGER), tag_id)
    title = _("Questions about %(tag)s", tag=name)
    page = url_for("tags.show", locale=locales.current(), name=name)
    return _feed(Asked(language="all"), title, page, "tag", questions, name=name)


def _feed(
    asked: Asked, title: str, page: str, endpoint: str, questions: Select[Question] | None = None, **place: Any
) -> Response:
    locale = locales.current()
    rows = listed(visible_questions(STRANGER) if questions is None else questions, asked, locale).rows
    if questions is not None and not rows:
        raise NotFound
    entries = [
        {
            "title": row.title,
            "summary": shortened(row.plain_text, LONGEST_SUMMARY),
            "url": site_address(question_address(row, row.locale)),
            "updated": row.created_at if asked.sort == "new" else row.active_at,
        }
        for row in rows
    ]
    text = render_template(
        "feeds/atom.xml",
        title=_("%(topic)s · %(site)s", topic=title, site=site.current().name),
        page_url=site_address(page),
        own_url=site_address(url_for(f"community_feeds.{endpoint}", lang=locale, **place)),
        updated=entries[0]["updated"] if entries else clock.now(),
        entries=entries,
    )
    return Response(text, mimetype="application/atom+xml")
