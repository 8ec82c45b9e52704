"""The days behind the chart, as a file for a spreadsheet."""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO

from flask import Response, request

from helpcenter.reports import counts
from helpcenter.reports.figures import Counted, figures_of
from helpcenter.reports.range import today
from helpcenter.reports.scope import Scope
from helpcenter.reports.views.blueprint import reader, reports

COLUMNS = (
    "deflected",
    "confirmed",
    "participated",
    "assumed",
    "unresolved",
    "contacted",
    "revoked",
    "direct",
    "pending",
    "ineligible",
)


@reports.get("/days.csv")
def index_days() -> Response:
    """A line for each day of the range, in the words of the definition; `provisional` says that it may still change."""
    reader()
    now = today()
    scope = Scope.of(request.args, now)
    first_open = counts.provisional_from(scope, now)
    found: dict[date, list[Counted]] = {day: [] for day in scope.range}
    for row in counts.daily(scope):
        found[row.day].append(row.counted)
    text = StringIO()
    lines = csv.writer(text)
    lines.writerow(("day", "provisional", *COLUMNS))
    for day, counted in found.items():
        figures = figures_of(counted)
        is_open = first_open is not None and day >= first_open
        lines.writerow((day.isoformat(), "yes" if is_open else "no", *(figures.count(name) for name in COLUMNS)))
    name = f"deflected-{scope.range.first}-{scope.range.last}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text.getvalue(), mimetype="text/csv", headers=headers)
