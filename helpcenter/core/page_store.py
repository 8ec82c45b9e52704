"""Public pages, kept in each process and served while the content version stands still.

A page is the same bytes for every anonymous reader, so its key is the address alone: no cookie but the one of a
session matters, and a request that carries one is answered by the view. The store is bounded; the least recently
used page goes first.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from threading import Lock
from typing import Any

from flask import Flask, Response, current_app, make_response, request

from helpcenter.core import content_version
from helpcenter.core.locale import current as current_locale

SESSION_COOKIE = "hc_session"
NOTICE_COOKIE = "hc_notice"
LARGEST_KEPT_BYTES = 512 * 1024


@dataclass(frozen=True)
class KeptPage:
    """An answer as bytes, with the version it was made at."""

    version: int
    body: bytes
    content_type: str
    etag: str
    headers: tuple[tuple[str, str], ...]


class PageStore:
    """A bounded, least-recently-used map from address to page; safe for threads."""

    def __init__(self, size: int) -> None:
        self._pages: OrderedDict[str, KeptPage] = OrderedDict()
        self._size = size
        self._lock = Lock()

    def get(self, key: str, version: int) -> KeptPage | None:
        """The page if it was made at this version."""
        with self._lock:
            page = self._pages.get(key)
            if page is None or page.version != version:
                return None
            self._pages.move_to_end(key)
            return page

    def put(self, key: str, page: KeptPage) -> None:
        """Keep a page, and let the least recently used go when there are too many."""
        if len(page.body) > LARGEST_KEPT_BYTES:
            return
        with self._lock:
            self._pages[key] = page
            self._pages.move_to_end(key)
            while len(self._pages) > self._size:
                self._pages.popitem(last=False)

    def __len__(self) -> int:
        return len(self._pages)


def public_page(view: Callable[..., Any]) -> Callable[..., Response]:
    """Mark a view as public: kept for anonymous readers, answered 304 when unchanged, private for everyone else."""

    @wraps(view)
    def answer(*args: Any, **kwargs: Any) -> Response:
        # A notice such as "saved" waits in a cookie for the next page: kept, it would be shown to everybody.
        if SESSION_COOKIE in request.cookies or NOTICE_COOKIE in request.cookies:
            return _private(make_response(view(*args, **kwargs)))
        store: PageStore = current_app.extensions["page_store"]
        # Pages without a language in their address are written in the one the browser asks for.
        key, version = f"{current_locale()} {request.full_path}", content_version.current()
        page = store.get(key, version)
        if page is None:
            response = make_response(view(*args, **kwargs))
            if response.status_code != 200:
                return _shared(response)
            page = _kept(response, version)
            store.put(key, page)
        return _fresh(page)

    return answer


def unkept_page(view: Callable[..., Any]) -> Callable[..., Response]:
    """Mark a view as public and made anew each time: it follows the search index, not the content version."""

    @wraps(view)
    def answer(*args: Any, **kwargs: Any) -> Response:
        response = make_response(view(*args, **kwargs))
        # A notice such as "saved" waits in a cookie for the next page: kept, it would be shown to everybody.
        if SESSION_COOKIE in request.cookies or NOTICE_COOKIE in request.cookies:
            return _private(response)
        return _fresh(_kept(response, 0)) if response.status_code == 200 else _shared(response)

    return answer


def _kept(response: Response, version: int) -> KeptPage:
    body = response.get_data()
    etag = hashlib.sha256(body).hexdigest()[:24]
    headers = tuple((name, value) for name, value in response.headers if name in ("Link", "Content-Disposition"))
    return KeptPage(version, body, response.headers["Content-Type"], etag, headers)


def _fresh(page: KeptPage) -> Response:
    response = Response(page.body, content_type=page.content_type, headers=list(page.headers))
    response.set_etag(page.etag)
    response.content_language = current_locale()
    response.make_conditional(request)
    return _shared(response)


def _shared(response: Response) -> Response:
    response.cache_control.no_cache = True
    response.vary.add("Cookie")
    if "locale" not in (request.view_args or {}):
        response.vary.add("Accept-Language")
    return response


def _private(response: Response) -> Response:
    response.cache_control.no_store = True
    response.cache_control.private = True
    response.vary.add("Cookie")
    return response


def register(app: Flask) -> None:
    """One store for this process."""
    app.extensions["page_store"] = PageStore(app.config["SETTINGS"].page_store_pages)
