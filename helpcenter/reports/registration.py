"""Registers the report, the lists behind its figures, and how it writes numbers and dates."""

from __future__ import annotations

from flask import Flask

from helpcenter.reports import writing
from helpcenter.reports.views import behind, days, episodes, report
from helpcenter.reports.views.blueprint import reports

PAGES = (report, days, episodes, behind)


def register(app: Flask) -> None:
    """Its pages come with their modules."""
    app.register_blueprint(reports)
    app.jinja_env.filters.update(
        percent=writing.percent,
        duration=writing.duration,
        date=writing.date_in_words,
        short_date=writing.short_date,
        language_name=writing.language_name,
    )
