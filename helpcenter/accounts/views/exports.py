"""Everything the site holds of a person, for that person."""

from __future__ import annotations

import json

from flask import Blueprint, Response

from helpcenter.accounts import erasure, own_account
from helpcenter.accounts.viewer import current_viewer

blueprint = Blueprint("exports", __name__)


@blueprint.get("/preferences/export")
def show() -> Response:
    """One JSON file."""
    person = own_account.of(current_viewer())
    text = json.dumps(erasure.export(person.id), ensure_ascii=False, indent=2, default=str)
    response = Response(text + "\n", mimetype="application/json")
    response.headers["Content-Disposition"] = "attachment; filename=my-data.json"
    return response
