"""The whole defence against forged requests: a write from another site is refused before any view runs.

Browsers say where a request comes from in Sec-Fetch-Site; older ones at least in Origin. A request with neither does
not come from a browser, so no cookie of a victim travels with it. Because of this no form carries a token and public
pages are the same bytes for everyone.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, current_app, request

from helpcenter.core.refusals import CrossSiteWrite

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


def is_same_origin(sec_fetch_site: str | None, origin: str | None, own_hosts: frozenset[str]) -> bool:
    """Whether a write may go on. `own_hosts` are the host[:port] values this site answers to."""
    if sec_fetch_site is not None:
        return sec_fetch_site in ("same-origin", "none")
    if origin is not None:
        # An Origin is scheme://host[:port] and nothing else, so it is compared and never parsed.
        scheme, _, host = origin.partition("://")
        return scheme in ("https", "http") and host in own_hosts
    return True


def _check() -> None:
    if request.method in SAFE_METHODS:
        return
    hosts = frozenset({request.host, urlsplit(current_app.config["SETTINGS"].site_url).netloc})
    if not is_same_origin(request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin"), hosts):
        raise CrossSiteWrite


def register(app: Flask) -> None:
    """Check every write."""
    app.before_request(_check)
