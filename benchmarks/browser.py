"""A first view in headless Chromium, on a slow processor and a slow line: what it asks for, when it shows.

The cache is empty each time. `interaction` is the longest that the browser took from a click or a key until it painted
again, in eighths of a hundredth of a second as browsers tell it; 16 ms stands for anything shorter.
"""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from benchmarks import site
from benchmarks.comparison import text_of
from benchmarks.server import Server
from benchmarks.table import Row

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
SLOWER = 4
LINE = {"offline": False, "latency": 170, "downloadThroughput": 9e6 / 8, "uploadThroughput": 9e6 / 8}
"""A 4G line: 9 Mbit/s either way, and 170 ms until an answer begins."""
WHERE = f"{SLOWER}× slower processor, 4G line"
SHORTEST_TOLD_MS = 16.0
PATIENCE_MS = 1_500
WATCHING = """
window.seen = {largest: 0, events: []};
const watch = (type, note, more) =>
    new PerformanceObserver(list => list.getEntries().forEach(note)).observe({type, buffered: true, ...more});
watch('largest-contentful-paint', entry => { seen.largest = entry.startTime; });
watch('event', entry => { if (entry.interactionId) seen.events.push(entry.duration); }, {durationThreshold: 16});
"""


@dataclass(frozen=True)
class View:
    """A first view: the addresses that were asked for, and milliseconds."""

    addresses: Sequence[str]
    largest_paint_ms: float
    interaction_ms: float

    def other_hosts(self, own: str) -> int:
        """How many of the requests went elsewhere."""
        return sum(urlsplit(address).netloc != own for address in self.addresses)


def rows(product: Server, ours: site.Site, rounds: int) -> list[Row]:
    """What a first view of an article weighs and asks for, and how soon it is there and reacts."""
    weight = first_view(lambda path: text_of(product, path), ours.address) / 1000
    found = [Row("first view, compressed", [weight], "kB", at_most=40, is_timed=False)]
    chromium = next(filter(None, map(shutil.which, NAMES)), None)
    if chromium is None:
        return [*found, Row(f"first view, {WHERE}", note="Chromium is not installed")]
    views = _views(chromium, product, ours.address, rounds)
    own = f"127.0.0.1:{product.port}"
    return [
        *found,
        Row("first view: requests", [len(view.addresses) for view in views], "", at_most=4, is_timed=False),
        Row("first view: to other hosts", [view.other_hosts(own) for view in views], "", at_most=0, is_timed=False),
        Row(f"largest paint, {WHERE}", [view.largest_paint_ms / 1000 for view in views], "s", at_most=1),
        Row(f"interaction, {WHERE}", [view.interaction_ms for view in views], "ms", at_most=100),
    ]


def first_view(text_at: Callable[[str], str], address: str) -> int:
    """Bytes of a first view of an article: page, style and script, compressed."""
    page = text_at(address)
    parts = [part for part in page.split('"') if part.startswith("/assets/")]
    return sum(len(gzip.compress(text.encode())) for text in (page, *map(text_at, parts)))


def _views(chromium: str, product: Server, address: str, rounds: int) -> list[View]:
    from playwright.sync_api import sync_playwright

    text_of(product, address)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        # The first of all pages is slower by what the browser itself has yet to read.
        views = [_view(browser, f"http://127.0.0.1:{product.port}{address}") for _ in range(rounds + 1)][1:]
        browser.close()
    return views


def _view(browser: Any, address: str) -> View:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    addresses: list[str] = []
    page.on("request", lambda request: addresses.append(request.url))
    page.add_init_script(WATCHING)
    slowed = context.new_cdp_session(page)
    slowed.send("Network.enable")
    slowed.send("Network.emulateNetworkConditions", LINE)
    slowed.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(address, wait_until="load")
    page.wait_for_timeout(PATIENCE_MS)
    asked, largest = list(addresses), page.evaluate("seen.largest")
    _interact(page)
    longest = max(page.evaluate("seen.events"), default=SHORTEST_TOLD_MS)
    context.close()
    return View(asked, largest, longest)


def _interact(page: Any) -> None:
    """Turn the colours, open the search, type three letters."""
    page.locator("theme-switch button").first.click()
    page.wait_for_timeout(PATIENCE_MS / 3)
    page.locator("[data-search-open]").first.click()
    page.keyboard.type("inv", delay=80)
    page.wait_for_timeout(PATIENCE_MS)
