"""Where one is signed in, and ending that."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from helpcenter.accounts import own_account, session, sign_in
from helpcenter.accounts.viewer import current_viewer
from helpcenter.core.db import begin_write, db

blueprint = Blueprint("open_sessions", __name__)


@blueprint.get("/preferences/sessions")
def index() -> str:
    """Every browser that is signed in, this one first and marked."""
    viewer = current_viewer()
    person = own_account.of(viewer)
    # This browser first, the others by when they were used.
    found = sorted(session.open_sessions(person.id), key=lambda one: one.id != viewer.session_id)
    return render_template("accounts/sessions.html", sessions=found)


@blueprint.post("/preferences/sessions/<int:session_id>/end")
def destroy(session_id: int) -> Any:
    """Sign one browser out; of somebody else's it knows nothing."""
    viewer = current_viewer()
    person = own_account.of(viewer)
    begin_write()
    session.end(session_id, of=person.id)
    db.session.commit()
    if session_id == viewer.session_id:
        return sign_in.farewell("/", _("You are logged out."))
    flash(_("That browser is logged out."))
    return redirect(url_for("open_sessions.index"), 303)


@blueprint.post("/preferences/sessions/end")
def destroy_all() -> Any:
    """Sign every browser out, this one too."""
    person = own_account.of(current_viewer())
    begin_write()
    session.end_all(person.id)
    db.session.commit()
    return sign_in.farewell("/", _("You are logged out of every browser, this one too."))
