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

from collections.abc import Sequence

from helpcenter.search.everyday.expansion import groups_of_message
from helpcenter.search.pairs import pairs
from helpcenter.search.query import Query
from helpcenter.search.synonyms import Synonyms
from helpcenter.search.terms import Group
from helpcenter.search.whoosh_engine.schema import field_name, pair_field
from helpcenter.search.whoosh_engine.scoring import Scorer
from helpcenter.search.whoosh_engine.segment import LENGTHS
from helpcenter.search.whoosh_engine.snapshot import Snapshot
from helpcenter.search.whoosh_engine.summing import Points

# Measured on complaints to our own manual in four languages: 3 to 9 find the same, 1.2 loses one answer in twenty.
K1 = 5.0
# How often a word of the field counts, and how much a long field takes away from it.
FIELDS = {"title": (2.0, 0.5), "keyword": (2.5, 0.5), "body": (1.0, 0.9)}
# A pair adds to what its words give already.
PAIR_WEIGHT = 0.9
MOST_WORDS = 60
# So many documents are looked at for all words together; on a small site that is every word.
MOST_POSTINGS = 20_000
# The passage shows what the message is about; words that are everywhere would lead it astray.
MARKED_WORDS = 12


class MessageScorer(Scorer):
    """Scores messages in one language of a snapshot."""

    def __init__(self, snapshot: Snapshot, locale: str) -> None:
        super().__init__(snapshot, locale)
        self._pair_field = pair_field(locale)
        here = snapshot.of_locale(locale)
        names = {field: field_name(field, locale) for field in FIELDS}
        self._shares = {name: self._share(self._average(name, here), *FIELDS[field]) for field, name in names.items()}

    def frequency(self, term: str) -> int:
        """In how many documents a term stands; a pair, in how many titles and keywords."""
        return self._frequency(self._pair_field, term) if " " in term else super().frequency(term)

    def words(self, query: Query, synonyms: Synonyms) -> list[Group]:
        """The words of a message that some document has, the rarest first, until there are enough of them."""
        groups = groups_of_message(query, synonyms, self._telling)
        return self._rarest([(sum(self.frequency(term) for term, _ in group.terms), group) for group in groups])

    def pairs(self, query: Query) -> list[Group]:
        """The pairs of words of a message that some title or keyword has, the rarest first."""
        groups = [Group(pair, ((pair, PAIR_WEIGHT),), False) for pair in dict.fromkeys(pairs(query.text, query.locale))]
        return self._rarest([(self._frequency(self._pair_field, group.word), group) for group in groups])

    def _telling(self, term: str) -> float:
        frequency = self.frequency(term)
        return self._rarity(frequency) if frequency else 0.0

    def _rarest(self, found: Sequence[tuple[int, Group]]) -> list[Group]:
        known = sorted((one for one in found if one[0]), key=lambda one: one[0])
        kept: list[Group] = []
        left = MOST_POSTINGS
        for frequency, group in known[:MOST_WORDS]:
            left -= frequency
            if kept and left < 0:
                break
            kept.append(group)
        return kept

    def _worked_out(self, number: int, term: str) -> Points:
        return self._of_pair(number, term) if " " in term else self._of_word(number, term)

    def _of_pair(self, number: int, pair: str) -> Points:
        documents = self._segments[number].reader.postings(self._pair_field, pair).documents
        rarity = self._rarity(self._frequency(self._pair_field, pair))
        return self._in_order(number, dict.fromkeys(documents, rarity), rarity)

    def _of_word(self, number: int, word: str) -> Points:
        reader = self._segments[number].reader
        said: dict[int, float] = {}
        for name, shares in self._shares.items():
            postings, lengths = reader.postings(name, word), reader.lengths(name)
            times = postings.times or [1.0] * len(postings.documents)
            for document, count in zip(postings.documents, times, strict=True):
                said[document] = said.get(document, 0.0) + count * shares[lengths[document]]
        factor = self._rarity(self.frequency(word)) * (K1 + 1)
        points = {document: factor * count / (count + K1) for document, count in said.items()}
        return self._in_order(number, points, max(points.values(), default=0.0))

    def _in_order(self, number: int, points: dict[int, float], largest: float) -> Points:
        numbers = self._numbers(number)
        documents = sorted(points)
        return Points([numbers[document] for document in documents], [points[one] for one in documents], largest)

    @staticmethod
    def _share(average: float, times: float, discount: float) -> list[float]:
        """What a word counts in a field, for each byte a length is kept in."""
        return [times / (1 - discount + discount * length / average) for length in LENGTHS]
