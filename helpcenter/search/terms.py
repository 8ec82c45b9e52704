"""What a query looks for: groups of terms, one group for each word, one term of a group being enough."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from helpcenter.search.analysis import Token, joined, stems, term_of, tokens
from helpcenter.search.query import Query
from helpcenter.search.stop_words import is_stop_word
from helpcenter.search.synonyms import SYNONYM_WEIGHT, Synonyms, phrase_of

PART_WEIGHT = 0.5
SECOND_STEM_WEIGHT = 0.9
MOST_GROUPS = 40


@dataclass(frozen=True)
class Group:
    """A word of the query as written and the terms that stand for it, each with its weight; the best of them counts."""

    word: str
    terms: tuple[tuple[str, float], ...]
    is_whole_word: bool = True

    def with_terms(self, terms: Iterable[tuple[str, float]]) -> Group:
        """The group with more ways to match; a term keeps the larger of its weights."""
        merged = dict(self.terms)
        for term, weight in terms:
            merged[term] = max(weight, merged.get(term, 0.0))
        return replace(self, terms=tuple(merged.items()))

    def weighing(self, factor: float) -> Group:
        """The group, every way to match counting so many times as much."""
        return replace(self, terms=tuple((term, weight * factor) for term, weight in self.terms))


def groups_of(query: Query, synonyms: Synonyms) -> list[Group]:
    """The groups of a query. Small words are left out, unless the query has no others."""
    return list({group.terms: group for group in every_group(query, synonyms)}.values())[:MOST_GROUPS]


def every_group(query: Query, synonyms: Synonyms) -> list[Group]:
    """The groups of each telling word of a query in order, one that is said again coming again."""
    found = list(tokens(query.text))
    telling = [token for token in found if not (token.is_plain and is_stop_word(token.text, query.locale))] or found
    groups: list[Group] = []
    for token in telling:
        groups.extend(_groups_of_token(token, query.locale))
    return [group for group in _expanded(groups, query, found, synonyms) if group.terms]


def last_word(query: Query) -> str:
    """The word that is still being typed, in lower case; empty when the text ends with a space."""
    found = list(tokens(query.text))
    return found[-1].text.lower() if query.unfinished and found and query.text.endswith(found[-1].text[-1]) else ""


def finished_by(groups: list[Group], word: str, complete: Callable[[str], Iterable[str]], locale: str) -> list[Group]:
    """The groups, the one of the last word also standing for the words it may become."""
    return [
        group.with_terms((stem, SECOND_STEM_WEIGHT) for other in complete(word) for stem in stems(other, locale))
        if group.word.lower() == word
        else group
        for group in groups
    ]


def _groups_of_token(token: Token, locale: str) -> list[Group]:
    if token.is_plain:
        return [_group(token.text, locale)]
    whole = [(term_of(token), 1.0)]
    together = joined(token)
    if together:
        whole += [(stem, SECOND_STEM_WEIGHT) for stem in stems(together, locale)]
    parts = [part for part in token.parts if not is_stop_word(part, locale)]
    return [Group(token.text, tuple(whole)), *(_group(part, locale, PART_WEIGHT, False) for part in parts)]


def _group(word: str, locale: str, weight: float = 1.0, is_whole_word: bool = True) -> Group:
    first, *others = stems(word, locale)
    return Group(word, ((first, weight), *((other, weight * SECOND_STEM_WEIGHT) for other in others)), is_whole_word)


def _expanded(groups: list[Group], query: Query, found: list[Token], synonyms: Synonyms) -> list[Group]:
    """The groups with the other ways to say them: one word for one word is another way to match the same group; the
    words of a phrase are groups of their own, all of them wanted and none enough alone."""
    for start, size, other in synonyms.expansions(phrase_of(query.text, query.locale), query.locale):
        said = " ".join(token.text for token in found[start : start + size])
        if size == 1 and len(other) == 1:
            more = [(other[0], SYNONYM_WEIGHT)]
            groups = [group.with_terms(more) if group.word == said else group for group in groups]
        else:
            share = SYNONYM_WEIGHT / len(other) ** 0.5
            groups = [*groups, *(Group(said, ((term, share),), False) for term in other)]
    return groups
