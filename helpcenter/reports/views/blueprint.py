"""The pages of the report, all under one name, so that the navigation knows them."""

from __future__ import annotations

from flask import Blueprint, Response

from helpcenter.accounts import permissions
from helpcenter.accounts.viewer import Viewer, current_viewer

reports = Blueprint("reports", __name__, url_prefix="/reports")


def reader() -> Viewer:
    """Whoever reads the report. Raises SignInNeeded or Forbidden for anybody else."""
    viewer = current_viewer()
    permissions.require(viewer, "read_reports")
    return viewer


@reports.after_request
def keep_private(response: Response) -> Response:
    """Nothing of these pages is kept by a cache."""
    response.cache_control.no_store = True
    response.cache_control.private = True
    return response
