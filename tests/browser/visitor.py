"""A person before a browser: opens pages, and keeps every complaint the browser makes about them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response

from helpcenter.core.page_store import SESSION_COOKIE
from tests.browser.live_site import LiveSite

SIZES = {
    "desktop": {"width": 1280, "height": 900},
    "phone": {"width": 390, "height": 844},
    "narrow": {"width": 320, "height": 640},
}
# A page that answers 404 or 422 on purpose; answers to anything but a page are looked at by themselves.
ANSWERED_BADLY = "Failed to load resource"


@dataclass
class Visitor:
    """Opens browsers that are closed, and complaints that are raised, when the test ends.

    `elsewhere` is where a page may lead besides the site.
    """

    browser: Browser
    site: LiveSite
    complaints: list[str] = field(default_factory=list)
    elsewhere: tuple[str, ...] = ()
    _contexts: list[BrowserContext] = field(default_factory=list)

    def visit(
        self,
        path: str = "/en/",
        *,
        who: str = "",
        locale: str = "en",
        size: str = "desktop",
        scheme: str = "light",
        scripts: bool = True,
        **more: Any,
    ) -> Page:
        """A page in a browser of its own. `who` of the cast is signed in; `more` goes to Playwright's new_context."""
        context = self.browser.new_context(
            base_url=self.site.url,
            locale=locale,
            viewport=SIZES[size],
            color_scheme=scheme,
            reduced_motion="reduce",
            java_script_enabled=scripts,
            accept_downloads=True,
            **more,
        )
        context.set_default_timeout(20_000)
        self._watch(context)
        if who:
            cookie = self.site.cookie_of(who)
            context.add_cookies([{"name": SESSION_COOKIE, "value": cookie, "url": self.site.url}])
        page = context.new_page()
        page.goto(path)
        return page

    def leave(self) -> None:
        """Close every browser; fails with what they complained about."""
        for context in self._contexts:
            context.close()
        assert not self.complaints, "the browser complained:\n  " + "\n  ".join(self.complaints)

    def _watch(self, context: BrowserContext) -> None:
        self._contexts.append(context)
        context.on("console", self._heard)
        context.on("weberror", lambda error: self.complaints.append(f"error in a script: {error.error}"))
        context.on("request", self._asked)
        context.on("response", self._answered)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(ANSWERED_BADLY):
            self.complaints.append(f"console: {message.text} ({message.location.get('url', '')})")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((f"{self.site.url}/", "blob:", "mailto:", *self.elsewhere)):
            self.complaints.append(f"asked another host: {request.url}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and response.request.resource_type != "document":
            self.complaints.append(f"{response.status} for {response.url}")
