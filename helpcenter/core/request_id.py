"""The name of a request: on its answer, in its log lines and on its error page, so that one finds the other."""

from __future__ import annotations

import re
import secrets

from flask import g, has_request_context, request

HEADER = "X-Request-Id"
_GIVEN = re.compile(r"[A-Za-z0-9_-]{8,64}")


def begin(trusts_proxy: bool) -> str:
    """Name the request that begins; a proxy's name for it is kept only where a proxy is vouched for."""
    given = request.headers.get(HEADER, "") if trusts_proxy else ""
    g.request_id = given if _GIVEN.fullmatch(given) else secrets.token_hex(8)
    return str(g.request_id)


def current() -> str:
    """The name of this request, '' outside of one."""
    return str(g.get("request_id", "")) if has_request_context() else ""
