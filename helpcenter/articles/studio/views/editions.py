"""Editing an article in one language: its page, and what its two buttons do."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from helpcenter.accounts import permissions
from helpcenter.accounts.names import names_of
from helpcenter.accounts.viewer import Viewer
from helpcenter.articles import publication
from helpcenter.articles.address import address
from helpcenter.articles.folder import record
from helpcenter.articles.health.listed import checks_of
from helpcenter.articles.origin import credit
from helpcenter.articles.revision import Revision
from helpcenter.articles.studio import draft, place, translation
from helpcenter.articles.studio.archival_form import ArchivalForm, form_for
from helpcenter.articles.studio.article_form import ArticleForm, filled
from helpcenter.articles.studio.blueprint import editor, studio
from helpcenter.articles.studio.history import history
from helpcenter.articles.studio.opened import Opened, first_language, opened
from helpcenter.articles.studio.text_rendering import render_into
from helpcenter.articles.studio.topic_choices import topic_choices
from helpcenter.articles.studio.views.articles import say_saved, taken_message, to_editor
from helpcenter.core import locale
from helpcenter.core.db import begin_write, db
from helpcenter.core.locale import LANGUAGES
from helpcenter.core.markdown import Rendered

RECENT_REVISIONS = 5


@studio.get("/studio/articles/<int:article_id>")
def show(article_id: int) -> Response:
    """An article by its number alone: in the language it was written in first."""
    editor()
    return redirect(url_for("studio.edit", article_id=article_id, language=first_language(article_id)))


@studio.get("/studio/articles/<int:article_id>/<locale:language>")
def edit(article_id: int, language: str) -> str:
    """The page to write on, with the latest revision in it."""
    viewer = editor()
    found = opened(article_id, language, viewer)
    return page(found, filled(found, topic_choices(viewer, locale.current())), viewer)


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
        return _overtaken(overtaken.revision.id, article_id, form, viewer, language), 409
    return to_editor(article_id, language)


def _save(found: Opened, form: ArticleForm, result: Rendered, viewer: Viewer, *, publishes: bool) -> None:
    source = translation.source_revision_id(found, matches_now=form.matches_source.data)
    had = found.latest
    edition, revision = draft.save(found.article.id, found.language, form.change(source), result, by=viewer.id or 0)
    place.move(found.article, form.place, form.place_opened)
    if publishes and (revision.id != edition.published_revision_id or not edition.is_published):
        publication.publish(edition, revision, result, by=viewer.id)
        say_saved(publishes=True)
    elif had is not None and revision.id == had.id and form.place == form.place_opened:
        flash(_("Nothing was changed, so nothing new was saved."), "success")
    else:
        say_saved(publishes=edition.is_published and revision.id == edition.published_revision_id)


def _overtaken(theirs_id: int, article_id: int, form: ArticleForm, viewer: Viewer, language: str) -> str:
    db.session.rollback()
    theirs = db.session.get_one(Revision, theirs_id)
    form.latest.data = str(theirs.id)
    return page(opened(article_id, language, viewer), form, viewer, theirs=theirs)


def page(
    found: Opened,
    form: ArticleForm,
    viewer: Viewer,
    theirs: Revision | None = None,
    archival_form: ArchivalForm | None = None,
) -> str:
    """The editor's page. `theirs` is the revision that somebody else saved while the form was being filled in,
    `archival_form` one that was refused."""
    edition, source = found.edition, found.source
    source_text = db.session.get(Revision, source.latest_revision_id) if source and source.latest_revision_id else None
    author_ids = {one.author_id for one in (theirs, found.latest) if one is not None and one.author_id}
    return render_template(
        "studio/edit.html",
        form=form,
        archival=archival_form or form_for(found.article),
        opened=found,
        language=found.language,
        language_name=LANGUAGES[found.language].endonym,
        text_direction=LANGUAGES[found.language].direction,
        versions=translation.versions(found),
        source_text=source_text,
        source_name=LANGUAGES[source.locale].endonym if source else "",
        is_outdated=bool(edition and source and translation.is_outdated(edition, source)),
        recent=history(edition, size=RECENT_REVISIONS) if edition else None,
        public_url=_public_url(found),
        credit=credit(found.article.origin_kind, found.article.origin_id, viewer, locale.current()),
        is_managed=edition is not None and record.is_managed(edition.id),
        theirs=theirs,
        names=names_of(author_ids),
        may_publish=viewer.may("publish_articles"),
        checks=checks_of(edition),
    )


def _public_url(found: Opened) -> str:
    if found.edition is None or not found.was_published:
        return ""
    return address(found.article.id, found.edition.slug, found.language)
