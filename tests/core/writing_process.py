"""What a process of its own does: it reads, then raises the content version, as often as it is told."""

from __future__ import annotations

from pathlib import Path

from config import Settings
from helpcenter.app import create_app
from helpcenter.core import content_version
from helpcenter.core.content_version import content_changed
from helpcenter.core.db import begin_write, db


def main(data_dir: str, database_url: str, times: int) -> None:
    """Each round reads first, as a view does, and then writes."""
    secret = "a secret that only the tests know, long enough"
    app = create_app(Settings(data_dir=Path(data_dir), database_url=database_url, secret_key=secret))
    with app.app_context():
        for _ in range(times):
            content_version.current()
            begin_write()
            content_changed()
            db.session.commit()
