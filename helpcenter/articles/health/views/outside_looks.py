"""Having a page of another site looked at again."""

from __future__ import annotations

from flask import Blueprint, current_app, flash
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from helpcenter.articles.health import outside_address
from helpcenter.articles.health.views.pardons import back
from helpcenter.articles.studio.blueprint import editor, keep_private
from helpcenter.core.db import begin_write, db

blueprint = Blueprint("outside_looks", __name__, url_prefix="/studio/health/addresses/<int:address_id>/looks")
blueprint.after_request(keep_private)


@blueprint.post("")
def create(address_id: int) -> Response:
    """The next look is due now; a job takes it, for another site may take its time."""
    editor()
    begin_write()
    outside_address.look_again(address_id)
    db.session.commit()
    if current_app.config["SETTINGS"].check_outside_links:
        flash(_("It will be checked within a few minutes."), "success")
    else:
        flash(_("This site does not check others: whoever runs it has turned that off."), "error")
    return back()
