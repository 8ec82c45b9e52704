"""The words of one language at one generation, and to whom each may be shown.

A word that stands only in hidden documents would betray them, so a completion or correction is offered only when its
word stands in a document the viewer may see.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable

from helpcenter.search.completion import WordList, word_list
from helpcenter.search.folding import cleaned, folded
from helpcenter.search.whoosh_engine.schema import word_field
from helpcenter.search.whoosh_engine.snapshot import Snapshot

_LAST_CHARACTER = "\U0010ffff"


class Vocabulary:
    """Words and titles of a language, read when first asked for."""

    def __init__(self, snapshot: Snapshot, locale: str) -> None:
        self._snapshot = snapshot
        self._locale = locale
        self._field = word_field(locale)
        self._places: dict[str, frozenset[int]] = {}
        self._titles: list[tuple[str, str, int]] | None = None
        self.words: WordList = word_list(*(s.reader.words(self._field) for s in snapshot.segments))

    def shown_to(self, allowed: bytearray) -> Callable[[str], bool]:
        """A test of whether a word stands anywhere the viewer may see."""
        segments = self._snapshot.segments
        # Where nothing is hidden and nothing deleted, a word may be shown without looking who has it.
        open_ones = [s for s in segments if s.is_whole and all(allowed[place] for place in s.place_numbers)]

        def may_show(word: str) -> bool:
            if any(segment.reader.frequency(self._field, word) for segment in open_ones):
                return True
            return any(allowed[place] for place in self._places_of(word))

        return may_show

    def titles(self, text: str, limit: int, allowed: bytearray) -> list[str]:
        """Titles that begin with the text, in order, each once."""
        if self._titles is None:
            self._titles = self._read_titles()
        wanted = folded(cleaned(text), self._locale)
        found: dict[str, None] = {}
        for spelling, title, place in self._titles[bisect_left(self._titles, (wanted,)) :]:
            if not spelling.startswith(wanted) or len(found) == limit:
                break
            if allowed[place]:
                found[title] = None
        return list(found)

    def _places_of(self, word: str) -> frozenset[int]:
        found = self._places.get(word)
        if found is None:
            found = frozenset(
                segment.places[document]
                for segment in self._snapshot.segments
                for document in segment.reader.postings(self._field, word).documents
            )
            self._places[word] = found
        return found

    def _read_titles(self) -> list[tuple[str, str, int]]:
        here = self._snapshot.of_locale(self._locale)
        titles = [
            (segment.reader.head(document).title, place)
            for segment in self._snapshot.segments
            for document, place in enumerate(segment.places)
            if here[place]
        ]
        return sorted((folded(cleaned(title), self._locale), title, place) for title, place in titles)
