"""Drains the outbox in small commits until it is killed, telling of each. Arguments: data folder, database URL."""

from __future__ import annotations

import sys
from pathlib import Path

from config import Settings
from helpcenter.app import create_app
from helpcenter.core import subjects
from helpcenter.search import drainer
from tests.search.shelf import Shelf, numbered_things


def tell(what: object) -> None:
    """One line for the test that listens."""
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    shelf = Shelf()
    shelf.put(*numbered_things())
    app = create_app(Settings(data_dir=Path(sys.argv[1]), database_url=sys.argv[2], secret_key="x" * 40))
    subjects.register(app, "thing", shelf.subject())
    drainer.MOST_SUBJECTS = 10
    with app.app_context():
        tell("ready")
        drainer.drain(tell)
