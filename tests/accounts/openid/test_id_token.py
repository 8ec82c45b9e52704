"""Which ID tokens count: signed by the provider, for this site, for this log-in, and now."""

from __future__ import annotations

import hmac
import json
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from helpcenter.accounts.openid import id_token
from helpcenter.accounts.openid.failure import TokenRefused
from helpcenter.accounts.openid.id_token import Expected
from helpcenter.core import clock
from tests.accounts.openid.provider_server import half_hash, private_key, public_jwk, signed

ISSUER, SITE = "https://id.example", "help"
EXPECTED = Expected(ISSUER, SITE, "this log-in", "access")
NOW = 1_800_000_000
CLAIMS = {"iss": ISSUER, "sub": "pia", "aud": SITE, "nonce": "this log-in", "iat": NOW, "exp": NOW + 300}


@pytest.fixture(autouse=True)
def at_a_moment() -> Iterator[None]:
    with clock.moved(datetime.fromtimestamp(NOW, UTC)):
        yield


def read(token: str, *keys: Any, fresh: list[Any] | None = None) -> dict[str, Any]:
    """What it says, to whoever knows these keys, and others when asked again."""
    known = list(keys) or [public_jwk("first")]
    return id_token.read(token, EXPECTED, lambda is_fresh: fresh if is_fresh and fresh is not None else known)


def changed(changes: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in {**CLAIMS, **changes}.items() if value is not None}


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"aud": [SITE]},
        {"aud": [SITE, "another"], "azp": SITE},
        {"azp": SITE},
        {"exp": NOW - 30},
        {"iat": NOW + 30},
        {"nbf": NOW},
        {"iat": NOW - 0.5},
        {"at_hash": half_hash("access")},
        {"at_hash": half_hash("access") + "=="},
        {"extra": {"a": 1}},
    ],
    ids=str,
)
def test_what_is_meant_for_this_log_in_counts(changes: dict[str, Any]) -> None:
    assert read(signed(changed(changes))) == changed(changes)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"iss": f"{ISSUER}/"}, "iss"),
        ({"iss": None}, "iss"),
        ({"aud": "another"}, "aud"),
        ({"aud": None}, "aud"),
        ({"aud": []}, "aud"),
        ({"aud": [["help"]]}, "aud"),
        ({"aud": SITE + " "}, "aud"),
        ({"aud": [SITE, "another"]}, "azp"),
        ({"azp": "another"}, "azp"),
        ({"azp": 7}, "azp"),
        ({"nonce": "another log-in"}, "nonce"),
        ({"nonce": None}, "nonce"),
        ({"nonce": ["this log-in"]}, "nonce"),
        ({"exp": NOW - 61}, "exp"),
        ({"exp": None}, "exp"),
        ({"exp": "soon"}, "exp"),
        ({"exp": float("nan")}, "exp"),
        ({"iat": NOW + 120}, "iat"),
        ({"iat": None}, "iat"),
        ({"nbf": NOW + 120}, "nbf"),
        ({"sub": None}, "sub"),
        ({"sub": ""}, "sub"),
        ({"sub": 7}, "sub"),
        ({"sub": "a\nb"}, "sub"),
        ({"sub": "x" * 256}, "sub"),
        ({"at_hash": half_hash("other")}, "at_hash"),
        ({"at_hash": 7}, "at_hash"),
        ({"at_hash": ""}, "at_hash"),
    ],
    ids=str,
)
def test_what_is_not_says_which_claim_is_wrong(changes: dict[str, Any], why: str) -> None:
    with pytest.raises(TokenRefused, match=rf": {why}$"):
        read(signed(changed(changes)))


def test_an_access_token_that_did_not_come_fits_no_hash() -> None:
    expected = Expected(ISSUER, SITE, "this log-in")
    with pytest.raises(TokenRefused, match="at_hash"):
        id_token.read(signed(changed({"at_hash": half_hash("access")})), expected, lambda _fresh: [public_jwk("first")])


