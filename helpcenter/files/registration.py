"""Registers the files package: where bytes are kept, the addresses they are sent from, the sweep after a crash."""

from __future__ import annotations

from flask import Flask

from helpcenter.core import jobs
from helpcenter.files import storage, waiting
from helpcenter.files.views import files

SWEEP_SECONDS = 24 * 3600
ABANDONED_SECONDS = 3600


def register(app: Flask) -> None:
    """Everything about uploads."""
    storage.register(app)
    app.register_blueprint(files.blueprint)
    jobs.every(app, "sweep files", SWEEP_SECONDS, storage.sweep)
    jobs.every(app, "files: forget abandoned pictures", ABANDONED_SECONDS, waiting.forget_abandoned)
