"""What a whole message looks for: its words, and the everyday words that mean the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from itertools import pairwise
from math import log

from helpcenter.search.analysis import tokens
from helpcenter.search.everyday.table import EVERYDAY
from helpcenter.search.query import Query
from helpcenter.search.synonyms import Phrase, Synonyms, phrase_of
from helpcenter.search.terms import Group, every_group

# Measured on complaints to our own manual by several hands: 0.4 to 0.7 find the same.
EVERYDAY_WEIGHT = 0.5

# A synonym that tells less than this share of one's own word is left out: it would cost more than it finds.
MUCH_COMMONER = 0.33

Rarity = Callable[[Collection[str]], Mapping[str, float]]


def groups_of_message(query: Query, synonyms: Synonyms, rarity: Rarity) -> list[Group]:
    """The groups of a whole message. What somebody says again counts more, but twice does not count double.

    `rarity` says how telling terms and pairs are and leaves out those that no document has. By it an everyday synonym
    is kept from telling more than the word that was written. It is asked once.
    """
    groups = _with_everyday(every_group(query, synonyms), query, rarity)
    times = Counter(group.terms for group in groups)
    return [group.weighing(1 + log(times[group.terms])) for group in {group.terms: group for group in groups}.values()]


def _with_everyday(groups: list[Group], query: Query, rarity: Rarity) -> list[Group]:
    """A phrase makes one group, however many ways there are to say it: else a word with many would count many times."""
    words = [token.text for token in tokens(query.text)]
    others: dict[tuple[int, int], list[Phrase]] = {}
    for start, size, other in EVERYDAY.expansions(phrase_of(query.text, query.locale), query.locale):
        others.setdefault((start, size), []).append(other)
    of_words = {words[start]: phrases for (start, size), phrases in others.items() if size == 1}
    of_phrases = {" ".join(words[start : start + size]): found for (start, size), found in others.items() if size > 1}
    widened = [
        *((group, of_words.get(group.word, ())) for group in groups),
        *((Group(said, (), False), found) for said, found in of_phrases.items()),
    ]
    own = {group.terms[0][0] for group, _ in widened if group.terms}
    telling = rarity(own | {term for _, phrases in widened for phrase in phrases for term in _terms(phrase)})
    return [_widened(group, phrases, telling) for group, phrases in widened]


def _widened(group: Group, others: Iterable[Phrase], rarity: Mapping[str, float]) -> Group:
    own = rarity.get(group.terms[0][0], 0.0) if group.terms else 0.0
    terms = {term: rarity.get(term, 0.0) for other in others for term in _terms(other)}
    return group.with_terms(
        (term, EVERYDAY_WEIGHT * (min(1.0, own / telling) if own else 1.0))
        for term, telling in terms.items()
        if telling and telling >= MUCH_COMMONER * own
    )


def _terms(phrase: Phrase) -> Iterable[str]:
    """A word by itself; of a longer phrase the pairs, since its words alone mean something else."""
    return phrase if len(phrase) == 1 else (" ".join(pair) for pair in pairwise(phrase))
