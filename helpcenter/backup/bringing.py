"""What bringing back and moving share: rows into the empty tables of another database, and proof that they arrived."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Engine

from helpcenter.backup import loading, rules, tables
from helpcenter.backup.digest import Digest
from helpcenter.backup.loading import Load
from helpcenter.backup.progress import Progress


def bring(
    engine: Engine, loads: Sequence[Load], total: int, progress: Progress, *, keep: bool = True
) -> dict[str, Digest]:
    """Bring in all rows in one transaction and read them back; what was brought, by table.

    With `keep` False all of that is undone in the end. Tables that the database has not are left out. Raises Refused,
    and then nothing was changed.
    """
    with engine.connect() as connection:
        there = {table.name: table for table in tables.of(connection)}
    wanted = [load for load in loads if load.table.name in there]
    with rules.set_aside(engine, list(there), keep=keep) as connection:
        brought = loading.bring(connection, wanted, there, lambda done: progress("rows", done, total))
        expected = {name: brought.get(name, Digest()) for name in there}
        loading.compare(connection, there.values(), expected, lambda done: progress("check", done, total))
    return brought
