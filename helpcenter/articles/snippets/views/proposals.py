"""What becomes of a change of a snippet that waits for a second person."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _

from helpcenter.articles.snippets import proposal
from helpcenter.articles.snippets.views.snippets import locked
from helpcenter.articles.studio.blueprint import editor, keep_private
from helpcenter.core.db import begin_write, db

blueprint = Blueprint("snippet_proposals", __name__, url_prefix="/studio/snippets/<int:snippet_id>/proposal")
blueprint.after_request(keep_private)


@blueprint.post("/approval")
def approve(snippet_id: int) -> Any:
    """Let the snippet say it."""
    viewer = editor("publish_articles")
    begin_write()
    proposal.approve(locked(snippet_id), request.form.get("seen", ""), by=viewer.id)
    db.session.commit()
    flash(_("Approved. Articles that show it change within a minute."), "success")
    return redirect(url_for("snippets.edit", snippet_id=snippet_id), 303)


@blueprint.post("/removal")
def discard(snippet_id: int) -> Any:
    """Forget it."""
    viewer = editor("publish_articles")
    begin_write()
    proposal.discard(locked(snippet_id), request.form.get("seen", ""), by=viewer.id)
    db.session.commit()
    flash(_("The change has been discarded. Readers see what they saw before."), "success")
    return redirect(url_for("snippets.edit", snippet_id=snippet_id), 303)
