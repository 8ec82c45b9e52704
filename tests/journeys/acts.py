"""What the tests of this package do again and again: act as somebody, see what was recorded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from helpcenter.core.db import begin_write, db
from helpcenter.journeys import page_token, recorder, visitor
from helpcenter.journeys.actor import Actor
from helpcenter.journeys.event import Event

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"


def someone(user_id: int | None = None, **changes: Any) -> Actor:
    """A visitor never seen before."""
    return Actor(visitor.new_id(), user_id, **changes)


def act(kind: str, by: Actor, **more: Any) -> Event:
    """Record and commit; the event as stored."""
    begin_write()
    event_id = recorder.record(kind, by=by, **more)
    db.session.commit()
    return db.session.get_one(Event, event_id, populate_existing=True)


def events() -> Sequence[Event]:
    """Every event, in the order of recording."""
    db.session.rollback()
    return db.session.scalars(select(Event).order_by(Event.id)).all()


def article_token(article_id: int = 12, **more: Any) -> str:
    """The token of an article's page."""
    return page_token.make("article", article_id, 40, "en", 3, ("viewed", "read"), **more)


def send(browser: FlaskClient, token: str, act: str = "viewed", number: str = "", **headers: str) -> TestResponse:
    """What the script of a visible page sends; `number` is the one the tab gave itself."""
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    data = {"token": token, "act": act, "browser": number}
    return browser.post("/events", data=data, headers={"User-Agent": BROWSER, **names})
