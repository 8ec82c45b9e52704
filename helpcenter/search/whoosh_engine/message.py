"""Scoring what a whole message is about: see message.py one level up."""

from __future__ import annotations

from helpcenter.search.message import FIELD_SHARES, K1
from helpcenter.search.whoosh_engine.schema import field_name, pair_field
from helpcenter.search.whoosh_engine.scoring import Scorer
from helpcenter.search.whoosh_engine.segment import LENGTHS
from helpcenter.search.whoosh_engine.snapshot import Snapshot
from helpcenter.search.whoosh_engine.summing import Points


class MessageScorer(Scorer):
    """Scores messages in one language of a snapshot."""

    def __init__(self, snapshot: Snapshot, locale: str) -> None:
        super().__init__(snapshot, locale)
        self._pair_field = pair_field(locale)
        here = snapshot.of_locale(locale)
        names = {field: field_name(field, locale) for field in FIELD_SHARES}
        self._shares = {
            name: self._share(self._average(name, here), *FIELD_SHARES[field]) for field, name in names.items()
        }

    def frequency(self, term: str) -> int:
        """In how many documents a term stands; a pair, in how many titles and keywords."""
        return self._frequency(self._pair_field, term) if " " in term else super().frequency(term)

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
