"""Which topics a viewer may see, asked in the database: what the tree says of them, for a list of any length."""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import ColumnElement, Table, exists, or_

from helpcenter.topics.topic import Topic

_PLACE, _ROOT = (cast(Table, Topic.__table__).alias(name) for name in ("place", "place_root"))


def is_visible(topic_id: Any, audiences: Any) -> ColumnElement[bool]:
    """Whether a topic is there and open to one of these audiences, and so is the root it stands below.

    `audiences` is a collection, or a parameter that expands to one. Only the rows in question are looked up, so that
    nothing grows with the number of topics.
    """
    of_root = exists().where(_ROOT.c.id == _PLACE.c.parent_id, _ROOT.c.audience.in_(audiences))
    return exists().where(
        _PLACE.c.id == topic_id, _PLACE.c.audience.in_(audiences), or_(_PLACE.c.parent_id.is_(None), of_root)
    )
