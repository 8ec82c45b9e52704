"""Editing an article in one language: its page, and what its two buttons do."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from helpcenter.accounts import permissions
from helpcenter.accounts.viewer import Viewer
from helpcenter.articles import publication
from helpcenter.articles.folder import record
from helpcenter.articles.studio import draft, place, translation, working_copy
from helpcenter.articles.studio.article_form import ArticleForm
from helpcenter.articles.studio.blueprint import editor, studio
from helpcenter.articles.studio.editor_page import as_kept, page
from helpcenter.articles.studio.opened import Opened, first_language, opened
from helpcenter.articles.studio.text_rendering import render_into
from helpcenter.articles.studio.topic_choices import topic_choices
from helpcenter.articles.studio.views.articles import say_saved, taken_message, to_editor
from helpcenter.articles.studio.views.reconciliations import met_page
from helpcenter.core import locale
from helpcenter.core.db import begin_write, db
from helpcenter.core.markdown import Rendered


@studio.get("/studio/articles/<int:article_id>")
def show(article_id: int) -> Response:
    """An article by its number alone: in the language it was written in first."""
    editor()
    return redirect(url_for("studio.edit", article_id=article_id, language=first_language(article_id)))


@studio.get("/studio/articles/<int:article_id>/<locale:language>")
def edit(article_id: int, language: str) -> str:
    """The page to write on, with what was typed here and not saved, else with the latest revision in it."""
    viewer = editor()
    found = opened(article_id, language, viewer)
    return page(found, as_kept(found, viewer), viewer)


@studio.post("/studio/articles/<int:article_id>/<locale:language>")
def update(article_id: int, language: str) -> Any:
    """Save a draft, or publish: the same form with another button."""
    viewer, form = editor(), ArticleForm()
    publishes = "publish" in request.form
    if publishes:
        permissions.require(viewer, "publish_articles")
    found = opened(article_id, language, viewer)
    form.topic.choices = topic_choices(viewer, locale.current())
    if not form.validate():
        return page(found, form, viewer), 422
    result = render_into(form, language, record.source_path_of(found.edition.id) if found.edition else None)
    if result is None:
        return page(found, form, viewer), 422
    begin_write()
    try:
        _save(opened(article_id, language, viewer), form, result, viewer, publishes=publishes)
        db.session.commit()
    except place.AddressTaken as taken:
        db.session.rollback()
        form.refuse("old_addresses", taken_message(taken))
        return page(opened(article_id, language, viewer), form, viewer), 422
    except draft.Overtaken as overtaken:
        theirs_id = overtaken.revision.id
        db.session.rollback()
        return met_page(opened(article_id, language, viewer), form, viewer, theirs_id), 409
    return to_editor(article_id, language)


def _save(found: Opened, form: ArticleForm, result: Rendered, viewer: Viewer, *, publishes: bool) -> None:
    source = translation.source_revision_id(found, matches_now=form.matches_source.data)
    had = found.latest
    edition, revision = draft.save(found.article.id, found.language, form.change(source), result, by=viewer.id or 0)
    place.move(found.article, form.place, form.place_opened)
    working_copy.end(viewer.id, found.article.id, found.language)
    if publishes and (revision.id != edition.published_revision_id or not edition.is_published):
        publication.publish(edition, revision, result, by=viewer.id)
        say_saved(publishes=True)
    elif had is not None and revision.id == had.id and form.place == form.place_opened:
        flash(_("Nothing was changed, so nothing new was saved."), "success")
    else:
        say_saved(publishes=edition.is_published and revision.id == edition.published_revision_id)
