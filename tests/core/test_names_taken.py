"""What packages make known to the app by a name: a name is taken once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from helpcenter.core import journal, subjects
from helpcenter.core.metrics import gauge
from helpcenter.core.metrics.gauge import Gauge

KNOWN: dict[str, Callable[[Flask], object]] = {
    "an act": lambda app: journal.name(app, {"role_taken": "took a role away"}),
    "a subject": lambda app: subjects.register(app, "user", subjects.subject("user")),
    "a gauge": lambda app: gauge.read_with(app, [Gauge("twice", "One"), Gauge("once", "Two")], lambda: [1, 2]),
}


@pytest.mark.parametrize("of", KNOWN)
def test_a_name_that_is_known_is_not_given_again(app: Flask, monkeypatch: pytest.MonkeyPatch, of: str) -> None:
    monkeypatch.setitem(app.extensions, "gauges", [((Gauge("twice", "Before"),), lambda: [1])])
    with pytest.raises(ValueError, match=r"role_taken|user|twice"):
        KNOWN[of](app)


def test_the_journal_has_no_place_for_a_long_name(app: Flask) -> None:
    with pytest.raises(ValueError, match="can not be named"):
        journal.name(app, {"a" * (journal.LONGEST_ACT + 1): "did something long"})
