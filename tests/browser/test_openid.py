"""There and back: logging in by way of a provider, in a browser and with a provider that are real."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from helpcenter.accounts.openid import identity
from tests.accounts.openid import provider_server
from tests.accounts.openid.journey import set_rules
from tests.accounts.openid.provider_server import CLIENT_ID, CLIENT_SECRET, ProviderServer
from tests.browser.live_site import LiveSite
from tests.browser.visitor import Visitor
from tests.cast import PASSWORD, email_of

pytestmark = [pytest.mark.browser, pytest.mark.alike]
BUTTON = "Log in with Harbor ID"


@pytest.fixture
def provider(site: LiveSite, visitor: Visitor) -> Iterator[ProviderServer]:
    """One that shows a page of its own, for a site that knows it as Harbor ID."""
    with provider_server.running() as server:
        server.asks, visitor.elsewhere = True, (f"{server.url}/",)
        before = site.app.config["SETTINGS"]
        named = {"openid_issuer": server.url, "openid_client_id": CLIENT_ID, "openid_client_secret": CLIENT_SECRET}
        site.app.config["SETTINGS"] = replace(before, **named)
        site.do(set_rules, name="Harbor ID")
        yield server
        site.app.config["SETTINGS"] = before


@pytest.mark.parametrize("scripts", [True, False])
def test_a_person_goes_there_and_comes_back_to_where_they_were(
    provider: ProviderServer, visit: Callable[..., Page], axe: Callable[..., None], scripts: bool
) -> None:
    provider.person |= {"sub": f"pia-{scripts}", "email": f"pia-{scripts}@example.org"}
    page = visit("/en/contact", scripts=scripts)
    page.locator("header").get_by_role("link", name="Log in").click()
    if scripts:
        axe(page, "log in")
    page.get_by_role("link", name=BUTTON).click()
    expect(page.locator("h1")).to_have_text("Hello Pia")
    page.get_by_role("link", name="Allow").click()
    expect(page).to_have_url(re.compile("/en/contact$"))
    expect(page.locator("header")).to_contain_text("Pia")
    # The button "back" leads to the provider, whose answer was used: a page says so and offers the way on.
    page.goto(f"/login/openid/callback?code=code-0&state={'x' * 43}")
    expect(page.locator("h1")).to_have_text("This login is over")
    expect(page.locator("main")).to_contain_text("You are logged in as Pia")


def test_a_member_connects_and_disconnects_an_account(
    site: LiveSite, provider: ProviderServer, signed_in_as: Callable[..., Page], axe: Callable[..., None]
) -> None:
    provider.person |= {"sub": "ben-there", "email": "ben@elsewhere.example"}
    page = signed_in_as("ben", "/preferences")
    page.get_by_role("link", name=BUTTON).click()
    axe(page, "not connected")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Connect").click()
    axe(page, "on the way")
    page.get_by_role("link", name="Continue to Harbor ID").click()
    page.get_by_role("link", name="Allow").click()
    expect(page.get_by_role("status")).to_contain_text("From now on you can log in here with Harbor ID.")
    axe(page, "connected")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Disconnect").click()
    expect(page.get_by_role("status")).to_contain_text("You now log in with your password alone.")
    with site.inside() as cast:
        assert identity.all_of(cast.id_of("ben")) == []


def test_an_editor_shows_that_the_account_is_theirs(
    site: LiveSite, provider: ProviderServer, visit: Callable[..., Page], axe: Callable[..., None]
) -> None:
    with site.inside() as cast:
        cast.id_of("ada")
    provider.person |= {"sub": "ada-there", "email": email_of("ada")}
    page = visit("/login")
    page.get_by_role("link", name=BUTTON).click()
    page.get_by_role("link", name="Allow").click()
    expect(page.locator("h1")).to_have_text("You already have an account")
    axe(page, "password once")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Connect and log in").click()
    expect(page.locator("header")).to_contain_text("Ada")


def test_a_provider_that_fails_leaves_the_password(
    provider: ProviderServer, visit: Callable[..., Page], axe: Callable[..., None]
) -> None:
    provider.instead["/token"] = (500, b"", {})
    page = visit("/login?next=/en/contact")
    page.get_by_role("link", name=BUTTON).click()
    page.get_by_role("link", name="Allow").click()
    expect(page.locator("h1")).to_have_text("Harbor ID does not answer")
    axe(page, "down")
    page.get_by_role("link", name="Log in with a password").click()
    expect(page).to_have_url(re.compile(r"/login\?.*next=/en/contact$"))
