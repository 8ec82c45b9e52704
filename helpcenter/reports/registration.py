"""Registers the report, the lists behind its figures, and how it writes numbers and dates."""

from __future__ import annotations

from flask import Flask

from helpcenter.core import jobs
from helpcenter.reports import weekly_letter, writing
from helpcenter.reports.views import behind, days, episodes, report, weekly
from helpcenter.reports.views.blueprint import reports

PAGES = (report, days, episodes, behind, weekly)
HOUR_SECONDS = 3600


def register(app: Flask) -> None:
    """Its pages come with their modules; its letters with a job."""
    app.register_blueprint(reports)
    jobs.every(app, "reports: weekly letters", HOUR_SECONDS, weekly_letter.send_due)
    app.jinja_env.filters.update(
        percent=writing.percent,
        duration=writing.duration,
        money=writing.money,
        date=writing.date_in_words,
        short_date=writing.short_date,
        language_name=writing.language_name,
    )
