"""Gives out kept pages before the app is asked: no route, no session, one read of the content version.

Whatever is not plainly a kept page goes on to the app, which answers and keeps it. So does whoever brings a cookie of
their own, unless the package that knows people has a kept page for them.
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
from helpcenter.core.metrics import database_error
from helpcenter.core.page_store import PageStore, has_own_cookie, key_of
from helpcenter.core.plain_reader import PlainReader

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Wsgi = Callable[[Environ, StartResponse], Iterable[bytes]]
Answer = tuple[int, list[tuple[str, str]], bytes]
"""Status, headers and body."""
OwnPages = Callable[[Environ, int, PlainReader], Answer | None]
"""From a request, the content version and a reader to the answer for somebody known; None: the app shall answer."""
STATUS_LINES = {status: f"{status} {HTTPStatus(status).phrase}" for status in (200, 304)}
# These are the same at every version.
STATIC = ("/assets/", "/static/")
PATIENCE_SECONDS = 2.0
_OWN_PAGES = "own_pages"


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
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or environ["PATH_INFO"].startswith(STATIC):
            return self._inner(environ, start_response)
        try:
            version = environ[content_version.ASKED_BEFORE] = content_version.glance(self._reader)
            own = self._own(environ, version) if has_own_cookie(environ) else None
        except self._database_errors as problem:
            database_error.count(problem)
            # The app finds out for itself, and has a page for that.
            return self._inner(environ, start_response)
        if own is not None:
            return self._given(environ, start_response, own, began_at)
        language = None if has_own_cookie(environ) else self._language(environ, version)
        if language is None:
            return self._inner(environ, start_response)
        key = key_of(environ, language)
        store: PageStore = self._app.extensions["page_store"]
        page = store.get(key, version)
        if page is None:
            # A page that many ask for when it has just become cold is made once; whoever waits long makes it too.
            with self._line.waited(key):
                page = store.get(key, version)
                if page is None:
                    return self._inner(environ, start_response)
        return self._given(environ, start_response, page.answer(environ), began_at)

    def _given(
        self, environ: Environ, start_response: StartResponse, answer: Answer, began_at: float
    ) -> Iterable[bytes]:
        status, headers, body = answer
        name = request_id.name_of(environ, self._trusts_proxy)
        start_response(STATUS_LINES[status], [*headers, (request_id.HEADER, name)])
        path = environ["PATH_INFO"].encode("latin-1").decode(errors="replace")
        logs.answered(name, environ["REQUEST_METHOD"], logs.known_path(path), status, began_at, is_kept=True)
        return [body] if body and environ["REQUEST_METHOD"] == "GET" else []

    def _own(self, environ: Environ, version: int) -> Answer | None:
        source: OwnPages | None = self._app.extensions.get(_OWN_PAGES)
        return source(environ, version, self._reader) if source else None

    def _language(self, environ: Environ, version: int) -> str | None:
        """The language a stranger is answered in; None where this process has yet to read the site's languages."""
        in_address = language_in(environ)
        if in_address:
            return in_address
        known = site.known_at(self._app, version)
        if known is None:
            return None
        asked: str = dict(reversed(parse_qsl(environ.get("QUERY_STRING", ""), keep_blank_values=True))).get("lang", "")
        if asked in known.locales:
            return asked
        return locale.best_of(known.locales, environ.get("HTTP_ACCEPT_LANGUAGE", ""))


def language_in(environ: Environ) -> str | None:
    """The language that the address of a request begins with."""
    first: str = environ["PATH_INFO"][1:].partition("/")[0]
    return first if first in locale.LANGUAGES else None


def own_pages_from(app: Flask, source: OwnPages) -> None:
    """Let a package that knows people give them what it keeps. It may raise what the database driver raises."""
    app.extensions[_OWN_PAGES] = source


def register(app: Flask) -> None:
    """Stand in front of everything else."""
    app.wsgi_app = PageServer(app, app.wsgi_app)  # type: ignore[method-assign]
