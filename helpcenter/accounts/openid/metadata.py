"""What a provider says of itself (OpenID Connect Discovery 1.0): where it is asked for what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from helpcenter.accounts.openid.failure import ProviderFailed
from helpcenter.setting_addresses import LOOPBACK

WELL_KNOWN = "/.well-known/openid-configuration"


@dataclass(frozen=True)
class Metadata:
    """`userinfo_endpoint` is '' where there is none. `takes_basic`: the secret goes into a header.

    `names_itself`: its answers to a browser say which provider they come from (RFC 9207).
    """

    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str
    takes_basic: bool
    names_itself: bool


def read(said: Mapping[str, Any], issuer: str) -> Metadata:
    """What the document says. Raises ProviderFailed where it is another's, or lacks what a log-in needs."""
    if said.get("issuer") != issuer:
        raise ProviderFailed(f"it calls itself {said.get('issuer')!r}: the setting must be the same, letter by letter")
    methods = said.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
    return Metadata(
        authorization_endpoint=_endpoint(said, "authorization_endpoint", issuer),
        token_endpoint=_endpoint(said, "token_endpoint", issuer),
        jwks_uri=_endpoint(said, "jwks_uri", issuer),
        userinfo_endpoint=_endpoint(said, "userinfo_endpoint", issuer) if said.get("userinfo_endpoint") else "",
        takes_basic=not isinstance(methods, list) or "client_secret_basic" in methods,
        names_itself=said.get("authorization_response_iss_parameter_supported") is True,
    )


def _endpoint(said: Mapping[str, Any], name: str, issuer: str) -> str:
    address = said.get(name)
    if not isinstance(address, str) or not _is_safe(address, issuer):
        raise ProviderFailed(f"its {name} is no https address")
    return address


def _is_safe(address: str, issuer: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    if not parts.hostname or parts.fragment or "@" in parts.netloc or not address.isascii() or " " in address:
        return False
    is_local = issuer.startswith("http:") and parts.scheme == "http" and parts.hostname in LOOPBACK
    return parts.scheme == "https" or is_local
