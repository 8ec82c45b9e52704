"""What an episode says about itself: which rule decided, what it rests on, where it began, and where its edges lie."""

from __future__ import annotations

from dataclasses import replace

import pytest

from helpcenter.journeys.act import Act
from helpcenter.journeys.deflection import Episode, judge
from tests.journeys.story import (
    accepted,
    answered,
    asked,
    contacted,
    did,
    helpful,
    hours,
    not_helpful,
    read,
    saw,
    searched,
    suggestion,
)


def only(acts: list[Act], until: float | None = None) -> Episode:
    (episode,) = (judge(acts) if until is None else judge(acts, hours(until))).episodes
    return episode


def states(acts: list[Act], until: float | None = None) -> list[str]:
    return [one.state for one in (judge(acts) if until is None else judge(acts, hours(until))).episodes]


STAFF = {"staff": True, "who": "Sam"}
RULES: dict[str, tuple[list[Act], str]] = {
    "only_excluded": ([helpful(0, excluded="crawler")], "voted"),
    "unobservable": ([searched(0, observable=False)], "searched"),
    "conversation_was_open": ([contacted(-5), helpful(0)], "contacted"),
    "staff_answer_accepted": ([asked(0), answered(1, **STAFF), accepted(2)], "accepted"),
    "staff_answered_first": ([asked(0), answered(1, "answer:2", **STAFF), answered(2), saw(3)], "answered"),
    "contact_in_window": ([helpful(0), contacted(1)], "contacted"),
    "contact_after_window": ([helpful(0), contacted(80)], "contacted"),
    "voted": ([helpful(0), searched(1)], "voted"),
    "no_evidence": ([searched(0), did("viewed", 1, "article:1")], "viewed"),
}


@pytest.mark.parametrize("rule", RULES)
def test_an_episode_names_the_rule_that_decided_and_the_act_it_rests_on(rule: str) -> None:
    acts, kind = RULES[rule]
    (episode, *_) = judge(acts).episodes
    assert (episode.rule, episode.because.kind) == (rule, kind)
    if "contact" in rule or rule == "conversation_was_open":
        assert episode.contact is episode.because


def test_while_it_waits_it_rests_on_the_evidence_or_on_what_came_last() -> None:
    waiting = only([helpful(0), searched(1)], until=2)
    assert (waiting.rule, waiting.because.kind) == ("window_open", "voted")
    assert only([did("viewed", 0, "article:1"), searched(1)], until=2).because.kind == "searched"


def test_it_ends_with_its_evidence_whatever_was_done_afterwards() -> None:
    acts = [helpful(0), searched(10)]
    assert only(acts).ends_at == hours(0)
    assert [only(acts, until=at).state for at in (71.9, 72)] == ["pending", "confirmed"]


def test_of_several_unanswered_questions_the_last_is_waited_for() -> None:
    acts = [asked(0), asked(10, "question:2")]
    assert [states(acts, until=14 * 24 + at) for at in (9.9, 10)] == [["pending"], ["unresolved"]]


def test_where_it_began_is_the_first_place_help_was_looked_for() -> None:
    question = did("viewed", 1, "question:1")
    assert only([helpful(0), question]).entry_channel == "community"
    assert only([question, did("viewed", 2, "article:1")]).entry_channel == "community"
    assert only([helpful(0)]).entry_channel is None


def test_the_channels_beside_are_told_in_order_and_only_where_one_is_known() -> None:
    acts = [searched(0), *(read(0.1, one) for one in ("workshop:1", "article:1", "page:1", "question:3"))]
    inside = read(0.2, "article:3", channel="in_product")
    beside = only([*acts, inside, suggestion("solved", 0.3, subject="article:2")]).assists
    assert beside == ("community", "help_center", "in_product", "workshop")


def test_what_opens_nothing_does_not_hide_what_follows() -> None:
    assert only([not_helpful(0), searched(1)]).opened_at == hours(1)


def test_a_page_read_through_opens_an_episode_also_where_no_view_of_it_was_told() -> None:
    assert only([read(0), helpful(1)]).opened_at == hours(0)
    assert only([searched(0), read(23)]).opened_at == hours(0)
    assert states([searched(0), read(24)]) == ["unresolved", "unresolved"]


def test_a_follow_up_belongs_to_the_workshop_it_names_and_to_none_that_came_later() -> None:
    short = {"detail": {"minutes": 5, "of": 60}}
    first, second = (did("workshop_attended", at, f"workshop:{number}", **short) for at, number in ((0, 1), (48, 2)))
    assert states([first, second, did("workshop_solved", 96, "workshop:1")]) == ["confirmed", "unresolved"]
    assert states([did("workshop_solved", 0, "workshop:2"), second]) == ["confirmed", "unresolved"]


def test_one_act_that_could_be_seen_makes_a_person_observable() -> None:
    assert states([searched(0, observable=False), read(0.1)]) == ["assumed"]


def test_what_does_not_count_stands_alone_only_outside_of_every_day_that_counts() -> None:
    ignored = {"article": "article:2", "excluded": "too_fast"}
    assert states([helpful(0), helpful(0, **ignored)]) == ["confirmed"]
    assert states([helpful(0), helpful(23.99, **ignored)]) == ["confirmed"]
    assert states([helpful(0), helpful(24, **ignored)]) == ["confirmed", "ineligible"]


def test_a_contact_at_the_very_moment_is_one_in_the_window() -> None:
    episode = only([searched(0), contacted(0)])
    assert (episode.state, episode.rule) == ("contacted", "contact_in_window")


