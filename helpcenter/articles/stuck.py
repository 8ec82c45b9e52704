"""Where readers get no further: counted by step, from the events they send by "Stuck here?"."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import select

from helpcenter.core.db import db
from helpcenter.journeys import recorder
from helpcenter.journeys.actor import Actor
from helpcenter.journeys.event import Event
from helpcenter.journeys.page_token import PageToken

LAST_STEP = 999
RATE = "30 per minute; 300 per day"


@dataclass(frozen=True)
class StuckStep:
    """How many people were stuck at a step of a revision."""

    step: int
    people: int


def say_stuck(step: int, page: PageToken, by: Actor) -> None:
    """Record that somebody is stuck at a step of the revision their page shows; to be called after begin_write()."""
    recorder.record(
        "step_stuck",
        by=by,
        subject=page.subject,
        revision_id=page.revision_id,
        locale=page.locale,
        topic_id=page.topic_id,
        detail={"step": step},
    )


def stuck_steps(article_id: int, revision_id: int) -> list[StuckStep]:
    """The steps of a revision at which somebody was stuck, in their order; a person counts once a step."""
    rows = db.session.execute(
        select(Event.visitor_id, Event.user_id, Event.detail).where(
            Event.kind == "step_stuck",
            Event.subject_kind == "article",
            Event.subject_id == article_id,
            Event.revision_id == revision_id,
            Event.excluded_reason.is_(None),
        )
    )
    people = {(user_id or visitor_id, detail["step"]) for visitor_id, user_id, detail in rows}
    counted = Counter(step for _, step in people)
    return [StuckStep(step, counted[step]) for step in sorted(counted)]
