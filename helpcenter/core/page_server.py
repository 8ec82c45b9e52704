"""Gives out kept pages before the app is asked: no route, no session, one read of the content version.

Whatever is not plainly a kept page for an anonymous reader goes on to the app, which answers and keeps it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from http import HTTPStatus
from time import perf_counter
from typing import Any
from urllib.parse import parse_qsl

from flask import Flask

from helpcenter.core import content_version, locale, logs, request_id, site
from helpcenter.core.db import db
from helpcenter.core.line import Line
from helpcenter.core.page_store import PageStore, has_own_cookie, key_of
from helpcenter.core.plain_reader import PlainReader

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Wsgi = Callable[[Environ, StartResponse], Iterable[bytes]]
STATUS_LINES = {status: f"{status} {HTTPStatus(status).phrase}" for status in (200, 304)}
# These are the same at every version.
STATIC = ("/assets/", "/static/")
PATIENCE_SECONDS = 2.0


class PageServer:
    """A WSGI app around the app."""

    def __init__(self, app: Flask, inner: Wsgi) -> None:
        self._app = app
        self._inner = inner
        self._line = Line(PATIENCE_SECONDS)
        self._trusts_proxy = bool(app.config["SETTINGS"].proxy_count)
        with app.app_context():
            self._reader = PlainReader(db.engine)
            self._database_errors = db.engine.dialect.loaded_dbapi.Error

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer from the store, or have the app answer."""
        began_at = perf_counter()
        key = self._key(environ)
        if key is None:
            return self._inner(environ, start_response)
        store: PageStore = self._app.extensions["page_store"]
        version: int = environ[content_version.ASKED_BEFORE]
        page = store.get(key, version)
        if page is None:
            # A page that many ask for when it has just become cold is made once; whoever waits long makes it too.
            with self._line.waited(key):
                page = store.get(key, version)
                if page is None:
                    return self._inner(environ, start_response)
        status, headers, body = page.answer(environ)
        name = request_id.name_of(environ, self._trusts_proxy)
        start_response(STATUS_LINES[status], [*headers, (request_id.HEADER, name)])
        path = environ["PATH_INFO"].encode("latin-1").decode(errors="replace")
        logs.answered(name, environ["REQUEST_METHOD"], logs.known_path(path), status, began_at)
        return [body] if body and environ["REQUEST_METHOD"] == "GET" else []

    def _key(self, environ: Environ) -> str | None:
        """The key under which the page for this request may be kept; None where it can not be."""
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or environ["PATH_INFO"].startswith(STATIC):
            return None
        try:
            version = content_version.glance(self._reader)
        except self._database_errors:
            # The app finds out for itself, and has a page for that.
            return None
        environ[content_version.ASKED_BEFORE] = version
        if has_own_cookie(environ):
            return None
        language = self._language(environ, version)
        return key_of(environ, language) if language else None

    def _language(self, environ: Environ, version: int) -> str | None:
        """The language a stranger is answered in; None where this process has yet to read the site's languages."""
        in_address: str = environ["PATH_INFO"][1:].partition("/")[0]
        if in_address in locale.LANGUAGES:
            return in_address
        known = site.known_at(self._app, version)
        if known is None:
            return None
        asked: str = dict(reversed(parse_qsl(environ.get("QUERY_STRING", ""), keep_blank_values=True))).get("lang", "")
        if asked in known.locales:
            return asked
        return locale.best_of(known.locales, environ.get("HTTP_ACCEPT_LANGUAGE", ""))


def register(app: Flask) -> None:
    """Stand in front of everything else."""
    app.wsgi_app = PageServer(app, app.wsgi_app)  # type: ignore[method-assign]
