"""Journeys in the system's Chromium, on a site that is served for real; skipped where there is no Chromium."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import accessibility
from tests.browser.live_site import LiveSite, served
from tests.browser.visitor import Visitor
from tests.conftest import database_url

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
# A container has neither the rights for Chromium's sandbox nor much shared memory.
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--force-color-profile=srgb"]


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """How pytest-playwright starts the browser."""
    if CHROMIUM is None:
        if os.environ.get("HELPCENTER_TESTS_COMPLETE") == "1":
            pytest.fail("Chromium is missing, and every test must run")
        pytest.skip("Chromium is missing")
    return {"executable_path": CHROMIUM, "args": ARGUMENTS, "headless": True}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveSite]:
    """A new site for the tests of a file; they share what they write."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
    with served(tmp_path_factory.mktemp("site"), database_url(f"browser_{worker}")) as live:
        yield live


@pytest.fixture
def visitor(browser: Browser, site: LiveSite) -> Iterator[Visitor]:
    """Whoever looks; the test fails at its end when the browser complained about anything."""
    someone = Visitor(browser, site)
    yield someone
    someone.leave()


@pytest.fixture
def visit(visitor: Visitor) -> Callable[..., Page]:
    """Opens an address: `visit("/ar/", locale="ar", size="phone")`."""
    return visitor.visit


@pytest.fixture
def signed_in_as(visitor: Visitor) -> Callable[..., Page]:
    """Opens an address as somebody of the cast: `signed_in_as("ada", "/studio")`."""

    def open_page(who: str, path: str = "/", **look: Any) -> Page:
        return visitor.visit(path, who=who, **look)

    return open_page


@pytest.fixture
def axe() -> Callable[..., None]:
    """Fails where a page keeps somebody out: `axe(page)`."""
    return partial(accessibility.check)
