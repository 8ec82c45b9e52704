"""The engine of this process: made once, in the data folder."""

from __future__ import annotations

from flask import Flask, current_app

from helpcenter.search.engine import Engine
from helpcenter.search.whoosh_engine.engine import WhooshEngine

FOLDER = "search"
_NAME = "search_engine"


def engine() -> Engine:
    """The engine of the app."""
    found: Engine = current_app.extensions[_NAME]
    return found


def register(app: Flask) -> None:
    """Make the engine; nothing is opened before the first question."""
    app.extensions[_NAME] = WhooshEngine(app.config["SETTINGS"].data_dir / FOLDER)
