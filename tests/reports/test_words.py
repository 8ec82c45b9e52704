from __future__ import annotations

import ast
from pathlib import Path

from flask import Flask

from helpcenter.journeys import deflection, evidence
from helpcenter.journeys.act import Act
from helpcenter.journeys.catalogue import CATALOGUE
from helpcenter.journeys.channel import CHANNELS
from helpcenter.journeys.deflection import STATES
from helpcenter.journeys.episode import GONE, LATE
from helpcenter.journeys.exclusion import REASONS
from helpcenter.journeys.history import DIRECT, NO_EPISODE
from helpcenter.reports import words
from helpcenter.reports.figures import SETS
from helpcenter.reports.telling import told
from helpcenter.reports.timeline import Step
from tests.journeys.story import MONDAY


def rules() -> set[str]:
    """Every rule that the source of the judgement can name: a literal beside a state, or the kind of the evidence."""
    found = {NO_EPISODE}
    for node in ast.walk(ast.parse(Path(deflection.__file__).read_text())):
        if isinstance(node, ast.Tuple) and len(node.elts) == 4 and isinstance(node.elts[1], ast.Constant):
            found.add(str(node.elts[1].value))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "self._ineligible":
            found.add(ast.literal_eval(node.args[1]))
    for node in ast.walk(ast.parse(Path(evidence.__file__).read_text())):
        if isinstance(node, ast.MatchValue):
            found.add(ast.literal_eval(node.value))
    return found


def test_every_rule_has_its_sentence() -> None:
    assert len(rules()) > 15
    assert rules() == set(words.RULES)


def test_everything_that_can_be_shown_has_a_name() -> None:
    assert set(words.STATES) == {*STATES, DIRECT, GONE, LATE}
    assert set(words.TITLES) == {"", *SETS}
    assert set(words.CHANNELS) == set(CHANNELS)
    assert set(words.EXCLUDED) == set(REASONS)
    assert set(words.SERIES) == {"confirmed", "participated", "reached_support"}


def test_every_kind_of_event_is_told_in_words(app: Flask) -> None:
    for name, kind in CATALOGUE.items():
        subject = f"{kind.subjects[0]}:4" if kind.subjects else None
        said = told(Step(Act(1, MONDAY, name, "v", subject=subject)), {"article:4": "A title", "question:4": "A title"})
        assert said and "%(" not in said
