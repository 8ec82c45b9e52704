"""The pages of the studio, all under one name, so that the navigation knows them."""

from __future__ import annotations

from flask import Blueprint, Response

from helpcenter.accounts import permissions
from helpcenter.accounts.viewer import Viewer, current_viewer

studio = Blueprint("studio", __name__)


def editor(verb: str = "edit_articles") -> Viewer:
    """Whoever edits. Raises SignInNeeded or Forbidden for anybody else."""
    viewer = current_viewer()
    permissions.require(viewer, verb)
    return viewer


@studio.after_request
def keep_private(response: Response) -> Response:
    """Nothing of the studio is kept by a cache."""
    response.cache_control.no_store = True
    response.cache_control.private = True
    return response
