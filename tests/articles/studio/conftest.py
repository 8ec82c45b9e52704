"""A topic to write in, and the form as a browser sends it."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from helpcenter.articles.edition import Edition
from helpcenter.articles.revision import Revision
from helpcenter.core.db import begin_write, db
from helpcenter.topics.topic import describe, find_or_make

HIDDEN = re.compile(r'<input id="(\w+)" name="\1" type="hidden" value="([^"]*)"')
ABOUT_PAGE = re.compile(r'<input type="hidden" name="(page|page_version|source_seen)" value="([^"]*)">')


@pytest.fixture
def topic_id(app) -> int:
    """A topic called Billing."""
    begin_write()
    topic = find_or_make("billing")
    describe(topic, "en", "Billing")
    db.session.commit()
    return topic.id


@pytest.fixture
def ada(cast) -> FlaskClient:
    """The editor's browser."""
    return cast.browser("ada")


@pytest.fixture
def words(topic_id) -> Callable[..., dict[str, Any]]:
    """What the form of an article holds, with some of it changed."""

    def made(**changed: Any) -> dict[str, Any]:
        usual = {
            "title": "Get a refund",
            "summary": "How to get your money back.",
            "body": "Open **Billing** and choose a payment.",
            "topic": str(topic_id),
            "audience": "everyone",
            "significance": "medium",
            "language": "en",
        }
        return {**usual, **changed}

    return made


def hidden_fields(page: TestResponse) -> dict[str, str]:
    """What a page's form carries along without showing it."""
    found = [*HIDDEN.findall(page.text), *ABOUT_PAGE.findall(page.text)]
    return {name: unescape(value) for name, value in found}


@pytest.fixture
def written(ada, words) -> str:
    """The address in the studio of an article that is published in English."""
    answer = ada.post("/studio/articles", data=words(publish="1"))
    assert answer.status_code == 303
    return str(answer.headers["Location"])


def send(browser: FlaskClient, address: str, page: TestResponse | None = None, **changed: Any) -> TestResponse:
    """Change a form as it stands, or as it stood on an earlier page, and send it."""
    page = page or browser.get(address)
    return browser.post(address, data={**hidden_fields(page), **changed})


def edition(language: str = "en") -> Edition:
    """The only edition in a language, as it is now."""
    db.session.rollback()
    return db.session.scalars(select(Edition).where(Edition.locale == language)).one()


def revisions() -> list[Revision]:
    """Every revision, the oldest first."""
    db.session.rollback()
    return list(db.session.scalars(select(Revision).order_by(Revision.id)))


def count(table: Any) -> int:
    """How many rows a table has."""
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(table)) or 0
