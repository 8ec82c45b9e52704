"""The ID token: whether the provider signed it, for this site and this log-in, and now.

Source: OpenID Connect Core 1.0, 3.1.3.7.

Signatures are the library's; which of them count, and what the token must say, is here. The algorithm comes from a list
of ours with no "none" and none that signs with a secret: with those, a public key would be a password that all know.
"""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hmac import compare_digest
from typing import Any

from helpcenter.accounts.openid.failure import TokenRefused
from helpcenter.core import clock

KIND_OF = {
    **dict.fromkeys(("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"), "RSA"),
    **dict.fromkeys(("ES256", "ES384", "ES512"), "EC"),
    "EdDSA": "OKP",
}
HASH_OF = {"256": hashlib.sha256, "384": hashlib.sha384, "512": hashlib.sha512, "DSA": hashlib.sha512}
LEEWAY_SECONDS = 60
"""How far the clocks of two machines may lie apart."""
LONGEST = 16_000
LONGEST_SUBJECT = 255
MOST_KEYS = 20
Keys = Callable[[bool], list[Any]]
"""The provider's keys as JSON; asked again where the argument is true."""


@dataclass(frozen=True)
class Expected:
    """What this site began, which the token must fit. `access_token` came with it; '' where none did."""

    issuer: str
    client_id: str
    nonce: str
    access_token: str = ""


def read(token: str, expected: Expected, keys: Keys) -> dict[str, Any]:
    """What the token says. Raises TokenRefused, or ProviderFailed where the keys can not be had."""
    header = _header(token)
    claims = _verified(token, header, keys)
    _check_parties(claims, expected)
    _check_times(claims)
    if not isinstance(claims.get("nonce"), str) or not compare_digest(
        claims["nonce"].encode(), expected.nonce.encode()
    ):
        raise TokenRefused("it belongs to another log-in: nonce")
    _check_access(claims, expected, header["alg"])
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT or not subject.isprintable():
        raise TokenRefused("it names nobody: sub")
    return claims


def _header(token: str) -> Mapping[str, Any]:
    # Only where somebody logs in this way: with what it imports this library takes 8 MB of a process.
    import jwt

    if len(token) > LONGEST:
        raise TokenRefused("it is too long")
    try:
        header: Mapping[str, Any] = jwt.get_unverified_header(token)
    except jwt.InvalidTokenError:
        raise TokenRefused("it is no signed token") from None
    if not isinstance(header.get("alg"), str) or header["alg"] not in KIND_OF:
        raise TokenRefused("its algorithm is not allowed")
    return header


def _verified(token: str, header: Mapping[str, Any], keys: Keys) -> dict[str, Any]:
    """The claims, once a key fits. The keys are asked for again where none does: a provider changes them."""
    import jwt

    # Its claims are looked at by the rules of this protocol, and by the clock that everything else here goes by.
    unchecked = {f"verify_{name}": False for name in ("exp", "nbf", "iat", "aud", "iss", "sub", "jti")}
    options: Any = {**unchecked, "enforce_minimum_key_length": True}
    tried: list[Any] = []
    for is_fresh in (False, True):
        for key in [one for one in keys(is_fresh)[:MOST_KEYS] if _fits(one, header) and one not in tried]:
            tried.append(key)
            try:
                found = jwt.PyJWK(key, algorithm=header["alg"])
                claims = jwt.decode(token, found, algorithms=[header["alg"]], options=options)
            except (jwt.PyJWTError, ValueError, TypeError):
                # A key that is none is as good as one that does not fit.
                continue
            if isinstance(claims, dict):
                return claims
    raise TokenRefused("no key of the provider fits its signature")


def _fits(key: Any, header: Mapping[str, Any]) -> bool:
    if not isinstance(key, dict) or key.get("kty") != KIND_OF[header["alg"]]:
        return False
    if key.get("use", "sig") != "sig" or key.get("alg", header["alg"]) != header["alg"]:
        return False
    return "kid" not in header or key.get("kid") == header["kid"]


def _check_parties(claims: Mapping[str, Any], expected: Expected) -> None:
    if claims.get("iss") != expected.issuer:
        raise TokenRefused("another provider made it: iss")
    meant_for = claims.get("aud")
    audience = meant_for if isinstance(meant_for, list) else [meant_for]
    if expected.client_id not in audience:
        raise TokenRefused("it is meant for another site: aud")
    if len(audience) > 1 and "azp" not in claims:
        raise TokenRefused("it is meant for several sites and does not say which asked: azp")
    if claims.get("azp", expected.client_id) != expected.client_id:
        raise TokenRefused("another site asked for it: azp")


def _check_times(claims: Mapping[str, Any]) -> None:
    now = clock.now().timestamp()
    if now - LEEWAY_SECONDS >= _seconds(claims, "exp"):
        raise TokenRefused("it is over: exp")
    for name in ("iat", *(["nbf"] if "nbf" in claims else [])):
        if _seconds(claims, name) > now + LEEWAY_SECONDS:
            raise TokenRefused(f"it is not valid yet: {name}")


def _seconds(claims: Mapping[str, Any], name: str) -> float:
    value = claims.get(name)
    # JSON as Python reads it knows NaN, which is neither before nor after anything.
    if not isinstance(value, int | float) or value != value:
        raise TokenRefused(f"it says no time: {name}")
    return value


def _check_access(claims: Mapping[str, Any], expected: Expected, algorithm: str) -> None:
    """The access token that came along is the one that this token was made with, where it says so."""
    said = claims.get("at_hash")
    if said is None:
        return
    digest = HASH_OF[algorithm[-3:]](expected.access_token.encode()).digest()
    right = urlsafe_b64encode(digest[: len(digest) // 2]).rstrip(b"=")
    if not isinstance(said, str) or not compare_digest(said.rstrip("=").encode(), right):
        raise TokenRefused("another access token came with it: at_hash")
