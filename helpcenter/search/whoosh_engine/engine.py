"""The Whoosh engine: answers from a snapshot, takes a new one when the index moved on, has one name for all damage."""

from __future__ import annotations

import errno
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TypeVar

from whoosh.index import LockError

from helpcenter.search.document import Document, DocumentRefused, SubjectKey, check
from helpcenter.search.engine import (
    Completions,
    Contribution,
    EngineBusy,
    EngineDamaged,
    EngineError,
    EngineUnavailable,
    Health,
    Hit,
    Progress,
    Results,
    no_progress,
)
from helpcenter.search.query import Query
from helpcenter.search.reading import Reading
from helpcenter.search.synonyms import NO_SYNONYMS, Synonyms
from helpcenter.search.whoosh_engine import writing
from helpcenter.search.whoosh_engine.folder import IndexFolder
from helpcenter.search.whoosh_engine.snapshot import Snapshot, generation_of
from helpcenter.search.whoosh_engine.source import WhooshIndex
from helpcenter.search.whoosh_engine.supposing import supposed

# What the machine refuses says nothing about the index.
_REFUSALS = {errno.ENOSPC, errno.EDQUOT, errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EROFS}
_TRIES = 3

Answer = TypeVar("Answer")


class WhooshEngine:
    """An engine on one folder; one for each process, its snapshot shared by the threads."""

    def __init__(self, path: Path) -> None:
        self._folder = IndexFolder(path)
        self._index: WhooshIndex | None = None
        self._lock = threading.Lock()

    def index(self, documents: Sequence[Document], applied: int | None = None) -> None:
        """See Engine.index."""
        self.apply((), documents, applied)

    def delete(self, subjects: Collection[SubjectKey], applied: int | None = None) -> None:
        """See Engine.delete."""
        self.apply(subjects, (), applied)

    def apply(
        self, subjects: Collection[SubjectKey], documents: Sequence[Document], applied: int | None = None
    ) -> None:
        """See Engine.apply."""
        for document in documents:
            check(document)
        with self.exclusive(), _named_errors():
            known = self._current().snapshot.applied
            writing.apply(self._folder.current(), subjects, documents, max(known, applied or 0))

    def search(self, query: Query, synonyms: Synonyms = NO_SYNONYMS) -> Results:
        """See Engine.search."""
        return self._ask(lambda index: index.reading.search(query, synonyms))

    def supposing(self, documents: Sequence[Document]) -> Supposed:
        """See Engine.supposing."""
        for document in documents:
            check(document)
        return self._ask(lambda index: Supposed(WhooshIndex(supposed(index.snapshot, documents)).reading))

    def answering(self, query: Query, synonyms: Synonyms = NO_SYNONYMS) -> tuple[Hit, ...]:
        """See Engine.answering."""
        return self._ask(lambda index: index.reading.answering(query, synonyms))

    def lookup(self, subjects: Sequence[SubjectKey], query: Query) -> list[Hit]:
        """See Engine.lookup."""
        return self._ask(lambda index: index.reading.lookup(subjects, query))

    def explain(self, query: Query, subject: SubjectKey, synonyms: Synonyms = NO_SYNONYMS) -> list[Contribution]:
        """See Engine.explain."""
        return self._ask(lambda index: index.reading.explain(query, subject, synonyms))

    def complete(self, query: Query) -> Completions:
        """See Engine.complete."""
        return self._ask(lambda index: index.reading.complete(query))

    def correct(self, query: Query) -> str | None:
        """See Engine.correct."""
        return self._ask(lambda index: index.reading.correct(query))

    def rebuild(self, documents: Iterable[Document], applied: int = 0, progress: Progress = no_progress) -> int:
        """See Engine.rebuild. DocumentRefused at the first document that can not be held; the old index stays."""
        with self.exclusive(), _named_errors():
            build = self._folder.new_build()
            try:
                writing.create(build)
                count = writing.build(build, _checked(documents), applied, progress)
                Snapshot(build)
                self._folder.use(build)
            except BaseException:
                self._folder.discard(build)
                raise
        return count

    def health(self) -> Health:
        """See Engine.health."""
        where = f"the folder {self._folder.path}"
        try:
            snapshot = self._ask(lambda index: index.snapshot)
            size = sum(path.stat().st_size for path in snapshot.folder.iterdir() if path.is_file())
        except (EngineError, OSError) as error:
            return Health(where=where, damage=str(error))
        return Health(snapshot.document_count, snapshot.applied, size, where, len(snapshot.segments))

    def applied(self) -> int:
        """See Engine.applied."""
        return self._ask(lambda index: index.snapshot.applied)

    def doubt(self) -> None:
        """See Engine.doubt."""
        self._folder.doubt()

    def verify(self) -> None:
        """See Engine.verify."""
        if self._folder.is_doubted:
            with _named_errors():
                self._current()
                Snapshot(self._folder.current())
            self._folder.trust()
        self._ask(lambda index: index.snapshot)

    def exclusive(self) -> AbstractContextManager[None]:
        """See Engine.exclusive."""
        return self._folder.exclusive()

    def _ask(self, question: Callable[[WhooshIndex], Answer]) -> Answer:
        """The answer of the newest snapshot. A file that a commit took away in between is asked for once more; whatever
        else goes wrong is damage, for a damaged index raises many kinds of exception."""
        for left in reversed(range(_TRIES)):
            try:
                with _named_errors():
                    return question(self._current())
            except EngineDamaged:
                with self._lock:
                    self._index = None
                if left == 0:
                    raise
        raise AssertionError("the last try returns or raises")

    def _current(self) -> WhooshIndex:
        folder = self._folder.current()
        with self._lock:
            generation = generation_of(folder)
            known = self._index.snapshot if self._index else None
            if self._index is None or known is None or (known.folder, known.generation) != (folder, generation):
                self._index = WhooshIndex(Snapshot(folder, known))
            return self._index


class Supposed:
    """Answers of a reading that nothing else asks. One for each question of an editor, so it needs no newest one."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    def search(self, query: Query, synonyms: Synonyms = NO_SYNONYMS) -> Results:
        """See Engine.search."""
        with _named_errors():
            return self._reading.search(query, synonyms)

    def lookup(self, subjects: Sequence[SubjectKey], query: Query) -> list[Hit]:
        """See Engine.lookup."""
        with _named_errors():
            return self._reading.lookup(subjects, query)


@contextmanager
def _named_errors() -> Iterator[None]:
    try:
        yield
    except (EngineError, DocumentRefused):
        raise
    except LockError as error:
        raise EngineBusy("another process is writing the index") from error
    except OSError as error:
        if error.errno in _REFUSALS:
            raise EngineUnavailable(str(error)) from error
        raise EngineDamaged(f"{type(error).__name__}: {error}") from error
    except Exception as error:
        raise EngineDamaged(f"{type(error).__name__}: {error}") from error


def _checked(documents: Iterable[Document]) -> Iterator[Document]:
    for document in documents:
        check(document)
        yield document
