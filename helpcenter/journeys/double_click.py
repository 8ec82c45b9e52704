"""When two acts of one visitor are one: the same said twice in a row, as by a finger that is quicker than the page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from helpcenter.journeys.act import Act

_ABOUT_A_USER = frozenset({"signed_in", "accounts_merged"})
_UNDONE_BY = {
    "voted": ("vote_withdrawn",),
    "vote_withdrawn": ("voted",),
    "accepted": ("acceptance_withdrawn",),
    "acceptance_withdrawn": ("accepted",),
    "solved_for_me": ("not_solved",),
    "not_solved": ("solved_for_me",),
    "conversation_closed": ("conversation_reopened",),
    "contact_voided": ("conversation_reopened",),
    "conversation_reopened": ("conversation_closed", "contact_voided"),
}


def without_double_clicks(acts: Iterable[Act], within: timedelta) -> list[Act]:
    """The acts in order, with what one visitor did twice in a row within this time told once.

    Twice is the same kind and detail about the same subject with nothing else said about it in between: yes, no, yes
    is three votes, and what somebody undid is done anew. Of searches the last counts, under the id of the first; a
    contact is never left out.
    """
    told: list[Act] = []
    latest: dict[tuple[Any, ...], int] = {}
    latest_of_any: dict[tuple[str, str | None], int] = {}
    began: dict[int, datetime] = {}
    for act in sorted(acts, key=lambda one: one.order):
        user = act.user if act.visitor is None or act.kind in _ABOUT_A_USER else None
        key = (act.visitor, user, act.kind, act.subject, bool(act.excluded))
        undoing = _UNDONE_BY.get(act.kind)
        undone = max(latest_of_any.get((kind, act.subject), -1) for kind in undoing) if undoing else -1
        place = latest.get(key, -1)
        if place > undone and act.kind != "contacted" and told[place].said == act.said:
            is_doubled = act.at - began[place] <= within
            if is_doubled and act.kind == "searched":
                told[place] = replace(act, id=told[place].id)
            if is_doubled:
                continue
        latest[key] = len(told)
        if undoing:
            latest_of_any[act.kind, act.subject] = len(told)
        began[len(told)] = act.at
        told.append(act)
    return sorted(told, key=lambda one: one.order)
