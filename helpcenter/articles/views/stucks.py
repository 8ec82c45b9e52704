"""For a reader who gets no further at a step: a word to the editors, and the ways on."""

from __future__ import annotations

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from helpcenter.accounts.viewer import current_viewer
from helpcenter.articles import stuck, visibility, vote_box
from helpcenter.articles.breadcrumb import breadcrumb
from helpcenter.articles.visibility import Reading
from helpcenter.core import limits
from helpcenter.core.db import begin_write, db
from helpcenter.core.page_store import public_page
from helpcenter.core.refusals import NotFound
from helpcenter.journeys import actor, page_token
from helpcenter.topics.tree import tree

blueprint = Blueprint("stucks", __name__)
ADDRESS = "/<locale:locale>/articles/<int:article_id>/stuck"


@blueprint.get(f"{ADDRESS}/<int:step>")
@public_page
def show(locale: str, article_id: int, step: int) -> str:
    """The page a step's link leads to without scripts; looking at it says nothing to anybody."""
    reading = visibility.readable(article_id, locale, current_viewer())
    return _page(reading, locale, step, is_said=False)


@blueprint.post(f"{ADDRESS}/<int:step>")
@limits.limit(stuck.RATE, scope="stuck")
def create(locale: str, article_id: int, step: int) -> str | tuple[str, int] | Response:
    """Tell the editors that somebody is stuck here."""
    if not 1 <= step <= stuck.LAST_STEP:
        raise NotFound
    reading = visibility.readable(article_id, locale, current_viewer())
    seen = page_token.of_form(vote_box.subject_of(reading))
    if seen is None:
        return _page(reading, locale, step, is_said=False), 422
    by = actor.of_request()
    begin_write()
    stuck.say_stuck(step, seen, by)
    db.session.commit()
    return _page(reading, locale, step, is_said=True)


def _page(reading: Reading, locale: str, step: int, *, is_said: bool) -> str:
    if not 1 <= step <= stuck.LAST_STEP:
        raise NotFound
    root = tree().root_of(reading.topic_id)
    return render_template(
        "articles/stuck.html",
        article={"title": reading.title, "url": visibility.url(reading, locale), "locale": reading.locale},
        breadcrumb=breadcrumb(reading.topic_id, locale),
        step=step,
        is_said=is_said,
        doors=vote_box.doors(reading, locale, step),
        token=page_token.make("article", reading.article_id, reading.revision_id, reading.locale, root, ("viewed",)),
    )
