from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from helpcenter.accounts.user import User
from helpcenter.community import acceptance, trust
from helpcenter.community.acceptance import Via
from helpcenter.community.trust import PRESETS, Facts, Level, level
from helpcenter.core import clock, site
from helpcenter.core.db import begin_write, db
from tests.cast import Cast
from tests.community.moderation.acts import delete, put_flag, settle
from tests.community.posts import put_acceptance, put_answer, put_question, put_vote, question_of
from tests.feedback.votes import someone

COUNT = st.integers(0, 200)
FACTS = st.builds(Facts, days=COUNT, posts=COUNT, good=COUNT, bad=COUNT)
PRESET = st.sampled_from(sorted(PRESETS))


@pytest.mark.parametrize(
    ("preset", "facts", "reached"),
    [
        ("team", Facts(), Level.KNOWN),
        ("team", Facts(days=1, posts=3), Level.REGULAR),
        ("team", Facts(days=7, posts=10), Level.TRUSTED),
        ("startup", Facts(), Level.NEWCOMER),
        ("startup", Facts(days=1), Level.NEWCOMER),
        ("startup", Facts(days=1, posts=1), Level.KNOWN),
        ("startup", Facts(days=1, posts=1, bad=2), Level.NEWCOMER),
        ("startup", Facts(days=7, posts=5), Level.REGULAR),
        ("startup", Facts(days=7, posts=5, bad=1), Level.KNOWN),
        ("startup", Facts(days=30, posts=20), Level.REGULAR),
        ("startup", Facts(days=30, posts=20, good=1), Level.TRUSTED),
        ("mature", Facts(days=6, posts=99, good=99), Level.NEWCOMER),
        ("mature", Facts(days=90, posts=60, good=10, bad=3), Level.TRUSTED),
        ("mature", Facts(days=90, posts=60, good=10, bad=4), Level.REGULAR),
        ("startup", Facts(is_customer=True), Level.KNOWN),
        ("mature", Facts(is_team=True, bad=99), Level.TEAM),
        ("a preset of another version", Facts(days=1, posts=1), Level.KNOWN),
    ],
)
def test_a_level_is_reached_by_days_posts_and_the_share_of_what_was_good(
    preset: str, facts: Facts, reached: Level
) -> None:
    assert level(facts, preset) == reached


@given(FACTS, PRESET, st.sampled_from(["days", "posts", "good"]))
def test_more_of_what_is_good_never_lowers_a_level(facts: Facts, preset: str, name: str) -> None:
    assert level(replace(facts, **{name: getattr(facts, name) + 1}), preset) >= level(facts, preset)


@given(FACTS, PRESET)
def test_more_of_what_is_bad_never_raises_one(facts: Facts, preset: str) -> None:
    assert level(replace(facts, bad=facts.bad + 1), preset) <= level(facts, preset)


@given(FACTS)
def test_a_young_community_trusts_sooner_than_a_grown_one(facts: Facts) -> None:
    assert level(facts, "team") >= level(facts, "startup") >= level(facts, "mature")


def test_what_somebody_did_is_counted_from_the_posts_themselves(cast: Cast) -> None:
    asked = put_question(cast)
    solution, removed = put_answer(cast, asked), put_answer(cast, asked)
    put_acceptance(cast, solution)
    put_vote(solution, someone())
    put_vote(solution, someone(), helpful=False)
    put_vote(removed, someone())
    delete(cast, "answer", removed)
    wrong, right = put_question(cast, "ada"), put_question(cast, "ada")
    for number, verb in ((wrong, "dismiss"), (right, "delete")):
        put_flag(cast, "question", number, "cleo")
        settle(cast, "question", number, verb)
    facts = trust.facts_of([cast.id_of("cleo")])[cast.id_of("cleo")]
    assert facts == Facts(days=0, posts=1, good=3, bad=3, removed=1)


def test_ones_own_answer_to_ones_own_question_is_no_solution_to_be_proud_of(cast: Cast) -> None:
    put_acceptance(cast, put_answer(cast, put_question(cast), "ben"))
    assert trust.facts_of([cast.id_of("ben")])[cast.id_of("ben")].good == 0


def test_the_team_needs_no_trust_and_a_stranger_has_none(app: Flask, cast: Cast) -> None:
    begin_write()
    site.change(trust="mature")
    db.session.commit()
    assert trust.level_of(cast.viewer("mia")) == Level.TEAM
    assert trust.level_of(cast.viewer("ben")) == Level.NEWCOMER


def be_trusted(cast: Cast, name: str) -> None:
    """Twenty questions in thirty days, one of which helped somebody as an answer."""
    begin_write()
    db.session.get_one(User, cast.id_of(name)).created_at = clock.now() - timedelta(days=31)
    db.session.commit()
    for _ in range(20):
        put_question(cast, name)
    put_vote(put_answer(cast, put_question(cast, "ada"), name), someone())


def test_a_trusted_member_accepts_for_an_asker_who_stayed_away_a_week(cast: Cast) -> None:
    asked = put_question(cast)
    answer = put_answer(cast, asked, "sam")
    be_trusted(cast, "cleo")
    cleo, path = cast.browser("cleo"), f"/en/questions/{asked}/answers/{answer}/acceptance"
    assert cleo.post(path).status_code == 403
    with clock.moved(clock.now() + timedelta(days=8)):
        assert "Accept as the solution" in cleo.get(f"/en/questions/{asked}", follow_redirects=True).text
        assert cast.browser("ben").get(f"/en/questions/{asked}", follow_redirects=True).status_code == 200
        assert cleo.post(path).status_code == 303
        stood = acceptance.standing(asked)
        assert stood is not None and stood.via == Via.TRUSTED
        page = cleo.get(f"/en/questions/{asked}", follow_redirects=True).text
        assert "accepted by a trusted member" in page and "Withdraw the acceptance" in page
        assert cleo.post(f"/en/questions/{asked}/acceptance/withdrawal").status_code == 303
    assert question_of(asked).solution_id is None


def test_nobody_accepts_an_answer_of_their_own_for_others_or_without_trust(cast: Cast) -> None:
    asked = put_question(cast)
    own = put_answer(cast, asked)
    be_trusted(cast, "cleo")
    other = put_question(cast, "cleo")
    given = put_answer(cast, other, "sam")
    with clock.moved(clock.now() + timedelta(days=8)):
        assert cast.browser("cleo").post(f"/en/questions/{asked}/answers/{own}/acceptance").status_code == 403
        ben = cast.browser("ben")
        assert ben.post(f"/en/questions/{other}/answers/{given}/acceptance").status_code == 403
        assert "Accept as the solution" not in ben.get(f"/en/questions/{other}", follow_redirects=True).text
