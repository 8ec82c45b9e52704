"""Apps on which something is broken."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask

from config import Settings
from helpcenter.app import create_app


@pytest.fixture
def without_database(settings: Settings) -> Flask:
    """An app whose database server does not answer."""
    return create_app(replace(settings, database_url="postgresql+psycopg://nobody@127.0.0.1:1/none?connect_timeout=2"))
