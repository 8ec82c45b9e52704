"""A kind of thing that exists for these tests only: it holds what a test puts there, and hides what a test hides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from helpcenter.core.subjects import Subject, Viewer
from helpcenter.search.document import Document
from helpcenter.search.title_match import TitleMatch


@dataclass
class Shelf:
    """Documents by id. `hidden` are those nobody may see; `broken` raise when they are asked for."""

    documents: dict[int, list[Document]] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)
    broken: set[int] = field(default_factory=set)
    asked: list[tuple[int, ...]] = field(default_factory=list)

    def put(self, *documents: Document) -> None:
        for one in documents:
            self.documents[one.id] = [d for d in self.documents.get(one.id, []) if d.locale != one.locale] + [one]

    def subject(self) -> Subject:
        return Subject(
            url=lambda id, locale: f"/{locale}/things/{id}",
            titles=lambda ids, _locale: {id: self.documents[id][0].title for id in ids},
            visible=self._visible,
            documents=self._documents,
            document_ids=lambda: sorted(self.documents),
            title_matches=self._title_matches,
        )

    def _visible(self, ids: Iterable[int], _viewer: Viewer, _locale: str) -> set[int]:
        return {id for id in ids if id in self.documents and id not in self.hidden}

    def _documents(self, ids: Sequence[int]) -> list[Document]:
        self.asked.append(tuple(ids))
        if self.broken & set(ids):
            raise RuntimeError("this thing can not be read")
        return [document for id in ids for document in self.documents.get(id, [])]

    def _title_matches(self, text: str, locale: str, _viewer: Viewer, limit: int) -> list[TitleMatch]:
        every = [one for documents in self.documents.values() for one in documents]
        return [
            TitleMatch(one.id, one.locale, one.title, "A summary.", one.topic_id)
            for one in every
            if one.locale == locale and text.lower() in one.title.lower() and one.id not in self.hidden
        ][:limit]


def numbered_things(count: int = 150) -> list[Document]:
    """Things that all hold the same word, for whoever counts them."""
    return [Document("thing", n, "en", f"Refund {n}", "Money comes back. " * 20) for n in range(1, count + 1)]
