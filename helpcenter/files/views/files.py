"""Sending files, so that none can act as a page of this site."""

from __future__ import annotations

from flask import Blueprint, Response, request, send_file

from helpcenter.accounts.viewer import current_viewer
from helpcenter.core.refusals import NotFound
from helpcenter.files import storage
from helpcenter.files.visibility import visible_file

YEAR_SECONDS = 365 * 24 * 3600
SANDBOX = "default-src 'none'; sandbox"
blueprint = Blueprint("files", __name__)


@blueprint.get("/files/<name>")
def show(name: str) -> Response:
    """A file, to whoever may see it. What everybody may see is kept by browsers for a year: its bytes never change."""
    return _sent(name, small=False)


@blueprint.get("/files/small/<name>")
def show_small(name: str) -> Response:
    """Its smaller variant; the file itself where there is none."""
    return _sent(name, small=True)


def _sent(name: str, *, small: bool) -> Response:
    seen = visible_file(name, current_viewer())
    is_small = small and seen.file.small_width is not None
    path = storage.path_of(seen.file.name, small=is_small)
    if not path.is_file():
        raise NotFound
    etag = f"{'small-' if is_small else ''}{seen.file.name.removesuffix('.webp')}"
    response = send_file(path, mimetype=seen.file.media_type, conditional=False, etag=False)
    response.set_etag(etag)
    if seen.is_public:
        response.cache_control.public = True
        response.cache_control.max_age = YEAR_SECONDS
        response.cache_control.immutable = True
    else:
        response.cache_control.private = True
        response.cache_control.no_cache = True
        response.vary.add("Cookie")
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["Content-Disposition"] = "inline"
    response.make_conditional(request, accept_ranges=True, complete_length=path.stat().st_size)
    return response
