"""What every engine offers, whatever it stands on, and what it answers with."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from helpcenter.search.document import Document, SubjectKey
from helpcenter.search.passage import Part
from helpcenter.search.query import Query
from helpcenter.search.synonyms import NO_SYNONYMS, Synonyms


class EngineError(Exception):
    """The index can not answer or take a change; whoever asks falls back to the database."""


class EngineDamaged(EngineError):
    """The index is missing, unreadable or of another version: it has to be built anew."""


class EngineBusy(EngineError):
    """Another process is writing the index."""


class EngineUnavailable(EngineError):
    """The machine refuses for now (disk full, no handles left); the index itself is not to blame."""


@dataclass(frozen=True)
class Hit:
    """A document that was found. `passage` is parts of its text, each marked where it matches; no HTML."""

    kind: str
    id: int
    locale: str
    score: float
    title: str
    passage: tuple[Part, ...]
    topic_id: int | None
    audience: str
    updated_at: datetime | None
    solved: bool
    is_pinned: bool = False

    @property
    def subject(self) -> SubjectKey:
        """The thing it is a document of."""
        return self.kind, self.id


@dataclass(frozen=True)
class Facets:
    """How many of the found are of each kind, in each topic (None: in none), in each language.

    Kinds are counted as if no kind was chosen, topics as if no topic was.
    """

    kinds: Mapping[str, int] = field(default_factory=dict)
    topics: Mapping[int | None, int] = field(default_factory=dict)
    locales: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Correction:
    """The query as it was probably meant. `is_used`: the original finds nothing, so the results are of this one."""

    text: str
    is_used: bool


@dataclass(frozen=True)
class Results:
    """What a query found. `total` and `facets` are None when they are not to be shown: see finding.find."""

    hits: tuple[Hit, ...] = ()
    total: int | None = 0
    facets: Facets | None = field(default_factory=Facets)
    correction: Correction | None = None
    is_degraded: bool = False


@dataclass(frozen=True)
class Completions:
    """What an unfinished text may become: the whole text with its last word completed, and titles that begin so."""

    texts: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Contribution:
    """Why a document ranks where it does: one term in one field, or one bonus, and the points it gave.

    `reason` is for the terminal. For a term, `word` is what was typed, `term` the stem it was found by, `field` one of
    title, keyword and body; a bonus has an empty `word`, and `field` is together or exact.
    """

    reason: str
    points: float
    field: str = ""
    word: str = ""
    term: str = ""


@dataclass(frozen=True)
class Health:
    """The state of an index. `applied` is the number of the last outbox row it holds; `damage` None means readable.

    `where` says in words what holds it; `parts` are the pieces a search looks through, None where there are none.
    """

    documents: int = 0
    applied: int = 0
    bytes_on_disk: int = 0
    where: str = ""
    parts: int | None = None
    damage: str | None = None


Progress = Callable[[int], None]


def no_progress(_done: int) -> None:
    """For whoever does not watch."""


class Answers(Protocol):
    """What can be asked of an index that does not exist yet: see Engine.supposing."""

    def search(self, query: Query, synonyms: Synonyms = NO_SYNONYMS) -> Results:
        """See Engine.search."""

    def lookup(self, subjects: Sequence[SubjectKey], query: Query) -> list[Hit]:
        """See Engine.lookup."""


class Engine(Answers, Protocol):
    """An index of documents. Reading raises EngineError only; so does writing, and DocumentRefused before it begins."""

    def index(self, documents: Sequence[Document], applied: int | None = None) -> None:
        """Put documents in. The earlier documents of the same subjects, in every language, leave with it."""

    def delete(self, subjects: Collection[SubjectKey], applied: int | None = None) -> None:
        """Take the documents of subjects out, in every language."""

    def apply(
        self, subjects: Collection[SubjectKey], documents: Sequence[Document], applied: int | None = None
    ) -> None:
        """Take these subjects out and these documents in, in one commit that remembers the outbox number."""

    def search(self, query: Query, synonyms: Synonyms = NO_SYNONYMS) -> Results:
        """The best documents in the language of the query, best first."""

    def supposing(self, documents: Sequence[Document]) -> Answers:
        """The answers as they will be once these documents are in; the index stays as it is."""

    def answering(self, query: Query, synonyms: Synonyms = NO_SYNONYMS) -> tuple[Hit, ...]:
        """The documents that a whole message is most likely about, best first. Nothing is counted or corrected."""

    def lookup(self, subjects: Sequence[SubjectKey], query: Query) -> list[Hit]:
        """The documents of these subjects in the query's language that its viewer may see and its filters let pass."""

    def explain(self, query: Query, subject: SubjectKey, synonyms: Synonyms = NO_SYNONYMS) -> list[Contribution]:
        """Why a document ranks where it does, the heaviest reason first; empty when it is not found."""

    def complete(self, query: Query) -> Completions:
        """What the text of the query may become; its last word only when the query is unfinished."""

    def correct(self, query: Query) -> str | None:
        """The text with its unknown words replaced by known ones, or None when there is nothing to correct."""

    def rebuild(self, documents: Iterable[Document], applied: int = 0, progress: Progress = no_progress) -> int:
        """Build the index anew beside the old one, which answers meanwhile, then swap; the number of documents."""

    def health(self) -> Health:
        """The state of the index; never raises EngineError."""

    def applied(self) -> int:
        """The number of the last outbox row the index holds."""

    def doubt(self) -> None:
        """Note that it answered with EngineDamaged, for whoever can build it anew. Never raises."""

    def verify(self) -> None:
        """Raises EngineDamaged when the index is damaged. After a doubt everything is read again from the disk."""

    def exclusive(self) -> AbstractContextManager[None]:
        """Be the only writer of all processes within the block. Raises EngineBusy at once when another one is."""
