"""What the product says of its customer: a JSON Web Token (RFC 7519) that it signs with a secret shared with this site.

It holds for five minutes and once. Only an address that the product has confirmed says who somebody is here too.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from email_validator import EmailNotValidError, validate_email

from helpcenter.accounts.fields import one_line
from helpcenter.accounts.user import LONGEST_EMAIL, LONGEST_NAME
from helpcenter.core import clock

ALGORITHM = "HS256"
LIFETIME = timedelta(minutes=5)
LEEWAY = timedelta(seconds=30)
"""How far the clocks of two machines may lie apart."""
LONGEST_ID = 120
NEEDED = ("sub", "email", "name", "iat", "exp", "jti")


class TokenRefused(ValueError):
    """It tells nothing; the message says why, for the log of whoever wrote the product's side."""


@dataclass(frozen=True)
class Claims:
    """`product_id` is the product's own word for the person, `token_id` that of the token; `locale` may be empty."""

    product_id: str
    email: str
    name: str
    locale: str
    token_id: str
    expires_at: datetime


def read(token: str, secret: str) -> Claims:
    """What a token says. Raises TokenRefused for one that is wrong, over, or valid for too long."""
    # Only where a product sends customers: with the cryptography it can do, this library takes 8 MB of a process.
    import jwt

    now = clock.now()
    try:
        # Its times are looked at below, by the clock that everything else here goes by.
        said = jwt.decode(
            token,
            secret,
            algorithms=[ALGORITHM],
            options={
                "require": list(NEEDED),
                "verify_exp": False,
                "verify_iat": False,
                "verify_nbf": False,
                "verify_aud": False,
            },
        )
    except jwt.InvalidTokenError as problem:
        raise TokenRefused(str(problem) or "it is not signed with this secret") from problem
    issued_at, expires_at = _moment(said, "iat"), _moment(said, "exp")
    if expires_at - issued_at > LIFETIME:
        raise TokenRefused(f"it holds for more than {LIFETIME.total_seconds():.0f} seconds")
    begins_at = _moment(said, "nbf") if "nbf" in said else issued_at
    if not (max(issued_at, begins_at) <= now + LEEWAY and now - LEEWAY < expires_at):
        raise TokenRefused("it is over, or not valid yet")
    if said.get("email_verified") is not True:
        raise TokenRefused("the product has not confirmed the address: email_verified is not true")
    return Claims(
        _text(said, "sub", LONGEST_ID),
        _address(_text(said, "email", LONGEST_EMAIL)),
        _name(said["name"]),
        str(said.get("locale", ""))[:8],
        _text(said, "jti", LONGEST_ID),
        expires_at,
    )


def _moment(said: dict[str, Any], name: str) -> datetime:
    try:
        return datetime.fromtimestamp(int(said[name]), UTC)
    except (TypeError, ValueError, OverflowError, OSError) as problem:
        raise TokenRefused(f"{name} is no time in seconds") from problem


def _text(said: dict[str, Any], name: str, longest: int) -> str:
    value = said[name]
    text = " ".join(value.split()) if isinstance(value, str) else ""
    if not text or len(text) > longest or not text.isprintable():
        raise TokenRefused(f"{name} is no text of 1 to {longest} characters")
    return text


def _name(value: object) -> str:
    """As people give it, cut where it is longer than a name here can be."""
    name = str(one_line(value))[:LONGEST_NAME].strip() if isinstance(value, str) else ""
    if not name:
        raise TokenRefused("name is no text")
    return name


def _address(text: str) -> str:
    try:
        return validate_email(text, check_deliverability=False).normalized
    except EmailNotValidError as problem:
        raise TokenRefused("email is no address") from problem
