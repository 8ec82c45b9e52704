"""The tables of the index. There are two sets of them, the slots: one answers while the other is built.

A document belongs to a place, and every posting carries the number of that place and the lengths of the fields, so that
ranking reads the postings of a few terms and nothing else.

They are made on SQLite too, where they stay empty: the tables of a site are the same on both.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    ARRAY,
    JSON,
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.core.db import Base, Model, UtcDateTime, not_copied

SLOTS = ("a", "b")
LARGEST_ID = 2**63 - 1
# In the order of its bytes, so that a beginning is a range, whatever order of letters the database was made with.
PLAIN = Text().with_variant(Text(collation="C"), "postgresql")
NUMBERS = JSON().with_variant(ARRAY(Integer), "postgresql")
TEXTS = JSON().with_variant(ARRAY(Text), "postgresql")


class IndexState(Model):
    """The one row that says which slot answers and what it holds. See state.py for what its texts mean."""

    __tablename__ = "search_index"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    slot: Mapped[str] = mapped_column(String(1))
    build: Mapped[int]
    version: Mapped[str] = mapped_column(String(20))
    applied: Mapped[int]
    documents: Mapped[int]
    last_document: Mapped[int]
    last_term: Mapped[int]
    statistics: Mapped[str] = mapped_column(Text)
    places: Mapped[str] = mapped_column(Text)
    places_digest: Mapped[str] = mapped_column(String(40))
    is_doubted: Mapped[bool]
    has_leftovers: Mapped[bool]
    swapped_at: Mapped[datetime]


def _document(slot: str) -> Table:
    """What is shown of a document, and what has to leave with it. `spelling` is its title as completion compares it."""
    name = f"search_document_{slot}"
    return Table(
        name,
        Base.metadata,
        Column("id", Integer, primary_key=True, autoincrement=False),
        Column("kind", String(40), nullable=False),
        Column("subject_id", BigInteger, nullable=False),
        Column("locale", String(5), nullable=False),
        Column("place", Integer, nullable=False),
        Column("title", Text, nullable=False),
        Column("spelling", PLAIN, nullable=False),
        Column("body", Text, nullable=False),
        Column("updated_at", UtcDateTime),
        Column("solved", Boolean, nullable=False),
        Column("tags", TEXTS, nullable=False),
        Column("title_length", SmallInteger, nullable=False),
        Column("keyword_length", SmallInteger, nullable=False),
        Column("body_length", SmallInteger, nullable=False),
        Column("terms", NUMBERS, nullable=False),
        Column("words", TEXTS, nullable=False),
        UniqueConstraint("kind", "subject_id", "locale"),
        Index(f"ix_{name}_locale_spelling", "locale", "spelling"),
    )


def _term(slot: str) -> Table:
    """A term of a language and in how many documents it stands in each field."""
    return Table(
        f"search_term_{slot}",
        Base.metadata,
        Column("id", Integer, primary_key=True, autoincrement=False),
        Column("locale", String(5), nullable=False),
        Column("term", PLAIN, nullable=False),
        Column("title", Integer, nullable=False),
        Column("keyword", Integer, nullable=False),
        Column("body", Integer, nullable=False),
        UniqueConstraint("locale", "term"),
    )


def _posting(slot: str) -> Table:
    """How often a term stands in each field of a document. The widest columns first, so that no byte is wasted."""
    small = ("title", "keyword", "body", "title_length", "keyword_length", "body_length")
    return Table(
        f"search_posting_{slot}",
        Base.metadata,
        Column("term", Integer, primary_key=True, autoincrement=False),
        Column("document", Integer, primary_key=True, autoincrement=False),
        Column("place", Integer, nullable=False),
        *(Column(name, SmallInteger, nullable=False) for name in small),
    )


def _word(slot: str) -> Table:
    """A word as people type it, in how many documents it stands, at which places, and in how many documents of each."""
    return Table(
        f"search_word_{slot}",
        Base.metadata,
        Column("locale", String(5), primary_key=True),
        Column("word", PLAIN, primary_key=True),
        Column("documents", Integer, nullable=False),
        Column("places", NUMBERS, nullable=False),
        Column("counts", NUMBERS, nullable=False),
    )


IN_SLOTS = {slot: (_posting(slot), _word(slot), _term(slot), _document(slot)) for slot in SLOTS}
EVERY: tuple[Table, ...] = (
    Base.metadata.tables[IndexState.__tablename__],
    *(table for tables in IN_SLOTS.values() for table in tables),
)
for _table in EVERY:
    _table.info.update(not_copied("it is made again from what can be found")["info"])
