"""A site that knows a provider, and browsers that go there and come back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask

from tests.accounts.openid import provider_server
from tests.accounts.openid.provider_server import CLIENT_ID, CLIENT_SECRET, ProviderServer


@pytest.fixture
def provider() -> Iterator[ProviderServer]:
    """A provider of its own, which nobody has asked anything."""
    with provider_server.running() as server:
        yield server


@pytest.fixture
def openid(app: Flask, provider: ProviderServer, monkeypatch: pytest.MonkeyPatch) -> ProviderServer:
    """The provider, and the site that the settings name it to."""
    named = {"openid_issuer": provider.url, "openid_client_id": CLIENT_ID, "openid_client_secret": CLIENT_SECRET}
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], **named))
    return provider
