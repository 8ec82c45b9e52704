"""Who did it: a user where one is known, else a browser. Signing in and merging say so afterwards too."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from helpcenter.journeys.act import Act, Name
from helpcenter.journeys.constants import LINKED_BEFORE_SIGN_IN


@dataclass(frozen=True, slots=True)
class Person:
    """`name` is a user's where `is_user`, else a visitor's."""

    name: Name
    is_user: bool


def by_person(acts: Iterable[Act]) -> dict[Person, list[Act]]:
    """The acts of each person, in their order. Acts of nobody, such as an erased person's, belong to none.

    An act without a user belongs to whoever signs in next in that browser within seven days. Where that was somebody
    whose own acts do not count, this one does not count either.
    """
    known = list(acts)
    sign_ins = _sign_ins(known)
    merged = {act.user: act.detail.get("into") for act in known if act.kind == "accounts_merged"}
    found: dict[Person, list[Act]] = defaultdict(list)
    for act in known:
        user, excluded = act.user, act.excluded
        if user is None and (link := _link(act, sign_ins)):
            user, excluded = link.user, act.excluded or link.excluded
        if user is not None:
            counted = act if excluded == act.excluded else replace(act, excluded=excluded)
            found[Person(merged_into(user, merged), is_user=True)].append(counted)
        elif act.visitor is not None:
            found[Person(act.visitor, is_user=False)].append(act)
    return {person: sorted(theirs, key=lambda act: act.order) for person, theirs in found.items()}


def _sign_ins(acts: Iterable[Act]) -> Mapping[Name, list[Act]]:
    found: dict[Name, list[Act]] = defaultdict(list)
    for act in sorted(acts, key=lambda one: one.order):
        if act.kind == "signed_in" and act.visitor is not None and act.user is not None:
            found[act.visitor].append(act)
    return found


def _link(act: Act, sign_ins: Mapping[Name, list[Act]]) -> Act | None:
    theirs = sign_ins.get(act.visitor, [])
    place = bisect_left(theirs, act.at, key=lambda one: one.at)
    if place == len(theirs) or theirs[place].at - act.at > LINKED_BEFORE_SIGN_IN:
        return None
    return theirs[place]


def merged_into(user: Name, merged: Mapping[Name | None, Name | None]) -> Name:
    """The user that stands for this one, after however many merges."""
    seen = set()
    while (into := merged.get(user)) is not None and user not in seen:
        seen.add(user)
        user = into
    return user
