"""Public pages, kept in each process and served while the content version stands still.

A page is the same bytes for every anonymous reader, so its key is the address and the language: no cookie but the one
of a session matters, and a request that carries one is answered by the view. The store is bounded; the least recently
used page goes first. What is kept here is given out by `page_server`, before the app is asked at all.
"""

from __future__ import annotations

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache, wraps
from threading import Lock
from typing import Any

from flask import Flask, Response, current_app, g, make_response, request
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header, parse_etags

from helpcenter.core import content_version
from helpcenter.core.locale import LONGEST_WISH
from helpcenter.core.locale import current as current_locale
from helpcenter.core.metrics import counter, counts

SESSION_COOKIE = "hc_session"
NOTICE_COOKIE = "hc_notice"
# As the sitemap of a thousand articles in four languages. Few of these fit on a shelf.
LARGEST_KEPT_BYTES = 4 * 1024 * 1024
USUAL_BYTES = 24 * 1024
SMALLEST_PACKED_BYTES = 1024
# What an answer gets anew each time it is given.
_OWN_HEADERS = frozenset({"content-type", "content-length", "content-encoding", "etag", "date", "x-request-id"})


@dataclass(frozen=True)
class KeptPage:
    """An answer as bytes, with the version it was made at. `headers` are those that are the same each time.

    `own` is what tells of a page for many people whether whoever asks now has something of their own on it.
    """

    version: int
    body: bytes
    content_type: str
    etag: str
    headers: tuple[tuple[str, str], ...]
    own: tuple[Any, ...] = ()

    @cached_property
    def packed(self) -> bytes:
        """The body compressed, made when first asked for; b'' where that saves nothing."""
        return gzip.compress(self.body, 6, mtime=0) if len(self.body) >= SMALLEST_PACKED_BYTES else b""

    def answer(self, environ: Mapping[str, Any]) -> tuple[int, list[tuple[str, str]], bytes]:
        """Status, headers and body for a request: 304 to whoever has it, compressed for whoever can read that."""
        packed = self.packed if takes_gzip(environ) else b""
        tag = f"{self.etag}-gzip" if packed else self.etag
        headers = [*self.headers, ("ETag", f'"{tag}"')]
        known = environ.get("HTTP_IF_NONE_MATCH")
        if known and parse_etags(known).contains_weak(tag):
            return 304, headers, b""
        body = packed or self.body
        headers += [("Content-Type", self.content_type), ("Content-Length", str(len(body)))]
        if packed:
            headers.append(("Content-Encoding", "gzip"))
        return 200, headers, body


class _Shelf:
    """A least-recently-used map from key to page, bounded in pages and in bytes; safe for threads."""

    def __init__(self, size: int) -> None:
        self._pages: OrderedDict[str, KeptPage] = OrderedDict()
        self._size, self._most_bytes, self._bytes = size, size * USUAL_BYTES, 0
        self._lock = Lock()

    def get(self, key: str, version: int) -> KeptPage | None:
        with self._lock:
            page = self._pages.get(key)
            if page is None or page.version != version:
                return None
            self._pages.move_to_end(key)
            return page

    def put(self, key: str, page: KeptPage) -> None:
        with self._lock:
            before = self._pages.pop(key, None)
            self._pages[key] = page
            self._bytes += len(page.body) - (len(before.body) if before else 0)
            while len(self._pages) > self._size or (self._bytes > self._most_bytes and len(self._pages) > 1):
                _, oldest = self._pages.popitem(last=False)
                self._bytes -= len(oldest.body)

    def clear(self) -> None:
        with self._lock:
            self._pages.clear()
            self._bytes = 0

    def __len__(self) -> int:
        return len(self._pages)


