"""Whether an index holds what the database says it does, from three numbers of the outbox."""

from __future__ import annotations

from enum import StrEnum


class Freshness(StrEnum):
    """current: nothing waits. behind: rows wait, draining them is enough. foreign: it belongs to another state of the
    database (one of the two was restored), so only building it anew makes it right."""

    CURRENT = "current"
    BEHIND = "behind"
    FOREIGN = "foreign"


def freshness(index_applied: int, database_applied: int, newest_waiting: int) -> Freshness:
    """How an index stands to its database. Numbers are of outbox rows; 0 means none.

    `database_applied` is what the database remembers as applied, written after the index was. So an index may be ahead
    of it by rows that still wait (the process ended in between), but by no others, and it is never behind it.
    """
    if index_applied < database_applied or index_applied > max(database_applied, newest_waiting):
        return Freshness.FOREIGN
    return Freshness.BEHIND if newest_waiting else Freshness.CURRENT
