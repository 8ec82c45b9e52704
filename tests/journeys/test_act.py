"""One act by itself: what it is about, and where it stands among others."""

from __future__ import annotations

from dataclasses import replace

import pytest

from helpcenter.journeys.act import Act
from tests.journeys.story import did, helpful, searched


def test_an_act_about_nothing_has_no_kind_of_subject_no_question_and_no_language() -> None:
    act = searched(0)
    assert (act.subject_kind, act.question, act.locale) == ("", "", "")
    assert did("viewed", 0, "article:12").subject_kind == "article"


@pytest.mark.parametrize(
    ("subject", "detail"),
    [("question:7", {}), ("answer:3", {"question": 7}), ("answer:3", {"question": "question:7"})],
)
def test_the_question_is_the_subject_or_what_the_detail_names(subject: str, detail: dict[str, object]) -> None:
    assert did("accepted", 0, subject, detail=detail).question == "question:7"


def test_at_the_same_moment_acts_are_ordered_by_what_they_say_not_by_when_they_came() -> None:
    later, earlier = did("viewed", 0, "article:2"), did("viewed", 0, "article:1")
    nothing = did("viewed", 0)
    assert sorted([later, earlier, nothing], key=lambda act: act.order) == [nothing, earlier, later]
    capital = did("viewed", 0, "A:1")
    assert sorted([capital, nothing], key=lambda act: act.order) == [nothing, capital]


@pytest.mark.parametrize("more", [{"channel": "in_product"}, {"user": "Ada"}, {"topic": 2}, {"observable": False}])
def test_acts_that_say_the_same_at_the_same_moment_are_ordered_by_where_and_by_whom(more: dict[str, object]) -> None:
    def in_order(*arriving: Act) -> list[tuple[object, ...]]:
        numbered = (replace(act, id=number) for number, act in enumerate(arriving))
        ordered = sorted(numbered, key=lambda act: act.order)
        return [(act.channel, act.user, act.topic, act.observable) for act in ordered]

    one, other = helpful(0), replace(helpful(0), **more)  # type: ignore[arg-type]
    assert in_order(one, other) == in_order(other, one)


def test_a_detail_says_the_same_in_whatever_order_and_none_says_nothing() -> None:
    there, back = ({"minutes": 5, "of": 60}, {"of": 60, "minutes": 5})
    assert did("workshop_attended", 0, detail=there).said == did("workshop_attended", 0, detail=back).said
    assert did("viewed", 0).said == ""
