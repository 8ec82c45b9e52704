"""The edges named under the worked cases of the definition."""

from __future__ import annotations

from dataclasses import replace

import pytest

from helpcenter.journeys.act import Act
from helpcenter.journeys.deflection import judge
from tests.journeys.story import (
    BILLING,
    SIGN_IN,
    accepted,
    answered,
    asked,
    contacted,
    did,
    form_opened,
    helpful,
    hours,
    not_helpful,
    read,
    saw,
    searched,
    shown,
    signed_in,
    suggestion,
)


def states(acts: list[Act], until: float | None = None) -> list[str]:
    judged = judge(acts) if until is None else judge(acts, hours(until))
    return [one.state for one in judged.episodes]


def test_a_case_waits_until_its_window_is_over() -> None:
    acts = [searched(0), read(0.02), helpful(0.05)]
    assert states(acts, until=0.05) == states(acts, until=72.04) == ["pending"]
    assert states(acts, until=72.05) == ["confirmed"]


def test_a_late_contact_takes_a_confirmed_one_back() -> None:
    acts = [searched(0), read(0.02), helpful(0.05), contacted(80)]
    assert [states(acts, until=at) for at in (72.05, 79.9, 80)] == [["confirmed"], ["confirmed"], ["revoked"]]


@pytest.mark.parametrize(
    ("at", "state"), [(72.05, "contacted"), (72.06, "revoked"), (168.05, "revoked"), (168.06, "confirmed")]
)
def test_the_windows_close_on_the_second(at: float, state: str) -> None:
    assert states([helpful(0.05), contacted(at)]) == [state]


def test_an_unrelated_contact_takes_nothing_back() -> None:
    assert states([helpful(0), contacted(80, topic=SIGN_IN)]) == ["confirmed"]
    assert states([helpful(0), contacted(80, topic=None)]) == ["revoked"]


def test_what_is_taken_back_stays_revoked_only_with_evidence() -> None:
    assert states([searched(0), contacted(80)]) == ["unresolved"]


def test_an_episode_ends_after_a_day_to_the_second() -> None:
    assert states([searched(0), searched(23.99)]) == ["unresolved"]
    assert states([searched(0), searched(24)]) == ["unresolved", "unresolved"]


def test_two_revisions_voted_on_are_one_episode() -> None:
    (episode,) = judge([helpful(0), helpful(3)]).episodes
    assert (episode.state, episode.ends_at) == ("confirmed", hours(3))


def test_not_helpful_takes_back_what_the_same_person_said_of_the_same_article() -> None:
    assert states([searched(0), read(0.1), not_helpful(0.2)]) == ["unresolved"]
    assert states([searched(0), read(0.1), not_helpful(0.2, who="another")]) == ["assumed"]
    assert states([helpful(0), not_helpful(0.2, "article:2")]) == ["confirmed"]
    assert states([helpful(0), not_helpful(200)]) == ["unresolved"]


def test_the_last_vote_counts_however_quickly_it_came() -> None:
    second = 1 / 3600
    assert states([helpful(0), not_helpful(second), helpful(2 * second)]) == ["confirmed"]
    assert states([helpful(0), not_helpful(second)]) == ["unresolved"]


def test_a_vote_taken_back_is_no_evidence() -> None:
    assert states([helpful(0), did("vote_withdrawn", 1, "article:1")]) == ["unresolved"]
    assert states([searched(0), read(0.1), helpful(1), did("vote_withdrawn", 2, "article:1")]) == ["assumed"]


def test_two_merged_accounts_are_one_person() -> None:
    merge = did("accounts_merged", 3, who="Ben", topic=None, detail={"into": "Benjamin"})
    assert states([helpful(0, who="Ben"), contacted(1, who="Benjamin")]) == ["confirmed"]
    assert states([helpful(0, who="Ben"), contacted(1, who="Benjamin"), merge]) == ["contacted"]


def test_signing_in_links_seven_days_and_no_more() -> None:
    for at, linked in ((-168, "contacted"), (-168.01, "confirmed")):
        acts = [helpful(at, who="phone"), contacted(at + 1, who="Ben"), signed_in(0, "Ben", "phone")]
        assert states(acts) == [linked]


def test_a_browser_belongs_to_whoever_signs_in_next() -> None:
    acts = [
        helpful(0, who="kiosk"),
        signed_in(1, "Ben", "kiosk"),
        helpful(30, "article:2", who="kiosk"),
        signed_in(31, "Cleo", "kiosk"),
    ]
    assert [(one.person.name, one.credited and one.credited.subject) for one in judge(acts).episodes] == [
        ("Ben", "article:1"),
        ("Cleo", "article:2"),
    ]


