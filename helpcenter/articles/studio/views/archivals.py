"""Taking an edition away from readers, and undoing it: no question is asked before, because it can be undone after."""

from __future__ import annotations

from typing import Any

from flask import flash
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from helpcenter.articles import planned_act
from helpcenter.articles.planned_act import Act
from helpcenter.articles.studio import archival
from helpcenter.articles.studio.archival_form import ArchivalForm
from helpcenter.articles.studio.blueprint import editor, studio
from helpcenter.articles.studio.editor_page import Shown, as_kept, page
from helpcenter.articles.studio.opened import opened
from helpcenter.articles.studio.views.articles import to_editor
from helpcenter.core import journal, locale
from helpcenter.core.db import begin_write, db
from helpcenter.core.refusals import NotFound


@studio.post("/studio/articles/<int:article_id>/<locale:language>/archival")
def archive(article_id: int, language: str) -> Any:
    """Take it away; the page one comes back to offers the way back."""
    viewer, form = editor("publish_articles"), ArchivalForm()
    form.check_moment()
    successor_id = form.successor_of(article_id)
    if form.refused:
        found = opened(article_id, language, viewer)
        return page(found, as_kept(found, viewer), viewer, Shown(archival=form)), 422
    begin_write()
    found = opened(article_id, language, viewer)
    if found.edition is None:
        raise NotFound
    moment = form.at.moment
    if moment is None:
        archival.archive(found.article, found.edition, successor_id, by=viewer.id)
    else:
        found.article.successor_id = successor_id
        journal.note("archival_planned", by=viewer.id, subject=("article", article_id), locale=language)
        planned_act.plan(found.edition.id, Act.ARCHIVE, moment, by=viewer.id)
        flash(_("It will be archived on %(moment)s.", moment=locale.moment(moment)), "success")
    db.session.commit()
    return to_editor(article_id, language)


@studio.post("/studio/articles/<int:article_id>/<locale:language>/return")
def bring_back(article_id: int, language: str) -> Response:
    """Undo the archival."""
    viewer = editor("publish_articles")
    begin_write()
    found = opened(article_id, language, viewer)
    if found.edition is None:
        raise NotFound
    archival.bring_back(found.edition, by=viewer.id)
    db.session.commit()
    flash(_("It is back where it was."), "success")
    return to_editor(article_id, language)
