"""Calling off what was planned for an edition."""

from __future__ import annotations

from flask import flash
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from helpcenter.articles.planned_act import Act
from helpcenter.articles.studio import planning
from helpcenter.articles.studio.blueprint import editor, studio
from helpcenter.articles.studio.opened import opened
from helpcenter.articles.studio.views.articles import to_editor
from helpcenter.core.db import begin_write, db
from helpcenter.core.refusals import NotFound


@studio.post("/studio/articles/<int:article_id>/<locale:language>/plans/<act>/cancellation")
def cancel_plan(article_id: int, language: str, act: str) -> Response:
    """It does not happen; what was written stays a draft."""
    viewer = editor("publish_articles")
    if act not in set(Act):
        raise NotFound
    begin_write()
    found = opened(article_id, language, viewer)
    if found.edition is None:
        raise NotFound
    planning.cancel(found.edition, Act(act), by=viewer.id)
    db.session.commit()
    flash(_("Cancelled. Nothing changes for readers."), "success")
    return to_editor(article_id, language)
