"""The addresses of files."""

from __future__ import annotations

from flask import Blueprint, Response

from helpcenter.accounts.viewer import current_viewer
from helpcenter.files.sending import sent
from helpcenter.files.visibility import visible_file

blueprint = Blueprint("files", __name__)


@blueprint.get("/files/<name>")
def show(name: str) -> Response:
    """A file, to whoever may see it."""
    seen = visible_file(name, current_viewer())
    return sent(seen.file, small=False, is_public=seen.is_public)


@blueprint.get("/files/small/<name>")
def show_small(name: str) -> Response:
    """Its smaller variant; the file itself where there is none."""
    seen = visible_file(name, current_viewer())
    return sent(seen.file, small=True, is_public=seen.is_public)
