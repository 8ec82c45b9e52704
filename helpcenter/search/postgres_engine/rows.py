"""Documents as rows of the tables, and how rows get there: by COPY, the quickest way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from psycopg import Connection as DriverConnection
from sqlalchemy import Connection

from helpcenter.search.document import Document
from helpcenter.search.folding import cleaned, folded
from helpcenter.search.indexed import indexed
from helpcenter.search.place import Place

LARGEST_SMALL = 2**15 - 1
DOCUMENT_COLUMNS = (
    "id, kind, subject_id, locale, place, title, spelling, body, updated_at, solved, tags, "
    "title_length, keyword_length, body_length, terms, words"
)

Counts = tuple[int, int, int]


@dataclass(frozen=True)
class Prepared:
    """A document as rows: `terms` says how often each stands in title, keywords and body; lengths are of these."""

    document: Document
    place: Place
    terms: Mapping[str, Counts]
    lengths: Counts
    words: Sequence[str]


def prepared(document: Document) -> Prepared:
    """A document as rows. It has no zero byte, which PostgreSQL keeps in no text, and which parts words as a space."""
    document = replace(
        document,
        title=document.title.replace("\0", " "),
        body=document.body.replace("\0", " "),
        keywords=tuple(word.replace("\0", " ") for word in document.keywords),
    )
    kept = indexed(document)
    fields = tuple(Counter(terms) for terms in (kept.title, kept.keyword, kept.body))
    terms: dict[str, Counts] = {
        term: (_small(fields[0][term]), _small(fields[1][term]), _small(fields[2][term]))
        for term in dict.fromkeys([*kept.title, *kept.keyword, *kept.body])
    }
    # A term with a space in it is a pair; how often it stands there tells nothing.
    terms.update(dict.fromkeys(kept.pairs, (1, 0, 0)))
    place = Place(document.kind, document.locale, document.topic_id, document.audience)
    lengths = (_small(len(kept.title)), _small(len(kept.keyword)), _small(len(kept.body)))
    return Prepared(document, place, terms, lengths, kept.words)


def document_row(one: Prepared, id: int, place: int, terms: Mapping[str, int]) -> tuple[Any, ...]:
    """The row of a document, in the order of DOCUMENT_COLUMNS."""
    document = one.document
    spelling = folded(cleaned(document.title), document.locale)
    tags = [tag.lower().replace("\0", " ") for tag in document.tags]
    head = (id, document.kind, document.id, document.locale, place, document.title, spelling, document.body)
    return (*head, document.updated_at, document.solved, tags, *one.lengths, sorted(terms.values()), list(one.words))


def word_row(locale: str, word: str, counts: Mapping[int, int]) -> tuple[str, str, int, list[int], list[int]]:
    """The row of a word that stands in so many documents of each place."""
    return locale, word, sum(counts.values()), list(counts), list(counts.values())


def posting_lines(one: Prepared, id: int, place: int, terms: Mapping[str, int]) -> str:
    """The postings of a document as COPY reads them."""
    lengths = "\t".join(map(str, one.lengths))
    return "".join(
        f"{terms[term]}\t{id}\t{place}\t{title}\t{keyword}\t{body}\t{lengths}\n"
        for term, (title, keyword, body) in one.terms.items()
    )


def copy_documents(connection: Connection, slot: str, rows: Iterable[tuple[Any, ...]]) -> None:
    """Put rows of documents in."""
    _copy_rows(connection, f"search_document_{slot} ({DOCUMENT_COLUMNS})", rows)


def copy_terms(connection: Connection, slot: str, rows: Iterable[tuple[Any, ...]]) -> None:
    """Put rows of terms in: number, language, term, and in how many titles, keywords and bodies it stands."""
    _copy_rows(connection, f"search_term_{slot} (id, locale, term, title, keyword, body)", rows)


def copy_words(connection: Connection, slot: str, rows: Iterable[tuple[Any, ...]]) -> None:
    """Put rows of words in, as word_row makes them."""
    _copy_rows(connection, f"search_word_{slot} (locale, word, documents, places, counts)", rows)


def copy_postings(connection: Connection, slot: str, blocks: Iterable[str]) -> None:
    """Put lines of postings in."""
    columns = "term, document, place, title, keyword, body, title_length, keyword_length, body_length"
    statement = f"COPY search_posting_{slot} ({columns}) FROM STDIN"
    with _driver(connection).cursor() as cursor, cursor.copy(statement) as copy:
        for block in blocks:
            copy.write(block)


def _copy_rows(connection: Connection, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
    with _driver(connection).cursor() as cursor, cursor.copy(f"COPY {table} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _driver(connection: Connection) -> DriverConnection[Any]:
    found: Any = connection.connection.driver_connection
    return found  # type: ignore[no-any-return]


def _small(number: int) -> int:
    """As much as a short column holds; what is that long is only ever compared with others that long."""
    return min(number, LARGEST_SMALL)