def by_hand(header: dict[str, Any], key: bytes) -> str:
    """A token that the library refuses to make."""
    text = b".".join(urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=") for part in (header, CLAIMS))
    return (text + b"." + urlsafe_b64encode(hmac.new(key, text, "sha256").digest()).rstrip(b"=")).decode()


SECRET = b"a secret that both of them know for certain"


def public_text() -> bytes:
    """The public key as files hold it."""
    return private_key("first").public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


@pytest.mark.parametrize(
    "make",
    [
        lambda: jwt.encode(CLAIMS, "", algorithm="none"),
        lambda: by_hand({"alg": "none", "kid": "first"}, public_text()),
        lambda: by_hand({"alg": "HS256", "kid": "first"}, public_text()),
        lambda: by_hand({"alg": "HS256", "kid": "secret"}, SECRET),
        lambda: by_hand({"alg": ["RS256"], "kid": "first"}, SECRET),
        lambda: by_hand({"kid": "first"}, public_text()),
        lambda: signed(CLAIMS, "first", key="stolen"),
        # A key that the token brings along, or says where to find, is not the provider's.
        lambda: signed(CLAIMS, "first", key="stolen", jwk=public_jwk("stolen")),
        lambda: signed(CLAIMS, "first", key="stolen", jku="http://127.0.0.1:1/keys", x5u="http://127.0.0.1:1/keys"),
        lambda: signed(CLAIMS, "unknown"),
        lambda: signed(CLAIMS, "unknown", key="first"),
        lambda: signed(CLAIMS)[:-8] + "AAAAAAAA",
        lambda: signed(CLAIMS, crit=["exp"], exp=1),
        lambda: jwt.encode(CLAIMS, private_key("first"), algorithm="RS512", headers={"kid": "first"}),
        lambda: signed({**CLAIMS, "padding": "x" * 20_000}),
        lambda: signed(CLAIMS).replace(".", ""),
        lambda: "a.b.c",
        lambda: "",
    ],
)
def test_what_the_provider_did_not_sign_with_a_key_of_its_list_is_refused(make: Callable[[], str]) -> None:
    secret = {"kty": "oct", "kid": "secret", "k": urlsafe_b64encode(SECRET).decode()}
    with pytest.raises(TokenRefused):
        read(make(), public_jwk("first"), secret)


@pytest.mark.parametrize(
    "changes",
    [
        {"use": "enc"},
        {"alg": "RS512"},
        {"kty": "EC"},
        {"n": "AQAB"},
        {"n": "!"},
        {"n": 7},
        {"n": None},
        {"kty": ["RSA"]},
    ],
    ids=str,
)
def test_a_key_that_is_none_of_this_kind_fits_nothing(changes: dict[str, Any]) -> None:
    key = public_jwk("first", **changes)
    with pytest.raises(TokenRefused, match="no key"):
        read(signed(CLAIMS), key, "no key", None)
    assert read(signed(CLAIMS), key, None, public_jwk("first")) == CLAIMS


def test_a_short_key_is_refused() -> None:
    with pytest.raises(TokenRefused, match="no key"):
        read(signed(CLAIMS, "short"), public_jwk("short"))


def test_a_key_may_have_neither_a_name_nor_a_use() -> None:
    bare = {name: value for name, value in public_jwk("first").items() if name in ("kty", "n", "e")}
    token = jwt.encode(CLAIMS, private_key("first"), algorithm="PS256")
    assert read(token, public_jwk("second"), bare) == CLAIMS


def test_other_kinds_of_keys_sign_too() -> None:
    curve, edwards = ec.generate_private_key(ec.SECP384R1()), ed25519.Ed25519PrivateKey.generate()
    for algorithm, key, maker in (
        ("ES384", curve, jwt.algorithms.ECAlgorithm),
        ("EdDSA", edwards, jwt.algorithms.OKPAlgorithm),
    ):
        jwk = maker.to_jwk(key.public_key(), as_dict=True)
        assert read(jwt.encode(CLAIMS, key, algorithm=algorithm), jwk) == CLAIMS


def test_a_key_that_is_new_is_asked_for() -> None:
    second = [public_jwk("second")]
    assert read(signed(CLAIMS, "second"), public_jwk("first"), fresh=second) == CLAIMS
    # The same name for another key.
    assert read(signed(CLAIMS, "first", key="second"), public_jwk("first"), fresh=[public_jwk("second", kid="first")])
    with pytest.raises(TokenRefused):
        read(signed(CLAIMS, "third"), public_jwk("first"), fresh=second)
