"""A printed article can be followed without a screen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests import shelf
from tests.browser.live_site import LiveSite

pytestmark = [pytest.mark.browser, pytest.mark.look]
WRITTEN = "link => link.textContent + getComputedStyle(link, '::after').content.replace(/^(none|normal)$/, '')"


def test_paper_tells_where_a_link_leads_and_tells_it_once(site: LiveSite, visit: Callable[..., Page]) -> None:
    body = "See https://example.org/rules and [the prices](https://example.org/prices)."
    topic = site.do(shelf.put_topic, "harbor", "Harbor")
    article = site.do(shelf.put_article, "Where to look", body, topic_id=topic)
    page = visit(f"/en/articles/{article}")
    page.emulate_media(media="print")
    bare, named = page.locator(".prose p a").all()
    assert bare.evaluate(WRITTEN).count("https://example.org/rules") == 1
    assert named.evaluate(WRITTEN).count("https://example.org/prices") == 1
