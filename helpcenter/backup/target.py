"""The database that rows are brought into: it is there, ours to write to, and holds nothing anybody would miss."""

from __future__ import annotations

import warnings

from sqlalchemy import Connection, Engine, MetaData, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SAWarning

from helpcenter import setting_addresses
from helpcenter.backup import loading, tables
from helpcenter.backup.refusal import Refused
from helpcenter.core import migration
from helpcenter.core.db import db

CONNECT_SECONDS = "10"
SHOWN_NAMES = 3
MAY_CREATE = text("SELECT has_schema_privilege(current_schema(), 'CREATE')")


def parsed(url: str) -> URL:
    """The address of a database. Raises Refused for what is none, and for a kind the product does not run on."""
    try:
        found = make_url(url)
    except (ArgumentError, ValueError):
        raise Refused("that is no address of a database; it looks like postgresql+psycopg://user@host/name") from None
    if found.drivername in ("postgresql+psycopg", "postgresql", "postgres"):
        found = found.set(drivername="postgresql+psycopg")
        if not found.database:
            raise Refused("the address names no database; it ends with /name")
        if problem := setting_addresses.of_database(url):
            # What is connected to otherwise may be a part of the password, and is told.
            raise Refused(f"the address makes no sense: {problem}")
        return (
            found if "connect_timeout" in found.query else found.update_query_dict({"connect_timeout": CONNECT_SECONDS})
        )
    if found.drivername == "sqlite" and found.database and found.database != ":memory:":
        return found
    raise Refused(f"a site does not run on {found.drivername}; say postgresql+psycopg://… or sqlite")


def shown(url: str) -> str:
    """An address for people to read: without its password and what was added to it here."""
    return make_url(url).difference_update_query(["connect_timeout"]).render_as_string(hide_password=True)


def check(engine: Engine) -> None:
    """Raises Refused when the database does not answer, is not ours to write to, or is not empty."""
    try:
        with engine.connect() as connection:
            _check(connection)
    except DBAPIError as problem:
        raise Refused(f"{shown(str(engine.url))}: {_first_line(problem, engine.url)}") from None


def clear(engine: Engine) -> None:
    """Drop every table of the product in a database that was found empty."""
    metadata = MetaData()
    with engine.connect().execution_options(writing=True) as connection:
        names = {*db.metadata.tables, tables.REVISIONS} & set(inspect(connection).get_table_names())
        with warnings.catch_warnings():
            # Indexes that it can not describe go with their tables all the same.
            warnings.simplefilter("ignore", SAWarning)
            metadata.reflect(connection, only=sorted(names))
        metadata.drop_all(connection)
        connection.commit()


def _check(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        encoding = connection.scalar(text("SHOW server_encoding"))
        if encoding != "UTF8":
            raise Refused(
                f"that database keeps text as {encoding}; make one with UTF8: createdb -E UTF8 -T template0 …"
            )
        if not connection.scalar(MAY_CREATE):
            raise Refused("the user may not make tables in that database; make the user its owner")
    names = inspect(connection).get_table_names()
    if names and migration.revision(connection) is None:
        told = ", ".join(sorted(names)[:SHOWN_NAMES])
        raise Refused(f"that database is not empty: it holds tables of something else ({told}); give an empty one")
    held = loading.rows_in(connection, [one for one in tables.of(connection) if one.name in db.metadata.tables])
    if held:
        raise Refused(f"that database is not empty: there is a site in it already (rows in {held}); give an empty one")


def _first_line(problem: DBAPIError, url: URL) -> str:
    words = str(problem.orig).strip().splitlines()[0] if str(problem.orig).strip() else "it does not answer"
    return words.replace(str(url.password), "***") if url.password else words
