"""What a monitor reads, in the format of Prometheus, with a token; for everybody else there is no such page."""

from __future__ import annotations

import hmac

from flask import Blueprint, Response, current_app, request

from config import Settings
from helpcenter.core.metrics import counts, exposition
from helpcenter.core.metrics.gauge import Gauge, Reading, readings
from helpcenter.core.metrics.machine import folder_of
from helpcenter.core.refusals import NotFound

UNREADABLE = Gauge("unreadable_metrics", "Groups of the metrics above that could not be read this time.")
blueprint = Blueprint("metrics", __name__)


@blueprint.get("/metrics")
def index() -> Response:
    """Every number. Raises NotFound for whoever has no token."""
    if not _has_token():
        raise NotFound
    found, failed = readings()
    found.append(Reading(UNREADABLE, {(): float(failed)}))
    lines = [*exposition.of_counts(counts.total(folder_of(current_app))), *exposition.of_readings(found)]
    response = Response("".join(lines), content_type=exposition.CONTENT_TYPE)
    response.cache_control.no_store = True
    return response


def _has_token() -> bool:
    settings: Settings = current_app.config["SETTINGS"]
    kind, _, given = request.headers.get("Authorization", "").partition(" ")
    return (
        bool(settings.metrics_token)
        and kind.lower() == "bearer"
        and hmac.compare_digest(given.strip().encode(), settings.metrics_token.encode())
    )
