"""What a whole message is about: a complaint has sixty words, and most of them are there to be polite.

A search of four words means each of them; a message means few of its words, and nobody says which. So its rule differs
from that of a search:

- Words that no document has are left out. The rare ones come first, as many as the work allows.
- The fields are one text, in which a word of the title or the keywords stands several times. Scored apart, a small word
  that happens to be rare among titles would weigh as much as what the message is about.
- A word is taken seriously where a document says it again and again. Small talk meets a document by chance, and then
  mostly once.
- Two words that stand together as in a title or a keyword are no chance.

Source: Robertson, Zaragoza and Taylor 2004, Simple BM25 extension to multiple weighted fields.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from helpcenter.search.everyday.expansion import groups_of_message
from helpcenter.search.pairs import pairs
from helpcenter.search.query import Query
from helpcenter.search.source import Source
from helpcenter.search.synonyms import Synonyms
from helpcenter.search.terms import Group
from helpcenter.search.weighing import rarity

# Measured on complaints to our own manual in four languages: 3 to 9 find the same, 1.2 loses one answer in twenty.
K1 = 5.0
# How often a word of the field counts, and how much a long field takes away from it.
FIELD_SHARES = {"title": (2.0, 0.5), "keyword": (2.5, 0.5), "body": (1.0, 0.9)}
# A pair adds to what its words give already.
PAIR_WEIGHT = 0.9
MOST_WORDS = 60
# So many documents are looked at for all words together; on a small site that is every word.
MOST_POSTINGS = 20_000
# The passage shows what the message is about; words that are everywhere would lead it astray.
MARKED_WORDS = 12


def words_of(query: Query, synonyms: Synonyms, source: Source) -> list[Group]:
    """The words of a message that some document has, the rarest first, until there are enough of them."""

    def telling(terms: Collection[str]) -> Mapping[str, float]:
        source.expect({query.locale: terms})
        return {term: rarity(source.count(), source.frequency(term)) for term in terms if source.frequency(term)}

    groups = groups_of_message(query, synonyms, telling)
    source.expect({query.locale: {term for group in groups for term, _ in group.terms}})
    return _rarest([(sum(source.frequency(term) for term, _ in group.terms), group) for group in groups])


def pairs_of(query: Query, source: Source) -> list[Group]:
    """The pairs of words of a message that some title or keyword has, the rarest first."""
    groups = [Group(pair, ((pair, PAIR_WEIGHT),), False) for pair in dict.fromkeys(pairs(query.text, query.locale))]
    source.expect({query.locale: {group.word for group in groups}})
    return _rarest([(source.frequency(group.word), group) for group in groups])


def _rarest(found: Sequence[tuple[int, Group]]) -> list[Group]:
    known = sorted((one for one in found if one[0]), key=lambda one: one[0])
    kept: list[Group] = []
    left = MOST_POSTINGS
    for frequency, group in known[:MOST_WORDS]:
        left -= frequency
        if kept and left < 0:
            break
        kept.append(group)
    return kept
