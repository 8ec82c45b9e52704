"""What the tests about suggestions do again and again: open the form, send it, look at what is kept."""

from __future__ import annotations

import re
from html import unescape

from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from helpcenter.articles.suggestion import Suggestion
from helpcenter.core.db import db

HIDDEN = re.compile(r'<input id="(\w+)" name="\1" type="hidden" value="([^"]*)">')
DIA = "dia@example.org"


def form_of(browser: FlaskClient, article: int, locale: str = "en") -> dict[str, str]:
    """What the form carries along without showing it."""
    page = browser.get(f"/{locale}/articles/{article}/suggestions/new")
    assert page.status_code == 200
    return {name: unescape(value) for name, value in HIDDEN.findall(page.text)}


def send(browser: FlaskClient, article: int, locale: str = "en", **fields: str) -> TestResponse:
    """Open the form and send it with these fields."""
    return browser.post(f"/{locale}/articles/{article}/suggestions", data={**form_of(browser, article), **fields})


def kept() -> list[Suggestion]:
    """Every suggestion, the oldest first."""
    db.session.rollback()
    return list(db.session.scalars(select(Suggestion).order_by(Suggestion.id)))


def only_one() -> Suggestion:
    """The one suggestion there is."""
    (row,) = kept()
    return row
