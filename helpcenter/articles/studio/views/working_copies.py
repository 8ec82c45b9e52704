"""What an open page of the editor tells every few seconds: that it is open, and what was typed."""

from __future__ import annotations

from typing import Any

from flask import jsonify, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from helpcenter.accounts.viewer import Viewer
from helpcenter.articles.studio import company, keeping, working_copy
from helpcenter.articles.studio.article_form import ArticleForm
from helpcenter.articles.studio.blueprint import editor, studio
from helpcenter.articles.studio.opened import Opened, opened
from helpcenter.articles.studio.views.articles import BEGINNINGS, to_editor
from helpcenter.core import clock
from helpcenter.core.db import begin_write, db
from helpcenter.core.locale import moment
from helpcenter.core.row_id import row_id_or_none


@studio.post("/studio/articles/<int:article_id>/<locale:language>/working-copy")
def keep(article_id: int, language: str) -> Response:
    """Keep what was typed, or hear that the page is open; answers who else is there, as JSON."""
    viewer = editor()
    found = opened(article_id, language, viewer)
    kept = _keep(viewer, article_id, language, found)
    seen = row_id_or_none(request.form.get("latest", ""))
    return jsonify(kept=kept, company=company.told(found, viewer, seen))


@studio.post("/studio/articles/new/working-copy")
def keep_new() -> Response:
    """The same for an article that has no number yet."""
    return jsonify(kept=_keep(editor(), working_copy.NEW, "", None), company="")


@studio.post("/studio/articles/<int:article_id>/<locale:language>/working-copy/exchange")
def exchange(article_id: int, language: str) -> Any:
    """Put what was typed aside and show the last saved text; the same again takes it back."""
    viewer = editor()
    opened(article_id, language, viewer)
    _exchange(viewer, article_id, language)
    return to_editor(article_id, language)


@studio.post("/studio/articles/new/working-copy/exchange")
def exchange_new() -> Any:
    """The same for an article that has no number yet; what the address said of it is kept."""
    _exchange(editor(), working_copy.NEW, "")
    said: dict[str, Any] = {name: request.form.get(name) or None for name in BEGINNINGS}
    return redirect(url_for("studio.new", **said), 303)


def _keep(viewer: Viewer, article_id: int, language: str, found: Opened | None) -> str | None:
    """What to say beside the buttons; '' where there was nothing to keep, None for a page whose words were saved.

    Whoever goes back to such a page and types on takes another name for it.
    """
    form = ArticleForm()
    has_form = "body" in request.form
    said: str | None = ""
    is_typed = has_form and keeping.is_typed(form, found)
    begin_write(survives_power_cut=has_form)
    if is_typed:
        is_kept = keeping.keep(form, found, language or request.form.get("language", ""), viewer)
        said = _("Kept %(moment)s", moment=moment(clock.now())) if is_kept else None
    else:
        if has_form:
            # Typed and undone again.
            working_copy.forget_page(viewer.id, article_id, language, form.open_page)
        working_copy.be_seen(viewer.id or 0, article_id, language)
    db.session.commit()
    return said


def _exchange(viewer: Viewer, article_id: int, language: str) -> None:
    begin_write()
    working_copy.exchange(viewer.id or 0, article_id, language)
    db.session.commit()