def test_what_staff_did_before_signing_in_does_not_count() -> None:
    staff = replace(signed_in(1, "Sam", "laptop"), excluded="staff")
    assert states([helpful(0, who="laptop"), staff]) == ["ineligible"]


def test_a_form_sent_twice_is_one_contact() -> None:
    judgement = judge([contacted(0), contacted(0.001)])
    assert len(judgement.direct) == 1


def test_a_contact_that_was_spam_is_none() -> None:
    voided = did("contact_voided", 30, "conversation:1", who="Sam", detail={"reason": "spam"}, excluded="staff")
    acts = [helpful(0), contacted(1), voided]
    assert [states(acts, until=at) for at in (2, 31, 80)] == [["contacted"], ["pending"], ["confirmed"]]
    assert states([helpful(0), contacted(1, detail={"spam": True})]) == ["confirmed"]
    assert states([helpful(0), contacted(1, detail={"duplicate": True})]) == ["confirmed"]
    assert judge(acts).direct == ()
    again = did("conversation_reopened", 40, "conversation:1", who="Sam", excluded="staff")
    assert states([*acts, again]) == ["contacted"]


def test_a_closed_conversation_is_not_open() -> None:
    closed = did("conversation_closed", -1, "conversation:1", who="Sam", excluded="staff")
    again = did("conversation_reopened", -0.5, "conversation:1", who="Sam", excluded="staff")
    assert states([contacted(-5), closed, helpful(0)]) == ["confirmed"]
    assert states([contacted(-5), closed, again, helpful(0)]) == ["contacted"]


def test_accepting_ones_own_answer_is_no_evidence() -> None:
    assert states([asked(0), answered(1, who="Ben"), accepted(2)]) == ["unresolved"]


def test_only_the_askers_acceptance_is_evidence() -> None:
    assert states([asked(0), answered(1), accepted(2, who="Mia")]) == ["unresolved"]


def test_an_acceptance_taken_back_is_no_evidence() -> None:
    withdrawn = did("acceptance_withdrawn", 30, "answer:1", who="Ben", detail={"question": 1})
    assert states([asked(0), answered(1), accepted(2), withdrawn]) == ["unresolved"]
    assert states([asked(0), answered(1), saw(2), accepted(3), withdrawn]) == ["participated"]


def test_an_answer_that_did_not_help_is_no_evidence() -> None:
    refused = did("not_solved", 40, "question:1", who="Ben")
    assert states([asked(0), answered(1), saw(2), refused]) == ["unresolved"]


def test_an_agents_answer_before_the_members_was_seen_is_a_contact() -> None:
    both = [asked(0), answered(5, "answer:2", staff=True, who="Sam"), answered(6)]
    assert states([*both, saw(7)]) == ["contacted"]
    assert states([*both, accepted(7)]) == ["confirmed"]
    assert states([asked(0), answered(6), saw(7), answered(8, "answer:2", staff=True, who="Sam")]) == ["participated"]


def test_an_answer_after_two_weeks_comes_too_late() -> None:
    assert states([asked(0), answered(14 * 24), accepted(14 * 24 + 1)]) == ["confirmed"]
    assert states([asked(0), answered(14 * 24 + 0.01), accepted(14 * 24 + 1)]) == ["unresolved"]


def test_a_question_nobody_answered_is_waited_for_two_weeks() -> None:
    assert states([asked(0)], until=14 * 24 - 0.01) == ["pending"]
    assert states([asked(0)], until=14 * 24) == ["unresolved"]
    assert states([asked(0), contacted(13 * 24, who="Ben")]) == ["contacted"]


def test_what_answers_an_earlier_act_belongs_to_its_episode() -> None:
    acts = [asked(0), answered(20), searched(40, who="Ben"), accepted(48)]
    assert [shown(one) for one in judge(acts).episodes] == [
        ("confirmed", "community", "answer:1"),
        ("unresolved", None, None),
    ]
    workshop = did("workshop_attended", 0, "workshop:1", detail={"minutes": 5, "of": 60})
    follow_up = did("workshop_solved", 50, "workshop:1")
    assert states([workshop, follow_up]) == ["confirmed"]


