"""What nobody put in an order comes backwards from SQLite, so that a list that stands by chance is found.

A database promises no order to a query that asks for none: PostgreSQL gives another one when it likes. SQLite would give
the same every day, and whoever reads its answer in a test would never know.
"""

from __future__ import annotations

import sqlite3
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine


def reverse_what_has_no_order() -> None:
    """From now on, on every connection to SQLite that this process opens."""
    event.listen(Engine, "connect", _reverse)


def _reverse(connection: Any, _: Any) -> None:
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA reverse_unordered_selects = ON")
