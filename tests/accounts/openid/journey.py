"""Going to the provider and coming back, step by step, as a browser does."""

from __future__ import annotations

import http.client
import re
from typing import Any
from urllib.parse import urlsplit

from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from helpcenter.accounts.openid import rules
from helpcenter.accounts.openid.rules import Rules
from helpcenter.accounts.user import User
from helpcenter.core.db import begin_write, db
from tests.journeys.acts import BROWSER

OVER = "This login is over"
UNUSABLE = "127.0.0.1 sent something this site cannot accept"
DOWN = "127.0.0.1 does not answer"
HEADERS = {"User-Agent": BROWSER}


def led_back(address: str) -> str:
    """Where the provider sends a browser that comes to this address of its."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.netloc, timeout=20)
    connection.request("GET", f"{parts.path}?{parts.query}")
    answer = connection.getresponse()
    answer.read()
    connection.close()
    back = urlsplit(answer.headers["Location"])
    return f"{back.path}?{back.query}"


def begin(browser: FlaskClient, target: str = "") -> str:
    """Press the button; where the browser is led."""
    query = {"next": target} if target else {}
    return browser.get("/login/openid", query_string=query, headers=HEADERS).location or ""


def come(browser: FlaskClient, target: str = "") -> TestResponse:
    """There and back."""
    return browser.get(led_back(begin(browser, target)), headers=HEADERS)


def set_rules(**changes: Any) -> None:
    begin_write()
    rules.change(Rules(**changes))
    db.session.commit()


def people() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count(User.id))) or 0


def name_on(browser: FlaskClient) -> str:
    """As whom this browser is logged in; '' where it is not."""
    found = re.search(r'name="name"[^>]*value="([^"]*)"', browser.get("/preferences").text)
    return found[1] if found else ""


def title_of(answer: TestResponse) -> str:
    found = re.search(r"<h1>(.*?)</h1>", answer.text, re.DOTALL)
    return found[1].strip() if found else ""
