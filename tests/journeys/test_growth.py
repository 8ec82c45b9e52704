"""What settling reads must not grow with the past."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from helpcenter.core import clock
from helpcenter.core.db import db
from helpcenter.journeys import act_source, cluster, settlement
from helpcenter.journeys.act import Act


def asked(monkeypatch: pytest.MonkeyPatch, ask: Callable[[], Any]) -> list[Any]:
    """The statements that this asks the database."""
    seen: list[Any] = []
    monkeypatch.setattr(db.session, "execute", lambda statement: seen.append(statement) or [])
    monkeypatch.setattr(db.session, "scalars", lambda statement: seen.append(statement) or [])
    ask()
    monkeypatch.undo()
    return seen


def test_finding_whom_something_happened_to_reads_what_is_recent(plan: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    since = clock.now() - timedelta(hours=1)
    for statement in asked(monkeypatch, lambda: list(settlement._touched(since))):
        steps = plan(statement)
        assert not [step for step in steps if step.startswith("SCAN")], steps
        assert not [step for step in steps if step.endswith("(subject_kind=?)")], steps


def test_the_acts_of_some_people_are_found_by_them(plan: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    some = cluster.Cluster(frozenset(["a", "b"]), frozenset([1, 2]))
    found = [plan(one) for one in asked(monkeypatch, lambda: act_source._own([some]))]
    assert [steps[0].partition(" INDEX ")[2] for steps in found] == [
        "ix_event_visitor_occurred (visitor_id=?)",
        "ix_event_user_occurred (user_id=?)",
    ]


def test_what_others_did_is_found_by_what_it_is_about(plan: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    acts = [
        Act(1, clock.now(), "contacted", subject="conversation:5"),
        Act(2, clock.now(), "asked", subject="question:7"),
        Act(3, clock.now(), "answer_seen", subject="answer:9"),
    ]
    for statement in asked(monkeypatch, lambda: act_source._Others(acts)):
        steps = plan(statement)
        assert len(steps) == 1
        assert "subject_id=?" in steps[0] or "ix_event_question" in steps[0]
