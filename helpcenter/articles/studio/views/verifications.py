"""Saying that an article says what is true, and who looks after it how often."""

from __future__ import annotations

from typing import Any

from flask import flash
from flask_babel import gettext as _

from helpcenter.articles import verification
from helpcenter.articles.studio.blueprint import editor, studio
from helpcenter.articles.studio.care import form_for
from helpcenter.articles.studio.editor_page import Shown, as_kept, page
from helpcenter.articles.studio.opened import opened
from helpcenter.articles.studio.views.articles import to_editor
from helpcenter.core.db import begin_write, db
from helpcenter.core.refusals import NotFound


@studio.post("/studio/articles/<int:article_id>/<locale:language>/verification")
def verify(article_id: int, language: str) -> Any:
    """Somebody read it today, and it still says what is true."""
    viewer = editor("publish_articles")
    begin_write()
    found = opened(article_id, language, viewer)
    if found.edition is None or not found.is_published:
        raise NotFound
    verification.verify(found.edition, by=viewer.id)
    db.session.commit()
    flash(_("Verified today. The next review is counted from now."), "success")
    return to_editor(article_id, language)


@studio.post("/studio/articles/<int:article_id>/<locale:language>/care")
def look_after(article_id: int, language: str) -> Any:
    """Whose article it is, in every language, and after how many days it wants to be looked at again."""
    viewer = editor()
    found = opened(article_id, language, viewer)
    form = form_for(found.article, is_sent=True)
    if not form.validate():
        return page(found, as_kept(found, viewer), viewer, Shown(care=form)), 422
    begin_write()
    article = opened(article_id, language, viewer).article
    verification.look_after(article, form.owner_id, form.every_days, by=viewer.id)
    db.session.commit()
    flash(_("Saved who looks after it."), "success")
    return to_editor(article_id, language)
