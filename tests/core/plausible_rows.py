"""Rows for tables that this code never knew: made from what a database itself says of its tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Inspector
from sqlalchemy.exc import IntegrityError

Row = dict[str, Any]
ROWS = 2
"""Of each table, and one more each time its columns change."""
LOCALES = ("en", "es", "ru", "ar")
BEGAN = datetime(2025, 3, 1, 9, 30, tzinfo=UTC)
ONE_ROW = frozenset({"site", "content_version", "settling", "search_index", "search_progress", "setup_link"})
CHOICE = re.compile(r"IN \((?P<sqlite>'[^)]*)\)|ARRAY\[(?P<postgresql>[^\]]*)\]")
WORD = re.compile(r"'([^']*)'")
# What the product reads as one of a few words, or as a list, though the database takes anything.
MEANT: dict[str, Any] = {
    "audience": "everyone",
    "subject_kind": "article",
    "about_kind": "article",
    "email": "reader{n}@example.org",
    "html": "<p>What was written in {n}.</p>",
    "body": "What was written in {n}.\n",
    "tags": [],
    "keywords": [],
    "headings": [],
    "phrases": ["money back", "refund"],
    "to": [],
    "article_ids": [],
    "writers": [],
    "uses": [],
    "time_zone": "Europe/Madrid",
    "significance": "major",
    "voter": "v:{n}",
    "holder": "host:1:{n}",
    "edition.status": "published",
    "edition.stage": "",
    "edition.behind": "",
    "conversation.status": "ours",
    "conversation.ending": "",
    "message.kind": "incoming",
    "outgoing_mail.status": "sent",
    "event.kind": "viewed",
    "event.channel": "article",
    "event.excluded_reason": None,
    "episode.state": "contacted",
    "daily_count.state": "contacted",
    "file.media_type": "image/webp",
    "reporting_zone.name": "Europe/Madrid",
    "search_outbox.kind": "article",
    "search_index.slot": "a",
    "search_pin.kind": "article",
    "search_expectation.kind": "article",
    "file_use.kind": "article",
    "moderation_act.kind": "hide",
    "review_entry.because": "link",
    "site.accent": "",
    "notification.kind": "answered",
    "planned_act.act": "archive",
    "review.decision": "approved",
    "attachment.refused": "",
    "article_reference.form": "link",
    "article_reference.lost": "",
    "snippet_proposal.changes": {},
    "topic.parent_id": None,
    "topic.parent_key": 0,
    "article.successor_id": None,
    "moderation_act.undoes_id": None,
    "sanction.ended_at": "then",
    "question.original_id": None,
    "question.solution_id": None,
}
# A post has one of the two, which the database says in a way that no reflection explains.
ONLY_FIRST = {"post_revision": ("question_id", "answer_id"), "comment": ()}


class Maker:
    """Adds rows that have no value in common with those it added before."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def add(self, connection: Connection, tables: Iterable[str]) -> None:
        """Rows for each of these tables, those that others refer to first. Raises what the database raises."""
        self._connection = connection
        ask = sa.inspect(connection)
        waiting = sorted(tables)
        needs = {name: {key["referred_table"] for key in ask.get_foreign_keys(name)} - {name} for name in waiting}
        while waiting:
            ready = [name for name in waiting if not needs[name] & set(waiting)]
            assert ready, f"these refer to each other in a circle: {waiting}"
            for name in ready:
                self._fill(ask, name)
            waiting = [name for name in waiting if name not in ready]

    def _fill(self, ask: Inspector, name: str) -> None:
        has = len(read(self._connection, name))
        if not has:
            self._insert(ask, name, range(1 if name in ONE_ROW else ROWS))
        elif name not in ONE_ROW:
            # Where each may be there once, there may be no room for another.
            with suppress(IntegrityError), self._connection.begin_nested():
                self._insert(ask, name, range(has, has + 1))
        if name == "revision":
            self._publish()

    def _insert(self, ask: Inspector, name: str, places: range) -> None:
        table = sa.Table(name, sa.MetaData(), autoload_with=self._connection, resolve_fks=False)
        choices = _choices(ask, name)
        keys = ask.get_foreign_keys(name)
        parents = {key["referred_table"]: read(self._connection, key["referred_table"]) for key in keys}
        for at in places:
            number = next(self._numbers)
            row = {
                column.name: _value(table, column, number, choices)
                for column in table.columns
                if not _numbers_itself(table, column, keys)
            }
            for key in keys:
                row |= _referring(key, parents[key["referred_table"]], at, table)
            for left_out in ONLY_FIRST.get(name, ())[1:]:
                row[left_out] = None
            if "locale" in row:
                row["locale"] = LOCALES[at // ROWS % len(LOCALES)]
            self._connection.execute(table.insert().values(row))

    def _publish(self) -> None:
        newest = "(SELECT max(id) FROM revision WHERE revision.edition_id = edition.id)"
        self._connection.execute(
            sa.text(f"UPDATE edition SET published_revision_id = {newest}, latest_revision_id = {newest}")
        )


def read(connection: Connection, table: str) -> list[Row]:
    """Every row of a table, by its first column: its number, where it has one."""
    quoted = connection.dialect.identifier_preparer.quote(table)
    return [dict(row) for row in connection.exec_driver_sql(f"SELECT * FROM {quoted} ORDER BY 1").mappings()]


def shapes(connection: Connection) -> dict[str, str]:
    """How each table is made, as one text: another text is another shape."""
    if connection.dialect.name == "sqlite":
        rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
        return {name: sql for name, sql in rows if name != "alembic_version" and not name.startswith("sqlite_")}
    rows = connection.exec_driver_sql(
        "SELECT table_name, string_agg(column_name || ' ' || data_type || is_nullable, ',' ORDER BY ordinal_position) "
        "FROM information_schema.columns WHERE table_schema = 'public' GROUP BY table_name"
    )
    return {name: made for name, made in rows if name != "alembic_version"}


def _choices(ask: Inspector, name: str) -> Mapping[str, list[str]]:
    """The words that a check lets a column have."""
    found = {}
    for check in ask.get_check_constraints(name):
        match = CHOICE.search(check["sqltext"])
        column = re.match(r"\W*(\w+)", check["sqltext"])
        if match and column:
            found[column[1]] = WORD.findall(match[0])
    return found


def _numbers_itself(table: sa.Table, column: sa.Column[Any], keys: Iterable[Any]) -> bool:
    if [one.name for one in table.primary_key] != [column.name] or not isinstance(column.type, sa.Integer):
        return False
    refers = any(column.name in key["constrained_columns"] for key in keys)
    return not refers and table.name not in ONE_ROW and bool(column.autoincrement)


def _referring(key: Any, parents: list[Row], at: int, table: sa.Table) -> Row:
    own = key["constrained_columns"]
    if f"{table.name}.{own[0]}" in MEANT:
        return {}
    if not parents:
        assert all(table.columns[name].nullable for name in own), f"{table.name} needs {key['referred_table']}"
        return dict.fromkeys(own)
    parent = parents[at % len(parents)]
    return {name: parent[theirs] for name, theirs in zip(own, key["referred_columns"], strict=True)}


def _value(table: sa.Table, column: sa.Column[Any], number: int, choices: Mapping[str, list[str]]) -> Any:
    if column.name in choices:
        return choices[column.name][number % len(choices[column.name])]
    name = f"{table.name}.{column.name}"
    meant = MEANT.get(name, MEANT.get(column.name, ...))
    if name in MEANT and not isinstance(meant, str):
        return meant
    if isinstance(column.type, sa.JSON):
        return meant if isinstance(meant, (list, dict)) else {}
    if isinstance(column.type, sa.String):
        text = f"{column.name} {number}" if meant is ... else meant.format(n=number)
        length = column.type.length or 400
        return text if len(text) <= length else f"{number:0{min(length, 32)}d}"
    return _other(column, number)


def _other(column: sa.Column[Any], number: int) -> Any:
    if isinstance(column.type, sa.Boolean):
        return bool(number % 2)
    if isinstance(column.type, sa.DateTime):
        return BEGAN + timedelta(hours=number)
    if isinstance(column.type, sa.Date):
        return (BEGAN + timedelta(days=number)).date()
    if isinstance(column.type, sa.Integer):
        return number
    if isinstance(column.type, (sa.Float, sa.Numeric)):
        return float(number)
    if isinstance(column.type, sa.LargeBinary):
        return b"picture %d" % number
    if isinstance(column.type, sa.ARRAY):
        return []
    raise TypeError(f"nobody knows a value for {column.table.name}.{column.name}, which is {column.type!r}")
