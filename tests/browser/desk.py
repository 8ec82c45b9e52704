"""The desk at which articles are written before browsers: Ada writes, Root looks, and somebody reads."""

from __future__ import annotations

from itertools import count

from playwright.sync_api import Page

from tests import shelf
from tests.browser.live_site import LiveSite
from tests.browser.visitor import Visitor

NUMBERS = count(1)


class Desk:
    """Ada writes, Root looks, and somebody reads."""

    def __init__(self, visitor: Visitor, site: LiveSite) -> None:
        self.site = site
        self.title = f"Open locker {next(NUMBERS)}"
        self.topic = site.do(shelf.put_topic, "lockers", "Lockers", ar="الخزائن")
        self.ada = visitor.visit("/studio/articles/new?topic=" + str(self.topic), who="ada")
        self.root = visitor.visit("/studio", who="root")
        self.reader = visitor.visit("/en/")

    def write(self, body: str) -> None:
        """Ada begins the article and saves it."""
        self.ada.get_by_label("Title").fill(self.title)
        self.ada.get_by_label("Text", exact=True).fill(body)
        press(self.ada, "Save draft")

    @property
    def studio(self) -> str:
        """Where the article stands in the studio, without its language."""
        return self.ada.url.removesuffix("/en")

    @property
    def number(self) -> int:
        """The number of the article."""
        return int(self.studio.rsplit("/", 1)[1])

    def reads(self, locale: str = "en") -> Page:
        """The reader's page, loaded anew."""
        self.reader.goto(f"/{locale}/articles/{self.number}")
        return self.reader


def press(page: Page, button: str) -> None:
    """Press a button that loads a page."""
    with page.expect_navigation():
        page.get_by_role("button", name=button, exact=True).first.click()
