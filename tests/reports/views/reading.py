"""How the tests of this folder read a page of the report."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from html import unescape

from flask.testing import FlaskClient

from helpcenter.core import clock

Get = Callable[..., str]


def text_of(html: str) -> str:
    """What a person reads of a page."""
    return " ".join(unescape(re.sub(r"<[^>]+>", "", html)).split())


@contextmanager
def pages_at(now: datetime, browser: FlaskClient) -> Iterator[Get]:
    """Asks for pages at a moment, with this browser unless another is named."""

    def page(path: str = "/reports", who: FlaskClient = browser) -> str:
        answer = who.get(path)
        assert answer.status_code == 200
        return answer.text

    with clock.moved(now):
        yield page
