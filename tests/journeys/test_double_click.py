"""What somebody does twice in a row is told once; what was undone in between, and what others did, is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from helpcenter.journeys.act import Act
from helpcenter.journeys.double_click import without_double_clicks
from tests.journeys.story import contacted, did, helpful, hours, searched, signed_in

SECOND = 1 / 3600


def told(acts: list[Act]) -> list[Act]:
    return without_double_clicks(acts, timedelta(seconds=30))


def test_what_a_visitor_does_twice_within_half_a_minute_is_told_once_with_its_first_time() -> None:
    (vote,) = told([helpful(0), helpful(30 * SECOND)])
    assert vote.at == hours(0)
    assert len(told([helpful(0), helpful(30.1 * SECOND)])) == 2


def test_of_searches_the_last_counts_under_the_number_of_the_first() -> None:
    first, last = searched(0), searched(30 * SECOND)
    assert told([first, last]) == [replace(last, id=first.id)]


def test_signing_in_between_two_clicks_makes_them_no_two_acts() -> None:
    vote = helpful(0, who="phone")
    again = replace(helpful(2 * SECOND), visitor=vote.visitor, user="Ben")
    assert [act.kind for act in told([vote, signed_in(SECOND, "Ben", "phone"), again])] == ["voted", "signed_in"]


@pytest.mark.parametrize(
    ("kind", "undone", "subject"),
    [
        ("voted", "vote_withdrawn", "article:1"),
        ("accepted", "acceptance_withdrawn", "answer:1"),
        ("solved_for_me", "not_solved", "question:1"),
        ("conversation_closed", "conversation_reopened", "conversation:1"),
        ("contact_voided", "conversation_reopened", "conversation:1"),
    ],
)
def test_what_was_undone_in_between_is_said_anew(kind: str, undone: str, subject: str) -> None:
    acts = [did(kind, 0, subject), did(undone, SECOND, subject, who="Mia"), did(kind, 2 * SECOND, subject)]
    assert told(acts) == acts
    assert told([*acts, did(kind, 3 * SECOND, subject)]) == acts
    elsewhere = replace(acts[1], subject="article:9")
    assert told([acts[0], elsewhere, acts[2]]) == [acts[0], elsewhere]
    back = [replace(act, kind=undone if act.kind == kind else kind) for act in acts]
    assert told(back) == back


def test_two_accounts_that_one_person_merges_or_signs_in_to_are_two() -> None:
    for kind, detail in (("accounts_merged", {"into": 7}), ("signed_in", {})):
        acts = [did(kind, at, visitor="a", user=user, detail=detail) for at, user in ((0, 5), (SECOND, 6))]
        assert told(acts) == acts


def test_two_people_without_a_browser_are_two() -> None:
    assert len(told([helpful(0, who=who, visitor=None) for who in ("Ben", "Cleo")])) == 2
    assert len(told([helpful(0, who="Ben", visitor=None) for _ in range(2)])) == 1


def test_no_contact_is_left_out() -> None:
    assert len(told([contacted(0), contacted(SECOND)])) == 2
