"""The searches, forms, votes, conversations and readers behind a figure."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for
from sqlalchemy import select

from helpcenter.core.db import db
from helpcenter.core.row_id import row_id
from helpcenter.journeys.identity import Identities
from helpcenter.reports import words
from helpcenter.reports.behind import Behind, episodes_of, page
from helpcenter.reports.range import today
from helpcenter.reports.titles import titles_by_subject, titles_of
from helpcenter.reports.views.blueprint import reader, reports
from helpcenter.support.conversation import Conversation
from helpcenter.topics.tree import tree


@reports.get("/searches")
def index_searches() -> str:
    """Exactly the searches that a figure counts, newest first."""
    return _page("searches")


@reports.get("/forms")
def index_forms() -> str:
    """Exactly the contact forms that a figure counts, newest first."""
    return _page("forms")


@reports.get("/votes")
def index_votes() -> str:
    """Exactly the votes that a figure counts, newest first."""
    return _page("votes")


@reports.get("/conversations")
def index_conversations() -> str:
    """Exactly the conversations that a figure counts, newest first. Only whoever answers is led to their words."""
    return _page("conversations")


@reports.get("/readers")
def index_readers() -> str:
    """Exactly the readers of an article that a figure counts, those who read it last first."""
    return _page("readers")


def _page(kind: str) -> str:
    viewer = reader()
    wanted = Behind.of(kind, request.args, today())
    after = request.args.get("after", type=row_id)
    found = page(wanted.items(Identities.known()), after)
    address = f"reports.index_{kind}"
    scope = wanted.scope
    answers = viewer.may("answer_conversations")
    more = _MORE[kind](found.items, scope.locale, wanted.article, answers)
    return render_template(
        "reports/behind.html",
        wanted=wanted,
        found=found,
        heading=words.BEHIND[kind, wanted.part],
        topic=tree().nodes.get(scope.topic_id or 0),
        may_answer=answers,
        report_url=url_for("reports.index", **{**scope.range.as_dates(), **scope.narrowing()}),
        first_url=url_for(address, **wanted.as_query()) if after else None,
        next_url=url_for(address, **wanted.as_query(), after=found.next_after) if found.next_after else None,
        **more,
    )


def _of_searches(items: Any, *_rest: Any) -> dict[str, Any]:
    return {"episodes": episodes_of(items)}


def _of_forms(items: Any, *_rest: Any) -> dict[str, Any]:
    about = [one.about for one in items if one.about]
    return {"episodes": episodes_of(items), "titles": titles_by_subject(about), "outcomes": words.OUTCOMES}


def _of_articles(items: Any, wanted: str, article: int | None, _answers: bool) -> dict[str, Any]:
    about = {*(one.article_id for one in items), *([article] if article else [])}
    return {"episodes": episodes_of(items), "titles": titles_of(about, wanted)}


def _of_conversations(items: Any, _wanted: str, _article: int | None, answers: bool) -> dict[str, Any]:
    ids = [one.id for one in items] if answers else []
    rows = db.session.execute(select(Conversation.id, Conversation.title).where(Conversation.id.in_(ids)))
    return {"titles": dict(rows.all())}


_MORE = {
    "searches": _of_searches,
    "forms": _of_forms,
    "votes": _of_articles,
    "readers": _of_articles,
    "conversations": _of_conversations,
}
