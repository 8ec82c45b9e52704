"""Whether a site asks its team for the second step, and from when on somebody's roles wait until it is there.

A role that waits is as good as not held: no page, list or button of the team is there. So nothing has to be asked page
by page, and nothing is forgotten. Turning it on is always possible, so nobody is locked out by this.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from helpcenter.accounts.role import TEAM, Role
from helpcenter.accounts.second_step.second_step import SecondStep
from helpcenter.accounts.user import User, UserRole
from helpcenter.core import clock, site
from helpcenter.core.db import db
from helpcenter.core.site import Site


@dataclass(frozen=True)
class Standing:
    """How many of the team there are, and how many of them have it on."""

    team: int
    having: int


def due(given: Mapping[Role, datetime]) -> datetime | None:
    """When somebody who was given these roles then has to have it on; None where nobody asks."""
    team = [at for role, at in given.items() if role in TEAM]
    if not team:
        # Every request of a member asks this: it asks the site nothing.
        return None
    here = site.current()
    if not here.second_step_required:
        return None
    since = datetime.fromisoformat(here.second_step_since) if here.second_step_since else min(team)
    return max(since, min(team)) + timedelta(days=here.second_step_days)


def withheld(roles: Iterable[Role], due_at: datetime | None) -> frozenset[Role]:
    """The roles that wait for somebody without it."""
    return TEAM.intersection(roles) if due_at is not None and due_at <= clock.now() else frozenset()


def due_of(user_id: int) -> datetime | None:
    """The same as `due` for one person; None for whoever has it on."""
    rows = db.session.execute(select(UserRole.role, UserRole.given_at).where(UserRole.user_id == user_id)).all()
    due_at = due({Role(role): at for role, at in rows})
    if due_at is None:
        return None
    has_it = db.session.scalar(select(SecondStep.user_id).where(SecondStep.user_id == user_id)) is not None
    return None if has_it else due_at


def is_overdue(user_id: int) -> bool:
    """Whether the roles of somebody wait now."""
    due_at = due_of(user_id)
    return due_at is not None and due_at <= clock.now()


def standing() -> Standing:
    """How far the team is."""
    team = (
        select(func.count(User.id.distinct()), func.count(SecondStep.user_id.distinct()))
        .join(UserRole, UserRole.user_id == User.id)
        .outerjoin(SecondStep, SecondStep.user_id == User.id)
        .where(UserRole.role.in_([role.value for role in TEAM]), User.erased_at.is_(None))
    )
    return Standing(*db.session.execute(team).one())


def site_values(before: Site, required: bool, days: int) -> dict[str, Any]:
    """What core.site keeps; the days are counted from when it was first asked for."""
    since = before.second_step_since if before.second_step_required else clock.now().isoformat()
    return {"second_step_required": required, "second_step_days": days, "second_step_since": since if required else ""}
