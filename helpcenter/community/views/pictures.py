"""Sending a picture while a post is written: the script of the editor asks for it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request

from helpcenter.accounts.permissions import require
from helpcenter.accounts.viewer import current_viewer
from helpcenter.community import pictures
from helpcenter.community.pictures import LARGEST_POST_BYTES
from helpcenter.files.file import File
from helpcenter.files.picture import PictureRefused
from helpcenter.files.picture_form import PictureForm

blueprint = Blueprint("post_pictures", __name__)


@blueprint.post("/<locale:locale>/questions/pictures")
def create(locale: str) -> Any:  # noqa: ARG001 - the words of a refusal are in it
    """Keep it; JSON with `url`, `markdown`, `width`, `height`, or `error`."""
    viewer = current_viewer()
    require(viewer, "answer")
    pictures.check(viewer)
    request.max_content_length = LARGEST_POST_BYTES
    form, kept = PictureForm(), None
    if form.validate():
        kept = _kept(form)
    return form.as_json(kept)


def _kept(form: PictureForm) -> File | None:
    try:
        return pictures.take(form.sent, current_viewer())
    except PictureRefused as refused:
        form.refuse("file", refused.message)
        return None
