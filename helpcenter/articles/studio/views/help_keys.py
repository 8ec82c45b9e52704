"""The page on which editors map places in the product to articles."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from helpcenter.accounts.permissions import require
from helpcenter.accounts.viewer import Viewer, current_viewer
from helpcenter.articles import help_key, subject
from helpcenter.core import journal, locale
from helpcenter.core.db import begin_write, db
from helpcenter.search import choosing

blueprint = Blueprint("help_keys", __name__, url_prefix="/studio/help")


@blueprint.get("")
def index() -> str:
    """Every key and where it leads, those people missed, and the form; `?title=` offers articles to point to."""
    return _page(_editor())


@blueprint.post("")
def create() -> Any:
    """Point a key at an article."""
    viewer = _editor()
    key, chosen = request.form.get("key", "").strip().lower(), choosing.subject_in(request.form.get("subject", ""))
    if not help_key.is_key(key):
        refusal = _(
            "A key begins with a letter and contains lowercase letters, digits, hyphens and underscores, at most 40."
        )
        return _page(viewer, refusal), 422
    if chosen is None or chosen[0] != subject.KIND or not help_key.exists(chosen[1]):
        return _page(viewer, _("Choose the article it leads to.")), 422
    begin_write()
    help_key.point(key, chosen[1], by=viewer.id)
    journal.note("help_key_pointed", by=viewer.id, subject=(subject.KIND, chosen[1]))
    db.session.commit()
    flash(_("The product leads there from now on."), "success")
    return redirect(url_for("help_keys.index"), 303)


def _editor() -> Viewer:
    viewer = current_viewer()
    require(viewer, "publish_articles")
    return viewer


def _page(viewer: Viewer, refusal: str | None = None) -> str:
    here, title = locale.current(), request.values.get("title", "")
    rows = help_key.mapped()
    titles = subject.titles([row.article_id for row in rows], here)
    return render_template(
        "studio/help_keys.html",
        rows=[(row, titles.get(row.article_id, ""), url_for("helps.show", locale=here, key=row.key)) for row in rows],
        missed=help_key.missed(),
        key=request.values.get("key", ""),
        title=title,
        offered=[one for one in choosing.offered(title, here, viewer) if one.subject[0] == subject.KIND],
        refusal=refusal,
    )
