"""Editing an article in one language: its page, and what its two buttons do."""

from __future__ import annotations

from typing import Any

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from helpcenter.accounts import permissions
from helpcenter.accounts.viewer import Viewer
from helpcenter.articles.folder import record
from helpcenter.articles.renaming import rename
from helpcenter.articles.rendering import RenderedArticle
from helpcenter.articles.studio import draft, keeping, place, translation, working_copy
from helpcenter.articles.studio.article_form import ArticleForm
from helpcenter.articles.studio.blueprint import editor, studio
from helpcenter.articles.studio.editor_page import as_kept, page
from helpcenter.articles.studio.opened import Opened, first_language, opened
from helpcenter.articles.studio.release import Outcome, Wish, release, wish_of
from helpcenter.articles.studio.renaming import wanted_slug
from helpcenter.articles.studio.text_rendering import render_into
from helpcenter.articles.studio.topic_choices import topic_choices
from helpcenter.articles.studio.views.articles import after_saving, say_saved, say_unshown, taken_message
from helpcenter.articles.studio.views.reconciliations import met_page
from helpcenter.core import locale
from helpcenter.core.db import begin_write, db
from helpcenter.core.row_id import row_id_or_none


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
    wish = wish_of(request)
    if wish in (Wish.PUBLISH, Wish.SCHEDULE):
        permissions.require(viewer, "publish_articles")
    found = opened(article_id, language, viewer)
    form.topic.choices = topic_choices(viewer, locale.current())
    form.allow_summary_of(found.latest)
    if not form.validate() or (wish is Wish.SCHEDULE and not form.wants_a_moment()):
        return _refused(article_id, language, form, viewer)
    result = render_into(form, language, record.source_path_of(found.edition.id) if found.edition else None)
    if result is None:
        return _refused(article_id, language, form, viewer)
    begin_write()
    try:
        outcome = _save(opened(article_id, language, viewer), form, result, viewer, wish)
        db.session.commit()
    except place.AddressTaken as taken:
        db.session.rollback()
        form.refuse("old_addresses", taken_message(taken))
        return _refused(article_id, language, form, viewer)
    except draft.Overtaken as overtaken:
        theirs_id = overtaken.revision.id
        db.session.rollback()
        _keep(article_id, language, form, viewer)
        return met_page(opened(article_id, language, viewer), form, viewer, theirs_id), 409
    say_saved(outcome, form.publish_at.moment)
    say_unshown(result)
    return after_saving(wish, article_id, language)


def _refused(article_id: int, language: str, form: ArticleForm, viewer: Viewer) -> Any:
    if keeping.is_typed(form, opened(article_id, language, viewer)):
        _keep(article_id, language, form, viewer)
    return page(opened(article_id, language, viewer), form, viewer), 422


def _keep(article_id: int, language: str, form: ArticleForm, viewer: Viewer) -> None:
    begin_write()
    keeping.keep_refused(form, opened(article_id, language, viewer), language, viewer)
    db.session.commit()


def _save(found: Opened, form: ArticleForm, result: RenderedArticle, viewer: Viewer, wish: Wish) -> Outcome:
    seen = row_id_or_none(form.source_seen.data or "")
    source = translation.source_revision_id(found, matches_now=form.matches_source.data, seen_id=seen)
    had, slug = found.latest, wanted_slug(found, form)
    edition, revision = draft.save(found.article.id, found.language, form.change(source), result, by=viewer.id or 0)
    place.move(found.article, form.place, form.place_opened, by=viewer.id)
    if slug is not None:
        rename(edition, slug)
    working_copy.end(viewer.id, found.article.id, found.language, form.open_page)
    outcome = release(edition, revision, result, wish, form.publish_at.moment, by=viewer.id or 0)
    is_moved = form.place != form.place_opened or slug is not None
    if revision.id == edition.published_revision_id and edition.is_published and outcome is not Outcome.PUBLISHED:
        # Topic, readers and addresses count for readers at once.
        return Outcome.PUBLISHED if is_moved else Outcome.UNCHANGED
    is_same = had is not None and revision.id == had.id and not is_moved
    return Outcome.UNCHANGED if outcome is Outcome.SAVED and is_same and wish is not Wish.REVIEW else outcome
