"""When a form was shown, signed into it: what comes back sooner than anybody types was sent by a program."""

from __future__ import annotations

import secrets

from flask import current_app
from itsdangerous import BadData

from helpcenter.core import clock
from helpcenter.core.signing import signer

_PURPOSE = "form.moment"
LEAST_SECONDS = 3
# On a page kept for many this stands for the moment, which is filled in at each view. Nobody can write it into a post.
MARK = f"moment-{secrets.token_hex(16)}"


def now() -> str:
    """For the form that is shown now."""
    return str(signer(_PURPOSE).dumps(clock.now().timestamp()))


def is_too_fast(moment: str) -> bool:
    """Whether a form came back too soon, or is not one of ours. Never where the limits are switched off."""
    if not current_app.config["SETTINGS"].limits_enabled:
        return False
    try:
        shown_at = float(signer(_PURPOSE).loads(moment))
    except (BadData, TypeError, ValueError):
        return True
    return clock.now().timestamp() - shown_at < LEAST_SECONDS
