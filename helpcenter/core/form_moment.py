"""When a form was shown, signed into it: what comes back sooner than anybody types was sent by a program."""

from __future__ import annotations

import secrets

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer

from helpcenter.core import clock

LEAST_SECONDS = 3
# On a page kept for many this stands for the moment, which is filled in at each view. Nobody can write it into a post.
MARK = f"moment-{secrets.token_hex(16)}"


def now() -> str:
    """For the form that is shown now."""
    return str(_signer().dumps(clock.now().timestamp()))


def is_too_fast(moment: str) -> bool:
    """Whether a form came back too soon, or is not one of ours. Never where the limits are switched off."""
    if not current_app.config["SETTINGS"].limits_enabled:
        return False
    try:
        shown_at = float(_signer().loads(moment))
    except (BadData, TypeError, ValueError):
        return True
    return clock.now().timestamp() - shown_at < LEAST_SECONDS


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="form.moment")
