"""A provider of OpenID Connect on this machine: it does what the protocol says, or what a test wants wrong about it."""

from __future__ import annotations

import hashlib
import json
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from threading import Event, Thread
from typing import Any
from urllib.parse import parse_qs, unquote_plus, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

from helpcenter.core import clock

CLIENT_ID, CLIENT_SECRET = "help & center", "a secret: with / and +"
PIA = {"sub": "pia-7", "email": "pia@example.org", "email_verified": True, "name": "Pia"}
Claims = dict[str, Any]


@cache
def private_key(kid: str) -> rsa.RSAPrivateKey:
    """The key of a name, the same for the whole run: making one takes a while."""
    return rsa.generate_private_key(public_exponent=65537, key_size=1024 if kid == "short" else 2048)


def public_jwk(name: str, **more: Any) -> dict[str, Any]:
    """Its public half, as a list of keys holds it."""
    found: dict[str, Any] = jwt.algorithms.RSAAlgorithm.to_jwk(private_key(name).public_key(), as_dict=True)
    return {**found, "kid": name, "use": "sig", "alg": "RS256", **more}


def signed(claims: Claims, kid: str = "first", key: str = "", **header: Any) -> str:
    """An ID token as an honest provider makes it; with `key` it is another one than the header says."""
    return jwt.encode(claims, private_key(key or kid), algorithm="RS256", headers={"kid": kid, **header})


def half_hash(text: str) -> str:
    """at_hash for RS256."""
    return urlsafe_b64encode(hashlib.sha256(text.encode()).digest()[:16]).rstrip(b"=").decode()


@dataclass
class ProviderServer:
    """`person` is who is logged in there. `twist` changes what a token says, `sign` how it is signed.

    `instead` maps a path to a status, a body and headers that are answered in place of what is right; `stops` maps one
    to an event that it waits for. `asks` shows a page with a button before it leads back. `asked` is every path so far.
    """

    url: str
    person: Claims = field(default_factory=lambda: dict(PIA))
    twist: Callable[[Claims], Claims] = lambda claims: claims
    sign: Callable[[Claims], str] = signed
    kids: list[str] = field(default_factory=lambda: ["first"])
    about: dict[str, Any] = field(default_factory=dict)
    instead: dict[str, tuple[int, bytes, dict[str, str]]] = field(default_factory=dict)
    stops: dict[str, Event] = field(default_factory=dict)
    userinfo: Claims | None = None
    asks: bool = False
    is_public: bool = False
    asked: list[str] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=count)

    def metadata(self) -> dict[str, Any]:
        """The discovery document."""
        paths = {"authorization_endpoint": "/authorize", "token_endpoint": "/token", "jwks_uri": "/keys"}
        told = {"issuer": self.url, **{name: self.url + path for name, path in paths.items()}}
        if self.userinfo is not None:
            told["userinfo_endpoint"] = f"{self.url}/userinfo"
        return {**told, **self.about}

    def allow(self, asked: dict[str, str]) -> str:
        """Where the browser goes once its person is known."""
        code = f"code-{next(self.numbers)}"
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def answer(self, code: str, form: dict[str, str], authorization: str) -> tuple[int, Claims]:
        """What the token endpoint says: each code once, to whoever began with it."""
        begun = self.codes.pop(code, None)
        if not self._knows(form, authorization):
            return 401, {"error": "invalid_client"}
        challenge = urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest()).rstrip(b"=")
        if (
            begun is None
            or begun["redirect_uri"] != form.get("redirect_uri")
            or begun["code_challenge_method"] != "S256"
            or begun["code_challenge"].encode() != challenge
        ):
            return 400, {"error": "invalid_grant", "error_description": "a secret of the provider"}
        now = int(clock.now().timestamp())
        usual = {"iss": self.url, "aud": CLIENT_ID, "iat": now, "exp": now + 300, "nonce": begun["nonce"]}
        access = f"access-{code}"
        claims = self.twist({**usual, "at_hash": half_hash(access), **self.person})
        return 200, {"access_token": access, "token_type": "Bearer", "id_token": self.sign(claims)}

    def _knows(self, form: dict[str, str], authorization: str) -> bool:
        if self.is_public:
            return form.get("client_id") == CLIENT_ID and not authorization
        if self.about.get("token_endpoint_auth_methods_supported") == ["client_secret_post"]:
            return (form.get("client_id"), form.get("client_secret")) == (CLIENT_ID, CLIENT_SECRET)
        pair = b64decode(authorization.removeprefix("Basic ")).decode().split(":")
        return [unquote_plus(part) for part in pair] == [CLIENT_ID, CLIENT_SECRET]


@contextmanager
def running(port: int = 0) -> Iterator[ProviderServer]:
    """The provider until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path, asked = self._asked(self.path)
            if path == "/.well-known/openid-configuration":
                self._json(200, its.metadata())
            elif path == "/keys":
                self._json(200, {"keys": [public_jwk(kid) for kid in its.kids]})
            elif path == "/userinfo":
                self._json(200 if self.headers["Authorization"].startswith("Bearer access-") else 401, its.userinfo)
            elif path == "/authorize" and its.asks:
                page = f'<title>Provider</title><h1>Hello {its.person.get("name")}</h1><a href="/allow?{escape(urlsplit(self.path).query)}">Allow</a>'
                self._send(200, page.encode(), {"Content-Type": "text/html"})
            elif path in ("/authorize", "/allow"):
                self._send(303, b"", {"Location": its.allow(asked)})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            _path, form = self._asked(f"{self.path}?{body}")
            if self.path == "/token":
                status, said = its.answer(form.get("code", ""), form, self.headers["Authorization"] or "")
                self._json(status, said)

        def _asked(self, address: str) -> tuple[str, dict[str, str]]:
            parts = urlsplit(address)
            return parts.path, {name: values[0] for name, values in parse_qs(parts.query).items()}

        def _json(self, status: int, said: object) -> None:
            self._send(status, json.dumps(said).encode(), {"Content-Type": "application/json"})

        def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
            path = urlsplit(self.path).path
            its.asked.append(path)
            if path in its.stops:
                its.stops[path].wait(20)
            status, body, headers = its.instead.get(path, (status, body, headers))
            try:
                self.send_response(status)
                for name, value in {"Content-Length": str(len(body)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)
            except OSError:
                return

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.daemon_threads = True
    its = ProviderServer(f"http://127.0.0.1:{server.server_port}")
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield its
    finally:
        for stop in its.stops.values():
            stop.set()
        server.shutdown()
        server.server_close()
