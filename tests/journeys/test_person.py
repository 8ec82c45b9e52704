"""Whose an act is: what links a browser to a user, and what does not."""

from __future__ import annotations

from dataclasses import replace

from helpcenter.journeys.act import Act
from helpcenter.journeys.deflection import judge
from tests.journeys.story import contacted, did, helpful, searched, signed_in


def told(acts: list[Act]) -> list[tuple[object, str]]:
    return [(one.person.name, one.state) for one in judge(acts).episodes]


def test_only_signing_in_makes_a_browser_somebodys() -> None:
    used = did("viewed", 1, "article:2", who="Ben", visitor="phone's browser")
    assert told([helpful(0, who="phone"), used]) == [("phone's browser", "confirmed"), ("Ben", "unresolved")]


def test_what_does_not_count_in_a_browser_counts_no_more_once_it_is_somebodys() -> None:
    acts = [helpful(0, who="phone", excluded="too_fast"), signed_in(1, "Ben", "phone")]
    assert told(acts) == [("Ben", "ineligible")]


def test_a_sign_in_of_nobody_hides_none_that_follows() -> None:
    nobodys = replace(signed_in(1, "Ben", "phone"), user=None)
    acts = [helpful(0, who="phone"), nobodys, signed_in(2, "Ben", "phone"), contacted(1.5, who="Ben")]
    assert told(acts) == [("Ben", "contacted")]


def test_what_nobody_did_is_nobodys_whoever_signs_in_without_a_browser() -> None:
    lost = replace(searched(0), visitor=None)
    assert told([lost]) == []
    assert told([lost, replace(signed_in(1, "Ben", "phone"), visitor=None)]) == []


def test_merges_that_lead_in_a_circle_come_to_an_end() -> None:
    def merge(at: float, who: str, into: str) -> Act:
        return did("accounts_merged", at, who=who, topic=None, detail={"into": into})

    acts = [helpful(0, who="Ben"), merge(1, "Ben", "Benjamin"), merge(2, "Benjamin", "Ben")]
    assert [state for _, state in told(acts)] == ["confirmed"]
