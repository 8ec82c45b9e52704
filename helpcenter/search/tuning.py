"""What editors say about searches, as one value: so that a change can be looked at before it counts."""

from __future__ import annotations

from dataclasses import dataclass, replace

from helpcenter.search import pin, synonym
from helpcenter.search.pinning import Pinned
from helpcenter.search.synonyms import Synonym, Synonyms


@dataclass(frozen=True)
class Tuning:
    """The synonyms and the pins that a search obeys."""

    synonyms: Synonyms
    pins: tuple[Pinned, ...] = ()

    def with_synonym(self, candidate: Synonym, instead_of: Synonym | None = None) -> Tuning:
        """The same with one synonym more, or with one in place of another."""
        kept = tuple(entry for entry in self.synonyms.entries if entry != instead_of)
        return replace(self, synonyms=Synonyms((*kept, candidate)))

    def with_pin(self, candidate: Pinned) -> Tuning:
        """The same with one pin more."""
        return replace(self, pins=(*self.pins, candidate))


def tuning_now() -> Tuning:
    """What counts for readers now."""
    return Tuning(synonym.synonyms(), tuple(pin.pins()))
