"""The index at one generation: its segments, where each document belongs, and which of them are gone."""

from __future__ import annotations

import os
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from whoosh.index import FileIndex

from helpcenter.search.place import Place
from helpcenter.search.query import Query
from helpcenter.search.whoosh_engine.schema import KEY, TAG
from helpcenter.search.whoosh_engine.schema import schema as make_schema
from helpcenter.search.whoosh_engine.segment import SegmentReader
from helpcenter.search.whoosh_engine.storage import DurableStorage

INDEX_NAME = "MAIN"
APPLIED = "applied"


NOWHERE = Place("", "", None, "")


def packed_place(place: Place) -> bytes:
    """A place as bytes for its column."""
    topic = "" if place.topic_id is None else str(place.topic_id)
    return "\t".join((place.kind, place.locale, topic, place.audience)).encode()


def unpacked_place(data: bytes) -> Place:
    """A place from its column; NOWHERE for what is no document."""
    if not data:
        return NOWHERE
    kind, locale, topic, audience = data.decode().split("\t")
    return Place(kind, locale, int(topic) if topic else None, audience)


@dataclass(frozen=True)
class LiveSegment:
    """A segment at this generation. `places` holds for each document the number of its place; a deleted one has 0.

    `place_numbers` are those that occur, without 0; `is_whole` says that no document of it is deleted.
    """

    reader: SegmentReader
    places: array[int]
    place_numbers: frozenset[int]
    is_whole: bool


class Snapshot:
    """Everything a search reads. Made anew for each generation; segments that did not change are taken over.

    `is_copy`: the folder holds the segments of the earlier one, though it is another.
    """

    def __init__(self, folder: Path, earlier: Snapshot | None = None, *, is_copy: bool = False) -> None:
        self.folder: Path = folder
        index = FileIndex(DurableStorage(folder), schema=make_schema(), indexname=INDEX_NAME)
        contents = index._read_toc()
        known = earlier.readers if earlier is not None and (is_copy or earlier.folder == folder) else {}
        self.generation: int = contents.generation
        self.places: list[Place] = [NOWHERE]
        self.readers: dict[str, SegmentReader] = {}
        self.segments: list[LiveSegment] = []
        numbers: dict[bytes, int] = {b"": 0}
        for segment in contents.segments:
            name = segment.segment_id()
            reader = known.get(name) or SegmentReader(folder, segment)
            self.readers[name] = reader
            placed = self._numbered(reader, segment.deleted_docs(), numbers)
            self.segments.append(LiveSegment(reader, placed, frozenset(placed) - {0}, not segment.has_deletions()))
        self.applied = self._applied()
        self._counts: dict[str, int] = {}
        self._place_bits: dict[int, list[int]] = {}

    @property
    def document_count(self) -> int:
        """How many documents it holds, the deleted not counted."""
        return sum(len(segment.places) - segment.places.count(0) for segment in self.segments)

    def allowed(self, query: Query) -> bytearray:
        """For each place whether the viewer of the query may see what is there, in any language and before filters."""
        return bytearray(place is not NOWHERE and place.is_seen_by(query) for place in self.places)

    def of_locale(self, locale: str) -> bytearray:
        """For each place whether it is in this language."""
        return bytearray(place.locale == locale for place in self.places)

    def has(self, locale: str) -> bool:
        """Whether it holds, or held, any document in this language."""
        return any(place.locale == locale for place in self.places)

    def count_in(self, locale: str) -> int:
        """How many documents are in this language, at least 1."""
        if locale not in self._counts:
            here = [number for number, place in enumerate(self.places) if place.locale == locale]
            self._counts[locale] = max(1, sum(s.places.count(number) for s in self.segments for number in here))
        return self._counts[locale]

    def place_bits(self, number: int) -> list[int]:
        """For each place a bit for every document of a segment that belongs there."""
        found = self._place_bits.get(number)
        if found is None:
            documents: dict[int, list[int]] = {}
            for document, place in enumerate(self.segments[number].places):
                documents.setdefault(place, []).append(document)
            size = len(self.segments[number].places)
            found = [bits_of(documents.get(place, ()), size) for place in range(len(self.places))]
            self._place_bits[number] = found
        return found

    def tag_bits(self, number: int, tag: str) -> int:
        """A bit for each document of a segment with this tag."""
        segment = self.segments[number]
        return bits_of(segment.reader.postings(TAG, tag.lower()).documents, len(segment.places))

    def keyed(self, key: str) -> Iterator[tuple[int, int]]:
        """Segment and document of every document with this key that is not deleted."""
        for number, segment in enumerate(self.segments):
            for document in segment.reader.postings(KEY, key).documents:
                if segment.places[document] or key == APPLIED:
                    yield number, document

    def _numbered(self, reader: SegmentReader, deleted: Iterable[int], numbers: dict[bytes, int]) -> array[int]:
        for place in dict.fromkeys(reader.places):
            if place not in numbers:
                numbers[place] = len(self.places)
                self.places.append(unpacked_place(place))
        numbered = array("I", (numbers[place] for place in reader.places))
        for document in deleted:
            numbered[document] = 0
        return numbered

    def _applied(self) -> int:
        """The largest outbox number that a commit left behind; deleted notes of it are only ever smaller."""
        return max((self.segments[n].reader.head(d).id for n, d in self.keyed(APPLIED)), default=0)


def generation_of(folder: Path) -> int:
    """The newest generation in a folder; -1 when there is none."""
    start, end = f"_{INDEX_NAME}_", ".toc"
    # os.listdir, because this is asked before every answer and a Path for each file would cost more than the answer.
    files = [name for name in os.listdir(folder) if name.startswith(start) and name.endswith(end)]  # noqa: PTH208
    numbers = [name[len(start) : -len(end)] for name in files]
    return max((int(number) for number in numbers if number.isdigit()), default=-1)


def bits_of(documents: Iterable[int], size: int) -> int:
    """A number with a bit for each of the documents of a segment of this size."""
    digits = bytearray(b"0") * (size + 1)
    last = size
    for document in documents:
        digits[last - document] = 49
    return int(digits, 2)