@pytest.mark.parametrize(
    "later",
    [
        saw(48),
        accepted(48),
        did("acceptance_withdrawn", 48, "answer:1", who="Ben", detail={"question": 1}),
        helpful(48, "answer:1", who="Ben"),
        not_helpful(48, "answer:1", who="Ben"),
        did("not_solved", 48, "question:1", who="Ben"),
    ],
    ids=lambda act: act.kind,
)
def test_what_the_asker_says_days_later_of_an_answer_belongs_to_the_question(later: Act) -> None:
    (episode,) = judge([asked(0), answered(20), later]).episodes
    assert later in episode.acts
    assert episode.person.name == "Ben"


def test_an_episode_has_the_topic_of_what_is_credited_else_the_first_that_is_known() -> None:
    acts = [did("viewed", 0, "article:9", topic=None), read(0.1, topic=BILLING), searched(0.2)]
    assert [one.topic for one in judge(acts).episodes] == [BILLING]
    assert [one.topic for one in judge([*acts, helpful(0.3, topic=SIGN_IN)]).episodes] == [SIGN_IN]
    assert [one.topic for one in judge([*acts, helpful(0.3, topic=None)]).episodes] == [BILLING]
    assert [one.topic for one in judge([searched(0)]).episodes] == [None]


def test_a_reader_for_whom_a_question_solved_it_is_counted_and_the_asker_not() -> None:
    solved = did("solved_for_me", 30, "question:1")
    assert shown(judge([asked(0), solved]).episodes[1]) == ("confirmed", "community", "question:1")
    own = did("solved_for_me", 30, "question:1", who="Ben")
    assert "confirmed" not in states([asked(0), answered(1, staff=True), own])


@pytest.mark.parametrize(
    ("minutes", "of", "state"),
    [(14, 60, "unresolved"), (15, 60, "participated"), (9, 20, "unresolved"), (10, 20, "participated")],
)
def test_attending_means_half_of_it_or_a_quarter_of_an_hour(minutes: int, of: int, state: str) -> None:
    assert states([did("workshop_attended", 0, "workshop:1", detail={"minutes": minutes, "of": of})]) == [state]


def test_reading_shows_nothing_without_having_looked_for_something() -> None:
    assert states([did("viewed", 0, "article:1"), read(0.1)]) == ["unresolved"]
    assert states([form_opened(0), read(0.1)]) == ["assumed"]
    assert states([read(0)]) == ["unresolved"]


def test_a_suggestion_in_a_question_that_was_posted_is_no_evidence() -> None:
    opened = suggestion("opened", 0.1, form="ask", who="Ben")
    assert states([searched(0, who="Ben"), opened]) == ["assumed"]
    assert states([searched(0, who="Ben"), opened, asked(0.2)]) == ["unresolved"]


def test_a_suggestion_in_a_question_keeps_the_channel_of_its_subject() -> None:
    (episode,) = judge([suggestion("solved", 0, form="ask", subject="question:9")]).episodes
    assert (episode.state, episode.channel) == ("confirmed", "community")


def test_an_unobservable_person_counts_by_what_they_say_alone() -> None:
    unseen = {"observable": False}
    assert states([searched(0, **unseen), read(0.1, **unseen), helpful(0.2, **unseen)]) == ["confirmed"]
    assert states([form_opened(0, **unseen), contacted(1, **unseen)]) == ["ineligible"]


def test_acts_that_do_not_count_decide_nothing() -> None:
    assert states([searched(0), helpful(0.1, excluded="too_fast")]) == ["unresolved"]
    assert states([helpful(0), contacted(1, excluded="staff")]) == ["confirmed"]
    assert states([helpful(0, excluded="too_fast"), searched(30)]) == ["ineligible", "unresolved"]


def test_the_greater_kind_then_subject_is_credited_at_the_same_moment() -> None:
    (episode,) = judge([helpful(0, "article:1"), helpful(0, "article:2")]).episodes
    assert episode.credited and episode.credited.subject == "article:2"


def test_a_doubled_search_counts_once_and_its_last_time_counts() -> None:
    (episode,) = judge([searched(0), searched(20 / 3600)]).episodes
    assert (len(episode.acts), episode.opened_at) == (1, hours(20 / 3600))


def test_the_other_channels_that_took_part_are_named() -> None:
    acts = [searched(0), read(0.1), suggestion("solved", 0.2, form="contact", subject="article:2")]
    (episode,) = judge(acts).episodes
    assert (episode.channel, episode.assists) == ("contact_suggestion", ("help_center",))
