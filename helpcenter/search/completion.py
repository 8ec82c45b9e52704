"""Words and titles that begin with what was typed, from sorted lists in memory."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest

SHORTEST_PREFIX = 2
MOST_CANDIDATES = 60
_LAST_CHARACTER = "\U0010ffff"


@dataclass(frozen=True)
class WordList:
    """Words in order and, beside them, in how many documents each stands."""

    words: Sequence[str]
    counts: Sequence[int]

    def completions(self, prefix: str, limit: int, may_show: Callable[[str], bool]) -> list[str]:
        """The most frequent words that begin with the prefix and are longer, of those that may be shown."""
        shown: list[str] = []
        for word in self._most_frequent(prefix):
            if may_show(word):
                shown.append(word)
                if len(shown) == limit:
                    break
        return shown

    def __contains__(self, word: str) -> bool:
        return self.count(word) > 0

    def count(self, word: str) -> int:
        """In how many documents the word stands; 0 for an unknown one."""
        at = bisect_left(self.words, word)
        return self.counts[at] if at < len(self.words) and self.words[at] == word else 0

    def begins(self, prefix: str) -> bool:
        """Whether any word begins with the prefix."""
        at = bisect_left(self.words, prefix)
        return at < len(self.words) and self.words[at].startswith(prefix)

    def beginning_with(self, prefix: str) -> Iterator[str]:
        """Every word that begins with the prefix, in order."""
        low, high = self._range(prefix)
        return iter(self.words[low:high])

    def _range(self, prefix: str) -> tuple[int, int]:
        low = bisect_left(self.words, prefix)
        return low, bisect_right(self.words, prefix + _LAST_CHARACTER, low)

    def _most_frequent(self, prefix: str) -> list[str]:
        if len(prefix) < SHORTEST_PREFIX:
            return []
        low, high = self._range(prefix)
        low += low < high and self.words[low] == prefix
        best = nlargest(MOST_CANDIDATES, range(low, high), key=self.counts.__getitem__)
        return [self.words[at] for at in best]


def word_list(*counted: Mapping[str, int]) -> WordList:
    """One list out of the counted words of several sources."""
    total = dict(counted[0]) if counted else {}
    for more in counted[1:]:
        for word, count in more.items():
            total[word] = total.get(word, 0) + count
    words = sorted(total)
    return WordList(words, [total[word] for word in words])


def completed(text: str, typed: str, word: str) -> str:
    """The text with the word being typed completed; what the reader wrote before it is kept letter by letter."""
    return text[: len(text) - len(typed)] + word
