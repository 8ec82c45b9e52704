"""What the words of a query stand for besides themselves: what was probably meant, and what they may become."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from helpcenter.search.analysis import stems, tokens
from helpcenter.search.completion import SHORTEST_PREFIX
from helpcenter.search.correction import SHORTEST_CORRECTED, begun, guesses, split_in_two
from helpcenter.search.query import Query
from helpcenter.search.source import Source
from helpcenter.search.stop_words import is_stop_word
from helpcenter.search.terms import Group, finished_by, last_word

# A slip is likely but not certain: what was written counts more than what we think was meant.
CORRECTED_WEIGHT = {1: 0.8, 2: 0.6}
MOST_WORDS_COMPLETED = 12
# A text with more unknown words than this was not mistyped, and to guess costs more than all the rest of a search.
MOST_CORRECTED = 8
RARE = 50

Meant = list[tuple[tuple[str, ...], float]]


@dataclass
class Guessing:
    """For one search, which asks about a word more than once: each word is guessed at once."""

    query: Query
    source: Source
    _guessed: dict[str, Meant] = field(default_factory=dict)
    _completed: dict[str, list[str]] = field(default_factory=dict)

    def corrected(self, groups: Sequence[Group]) -> tuple[list[Group], int]:
        """The groups, unknown words also standing for what they were probably meant to be; and how many were known.

        Only the first MOST_CORRECTED unknown ones are guessed at.
        """
        result, known = [], 0
        for group in groups:
            if self._is_known(group):
                known += 1
                result.append(group)
            elif len(result) - known < MOST_CORRECTED:
                result.append(group.with_terms(self._meant(group)))
            else:
                result.append(group)
        return result, known

    def finished(self, groups: list[Group]) -> list[Group]:
        """The groups, the word that is still being typed also standing for what it may become."""
        typed = last_word(self.query)
        if len(typed) < SHORTEST_PREFIX:
            return groups
        return finished_by(groups, typed, self._completions, self.query.locale)

    def text(self, groups: Sequence[Group]) -> str | None:
        """The text with its unknown words replaced by known ones, or None when there is nothing to correct."""
        query = self.query
        unknown = {g.word for g in groups if g.is_whole_word and not self._is_known(self._original(g))}
        wanted = [one.text for one in tokens(query.text) if one.text in unknown and len(one.text) >= SHORTEST_CORRECTED]
        text = query.text
        for word in wanted[:MOST_CORRECTED]:
            found = self._guess(word)
            if found:
                text = text.replace(word, " ".join(found[0][0]), 1)
        return text if text != query.text else None

    def _meant(self, group: Group) -> Iterator[tuple[str, float]]:
        for words, weight in self._guess(group.word):
            for word in words:
                yield from ((stem, weight) for stem in stems(word, self.query.locale))

    def _guess(self, word: str) -> Meant:
        """Known words for an unknown one, the likeliest first, each with its weight; two words count as one guess."""
        if word not in self._guessed:
            self._guessed[word] = self._guessed_anew(word.lower())
        return self._guessed[word]

    def _guessed_anew(self, word: str) -> Meant:
        known, locale = self.source.words, self.query.locale
        words: Meant = [((one.word,), CORRECTED_WEIGHT[one.slips]) for one in guesses(word, known, locale)]
        if self.query.unfinished and word == last_word(self.query):
            words += [((one,), CORRECTED_WEIGHT[1]) for one in begun(word, known, locale)]
        if words:
            return words
        pair = split_in_two(word, known)
        return [(pair, CORRECTED_WEIGHT[1])] if pair else []

    def _is_known(self, group: Group) -> bool:
        """Whether any term of the group stands in a document the viewer may see. A common one surely does."""
        query = self.query
        if is_stop_word(group.word, query.locale) or group.word.isdigit():
            return True
        if query.unfinished and group.word.lower() == last_word(query) and self._may_become_one(group.word):
            return True
        for term, _ in group.terms:
            frequency = self.source.frequency(term)
            if frequency > RARE or (frequency and self.source.is_seen(term)):
                return True
        return False

    def _may_become_one(self, typed: str) -> bool:
        """Whether a known word begins so; what begins like none has a slip in it already."""
        return len(typed) < SHORTEST_CORRECTED or bool(self._completions(typed.lower()))

    def _completions(self, prefix: str) -> list[str]:
        if prefix not in self._completed:
            self._completed[prefix] = self.source.words.completions(prefix, MOST_WORDS_COMPLETED)
        return self._completed[prefix]

    def _original(self, group: Group) -> Group:
        """The group with only the terms of the word as written."""
        own = set(stems(group.word, self.query.locale)) | {group.word.lower()}
        return replace(group, terms=tuple(pair for pair in group.terms if pair[0] in own))
