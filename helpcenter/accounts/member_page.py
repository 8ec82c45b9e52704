"""Public pages as members see them: made once for all who see the same, with the name of each filled in.

A page for one person costs twenty times a kept one, and for a member who did nothing on it only the name differs.
What else may differ is part of the key; whoever has something of their own on the page gets it made anew.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any

from flask import Response, current_app, g, make_response, request
from markupsafe import escape

from helpcenter.accounts.role import Role
from helpcenter.accounts.viewer import Viewer, current_viewer
from helpcenter.core import content_version, locale
from helpcenter.core.page_store import NOTICE_COOKIE, KeptPage, PageStore, key_of

# Nobody can write this into a page: it is another one in every process.
NAME = f"name-{secrets.token_hex(16)}"
ONLY_MEMBER = frozenset({Role.MEMBER})
# The bell says "9+" of all that is more.
MOST_SHOWN = 10
Check = Callable[[], bool]
Maker = Callable[[], str]


def same_for_members(view: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a public view that shows members what it shows strangers, but for their name and what `own_when` says."""

    @wraps(view)
    def answer(*args: Any, **kwargs: Any) -> Any:
        viewer = current_viewer()
        # Staff see lines of their own, and a notice waits for one person.
        if viewer.roles != ONLY_MEMBER or NOTICE_COOKIE in request.cookies:
            return view(*args, **kwargs)
        store: PageStore = current_app.extensions["page_store"]
        key, version = _key(viewer), content_version.current()
        page = store.get(key, version)
        if page is None or any(is_own() for is_own in page.own):
            g.own_checks, g.made_anew = [], current_app.extensions.setdefault("made_anew", {})
            g.viewer = replace(viewer, name=NAME)
            try:
                response = make_response(view(*args, **kwargs))
            finally:
                g.viewer = viewer
                g.pop("made_anew")
            page = KeptPage(version, response.get_data(), response.headers["Content-Type"], "", (), tuple(g.own_checks))
            if response.status_code != 200 or response.mimetype != "text/html":
                response.set_data(_named(page.body, viewer))
                return response
            if not any(is_own() for is_own in page.own):
                store.put(key, page)
        return Response(_named(page.body, viewer), content_type=page.content_type)

    return answer


def own_when(check: Check) -> None:
    """Say that this page is somebody's own when `check`, asked in a later request of theirs, is true."""
    g.setdefault("own_checks", []).append(check)


def made_anew(mark: str, make: Maker) -> str:
    """What stands for a piece of a page that is another at each view; the piece itself where the page is not kept.

    `mark` is a word nobody can write into a page, and always goes with the same `make`.
    """
    if "made_anew" not in g:
        return make()
    g.made_anew[mark] = make
    return mark


def _named(body: bytes, viewer: Viewer) -> bytes:
    named = body.replace(NAME.encode(), escape(viewer.name).encode())
    for mark, make in current_app.extensions.get("made_anew", {}).items():
        if mark.encode() in named:
            named = named.replace(mark.encode(), escape(make()).encode())
    return named


def _key(viewer: Viewer) -> str:
    looks = (viewer.theme, viewer.shortcuts, viewer.time_zone, viewer.is_confirmed, min(viewer.unread, MOST_SHOWN))
    return key_of(request.environ, f"{locale.current()} member {looks}")
