"""The provider: what it said of itself and its keys, kept in this process, and how it is asked for a person.

A provider that is slow or down holds few threads of a process, each for a few seconds, and then none for a while.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import BoundedSemaphore
from time import monotonic
from typing import Any
from urllib.parse import quote_plus, urlencode, urlsplit

from flask import current_app

from config import Settings
from helpcenter.accounts.openid import id_token, metadata
from helpcenter.accounts.openid.attempt import Attempt
from helpcenter.accounts.openid.failure import CodeRefused, ProviderFailed
from helpcenter.accounts.openid.metadata import WELL_KNOWN, Metadata
from helpcenter.core import clock
from helpcenter.core.outside.connection import Addresses, destination_of
from helpcenter.core.outside.fetch import Answer, Question, Unanswered, fetch
from helpcenter.core.outside.public_address import public_only

LONGEST_SECONDS = 8.0
"""For everything one page asks the provider, taken together."""
AT_ONCE = 6
"""How many threads of a process may wait for the provider."""
PATIENCE_SECONDS = 2.0
"""How long another one waits for its turn."""
MOST_BYTES = 256 * 1024
KEPT = timedelta(hours=1)
LONGEST_KEPT = timedelta(days=1)
"""What it said of itself holds for so long while it can not be asked."""
KEYS_KEPT_AT_LEAST = timedelta(seconds=10)
REST = timedelta(seconds=15)
"""How long it is left alone after it let somebody wait in vain."""
CALLBACK = "/login/openid/callback"
SCOPE = "openid profile email"


@dataclass(frozen=True)
class Client:
    """What this site is to the provider. Without `secret` it is a public client."""

    issuer: str
    id: str
    secret: str = field(repr=False)
    redirect_uri: str
    agent: str


@dataclass(frozen=True)
class _Kept:
    value: Any
    at: datetime


class Provider:
    """Asks the provider of one client. Its methods raise ProviderFailed; `until` is a moment of the monotonic clock."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self._metadata: _Kept | None = None
        self._keys: _Kept | None = None
        self._rests_until: datetime | None = None
        self._places = BoundedSemaphore(AT_ONCE)

    def login_address(self, attempt: Attempt, *, scopes: str, locale: str) -> str:
        """Where a browser logs in there. `scopes` are asked for besides the usual ones."""
        endpoint = self.metadata(deadline()).authorization_endpoint
        asked = {
            "response_type": "code",
            "client_id": self.client.id,
            "redirect_uri": self.client.redirect_uri,
            "scope": f"{SCOPE} {scopes}".strip(),
            "state": attempt.state,
            "nonce": attempt.nonce,
            "code_challenge": attempt.challenge,
            "code_challenge_method": "S256",
            "ui_locales": locale,
        }
        return f"{endpoint}{'&' if urlsplit(endpoint).query else '?'}{urlencode(asked)}"

    def claims(self, code: str, attempt: Attempt, needed: tuple[str, ...]) -> tuple[dict[str, Any], dict[str, Any]]:
        """What the provider says of whoever comes back with this code: in the ID token, and where it is asked again.

        It is asked again where the token lacks one of `needed`. Raises CodeRefused, TokenRefused.
        """
        until = deadline()
        said = self._exchange(code, attempt, until)
        token, access = said.get("id_token"), said.get("access_token")
        if not isinstance(token, str):
            raise ProviderFailed("its answer to the code holds no id_token")
        expected = id_token.Expected(self.client.issuer, self.client.id, attempt.nonce, str(access or ""))
        claims = id_token.read(token, expected, lambda is_fresh: self.keys(until, is_fresh=is_fresh))
        if not access or all(name in claims for name in needed):
            return claims, {}
        return claims, self._userinfo(str(access), claims["sub"], until)

    def metadata(self, until: float, *, is_fresh: bool = False) -> Metadata:
        """What it says of itself, at most an hour ago; a day where it can not be asked."""
        kept = self._metadata
        if kept is not None and not is_fresh and clock.now() - kept.at < KEPT:
            return kept.value  # type: ignore[no-any-return]
        try:
            said = self._json(self._ask(self.client.issuer.rstrip("/") + WELL_KNOWN, until), "the discovery document")
            found = metadata.read(said, self.client.issuer)
        except ProviderFailed:
            if kept is None or is_fresh or clock.now() - kept.at > LONGEST_KEPT:
                raise
            return kept.value  # type: ignore[no-any-return]
        self._metadata = _Kept(found, clock.now())
        return found

    def keys(self, until: float, *, is_fresh: bool = False) -> list[Any]:
        """The keys it signs with. `is_fresh`: asked again, unless that was only just done."""
        kept = self._keys
        if kept is not None and clock.now() - kept.at < (KEYS_KEPT_AT_LEAST if is_fresh else KEPT):
            return kept.value  # type: ignore[no-any-return]
        found = self._json(self._ask(self.metadata(until).jwks_uri, until), "its list of keys").get("keys")
        if not isinstance(found, list):
            raise ProviderFailed("its list of keys is none")
        self._keys = _Kept(found, clock.now())
        return found

    def _exchange(self, code: str, attempt: Attempt, until: float) -> dict[str, Any]:
        about = self.metadata(until)
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.client.redirect_uri,
            "code_verifier": attempt.verifier,
        }
        headers = {}
        if self.client.secret and about.takes_basic:
            pair = f"{quote_plus(self.client.id)}:{quote_plus(self.client.secret)}"
            headers["Authorization"] = f"Basic {b64encode(pair.encode()).decode()}"
        else:
            form["client_id"] = self.client.id
            if self.client.secret:
                form["client_secret"] = self.client.secret
        answer = self._ask(about.token_endpoint, until, form, headers)
        if 400 <= answer.status < 500:
            error = self._json(answer, "its refusal of the code", is_refusal=True).get("error")
            word = error if isinstance(error, str) and error.isidentifier() else "without a reason"
            raise (CodeRefused if error == "invalid_grant" else ProviderFailed)(f"it refused the code: {word[:60]}")
        return self._json(answer, "its answer to the code")

    def _userinfo(self, access_token: str, subject: str, until: float) -> dict[str, Any]:
        endpoint = self.metadata(until).userinfo_endpoint
        if not endpoint or not (access_token.isascii() and access_token.isprintable()):
            return {}
        said = self._json(self._ask(endpoint, until, headers={"Authorization": f"Bearer {access_token}"}), "userinfo")
        if said.get("sub") != subject:
            raise ProviderFailed("userinfo speaks of somebody else")
        return said

    def _ask(
        self, url: str, until: float, form: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        if self._rests_until is not None and clock.now() < self._rests_until:
            raise ProviderFailed("it let somebody wait a moment ago, and is left alone for a while")
        if not self._places.acquire(timeout=PATIENCE_SECONDS):
            raise ProviderFailed("too many wait for it already")
        try:
            question = Question(url, self.client.agent, form, headers or {})
            return fetch(question, until=until, most_bytes=MOST_BYTES, allowed=self._allowed(url))
        except Unanswered as problem:
            if problem.is_slow:
                self._rests_until = clock.now() + REST
            raise ProviderFailed(f"{urlsplit(url).path}: {problem.reason}") from None
        finally:
            self._places.release()

    def _allowed(self, url: str) -> Any:
        """The machine that the settings name may stand in a network of its own; others only on the internet."""

        def own_or_public(addresses: Addresses) -> Addresses:
            own, there = destination_of(self.client.issuer), destination_of(url)
            return addresses if (own.name, own.port) == (there.name, there.port) else public_only(addresses)

        return own_or_public

    @staticmethod
    def _json(answer: Answer, what: str, *, is_refusal: bool = False) -> dict[str, Any]:
        if answer.status != 200 and not is_refusal:
            raise ProviderFailed(f"{what} came with status {answer.status}")
        try:
            said = json.loads(answer.body)
        except (ValueError, RecursionError):
            raise ProviderFailed(f"{what} is no JSON") from None
        if not isinstance(said, dict):
            raise ProviderFailed(f"{what} is no JSON object")
        return said


def deadline() -> float:
    """The moment at which a page that asks the provider now ends waiting."""
    return monotonic() + LONGEST_SECONDS


def is_set_up() -> bool:
    """Whether the settings name a provider."""
    return bool(current_app.config["SETTINGS"].openid_issuer)


def redirect_uri() -> str:
    """Where the provider leads people back to; it must know this address."""
    return f"{current_app.config['SETTINGS'].site_url}{CALLBACK}"


def of_site() -> Provider:
    """The provider of the settings, the same one for every request of this process. There must be one."""
    settings: Settings = current_app.config["SETTINGS"]
    client = Client(
        settings.openid_issuer,
        settings.openid_client_id,
        settings.openid_client_secret,
        redirect_uri(),
        f"HelpCenter-LogIn/1 (+{settings.site_url})",
    )
    kept: Provider | None = current_app.extensions.get("openid_provider")
    if kept is None or kept.client != client:
        kept = current_app.extensions["openid_provider"] = Provider(client)
    return kept
