"""What a monitor reads about the people who are logged in."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Flask

from helpcenter.accounts import session
from helpcenter.core.metrics.gauge import Gauge, Value, read_with

GAUGES = (Gauge("sessions_active", "Browsers that are logged in."),)


def _read() -> Sequence[Value]:
    return (session.count(),)


def register(app: Flask) -> None:
    """Have them read."""
    read_with(app, GAUGES, _read)