def test_a_conversation_without_a_name_can_not_be_open() -> None:
    assert states([contacted(-100, None), helpful(0)]) == ["confirmed"]


def test_contacts_without_a_name_are_told_apart() -> None:
    judgement = judge([helpful(0), contacted(1, None), contacted(200, None), contacted(300, None)])
    assert [contact.at for _, contact in judgement.direct] == [hours(200), hours(300)]


def test_a_conversation_that_needed_no_episode_is_told_once_by_its_first_message() -> None:
    judgement = judge([contacted(0), contacted(5), contacted(0, "conversation:2", who="Ben")])
    assert [(contact.subject, contact.at) for _, contact in judgement.direct] == [
        ("conversation:1", hours(0)),
        ("conversation:2", hours(0)),
    ]


def test_what_somebody_wrote_who_is_gone_still_counts_for_others() -> None:
    nobodys = replace(answered(1), user=None, visitor=None)
    assert states([asked(0), nobodys, saw(2)]) == ["participated"]


def test_a_reader_is_not_answered_by_what_staff_answered_somebody_else() -> None:
    others = [asked(0), answered(1, **STAFF), accepted(2)]
    reader = [did("viewed", 3, "question:1"), did("solved_for_me", 4, "question:1")]
    assert states([*others, *reader]) == ["contacted", "confirmed"]


def test_a_suggestion_opened_after_the_question_was_posted_is_about_something_else() -> None:
    opened = suggestion("opened", 0.1, form="ask", who="Ben")
    assert states([asked(0), opened]) == ["assumed"]


def test_reading_after_help_inside_the_product_is_reading_what_was_looked_for() -> None:
    assert states([did("help_opened", 0, "help:billing"), read(0.1)]) == ["assumed"]


def test_of_equal_evidence_that_with_the_greater_subject_is_credited_and_none_is_the_least() -> None:
    solved = [did("solved_for_me", 0, None), did("solved_for_me", 0, "A:1")]
    assert only(solved).credited is solved[1]


def test_what_can_not_be_observed_shows_nothing_beside_what_can() -> None:
    assert states([searched(0), read(0.1, observable=False)]) == ["unresolved"]


def test_a_vote_that_says_nothing_shows_nothing() -> None:
    assert states([searched(0), did("voted", 0.1, "article:1")]) == ["unresolved"]


def of(person: str, acts: list[Act]) -> list[str]:
    return [one.state for one in judge(acts).episodes if one.person.name == person]


def test_nobody_is_helped_by_their_own_answer() -> None:
    acts = [asked(0), answered(1), searched(1.5, who="Cleo"), helpful(2, "answer:1", who="Cleo")]
    assert of("Cleo", acts) == ["unresolved"]
    assert of("Mia", [*acts, helpful(3, "answer:1", who="Mia")]) == ["confirmed"]


def test_staff_who_answer_the_asker_deflect_nothing() -> None:
    acts = [asked(0), answered(1, **STAFF)]
    assert states([*acts, saw(2)]) == ["unresolved"]
    assert states([*acts, helpful(2, "answer:1", who="Ben")]) == ["unresolved"]
    assert of("Ben", [asked(0), answered(1), helpful(2, "answer:1", who="Ben")]) == ["confirmed"]


@pytest.mark.parametrize("act", [saw(2, who="Mia"), accepted(2, who="Mia")], ids=lambda act: act.kind)
def test_what_an_answer_did_for_its_asker_it_did_for_nobody_else(act: Act) -> None:
    assert of("Mia", [asked(0), answered(1), searched(1.5, who="Mia"), act]) == ["unresolved"]


def test_an_answer_that_moved_to_another_question_counts_where_it_is_accepted() -> None:
    assert states([asked(0), answered(1, question=2), accepted(3)]) == ["confirmed"]


def test_an_answer_after_two_weeks_is_waited_for_no_longer_and_one_in_time_is() -> None:
    assert only([asked(0), answered(1)]).ends_at == hours(0)
    assert only([asked(0), answered(1, **STAFF)]).ends_at == hours(11 * 24)
    assert only([asked(0), answered(14 * 24 + 1)]).ends_at == hours(11 * 24)


def test_an_acceptance_and_a_refusal_at_the_same_moment_is_a_refusal() -> None:
    assert states([helpful(0), did("vote_withdrawn", 0, "article:1")]) == ["unresolved"]


def test_a_staff_answer_that_came_as_the_members_was_seen_came_too_late_to_be_the_reason() -> None:
    assert states([asked(0), answered(2), answered(3, "answer:2", **STAFF), saw(3)]) == ["participated"]


def test_a_contact_that_does_not_count_is_no_direct_one_either() -> None:
    assert judge([contacted(0, excluded="crawler")]).direct == ()


def test_a_suggestion_of_the_contact_form_stays_what_it_showed_when_a_question_is_asked_afterwards() -> None:
    opened = suggestion("opened", 0.1, form="contact", who="Ben")
    assert states([searched(0, who="Ben"), opened, asked(0.2)]) == ["assumed"]


def test_a_vote_taken_back_is_the_one_on_the_same_subject() -> None:
    assert states([helpful(0), did("vote_withdrawn", 1, "article:2")]) == ["confirmed"]


@pytest.mark.parametrize(
    ("detail", "state"),
    [({"of": 1}, "unresolved"), ({"minutes": 14}, "unresolved"), ({"minutes": 15}, "participated")],
    ids=str,
)
def test_a_workshop_of_unknown_length_was_attended_after_a_quarter_of_an_hour(
    detail: dict[str, int], state: str
) -> None:
    assert states([did("workshop_attended", 0, "workshop:1", detail=detail)]) == [state]
