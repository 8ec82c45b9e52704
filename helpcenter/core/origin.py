"""The whole defence against forged requests: a write from another site is refused before any view runs.

Browsers say where a request comes from in Sec-Fetch-Site; older ones at least in Origin. A request with neither does
not come from a browser, so no cookie of a victim travels with it. Because of this no form carries a token and public
pages are the same bytes for everyone.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, current_app, request

from config import Settings
from helpcenter.core.refusals import CrossSiteWrite

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


def is_same_origin(sec_fetch_site: str | None, origin: str | None, own_origins: frozenset[str]) -> bool:
    """Whether a write may go on. `own_origins` are the scheme://host[:port] values this site answers to."""
    if sec_fetch_site is not None:
        return sec_fetch_site in ("same-origin", "none")
    if origin is not None:
        # An Origin is scheme://host[:port] and nothing else, so it is compared and never parsed.
        return origin in own_origins
    return True


def _check() -> None:
    if request.method in SAFE_METHODS:
        return
    settings: Settings = current_app.config["SETTINGS"]
    # What an unencrypted page sends may be anybody's who stands between; where the site has https, it is not the site.
    schemes = ("https",) if settings.is_https else ("https", "http")
    hosts = (request.host, urlsplit(settings.site_url).netloc)
    own_origins = frozenset(f"{scheme}://{host}" for scheme in schemes for host in hosts)
    if not is_same_origin(request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin"), own_origins):
        raise CrossSiteWrite


def register(app: Flask) -> None:
    """Check every write."""
    app.before_request(_check)
