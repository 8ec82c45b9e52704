"""The acts of some people, and of others what their episodes rest on, read from the table of events."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import and_, select

from helpcenter.core.db import db, unindexed
from helpcenter.journeys.act import Act
from helpcenter.journeys.cluster import Cluster, portions
from helpcenter.journeys.event import EVENT, QUESTION

_OF_CONVERSATIONS = ("contact_voided", "conversation_closed", "conversation_reopened")
_OF_ANSWERS = ("answered", "accepted", "acceptance_withdrawn")
_ABOUT_ANSWERS = (*_OF_ANSWERS, "answer_seen", "voted")


def acts_of(clusters: Sequence[Cluster]) -> list[list[Act]]:
    """For each cluster every act of its people, and what others did to their conversations and questions."""
    own = _own(clusters)
    others = _Others([act for acts in own for act in acts])
    return [others.added_to(acts) for acts in own]


def _own(clusters: Sequence[Cluster]) -> list[list[Act]]:
    place: dict[str | int, int] = {}
    for number, one in enumerate(clusters):
        place.update(dict.fromkeys((*one.visitors, *one.users), number))
    rows: dict[int, Any] = {}
    for visitors in portions({name for one in clusters for name in one.visitors}):
        _read(rows, EVENT.c.visitor_id.in_(visitors), unindexed(EVENT.c.user_id, 0) == 0)
    for users in portions({name for one in clusters for name in one.users}):
        _read(rows, EVENT.c.user_id.in_(users))
    found: list[list[Act]] = [[] for _ in clusters]
    for row in rows.values():
        found[place[row.visitor_id if row.user_id is None else row.user_id]].append(_act(row))
    return found


class _Others:
    """What anybody did to the conversations, answers and questions that some acts are about."""

    def __init__(self, acts: list[Act]) -> None:
        rows: dict[int, Any] = {}
        for ids in portions(_numbers(acts, ("contacted",), "conversation")):
            _read(rows, _about("conversation", ids), EVENT.c.kind.in_(_OF_CONVERSATIONS))
        for ids in portions(_numbers(acts, _ABOUT_ANSWERS, "answer")):
            _read(rows, _about("answer", ids), EVENT.c.kind.in_(_OF_ANSWERS))
        questions = _numbers(acts, ("asked",), "question")
        questions |= {int(row.detail["question"]) for row in rows.values() if "question" in row.detail}
        for ids in portions(questions):
            _read(rows, unindexed(EVENT.c.kind, "").in_(_OF_ANSWERS), QUESTION.in_(ids))
            _read(rows, _about("question", ids), EVENT.c.kind == "asked")
        # An answer that moved from one question to another was given to the first.
        for ids in portions({row.subject_id for row in rows.values() if row.subject_kind == "answer"} - _given(rows)):
            _read(rows, _about("answer", ids), EVENT.c.kind == "answered")
        self._about: dict[str, list[Act]] = defaultdict(list)
        self._answered: dict[str, Act] = {}
        for act in map(_act, rows.values()):
            self._about[act.question or act.subject or ""].append(act)
            if act.kind == "answered":
                self._answered[act.subject or ""] = act

    def added_to(self, acts: list[Act]) -> list[Act]:
        """These acts and what others did to what they are about."""
        known = {act.id: act for act in acts}
        for subject in {one for act in acts for one in self._concerned(act)} & self._about.keys():
            known |= {act.id: act for act in self._about[subject]}
        given = (self._answered.get(act.subject or "") for act in list(known.values()))
        return list((known | {act.id: act for act in given if act}).values())

    def _concerned(self, act: Act) -> set[str]:
        """What an act is about: itself, the question it names, and the one its answer was given to."""
        given = self._answered.get(act.subject or "")
        return {act.subject or "", act.question, given.question if given else ""} - {""}


def _given(rows: dict[int, Any]) -> set[int]:
    return {row.subject_id for row in rows.values() if row.kind == "answered"}


def _about(kind: str, ids: Collection[int]) -> Any:
    return and_(EVENT.c.subject_kind == kind, EVENT.c.subject_id.in_(ids))


def _read(rows: dict[int, Any], *where: Any) -> None:
    for row in db.session.execute(select(EVENT).where(*where)):
        rows[row.id] = row


def _numbers(acts: Iterable[Act], kinds: Collection[str], subject_kind: str) -> set[int]:
    return {
        int(str(act.subject).partition(":")[2])
        for act in acts
        if act.kind in kinds and act.subject_kind == subject_kind
    }


def _act(row: Any) -> Act:
    return Act(
        row.id,
        row.occurred_at,
        row.kind,
        row.visitor_id,
        row.user_id,
        f"{row.subject_kind}:{row.subject_id}" if row.subject_kind else None,
        row.topic_id,
        row.channel,
        row.detail,
        row.observable,
        row.excluded_reason,
        row.recorded_at,
        row.visit_id,
        row.locale,
    )