class PageStore:
    """Where pages are kept, by their keys. `size` is in pages; of large ones there are fewer.

    A page whose address asks for something stands on a small shelf of its own: anybody can make up such addresses
    without end, and they would push the pages that everybody reads out of a common one.
    """

    def __init__(self, size: int) -> None:
        self._plain, self._asked = _Shelf(size), _Shelf(max(1, size // 5))

    def get(self, key: str, version: int) -> KeptPage | None:
        """The page if it was made at this version."""
        return self._shelf(key).get(key, version)

    def put(self, key: str, page: KeptPage) -> None:
        """Keep a page, and let the least recently used go when there are too many."""
        if len(page.body) <= LARGEST_KEPT_BYTES:
            self._shelf(key).put(key, page)

    def clear(self) -> None:
        """Forget every page."""
        self._plain.clear()
        self._asked.clear()

    def _shelf(self, key: str) -> _Shelf:
        return self._asked if key.startswith("?") else self._plain

    def __len__(self) -> int:
        return len(self._plain) + len(self._asked)


def has_own_cookie(environ: Mapping[str, Any]) -> bool:
    """Whether whoever asks may be somebody known, whatever stands before the name of the cookie.

    A notice such as "saved" waits in a cookie for the next page: kept, it would be shown to everybody.
    """
    cookies = environ.get("HTTP_COOKIE", "")
    return SESSION_COOKIE in cookies or NOTICE_COOKIE in cookies


def key_of(environ: Mapping[str, Any], made_for: str) -> str:
    """The key of a page: whom it was made for, such as its language, and its address as it was asked for.

    The query comes first, for it has no space and no slash before it could pass for a path; a path may hold anything.
    """
    path, query = f"{environ.get('SCRIPT_NAME', '')}{environ['PATH_INFO']}", environ.get("QUERY_STRING", "")
    return f"?{made_for} {query} {path}" if query else f"{made_for} {path}"


def public_page(view: Callable[..., Any]) -> Callable[..., Response]:
    """Mark a view as public: kept for anonymous readers, answered 304 when unchanged, private for everyone else."""

    @wraps(view)
    def answer(*args: Any, **kwargs: Any) -> Response:
        if _is_personal():
            return _private(make_response(view(*args, **kwargs)))
        # Read before the view reads anything else: a page may be newer than its version, never older.
        version = content_version.current()
        response = make_response(view(*args, **kwargs))
        if response.status_code == 200:
            g.page_version = version
        return _shared(response)

    return answer


def unkept_page(view: Callable[..., Any]) -> Callable[..., Response]:
    """Mark a view as public and made anew each time: what it shows follows the search index."""

    @wraps(view)
    def answer(*args: Any, **kwargs: Any) -> Response:
        response = make_response(view(*args, **kwargs))
        if _is_personal():
            return _private(response)
        if response.status_code == 200:
            response.set_etag(_tag_of(response.get_data()))
            response.make_conditional(request)
        return _shared(response)

    return answer


def keep_for_many(key: str, version: int, body: bytes, own: tuple[Any, ...]) -> None:
    """Keep a body that many people get, each with something filled in, under the headers of this very answer."""
    g.page_for_many = (key, version, body, own)


def _is_personal() -> bool:
    return has_own_cookie(request.environ)


def _keep(response: Response) -> Response:
    """Keep what a public view made, with all that was put on it since, and answer as every later time."""
    version: int | None = g.pop("page_version", None)
    for_many: tuple[str, int, bytes, tuple[Any, ...]] | None = g.pop("page_for_many", None)
    if response.status_code != 200 or "Set-Cookie" in response.headers:
        return response
    store: PageStore = current_app.extensions["page_store"]
    content_type = response.headers["Content-Type"]
    if for_many is not None:
        key, made_at, body, own = for_many
        store.put(key, KeptPage(made_at, body, content_type, "", _lasting(response), own))
    if version is None:
        return response
    body = response.get_data()
    if len(body) >= SMALLEST_PACKED_BYTES:
        response.vary.add("Accept-Encoding")
    page = KeptPage(version, body, content_type, _tag_of(body), _lasting(response))
    store.put(key_of(request.environ, current_locale()), page)
    counts.here.add(counter.KEPT_MISS)
    status, given, body = page.answer(request.environ)
    return Response(body, status, given)


def _lasting(response: Response) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in response.headers if name.lower() not in _OWN_HEADERS)


def _tag_of(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()[:24]


def takes_gzip(environ: Mapping[str, Any]) -> bool:
    """Whether whoever asks can read what is compressed. Only the first LONGEST_WISH letters of their wish are read."""
    return _takes_gzip(environ.get("HTTP_ACCEPT_ENCODING", "")[:LONGEST_WISH])


@lru_cache(maxsize=256)
def _takes_gzip(accepted: str) -> bool:
    return parse_accept_header(accepted, Accept).quality("gzip") > 0


def _shared(response: Response) -> Response:
    response.content_language = current_locale()
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
    """One store for this process. Registered second, so that what is kept has every header but the request's name."""
    app.extensions["page_store"] = PageStore(app.config["SETTINGS"].page_store_pages)
    app.after_request(_keep)
