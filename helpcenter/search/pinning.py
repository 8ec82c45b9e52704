"""Results that editors put first for a query."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from helpcenter.search.analysis import index_terms
from helpcenter.search.document import SubjectKey
from helpcenter.search.engine import Hit

MOST_PINNED = 3


@dataclass(frozen=True)
class Pinned:
    """For one phrase in one language, this thing stands at this place (1 is first)."""

    locale: str
    phrase: str
    subject: SubjectKey
    place: int = 1


def meaning_of(text: str, locale: str) -> frozenset[str]:
    """What two texts share when a pin for one holds for the other: their terms, in any order, small words aside."""
    return frozenset(index_terms(text, locale) or index_terms(text, locale, keep_stop_words=True))


def pinned_for(text: str, locale: str, pins: Iterable[Pinned]) -> list[SubjectKey]:
    """The subjects pinned for a query, first place first, at most three, none twice."""
    meaning = meaning_of(text, locale)
    if not meaning:
        return []
    found = [pin for pin in pins if pin.locale == locale and meaning_of(pin.phrase, locale) == meaning]
    subjects = dict.fromkeys(pin.subject for pin in sorted(found, key=lambda pin: (pin.place, pin.subject)))
    return list(subjects)[:MOST_PINNED]


def pinned_first(hits: Sequence[Hit], pinned: Sequence[Hit]) -> tuple[Hit, ...]:
    """The pinned hits, marked so, then the others without them."""
    taken = {hit.subject for hit in pinned}
    rest = [hit for hit in hits if hit.subject not in taken]
    return (*(replace(hit, is_pinned=True) for hit in pinned), *rest)
