"""The name of a request: on its answer, in its log lines and on its error page, so that one finds the other."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from typing import Any

from flask import g, has_request_context, request

HEADER = "X-Request-Id"
_GIVEN = re.compile(r"[A-Za-z0-9_-]{8,64}")


def begin(trusts_proxy: bool) -> str:
    """Name the request that begins; a proxy's name for it is kept only where a proxy is vouched for."""
    g.request_id = name_of(request.environ, trusts_proxy)
    return str(g.request_id)


def name_of(environ: Mapping[str, Any], trusts_proxy: bool) -> str:
    """The name a proxy gave the request, where it may, else a new one."""
    given = environ.get("HTTP_X_REQUEST_ID", "") if trusts_proxy else ""
    # A name has to differ, not to be secret: asking the system for randomness costs more than the rest of a kept page.
    return given if _GIVEN.fullmatch(given) else f"{random.getrandbits(64):016x}"  # nosec B311


def current() -> str:
    """The name of this request, '' outside of one."""
    return str(g.get("request_id", "")) if has_request_context() else ""
