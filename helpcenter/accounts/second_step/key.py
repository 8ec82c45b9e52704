"""The key that an authenticator app and this site share, derived and never stored.

The table holds a random salt; the key is an HMAC of it under SECRET_KEY. So a stolen database alone makes no code, and
a backup may be kept where SECRET_KEY is not. Another SECRET_KEY gives other keys: `mark` tells that from a wrong code.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets

from flask import current_app

SALT_BYTES = 20
KEY_BYTES = 20
"""As long as the digest of SHA-1, which RFC 4226 advises; 32 letters of Base32."""


def new_salt() -> str:
    """What makes the next key another one than any before; 40 hexadecimal digits."""
    return secrets.token_hex(SALT_BYTES)


def of(user_id: int, salt: str) -> str:
    """The key of a person in Base32, as apps read it. The id is part of it: a salt means nothing in another row."""
    return base64.b32encode(_hmac(f"key {user_id} {salt}")[:KEY_BYTES]).decode()


def mark(salt: str) -> str:
    """By which one sees later whether SECRET_KEY is still the same; it tells nothing of either."""
    return _hmac(f"mark {salt}").hex()[:16]


def _hmac(text: str) -> bytes:
    # Apart from every other use of the same secret.
    secret = f"helpcenter second step {current_app.config['SETTINGS'].secret_key}"
    return hmac.digest(secret.encode(), text.encode(), hashlib.sha256)
