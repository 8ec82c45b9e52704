"""Sending a file that somebody may see, so that it can not act as a page of this site."""

from __future__ import annotations

from flask import Response, request, send_file

from helpcenter.core.refusals import NotFound
from helpcenter.files import storage
from helpcenter.files.file import File

YEAR_SECONDS = 365 * 24 * 3600
SANDBOX = "default-src 'none'; frame-ancestors 'none'; sandbox"


def sent(file: File, *, small: bool, is_public: bool) -> Response:
    """The bytes of a file, or of its smaller variant where it has one. Raises NotFound when it was lost.

    What everybody may see is kept by browsers for a year: its bytes never change.
    """
    is_small = small and file.small_width is not None
    try:
        source, size = storage.to_send(file.name, small=is_small)
    except FileNotFoundError:
        raise NotFound from None
    response = send_file(source, mimetype=file.media_type, conditional=False, etag=False)
    response.set_etag(f"{'small-' if is_small else ''}{file.name.removesuffix('.webp')}")
    if is_public:
        response.cache_control.public = True
        response.cache_control.max_age = YEAR_SECONDS
        response.cache_control.immutable = True
    else:
        response.cache_control.private = True
        response.cache_control.no_cache = True
        response.vary.add("Cookie")
    harmless(response, "inline")
    response.make_conditional(request, accept_ranges=True, complete_length=size)
    return response


def harmless(response: Response, disposition: str) -> None:
    """The headers by which a browser takes a body for nothing but what its type says."""
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["Content-Disposition"] = disposition
