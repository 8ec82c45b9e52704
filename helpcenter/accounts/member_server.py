"""Gives members the pages kept for them before the app is asked: by the content version, their session and their rows.

It decides nothing by itself. The session, the key of a page and what makes it somebody's own are those of the app;
where one of them can not be told without the app, the app answers.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import Flask
from werkzeug.http import parse_cookie

from helpcenter.accounts import session, sign_in
from helpcenter.accounts.member_page import ONLY_MEMBER, OwnRows, filled_in, key_for
from helpcenter.core import page_server
from helpcenter.core.page_server import Answer, Environ
from helpcenter.core.page_store import NOTICE_COOKIE, PageStore
from helpcenter.core.plain_reader import PlainReader
from helpcenter.journeys import visitor
from helpcenter.journeys.actor import Actor


@dataclass(frozen=True)
class CookieNames:
    """What the cookies of a session and of a visitor are called on this site."""

    session: str
    visitor: str


def answer(app: Flask, names: CookieNames, environ: Environ, version: int, reader: PlainReader) -> Answer | None:
    """The kept page with this person's name in it; None where the app shall answer.

    Raises what the database driver raises.
    """
    # An address without a language is read in the one a person prefers, as far as the site offers it.
    language, sent = page_server.language_in(environ), environ.get("HTTP_COOKIE", "")
    if language is None or NOTICE_COOKIE in sent:
        return None
    cookies = parse_cookie(sent)
    cookie = cookies.get(names.session)
    viewer = session.viewer_of(cookie, reader) if cookie else None
    if viewer is None or viewer.roles != ONLY_MEMBER or viewer.is_held_back:
        return None
    store: PageStore = app.extensions["page_store"]
    page = store.get(key_for(environ, viewer, language), version)
    if page is None or _is_own(page.own, Actor(visitor.id_in(cookies, names.visitor), viewer.id), reader):
        return None
    body = filled_in(app, page.body, viewer)
    return 200, [*page.headers, ("Content-Type", page.content_type), ("Content-Length", str(len(body)))], body


def _is_own(checks: tuple[Any, ...], by: Actor, reader: PlainReader) -> bool:
    """Whether there is something of their own on the page, or may be."""
    return any(not isinstance(own, OwnRows) or reader.rows(own.statement, own.values(by)) for own in checks)


def register(app: Flask) -> None:
    """Answer members before the app does."""
    with app.app_context():
        names = CookieNames(sign_in.cookie_name(), visitor.cookie_name())
    page_server.own_pages_from(app, partial(answer, app, names))
