"""Words that readers use and a document does not: in no form, under no synonym, and no slip of the pen."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from helpcenter.search.analysis import index_terms, words
from helpcenter.search.correction import SHORTEST_WITH_TWO_SLIPS, slips_between
from helpcenter.search.document import Document
from helpcenter.search.folding import folded
from helpcenter.search.query import Query
from helpcenter.search.synonyms import Synonyms
from helpcenter.search.terms import groups_of

SHORTEST = 3


class Vocabulary:
    """What a document says, in every form in which search knows it."""

    def __init__(self, document: Document, synonyms: Synonyms) -> None:
        text = "\n".join((document.title, document.body, *document.keywords))
        self._locale, self._synonyms = document.locale, synonyms
        self._terms = frozenset(index_terms(text, document.locale))
        self._words = words(text, document.locale)

    def missing(self, texts: Iterable[str]) -> list[str]:
        """The telling words of these texts that stand nowhere in it, as they were typed, in order, each once."""
        found: dict[str, str] = {}
        for text in texts:
            for group in groups_of(Query(text, self._locale, frozenset()), self._synonyms):
                is_said = not self._terms.isdisjoint(term for term, _ in group.terms)
                if group.is_whole_word and not is_said and self._tells(group.word):
                    found.setdefault(folded(group.word, self._locale), group.word)
        return list(found.values())

    def _tells(self, word: str) -> bool:
        return len(word) >= SHORTEST and not word.isdigit() and not _is_slip(word.lower(), self._words)


def _is_slip(word: str, known: Collection[str]) -> bool:
    most = 2 if len(word) >= SHORTEST_WITH_TWO_SLIPS else 1
    return any(slips_between(word, other, most) <= most for other in known)
