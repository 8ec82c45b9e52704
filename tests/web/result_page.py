"""What the tests of the results do again and again: search, read the page, and change what an editor chose."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

from flask.testing import FlaskClient

from helpcenter.core.content_version import content_changed
from helpcenter.core.db import begin_write, db

FACT = re.compile(r"<h1>(.*?)</h1>", re.DOTALL)


class Page:
    """A page of results as a reader sees it."""

    def __init__(self, browser: FlaskClient, address: str) -> None:
        answer = browser.get(address)
        assert answer.status_code == 200, answer.text
        self.text = unescape(answer.text)
        main = self.text.split("<main", 1)[1].split("</main>", 1)[0]
        self.main = " ".join(re.sub(r"<[^>]+>", " ", main).split())
        (self.heading,) = (" ".join(one.split()) for one in FACT.findall(main))
        own, _, folded = main.partition('<details class="folded"')
        self.titles = re.findall(r"<h2><a [^>]*>([^<]+)</a></h2>", own)
        self.elsewhere = re.findall(r"<h2><a [^>]*>([^<]+)</a></h2>", folded.partition("</details>")[0])
        aside = re.search(r'<aside class="filters".*?</aside>', main, re.DOTALL)
        self.filters = " ".join(re.sub(r"<[^>]+>", " ", aside[0]).split()) if aside else ""

    def link(self, words: str) -> str:
        """Where the link with these words leads."""
        found = re.search(rf'<a [^>]*?href="([^"]+)"[^>]*>(?:<span>|<bdi>)?{re.escape(words)}<', self.text)
        assert found, f"no link {words!r}"
        return found[1]

    def has_link(self, words: str) -> bool:
        return f">{words}</a>" in self.text


def search(browser: FlaskClient, words: str, locale: str = "en", **more: object) -> Page:
    rest = "".join(f"&{name}={value}" for name, value in more.items())
    return Page(browser, f"/{locale}/search?q={words}{rest}")


def edit(act: Callable[[], object]) -> None:
    begin_write()
    act()
    content_changed()
    db.session.commit()
