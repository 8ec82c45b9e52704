"""What several people did to one thing, in the order in which they did it."""

from __future__ import annotations

from dataclasses import replace

from helpcenter.journeys.act import Act
from helpcenter.journeys.deflection import judge
from tests.journeys.story import accepted, answered, asked, contacted, did, helpful


def states_of(person: str, acts: list[Act]) -> list[str]:
    return [one.state for one in judge(acts).episodes if one.person.name == person]


def of_reader(acts: list[Act]) -> list[str]:
    return states_of("reader's browser", acts)


def staff(kind: str, at: float, who: str, conversation: str = "conversation:1") -> Act:
    return did(kind, at, conversation, who=who, excluded="staff")


def test_of_two_acceptances_the_later_is_the_solution_whoever_came_first() -> None:
    both = [asked(0), answered(1), answered(1, "answer:2", staff=True, who="Sam")]
    assert states_of("Ben", [*both, accepted(5), accepted(4, "answer:2", who="Mia")]) == ["confirmed"]
    assert states_of("Ben", [*both, accepted(4), accepted(5, "answer:2", who="Mia")]) == ["contacted"]


def test_what_the_asker_took_back_is_not_given_again_by_a_moderator() -> None:
    withdrawn = did("acceptance_withdrawn", 5, "answer:1", who="Ben", detail={"question": 1})
    acts = [asked(0), answered(1), accepted(4), withdrawn]
    assert states_of("Ben", [*acts, accepted(6, who="Mia")]) == ["unresolved"]
    assert states_of("Ben", [*acts, accepted(6)]) == ["confirmed"]
    assert states_of("Ben", [*acts[:3], accepted(6, who="Mia")]) == ["confirmed"]
    assert states_of("Ben", [*acts[:3], replace(withdrawn, subject="answer:2")]) == ["confirmed"]


def test_a_staff_answer_whose_acceptance_was_taken_back_is_no_solution() -> None:
    withdrawn = did("acceptance_withdrawn", 5, "answer:1", who="Ben", detail={"question": 1})
    acts = [asked(0), answered(1, staff=True, who="Sam"), accepted(4)]
    assert states_of("Ben", acts) == ["contacted"]
    assert states_of("Ben", [*acts, withdrawn]) == ["unresolved"]


def test_a_conversation_is_as_whoever_came_last_left_it() -> None:
    before = staff("conversation_closed", -10, "Sam", "conversation:2")
    acts = [before, contacted(-20), helpful(0)]
    closed_last = [staff("conversation_reopened", -2, "Mia"), staff("conversation_closed", -1, "Sam")]
    assert of_reader([*acts, *closed_last]) == ["confirmed"]
    opened_last = [staff("conversation_closed", -2, "Sam"), staff("conversation_reopened", -1, "Mia")]
    assert of_reader([*acts, *opened_last]) == ["contacted"]


def test_a_conversation_was_open_until_it_was_closed_to_the_second() -> None:
    acts = [contacted(-5), helpful(0)]
    assert of_reader([*acts, staff("conversation_closed", 0, "Sam")]) == ["confirmed"]
    assert of_reader([*acts, staff("conversation_closed", 0.01, "Sam")]) == ["contacted"]


def test_a_contact_that_was_spam_stays_so_until_its_conversation_is_taken_up_again() -> None:
    acts = [helpful(0), contacted(1), staff("contact_voided", 30, "Sam")]
    assert of_reader(acts) == ["confirmed"]
    assert of_reader([*acts, staff("conversation_closed", 40, "Sam")]) == ["confirmed"]
    assert of_reader([*acts, staff("conversation_reopened", 30, "Sam")]) == ["confirmed"]
    again = [*acts, staff("conversation_reopened", 40, "Sam")]
    assert of_reader(again) == ["contacted"]
    assert of_reader([*again, staff("contact_voided", 50, "Sam")]) == ["confirmed"]


def test_an_answer_to_a_question_nobody_knows_of_shows_nothing() -> None:
    vote = did("voted", 2, "answer:1", who="Ben", detail={"helpful": True, "question": 1})
    assert states_of("Ben", [asked(0), answered(1, question=2), vote]) == ["unresolved"]


def test_two_people_stay_one_whatever_either_does_after_the_merge() -> None:
    merge = did("accounts_merged", 3, who="Ben", topic=None, detail={"into": "Benjamin"})
    acts = [helpful(0, who="Ben"), contacted(1, who="Benjamin"), merge, did("viewed", 4, "article:2", who="Ben")]
    assert [(one.person.name, one.state) for one in judge(acts).episodes] == [("Benjamin", "contacted")]
