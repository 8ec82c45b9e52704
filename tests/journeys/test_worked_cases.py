"""The worked cases of the definition: each by itself, and all together."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from helpcenter.journeys.act import Act
from helpcenter.journeys.deflection import judge
from tests.journeys.story import (
    SIGN_IN,
    accepted,
    answered,
    asked,
    contacted,
    did,
    form_opened,
    helpful,
    not_helpful,
    read,
    saw,
    searched,
    shown,
    signed_in,
    suggestion,
)

Expected = tuple[str, str | None, str | None]
ARTICLE: Expected = ("confirmed", "help_center", "article:1")
CONTACTED = ("contacted",)
CASES: dict[str, tuple[list[Act], list[tuple[str, ...]]]] = {
    "1 finds, reads, says it helped": ([searched(0), read(0.02), helpful(0.05)], [ARTICLE]),
    "2 writes two hours later": ([searched(0), read(0.02), helpful(0.05), contacted(2)], [CONTACTED]),
    "3 writes after three days": ([searched(0), read(0.02), helpful(0.05), contacted(80)], [("revoked",)]),
    "4 writes about something else": (
        [searched(0), read(0.02), helpful(0.05), contacted(20, topic=SIGN_IN)],
        [ARTICLE],
    ),
    "5 reads and goes": ([searched(0), read(0.02)], [("assumed", "help_center", "article:1")]),
    "6 reads, then writes about something else": (
        [searched(0), read(0.02), contacted(20, topic=SIGN_IN)],
        [CONTACTED],
    ),
    "7 finds nothing": ([searched(0, results=0)], [("unresolved",)]),
    "8 a suggestion in the form solves it": (
        [form_opened(0), suggestion("opened", 0.01), suggestion("solved", 0.02)],
        [("confirmed", "contact_suggestion", "article:1")],
    ),
    "9 opens a suggestion and leaves": (
        [form_opened(0), suggestion("opened", 0.01)],
        [("assumed", "contact_suggestion", "article:1")],
    ),
    "10 opens the form and leaves": ([form_opened(0)], [("unresolved",)]),
    "11 a member's answer is accepted": (
        [asked(0), answered(20), accepted(48)],
        [("confirmed", "community", "answer:1")],
    ),
    "12 an agent's answer is accepted": ([asked(0), answered(20, staff=True), accepted(48)], [CONTACTED]),
    "13 sees a member's answer": ([asked(0), answered(20), saw(30)], [("participated", "community", "answer:1")]),
    "14 attends most of a workshop": (
        [did("workshop_attended", 0, "workshop:1", detail={"minutes": 40, "of": 60})],
        [("participated", "workshop", "workshop:1")],
    ),
    "15 signs up and does not come": ([], []),
    "16 two articles on one day": (
        [helpful(0.05), helpful(5.05, "article:2")],
        [("confirmed", "help_center", "article:2")],
    ),
    "17 two articles on two days": (
        [helpful(0.05), searched(48), helpful(48.1, "article:2")],
        [ARTICLE, ("confirmed", "help_center", "article:2")],
    ),
    "18 changes to not helpful": ([helpful(0), not_helpful(1)], [("unresolved",)]),
    "19 a crawler votes": ([helpful(0, excluded="crawler")], [("ineligible",)]),
    "20 the phone turns out to be theirs": (
        [helpful(0, who="phone"), contacted(1, who="Ben"), signed_in(2, "Ben", "phone")],
        [CONTACTED],
    ),
    "21 can not be observed": ([read(0, observable=False)], [("ineligible",)]),
    "22 an agent sends a link": ([contacted(-5), helpful(0)], [CONTACTED]),
    "23 reads, then writes at once": ([searched(0), read(0.02), contacted(0.5)], [CONTACTED]),
    "24 helped inside the product": (
        [did("help_opened", 0, "article:1", channel="in_product"), helpful(0.1, channel="in_product")],
        [("confirmed", "in_product", "article:1")],
    ),
}


def apart(name: str, acts: list[Act]) -> list[Act]:
    """The same acts, done by other people on other questions."""
    case = name.partition(" ")[0]

    def renamed(subject: str | None) -> str | None:
        return f"{subject}{case.zfill(3)}" if subject else None

    return [
        replace(
            act,
            visitor=f"{act.visitor} {case}",
            user=act.user and f"{act.user} {case}",
            subject=renamed(act.subject),
            detail={**act.detail, **({"question": f"1{case.zfill(3)}"} if "question" in act.detail else {})},
        )
        for act in acts
    ]


@pytest.mark.parametrize("name", CASES)
def test_a_worked_case_comes_out_as_defined(name: str) -> None:
    acts, expected = CASES[name]
    judged = [shown(one) for one in judge(acts).episodes]
    assert [one[: len(wanted)] for one, wanted in zip(judged, expected, strict=True)] == expected


def test_the_worked_cases_add_up() -> None:
    everything = [act for name, (acts, _) in CASES.items() for act in apart(name, acts)]
    judgement = judge(everything)
    assert Counter(one.state for one in judgement.episodes) == {
        "confirmed": 8,
        "participated": 2,
        "assumed": 2,
        "unresolved": 3,
        "contacted": 6,
        "revoked": 1,
        "ineligible": 2,
    }
    confirmed = Counter(one.channel for one in judgement.episodes if one.state == "confirmed")
    assert confirmed == {"help_center": 5, "contact_suggestion": 1, "community": 1, "in_product": 1}
    assert [contact.topic for _, contact in judgement.direct] == [SIGN_IN]
