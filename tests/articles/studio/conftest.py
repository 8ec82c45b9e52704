"""A topic to write in, and the form as a browser sends it."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from helpcenter.core.db import begin_write, db
from helpcenter.topics.topic import describe, find_or_make

HIDDEN = re.compile(r'<input id="(\w+)" name="\1" type="hidden" value="([^"]*)">')


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
    return {name: unescape(value) for name, value in HIDDEN.findall(page.text)}
