"""What holds whatever a few people do in two weeks."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from helpcenter.journeys.act import Act
from helpcenter.journeys.deflection import Episode, judge
from tests.journeys.lives import WHO, lives
from tests.journeys.story import contacted, hours, shown


def deflected(acts: list[Act]) -> list[Episode]:
    return [one for one in judge(acts).episodes if one.is_deflected]


def told(acts: list[Act]) -> list[tuple[object, ...]]:
    return [(one.person, one.opened_at, *shown(one), one.rule, one.ends_at) for one in judge(acts).episodes]


@given(lives(), st.sampled_from(WHO), st.sampled_from((1, 2, None)), st.integers(0, 24 * 24))
@settings(max_examples=300)
def test_a_contact_more_never_adds_a_deflection(acts: list[Act], who: str, topic: int | None, after: int) -> None:
    more = contacted(after, "conversation:9", who=who, topic=topic)
    before = Counter(one.person for one in deflected(acts))
    now = Counter(one.person for one in deflected([*acts, more]))
    assert all(now[person] <= before[person] for person in now)


@given(lives(), st.randoms())
@settings(max_examples=300)
def test_the_order_of_arrival_does_not_matter(acts: list[Act], chance: object) -> None:
    shuffled = list(acts)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert told(shuffled) == told(acts)


@given(lives())
def test_channels_add_up_to_the_headline_and_nobody_counts_twice_for_one_need(acts: list[Act]) -> None:
    found = deflected(acts)
    assert all(one.channel for one in found)
    assert len({(one.person, one.opened_by.id) for one in found}) == len(found)
    credits = [one.credited.id for one in found if one.credited]
    assert len(set(credits)) == len(found)


@given(lives())
def test_every_act_belongs_to_one_episode_at_most_and_each_begins_within_its_day(acts: list[Act]) -> None:
    seen = [act.id for one in judge(acts).episodes for act in one.acts]
    assert len(seen) == len(set(seen))
    opened: dict[object, list[Episode]] = {}
    for one in judge(acts).episodes:
        if one.state != "ineligible":
            opened.setdefault(one.person, []).append(one)
    for theirs in opened.values():
        times = sorted(one.opened_at for one in theirs)
        assert all(later - earlier >= timedelta(hours=24) for earlier, later in pairwise(times))


@given(lives())
def test_what_is_settled_is_settled_for_good_unless_something_happens(acts: list[Act]) -> None:
    settled = [one for one in judge(acts, hours(30 * 24)).episodes if one.state != "pending"]
    later = judge(acts, hours(300 * 24)).episodes
    assert settled == [one for one in later if one in settled]
