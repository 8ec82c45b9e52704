"""What the rules of searching ask of an index: one state of it, as the viewer of one query sees it.

An engine answers these questions and no others, so both rank alike. Several things are asked at once wherever that is
known beforehand, because a question may travel to a database.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol

from helpcenter.search.document import SubjectKey
from helpcenter.search.known_words import KnownWords
from helpcenter.search.place import Place
from helpcenter.search.terms import Group

Key = tuple[int, ...]
"""The name an engine has for a document; among equals the smaller comes first."""


class Candidate(NamedTuple):
    """A document with its points; `bonus` is the share of its points that a phrase in it adds.

    `subject` is what it is of, once somebody looked.
    """

    points: float
    key: Key
    bonus: float = 0.0
    has_exact_title: bool = False
    subject: SubjectKey = ("", 0)

    @property
    def total(self) -> float:
        """Points and bonus."""
        return self.points * (1 + self.bonus)


@dataclass(frozen=True)
class Shown:
    """What is shown of a document besides its text."""

    place: Place
    id: int
    title: str
    updated_at: datetime | None
    solved: bool

    @property
    def subject(self) -> SubjectKey:
        """The thing it is a document of."""
        return self.place.kind, self.id


@dataclass(frozen=True)
class Found:
    """At least as many of the best as were asked for, best first, and how many documents were found at each place.

    The places are those the viewer may see. In the language of the query the tags narrow them and no other filter does.
    """

    candidates: Sequence[Candidate]
    places: Mapping[Place, int]


class Source(Protocol):
    """The questions. A term is one of the language of the query; a pair is a term with a space in it."""

    @property
    def words(self) -> KnownWords:
        """The words of the language of the query."""

    def languages(self) -> Collection[str]:
        """The languages in which it holds documents."""

    def expect(self, terms: Mapping[str, Collection[str]]) -> None:
        """Terms, by language, that will be asked about next."""

    def frequency(self, term: str) -> int:
        """In how many documents a term stands: the largest of its fields'."""

    def count(self) -> int:
        """How many documents there are in the language of the query, at least 1."""

    def is_seen(self, term: str) -> bool:
        """Whether a term stands in a document the viewer may see."""

    def found(self, groups: Sequence[Group], others: Mapping[str, Sequence[Group]], most: int) -> Found:
        """What the groups find, and how much those of the other languages find there."""

    def about(self, groups: Sequence[Group], most: int) -> list[Candidate]:
        """The best by the rule of a message: see message.py."""

    def titled(self, keys: Collection[Key], terms: Sequence[str]) -> Collection[Key]:
        """Those of the documents whose titles may have all the terms; none that has is left out."""

    def shown(self, keys: Collection[Key]) -> Mapping[Key, Shown]:
        """What is shown of documents; one that is gone by now is left out."""

    def bodies(self, keys: Collection[Key]) -> Mapping[Key, str]:
        """The plain texts of documents; one that is gone by now is left out."""

    def keys(self, subjects: Sequence[SubjectKey]) -> list[Key]:
        """The documents of the subjects, in their order, that may be on the page of the query."""

    def contributions(self, group: Group, key: Key) -> list[tuple[str, str, float]]:
        """Term, field and points of a group for one document: of its best term only."""

    def titles(self, text: str, limit: int) -> list[str]:
        """Titles that begin with the text and may be seen, in order, each once."""
