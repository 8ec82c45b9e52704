"""What agents read of the day before somebody wrote."""

from __future__ import annotations

from flask import Flask

from helpcenter.journeys.actor import Actor
from helpcenter.support import tried
from tests.journeys.acts import act, someone
from tests.shelf import put_article
from tests.support.letters_to_us import opened


def test_a_step_at_which_somebody_was_stuck_is_named_before_the_conversation(app: Flask) -> None:
    by, guide = someone(), put_article("Refunds")
    act("step_stuck", by, subject=("article", guide), detail={"step": 3})
    act("suggestion_opened", by, subject=("article", guide), detail={"form": "contact"})
    row = opened(by=by)
    with app.test_request_context():
        steps = [(step.text, step.title) for step in tried.before(row)]
    assert steps == [("Stuck at step 3", "Refunds"), ("Opened a suggestion", "Refunds")]


def test_of_somebody_who_wrote_by_mail_nothing_is_known_before_it(app: Flask) -> None:
    act("searched", Actor(None), detail={"results": 1}, query="words of nobody")
    assert tried.before(opened(by=Actor(None))) == []
