"""Whether the tables agree with each other; where they do not, somebody else has written there."""

from __future__ import annotations

from sqlalchemy import Connection

from helpcenter.search.engine import EngineDamaged
from helpcenter.search.postgres_engine.state import State
from helpcenter.search.postgres_engine.statements import of_slot

GLANCE = "SELECT EXISTS (SELECT FROM search_document_{slot}) AND EXISTS (SELECT FROM search_posting_{slot})"
# Each is 0 in a whole index.
DIFFERENCES = {
    "the number of documents is another": "SELECT count(*) - %(documents)s FROM search_document_{slot}",
    "postings are missing": """
        SELECT count(*) FROM search_document_{slot} d CROSS JOIN unnest(d.terms) AS of_it(term)
        LEFT JOIN search_posting_{slot} p ON p.term = of_it.term AND p.document = d.id
        WHERE p.term IS NULL OR p.place <> d.place
    """,
    "there are postings of no document": """
        SELECT (SELECT count(*) FROM search_posting_{slot})
        - (SELECT coalesce(sum(cardinality(terms)), 0) FROM search_document_{slot})
    """,
    "terms are counted wrongly": """
        SELECT count(*) FROM (
            SELECT term, count(*) FILTER (WHERE title > 0) AS title, count(*) FILTER (WHERE keyword > 0) AS keyword,
                   count(*) FILTER (WHERE body > 0) AS body
            FROM search_posting_{slot} GROUP BY term
        ) AS held FULL JOIN search_term_{slot} t ON t.id = held.term
        WHERE t.id IS NULL
        OR (coalesce(held.title, 0), coalesce(held.keyword, 0), coalesce(held.body, 0)) <> (t.title, t.keyword, t.body)
    """,
    "words are counted wrongly": """
        SELECT count(*) FROM (
            SELECT d.locale, of_it.word, d.place, count(*) AS documents
            FROM search_document_{slot} d CROSS JOIN unnest(d.words) AS of_it(word) GROUP BY 1, 2, 3
        ) AS held FULL JOIN (
            SELECT w.locale, w.word, of_it.place, of_it.documents
            FROM search_word_{slot} w CROSS JOIN unnest(w.places, w.counts) AS of_it(place, documents)
        ) AS kept ON kept.locale = held.locale AND kept.word = held.word AND kept.place = held.place
        WHERE coalesce(held.documents, 0) <> coalesce(kept.documents, 0)
    """,
}


def glance(connection: Connection, state: State) -> None:
    """Raises EngineDamaged when the tables are empty and should not be, as after a restore that left them out."""
    if state.documents and not connection.exec_driver_sql(of_slot(GLANCE, state.slot)).scalar():
        raise EngineDamaged("the tables of the index are empty")


def inspect(connection: Connection, state: State) -> None:
    """Read everything. Raises EngineDamaged with the first difference."""
    for words, statement in DIFFERENCES.items():
        if connection.exec_driver_sql(of_slot(statement, state.slot), {"documents": state.documents}).scalar():
            raise EngineDamaged(words)
