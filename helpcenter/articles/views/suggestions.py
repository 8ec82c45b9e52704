"""Suggesting an improvement to an article, and reading what became of it."""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from helpcenter.accounts.viewer import current_viewer
from helpcenter.articles import suggestion, visibility
from helpcenter.articles.breadcrumb import breadcrumb
from helpcenter.articles.suggestion_form import SuggestionForm, fresh
from helpcenter.articles.visibility import Reading
from helpcenter.core import limits, mail
from helpcenter.core.db import begin_write, db
from helpcenter.core.locale import LANGUAGES
from helpcenter.core.refusals import TooMany
from helpcenter.feedback.state import NAMES, State

blueprint = Blueprint("suggestions", __name__)
ADDRESS = "/<locale:locale>/articles/<int:article_id>/suggestions"
OF_ADDRESS = "20 per hour; 60 per day"
OF_PERSON = "10 per hour; 40 per day"


@blueprint.get(f"{ADDRESS}/new")
def new(locale: str, article_id: int) -> Response:
    """The form, with the text as it stands."""
    reading = visibility.readable(article_id, locale, current_viewer())
    return _page(reading, locale, fresh(reading))


@blueprint.post(ADDRESS)
def create(locale: str, article_id: int) -> Response:
    """Keep it for the editors."""
    viewer = current_viewer()
    reading = visibility.readable(article_id, locale, viewer)
    form = SuggestionForm(reading)
    if not form.validate():
        return _page(reading, locale, form, 422)
    try:
        limits.spend(OF_ADDRESS, "suggestion", limits.address())
        if viewer.is_signed_in:
            limits.spend(OF_PERSON, "suggestion of", f"user:{viewer.id}")
    except TooMany:
        form.refuse("words", _("Many suggestions came from here just now. Please wait a while and send it again."))
        return _page(reading, locale, form, 429)
    begin_write()
    row = suggestion.suggest(
        form.base,
        article_id,
        form.locale,
        words=form.words.data or "",
        text=form.proposed,
        said_in=locale,
        user_id=viewer.id,
        address="" if viewer.is_signed_in else form.address,
    )
    db.session.commit()
    if viewer.is_signed_in:
        url = url_for("suggestions.show", locale=locale, article_id=article_id, suggestion_id=row.id, sent="1")
    else:
        told = "1" if row.address else None
        url = url_for("suggestions.show_thanks", locale=locale, article_id=article_id, told=told)
    return redirect(url, 303)


@blueprint.get(f"{ADDRESS}/thanks")
def show_thanks(locale: str, article_id: int) -> Response:
    """It arrived; what happens next."""
    reading = visibility.readable(article_id, locale, current_viewer())
    gets_letter = request.args.get("told") == "1" and mail.is_sent()
    article = _shown(reading, locale)
    return _private(render_template("suggestions/thanks.html", article=article, gets_letter=gets_letter))


@blueprint.get(f"{ADDRESS}/<int:suggestion_id>")
def show(locale: str, article_id: int, suggestion_id: int) -> Response:
    """What one suggested, and what became of it."""
    row = suggestion.own(suggestion_id, article_id, current_viewer().id)
    return _private(
        render_template(
            "suggestions/show.html",
            suggestion=row,
            title=suggestion.title_of(row),
            url=url_for("articles.show", locale=locale, article_id=article_id),
            state=NAMES[State(row.state)],
            is_sent=request.args.get("sent") == "1",
        )
    )


def _page(reading: Reading, locale: str, form: SuggestionForm, status: int = 200) -> Response:
    page = render_template(
        "suggestions/new.html",
        form=form,
        article=_shown(reading, locale) | {"title": form.base.title, "locale": form.locale},
        breadcrumb=breadcrumb(reading.topic_id, locale),
        is_changed=form.proposed is not None or bool(form.text.errors),
        text_direction=LANGUAGES[form.locale].direction,
    )
    return _private(page, status)


def _shown(reading: Reading, locale: str) -> dict[str, str]:
    return {"title": reading.title, "url": visibility.url(reading, locale), "locale": reading.locale}


def _private(page: str, status: int = 200) -> Response:
    response = make_response(page, status)
    response.cache_control.no_store = True
    return response
