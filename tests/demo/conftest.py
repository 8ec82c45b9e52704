"""A demo that is built once for the tests of a file, which only read it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from config import Settings
from helpcenter.demo import building
from tests.conftest import on_empty_tables

DAYS = 40


@pytest.fixture(scope="module")
def built(the_app: Flask, settings: Settings) -> list[str]:
    """What was said while it was built."""
    said: list[str] = []
    with on_empty_tables(the_app, settings):
        building.build(settings.data_dir, said.append, days=DAYS)
    return said


@pytest.fixture
def demo(the_app: Flask, built: list[str]) -> Iterator[list[str]]:
    """The same, inside the app."""
    with the_app.app_context():
        yield built
