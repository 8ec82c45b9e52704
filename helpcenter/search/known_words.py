"""The words of a language as one viewer may be shown them: what completing and correcting choose from.

A word that stands only in hidden documents would betray them, so none is offered that stands in no visible one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import islice
from typing import Protocol

from helpcenter.search.completion import WordList


class KnownWords(Protocol):
    """What an engine tells of its words. Many are asked about at once, because a question may travel to a database."""

    def completions(self, prefix: str, limit: int) -> list[str]:
        """The most frequent words that begin with the prefix and are longer."""

    def counts(self, words: Iterable[str]) -> Mapping[str, int]:
        """Those of the words that are known, each with the number of documents it stands in."""

    def begun(self, prefixes: Collection[str]) -> set[str]:
        """Those of the prefixes with which some word begins, be it one that is not shown."""

    def beginning_with(self, prefix: str, lengths: range) -> Iterable[str]:
        """The words that begin with the prefix and have such a length, in order, be it some that are not shown."""

    def first_of_each(self, prefixes: Collection[str], most: int) -> Iterator[tuple[str, str]]:
        """Each prefix with at most so many words that begin with it, be it some that are not shown."""


class ListedWords:
    """Words from a list in memory, `may_show` deciding about each."""

    def __init__(self, words: WordList, may_show: Callable[[str], bool]) -> None:
        self._words = words
        self._may_show = may_show

    def completions(self, prefix: str, limit: int) -> list[str]:
        """See KnownWords.completions."""
        return self._words.completions(prefix, limit, self._may_show)

    def counts(self, words: Iterable[str]) -> Mapping[str, int]:
        """See KnownWords.counts."""
        known = ((word, self._words.count(word)) for word in words)
        return {word: count for word, count in known if count and self._may_show(word)}

    def begun(self, prefixes: Collection[str]) -> set[str]:
        """See KnownWords.begun."""
        return {prefix for prefix in prefixes if self._words.begins(prefix)}

    def beginning_with(self, prefix: str, lengths: range) -> Iterable[str]:
        """See KnownWords.beginning_with."""
        return (word for word in self._words.beginning_with(prefix) if len(word) in lengths)

    def first_of_each(self, prefixes: Collection[str], most: int) -> Iterator[tuple[str, str]]:
        """See KnownWords.first_of_each."""
        for prefix in prefixes:
            yield from ((prefix, word) for word in islice(self._words.beginning_with(prefix), most))
