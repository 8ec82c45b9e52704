"""Sign what a browser or an email carries for us: with SECRET_KEY, SHA-256 and a purpose that nothing else has.

The purpose goes into the key, so that what was signed for one thing opens nothing else.
"""

from __future__ import annotations

import hashlib
from typing import Any, Final

from flask import current_app
from itsdangerous import URLSafeSerializer, URLSafeTimedSerializer

_OPTIONS: Final[dict[str, Any]] = {"digest_method": hashlib.sha256}
"""itsdangerous itself would take SHA-1."""


def signer(purpose: str) -> URLSafeSerializer:
    """Signs what holds for good, or carries its own end."""
    return URLSafeSerializer(_secret_key(), salt=purpose, signer_kwargs=_OPTIONS)


def timed_signer(purpose: str) -> URLSafeTimedSerializer:
    """Signs with the moment, so that its reader can ask for an age in seconds: `loads(token, max_age=…)`."""
    return URLSafeTimedSerializer(_secret_key(), salt=purpose, signer_kwargs=_OPTIONS)


def _secret_key() -> str:
    return str(current_app.config["SECRET_KEY"])
