"""Brings in an export in a process that is killed, as by a power cut, at its nth commit: before or after it."""

from __future__ import annotations

from pathlib import Path

from config import Settings
from helpcenter.app import create_app
from helpcenter.articles.folder import publishing
from helpcenter.articles.importers.importing import import_export
from tests.interruption import die_at


def main(data_dir: str, database_url: str, directory: str, at_commit: int, moment: str) -> None:
    """Kill this process `before` or `after` the commit of that number, counted from 1."""
    settings = Settings(data_dir=Path(data_dir), database_url=database_url, secret_key="s" * 40, log_level="ERROR")
    app = create_app(settings)
    publishing.batches.__defaults__ = (2,)
    die_at(at_commit, moment)
    with app.app_context():
        import_export("zendesk", Path(directory))
