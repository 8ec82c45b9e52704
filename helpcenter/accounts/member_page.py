"""Public pages as members see them: made once for all who see the same, with the name of each filled in.

A page for one person costs twenty times a kept one, and for a member who did nothing on it only the name differs.
What else may differ is part of the key; whoever has something of their own on the page gets it made anew.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any

from flask import Flask, Response, current_app, g, make_response, request
from markupsafe import escape
from sqlalchemy import Select

from helpcenter.accounts.role import Role
from helpcenter.accounts.viewer import Viewer, current_viewer
from helpcenter.core import content_version, locale, page_store
from helpcenter.core.db import db
from helpcenter.core.page_store import PageStore, key_of
from helpcenter.journeys import actor
from helpcenter.journeys.actor import Actor

# Nobody can write this into a page: it is another one in every process.
NAME = f"name-{secrets.token_hex(16)}"
ONLY_MEMBER = frozenset({Role.MEMBER})
# The bell says "9+" of all that is more.
MOST_SHOWN = 10
Check = Callable[[], bool]
Maker = Callable[[], str]


@dataclass(frozen=True)
class OwnRows:
    """A page is somebody's own when this finds a row. `statement` lasts as long as the process, `given` are its values.

    Three more say who asks: `user` is their id; `voter` and `browser` are the words under which they vote.
    """

    statement: Select[Any]
    given: Mapping[str, Any]

    def values(self, by: Actor) -> dict[str, Any]:
        """All values, for one person."""
        names = by.names
        return {**self.given, "user": by.user_id, "voter": names[0], "browser": names[-1]}


def same_for_members(view: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a public view that shows members what it shows strangers, but for their name and what `own_when` says."""

    @wraps(view)
    def answer(*args: Any, **kwargs: Any) -> Any:
        viewer = current_viewer()
        # Staff see lines of their own, also while their roles wait, and a notice waits for one person.
        has_notice = current_app.config["SESSION_COOKIE_NAME"] in request.cookies
        if viewer.roles != ONLY_MEMBER or viewer.is_held_back or has_notice:
            return view(*args, **kwargs)
        store: PageStore = current_app.extensions["page_store"]
        key, version = key_for(request.environ, viewer, locale.current()), content_version.current()
        page = store.get(key, version)
        if page is not None and not _is_own(page.own):
            return Response(filled_in(current_app, page.body, viewer), content_type=page.content_type)
        g.own_checks, g.made_anew = [], current_app.extensions.setdefault("made_anew", {})
        g.viewer = replace(viewer, name=NAME)
        try:
            response = make_response(view(*args, **kwargs))
        finally:
            g.viewer = viewer
            g.pop("made_anew")
        body, own = response.get_data(), tuple(g.own_checks)
        if response.status_code == 200 and response.mimetype == "text/html" and not _is_own(own):
            page_store.keep_for_many(key, version, body, own)
        response.set_data(filled_in(current_app, body, viewer))
        return response

    return answer


def own_when(check: Check | OwnRows) -> None:
    """Say that this page is somebody's own when `check`, asked in a later request of theirs, is true or finds a row.

    Where all that a page says are rows, members get it before the app is asked.
    """
    g.setdefault("own_checks", []).append(check)


def made_anew(mark: str, make: Maker) -> str:
    """What stands for a piece of a page that is another at each view; the piece itself where the page is not kept.

    `mark` is a word nobody can write into a page, and always goes with the same `make`.
    """
    if "made_anew" not in g:
        return make()
    g.made_anew[mark] = make
    return mark


def filled_in(app: Flask, body: bytes, viewer: Viewer) -> bytes:
    """A page that is kept for many, for one of them."""
    named = body.replace(NAME.encode(), escape(viewer.name).encode())
    for mark, make in app.extensions.get("made_anew", {}).items():
        if mark.encode() in named:
            with app.app_context():
                named = named.replace(mark.encode(), escape(make()).encode())
    return named


def key_for(environ: Mapping[str, Any], viewer: Viewer, language: str) -> str:
    """The key of a page that is the same for all members who see this address as this one does."""
    looks = (viewer.theme, viewer.shortcuts, viewer.time_zone, viewer.is_confirmed, min(viewer.unread, MOST_SHOWN))
    return key_of(environ, f"{language} member {looks}")


def _is_own(checks: tuple[Check | OwnRows, ...]) -> bool:
    return any(_has_rows(check) if isinstance(check, OwnRows) else check() for check in checks)


def _has_rows(own: OwnRows) -> bool:
    return db.session.execute(own.statement, own.values(actor.of_request())).first() is not None
