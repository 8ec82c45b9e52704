"""When counts are shown, and how they reach pages that are kept."""

from __future__ import annotations

from flask import Flask

from helpcenter.core import content_version, jobs
from helpcenter.feedback import tally
from helpcenter.feedback.tally import Tally
from tests.feedback.votes import ARTICLE, carry, cast, someone, withdraw


def test_a_share_of_fewer_than_five_votes_is_not_shown() -> None:
    assert not Tally(4, 0).show_counts
    assert Tally(4, 0).share is None
    assert Tally(3, 2).show_counts
    assert Tally(3, 2).share == 0.6


def test_many_articles_are_counted_by_one_question(app: Flask) -> None:
    cast(True, someone())
    cast(False, someone(), revision_id=7, subject=("article", 13))
    cast(False, someone(), revision_id=8, subject=("article", 13))
    counted = tally.of_many("article", [(12, 40), (13, 8), (14, 1), (13, 40)])
    assert counted == {(12, 40): Tally(1, 0), (13, 8): Tally(0, 1), (14, 1): Tally(), (13, 40): Tally()}


def test_two_languages_of_an_article_are_counted_apart(app: Flask) -> None:
    cast(True, someone(), revision_id=40)
    cast(False, someone(), revision_id=41)
    assert tally.of_many("article", [(12, 40), (12, 41)]) == {(12, 40): Tally(1, 0), (12, 41): Tally(0, 1)}


def test_counts_that_no_page_shows_leave_pages_warm(app: Flask) -> None:
    for _ in range(4):
        cast(True, someone())
    assert not tally.show_changes()
    assert content_version.current() == 0


def test_many_votes_make_pages_new_once(app: Flask) -> None:
    for _ in range(9):
        cast(True, someone())
    for _ in range(6):
        cast(False, someone(), subject=("article", 13))
    assert content_version.current() == 0
    assert tally.show_changes()
    assert content_version.current() == 1
    assert not tally.show_changes()
    assert content_version.current() == 1


def test_a_changed_mind_and_a_vote_taken_back_reach_pages_too(app: Flask) -> None:
    people = [someone() for _ in range(5)]
    for person in people:
        cast(True, person)
    tally.show_changes()
    cast(False, people[0])
    assert tally.show_changes()
    withdraw(people[0])
    withdraw(people[1])
    assert tally.show_changes()
    assert not tally.show_changes()


def test_a_carry_over_keeps_the_count_on_the_page(app: Flask) -> None:
    for _ in range(5):
        cast(True, someone())
    carry(40, 41)
    assert tally.of(ARTICLE, 41).show_counts
    assert tally.show_changes()
    assert not tally.show_changes()


def test_the_job_runs_often_enough_for_a_minute(app: Flask) -> None:
    assert jobs.rules(app)["votes: show new counts"].every_seconds <= 45
