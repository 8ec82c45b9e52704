"""Registers the health of articles: its page, and the jobs that read texts and look at other sites."""

from __future__ import annotations

from flask import Flask

from helpcenter.articles.health import looking, reading
from helpcenter.articles.health.views import findings, outside_looks, pardons
from helpcenter.core import jobs


def register(app: Flask) -> None:
    """Everything under /studio/health."""
    for page in (findings, pardons, outside_looks):
        app.register_blueprint(page.blueprint)
    jobs.every(app, "articles: read what they point to", reading.READ_SECONDS, reading.read_new)
    jobs.every(app, "articles: look at other sites", looking.LOOK_SECONDS, looking.look_at_due)
    jobs.every(app, "articles: forget other sites", looking.FORGET_SECONDS, looking.forget_unheld)
