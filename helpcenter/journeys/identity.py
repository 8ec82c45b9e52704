"""Who acted, told beside each event that a statement reads: the same persons that episodes have (person.py).

Reading everything that a person and whoever is tied to them ever did answers this too (cluster.py); a report over many
people asks only for the one sign-in that an event may belong to.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ScalarSelect, Select, select

from helpcenter.core.db import db
from helpcenter.journeys.act import Name
from helpcenter.journeys.constants import LINKED_BEFORE_SIGN_IN
from helpcenter.journeys.event import EVENT
from helpcenter.journeys.person import Person, merged_into

LINK = EVENT.alias("link")
LINKED = (
    LINK.c.user_id.label("linked_user_id"),
    LINK.c.occurred_at.label("linked_at"),
    LINK.c.excluded_reason.label("linked_excluded_reason"),
)


def with_links(*columns: Any, of: Any = EVENT) -> Select[Any]:
    """A select of these columns of events, each with who acted; `Identities` reads what it adds."""
    acted = (of.c.visitor_id, of.c.user_id, of.c.occurred_at)
    return select(*columns, *acted, *LINKED).select_from(of.outerjoin(LINK, LINK.c.id == next_sign_in(of)))


def next_sign_in(of: Any) -> ScalarSelect[int]:
    """The event of the sign-in that followed an act without a user in the same browser; null for none."""
    sign_in = EVENT.alias()
    return (
        select(sign_in.c.id)
        .where(
            of.c.user_id.is_(None),
            sign_in.c.visitor_id == of.c.visitor_id,
            sign_in.c.kind == "signed_in",
            sign_in.c.user_id.is_not(None),
            sign_in.c.occurred_at >= of.c.occurred_at,
        )
        .order_by(sign_in.c.occurred_at, sign_in.c.id)
        .limit(1)
        .correlate(of)
        .scalar_subquery()
    )


def is_linked(row: Any) -> bool:
    """Whether the sign-in that followed says who acted: it came within seven days."""
    return row.linked_at is not None and row.linked_at - row.occurred_at <= LINKED_BEFORE_SIGN_IN


def is_counted(row: Any) -> bool:
    """Whether the act counts: not where it was that of somebody whose own acts do not count."""
    return not (is_linked(row) and row.linked_excluded_reason)


@dataclass(frozen=True)
class Identities:
    """`merged` is the account that each merged one went into."""

    merged: Mapping[Name | None, Name | None]

    @classmethod
    def known(cls) -> Identities:
        """With every merge of the site; one statement."""
        rows = db.session.execute(select(EVENT.c.user_id, EVENT.c.detail).where(EVENT.c.kind == "accounts_merged"))
        return cls({user: detail["into"] for user, detail in rows})

    def person(self, row: Any) -> Person | None:
        """Who acted in a row of `with_links`; None for nobody, such as an erased person."""
        user = row.user_id if row.user_id is not None else row.linked_user_id if is_linked(row) else None
        if user is not None:
            return self.user(user)
        return None if row.visitor_id is None else Person(row.visitor_id, is_user=False)

    def user(self, user_id: Name) -> Person:
        """The person an account belongs to."""
        return Person(merged_into(user_id, self.merged), is_user=True)
