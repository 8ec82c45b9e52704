"""Who has to be judged together."""

from __future__ import annotations

from flask import Flask

from helpcenter.core.db import begin_write, db
from helpcenter.journeys import recorder
from helpcenter.journeys.actor import Actor
from helpcenter.journeys.cluster import Cluster, Ties
from tests.journeys.acts import someone


def log_in(by: Actor, user_id: int) -> None:
    begin_write()
    recorder.record_sign_in(by, user_id)
    db.session.commit()


def test_two_people_who_logged_in_with_one_browser_are_judged_together(app: Flask) -> None:
    browser = someone()
    log_in(browser, 5)
    log_in(browser, 6)
    together = Cluster(frozenset({browser.visitor_id or ""}), frozenset({5, 6}))
    for ties in (Ties.of_everybody(), Ties.around([5])):
        assert ties.clusters([5, 6, browser.visitor_id or ""]) == [together]


def test_logging_in_without_a_browser_ties_nobody_to_anybody(app: Flask) -> None:
    log_in(Actor(None), 5)
    log_in(Actor(None), 6)
    for ties in (Ties.of_everybody(), Ties.around([5, 6])):
        assert ties.clusters([5, 6]) == [Cluster(frozenset(), frozenset({5})), Cluster(frozenset(), frozenset({6}))]
