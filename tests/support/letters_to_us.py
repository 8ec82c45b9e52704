"""What the tests of this package do again and again: write to us, and answer."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from helpcenter.core import clock
from helpcenter.core.db import begin_write, db
from helpcenter.journeys import visitor
from helpcenter.journeys.actor import Actor
from helpcenter.support import conversation
from helpcenter.support.conversation import Conversation

FORM = "/en/contact"
COMPLAINT = "Since this morning the invoice page stays white, whatever I press."
FIREFOX = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"}


def opened(text: str = COMPLAINT, *, by: Actor | None = None, **more: Any) -> Conversation:
    """A conversation that somebody began."""
    values = {"email": "ben@example.org", "name": "Ben", "locale": "en", "submission": visitor.new_id(), **more}
    begin_write()
    row = conversation.open_with(text, by=by or Actor(visitor.new_id()), **values)
    db.session.commit()
    return row


def field(page: TestResponse, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', page.text)
    assert found, f"no field {name}"
    return found[1]


def written(browser: FlaskClient, *, seconds: float = 30, path: str = FORM, **words: Any) -> TestResponse:
    """Open the form, take so long, and send it; answers that were offered first are passed by."""
    began = field(browser.get(path, headers=FIREFOX), "began")
    data = {"email": "ben@example.org", "message": COMPLAINT, "began": began, "shown": "1", **words}
    with clock.moved(clock.now() + timedelta(seconds=seconds)):
        return browser.post(path.partition("?")[0], data=data, headers=FIREFOX)


def kept() -> list[Conversation]:
    """Every conversation, the oldest first."""
    db.session.rollback()
    return list(
        db.session.scalars(select(Conversation).order_by(Conversation.id).execution_options(populate_existing=True))
    )
