"""An admin turns off somebody's second step, who has lost both the phone and the recovery codes."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, url_for
from flask_babel import gettext as _

from helpcenter.accounts import letters, permissions, session, user
from helpcenter.accounts.second_step import second_step
from helpcenter.accounts.viewer import current_viewer
from helpcenter.core.db import begin_write, db
from helpcenter.core.refusals import Forbidden, NotFound

blueprint = Blueprint("second_step_resets", __name__)


@blueprint.post("/settings/people/<int:user_id>/second-step/reset")
def create(user_id: int) -> Any:
    """Turn it off and log the person out everywhere. Raises Forbidden for one's own: that takes a code."""
    viewer = current_viewer()
    permissions.require(viewer, "manage_people")
    if user_id == viewer.id:
        raise Forbidden("manage_people")
    begin_write()
    person = user.by_id(user_id)
    if person is None:
        raise NotFound
    if second_step.turn_off(person.id, by=viewer.id):
        session.end_all(person.id)
        letters.second_step_reset(person)
    db.session.commit()
    flash(_("%(name)s logs in with the password alone until they turn two-step login on again.", name=person.name))
    return redirect(url_for("people.edit", user_id=user_id), 303)
