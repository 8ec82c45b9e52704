"""What tests about articles may ask for."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask


@pytest.fixture
def limited(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """How often somebody may do something is counted, as on every site."""
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], limits_enabled=True))
