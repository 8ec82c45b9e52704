"""What several people searched for, in the words most of them used.

The words of one person alone are never shown: they may tell who it is. For the same reason a browser that asks not to
be tracked counts for nobody here: on another day it is another visitor, and one person would look like two.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from helpcenter.search.folding import cleaned, folded
from helpcenter.search.searcher import Searcher

WINDOW = timedelta(days=28)
FEWEST_PEOPLE = 2


class Searched(NamedTuple):
    """The words that somebody searched for, on a page in a language."""

    typed: str
    locale: str
    person: Searcher


@dataclass(frozen=True)
class Wording:
    """Words as most people wrote them, and how many people searched for them."""

    words: str
    people: int


@dataclass(frozen=True)
class Askers:
    """Words as most people wrote them, and who searched for them: so that several can be counted together."""

    words: str
    people: frozenset[Searcher]

    @property
    def wording(self) -> Wording:
        """The same for whoever only counts."""
        return Wording(self.words, len(self.people))


def shared(searches: Iterable[Searched], most: int, fewest: int = FEWEST_PEOPLE) -> list[Wording]:
    """What at least so many people searched for, the most people first, then by the words."""
    return [one.wording for one in by_words(searches, most, fewest)]


def by_words(searches: Iterable[Searched], most: int, fewest: int = FEWEST_PEOPLE) -> list[Askers]:
    """The same with the people. Case, accents and spaces make no difference."""
    people: dict[str, set[Searcher]] = {}
    spellings: dict[str, Counter[str]] = {}
    for typed, locale, person in dict.fromkeys(searches):
        key = folded(cleaned(typed), locale)
        people.setdefault(key, set()).add(person)
        spellings.setdefault(key, Counter())[typed] += 1
    found = [
        Askers(spellings[key].most_common(1)[0][0], frozenset(who)) for key, who in people.items() if len(who) >= fewest
    ]
    return sorted(found, key=lambda one: (-len(one.people), one.words))[:most]
