"""What somebody finds behind the bell, and what the jobs bring."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from datetime import timedelta

from flask.testing import FlaskClient

from helpcenter.accounts.notifications import mailing
from helpcenter.core import clock

PAGE = "/en/account/notifications"
_LINE = re.compile(
    r'<li( class="is-new")?>\s*<form method="post" action="([^"]*)"><button[^>]*>(.*?)</button>', re.DOTALL
)


def lines(browser: FlaskClient) -> list[str]:
    """The sentences of the page, with * before the new ones."""
    return [f"{'*' if new else ''}{plain(text)}" for new, _url, text in _LINE.findall(browser.get(PAGE).text)]


def openings(browser: FlaskClient) -> list[str]:
    """Where the forms of the lines lead."""
    return [url for _new, url, _text in _LINE.findall(browser.get(PAGE).text)]


def plain(markup: str) -> str:
    """Text as it is read, without what is only said to screen readers."""
    seen = re.sub(r'<span class="visually-hidden">.*?</span>', "", markup)
    return html.unescape(re.sub(r"<[^>]*>", "", seen)).strip()


def bell(browser: FlaskClient, path: str = "/en/community") -> str:
    """The number beside the bell on a page; '' for none."""
    found = re.search(r'class="unread" aria-hidden="true" dir="ltr">([^<]*)<', browser.get(path).text)
    return found[1] if found else ""


def letters_after(minutes: int = 10, seconds: Iterable[int] = (1,)) -> int:
    """How many letters the job writes so much later."""
    written = 0
    for second in seconds:
        with clock.moved(clock.now() + timedelta(minutes=minutes, seconds=second)):
            written += mailing.send_due()
    return written
