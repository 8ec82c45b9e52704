"""One episode, told: what the person did, what others did that it rests on, and what decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from helpcenter.core import clock
from helpcenter.core.db import db
from helpcenter.core.refusals import NotFound
from helpcenter.journeys.act import Act
from helpcenter.journeys.act_source import acts_of
from helpcenter.journeys.cluster import Ties, portions
from helpcenter.journeys.deflection import Episode, judge
from helpcenter.journeys.episode import EpisodeRow, Settling, TransitionRow
from helpcenter.journeys.search_query import SearchQuery

ABOUT_CONTACTS = ("contact_voided", "conversation_reopened")
"""What says that somebody's message was no contact, or was one after all."""
ABOUT_QUESTIONS = ("answered", "accepted", "acceptance_withdrawn")


@dataclass(frozen=True)
class Step:
    """An act of the timeline. `words` are what was searched for, as long as that is kept."""

    act: Act
    is_credited: bool = False
    is_decisive: bool = False
    words: str = ""


@dataclass(frozen=True)
class Timeline:
    """`steps` is empty where the episode was joined to another since: then only its changes are told."""

    row: EpisodeRow
    steps: Sequence[Step]
    transitions: Sequence[TransitionRow]


def timeline(episode_id: int) -> Timeline:
    """The gate: an episode by its number, judged anew from its events as of the last settling. Raises NotFound."""
    row = db.session.get(EpisodeRow, episode_id)
    if row is None:
        raise NotFound
    transitions = db.session.scalars(
        select(TransitionRow).where(TransitionRow.episode_id == episode_id).order_by(TransitionRow.at)
    ).all()
    return Timeline(row, _steps(row), transitions)


def _steps(row: EpisodeRow) -> list[Step]:
    person = row.user_id if row.user_id is not None else row.visitor_id
    if person is None:
        return []
    cluster = Ties.around([person]).cluster(person)
    (acts,) = acts_of([cluster])
    found = judge(acts, _settled_until(), only=cluster.people)
    episode = next((one for one in found.episodes if one.opened_by.id == row.id), None)
    alone = next((contact for _person, contact in found.direct if contact.id == row.id), None)
    if episode:
        return _told(episode, acts)
    return [Step(alone, is_decisive=True)] if alone else []


def _settled_until() -> datetime:
    row = db.session.get(Settling, 1)
    return row.settled_until if row and row.settled_until else clock.now()


def _told(episode: Episode, known: Iterable[Act]) -> list[Step]:
    own = {act.id for act in episode.acts}
    asked = {act.question for act in episode.acts if act.kind == "asked"}
    others = [act for act in known if act.id not in own and act.kind in ABOUT_QUESTIONS and act.question in asked]
    written = {act.subject for act in episode.acts if act.kind == "contacted"}
    voided = {act.subject for act in known if act.kind == "contact_voided"}
    others += [act for act in known if act.kind in ABOUT_CONTACTS and act.subject in written & voided]
    others += [act for act in (episode.because, episode.contact) if act and act.id not in own]
    acts = sorted({act.id: act for act in (*episode.acts, *others)}.values(), key=lambda act: act.order)
    words = _words([act.id for act in acts if act.kind == "searched"])
    credited = episode.credited.id if episode.credited else None
    return [Step(act, act.id == credited, act.id == episode.because.id, words.get(act.id, "")) for act in acts]


def _words(ids: Sequence[int]) -> Mapping[int, str]:
    found: dict[int, str] = {}
    for some in portions(ids):
        rows = db.session.execute(select(SearchQuery.event_id, SearchQuery.typed).where(SearchQuery.event_id.in_(some)))
        found |= dict(rows.all())
    return found
