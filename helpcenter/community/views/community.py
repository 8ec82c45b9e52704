"""The questions of everybody, and one's own."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import Select

from helpcenter.accounts.member_page import own_when, same_for_members
from helpcenter.accounts.notifications.following import said, said_rows
from helpcenter.accounts.permissions import require
from helpcenter.accounts.viewer import STRANGER, Viewer, current_viewer
from helpcenter.community import duplicate_page
from helpcenter.community.listing import EVERY_LANGUAGE, Asked, has_others, listed, of_person
from helpcenter.community.question import Question
from helpcenter.community.row import rows_of
from helpcenter.community.visibility import own_questions, visible_questions
from helpcenter.core.page_store import public_page
from helpcenter.topics.tree import tree

blueprint = Blueprint("community", __name__)


@blueprint.get("/<locale:locale>/community")
@public_page
@same_for_members
def index(locale: str) -> str:
    """Recent, unanswered or solved questions, of a topic or of all."""
    viewer, asked = current_viewer(), Asked.of(request.args)
    if asked.topic:
        own_when(said_rows(("topic", asked.topic)))
    return _page(visible_questions(viewer), asked, locale, viewer)


@blueprint.get("/<locale:locale>/community/mine")
def own(locale: str) -> str:
    """What this person asked or answered, in every language."""
    viewer = current_viewer()
    require(viewer, "ask")
    asked = Asked(language=EVERY_LANGUAGE, after=request.args.get("after", ""))
    return _page(of_person(own_questions(viewer), viewer.id or 0, is_own=True), asked, locale, viewer, is_own=True)


def _page(questions: Select[Question], asked: Asked, locale: str, viewer: Viewer, *, is_own: bool = False) -> str:
    page = listed(questions, asked, locale)
    endpoint = "community.own" if is_own else "community.index"
    following = {"after": page.next_after} if is_own else asked.query(after=page.next_after)
    words: dict[str, Any] = {
        "rows": rows_of(page.rows, locale),
        "tabs": _tabs(asked, is_own=is_own),
        "sorts": [] if is_own else _sorts(asked),
        "topics": [] if is_own else _topics(asked, locale, viewer),
        "languages_url": _languages_url(questions, asked, locale) if not is_own else None,
        "is_every_language": asked.language == EVERY_LANGUAGE,
        "is_own": is_own,
        "topic_id": None if is_own else _followable(asked.topic, viewer),
        "follows": bool(asked.topic and said(viewer.id, ("topic", asked.topic))),
        "own_feeds": [] if is_own else _feeds(asked, locale, viewer),
        "here": url_for("community.index", **asked.query()) if not is_own else "",
        "show": "mine" if is_own else asked.show,
        "next_url": url_for(endpoint, **following) if page.next_after else None,
        "first_url": url_for(endpoint, **({} if is_own else asked.query())) if asked.after else None,
    }
    return render_template("community/index.html", **words)


def _feeds(asked: Asked, locale: str, viewer: Viewer) -> list[dict[str, Any]]:
    every = {"title": _("All questions"), "url": url_for("community_feeds.recent", lang=locale)}
    waiting = {"title": _("Unanswered"), "url": url_for("community_feeds.unanswered", lang=locale)}
    if asked.topic is None or asked.topic not in tree().visible_ids(STRANGER) & tree().visible_ids(viewer):
        return [every, waiting]
    title = tree().nodes[asked.topic].text(locale).title
    own = {"title": title, "url": url_for("community_feeds.topic", topic_id=asked.topic, lang=locale)}
    return [own, every, waiting]


def _followable(topic_id: int | None, viewer: Viewer) -> int | None:
    return topic_id if topic_id in tree().visible_ids(viewer) else None


def _tabs(asked: Asked, *, is_own: bool) -> list[dict[str, Any]]:
    names = {"recent": _("Recent"), "unanswered": _("Unanswered"), "solved": _("Solved")}
    base = Asked(language="" if is_own else asked.language)
    tabs = [
        {"title": title, "url": url_for("community.index", **base.query(show=show)), "current": show == asked.show}
        for show, title in names.items()
    ]
    if is_own:
        tabs = [{**tab, "current": False} for tab in tabs]
    mine = {"title": _("My own"), "url": url_for("community.own"), "current": is_own}
    # A list of the team's own, where something waits in it.
    contested = {"title": _("Contested duplicates"), "url": url_for("duplicates.index"), "current": False}
    return [*tabs, mine, *([contested] if duplicate_page.waits(current_viewer()) else [])]


def _sorts(asked: Asked) -> list[dict[str, Any]]:
    names = {"activity": _("Last activity"), "hot": _("What people are talking about"), "new": _("Newest")}
    return [
        {"title": title, "url": url_for("community.index", **asked.query(sort=sort)), "current": sort == asked.sort}
        for sort, title in names.items()
    ]


def _topics(asked: Asked, locale: str, viewer: Viewer) -> list[dict[str, Any]]:
    every = {
        "title": _("All"),
        "url": url_for("community.index", **asked.query(topic=None)),
        "current": not asked.topic,
    }
    roots = [
        {
            "title": node.text(locale).title,
            "url": url_for("community.index", **asked.query(topic=node.id)),
            "current": asked.topic == node.id,
        }
        for node in tree().roots(viewer)
    ]
    return [every, *roots] if roots else []


def _languages_url(questions: Select[Question], asked: Asked, locale: str) -> str | None:
    """To the questions of every language, where there are others; and back."""
    if asked.language == EVERY_LANGUAGE:
        return url_for("community.index", **asked.query(language=""))
    if not has_others(questions, locale):
        return None
    return url_for("community.index", **asked.query(language=EVERY_LANGUAGE))
