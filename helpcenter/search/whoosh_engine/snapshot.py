"""The index at one generation: its segments, where each document belongs, and which of them are gone."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from whoosh.index import TOC, FileIndex

from helpcenter.search.query import Query
from helpcenter.search.whoosh_engine.schema import KEY
from helpcenter.search.whoosh_engine.schema import schema as make_schema
from helpcenter.search.whoosh_engine.segment import LENGTHS, SegmentReader
from helpcenter.search.whoosh_engine.storage import DurableStorage

INDEX_NAME = "MAIN"
APPLIED = "applied"


class Place(NamedTuple):
    """Where documents belong: all that decides who may see them. Many documents share one, and it is judged once."""

    kind: str
    locale: str
    topic_id: int | None
    audience: str


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
    """A segment at this generation. `places` holds for each document the number of its place; a deleted one has 0."""

    reader: SegmentReader
    places: array[int]


class Snapshot:
    """Everything a search reads. Made anew for each generation; segments that did not change are taken over."""

    def __init__(self, folder: Path, earlier: Snapshot | None = None) -> None:
        index = FileIndex(DurableStorage(folder), schema=make_schema(), indexname=INDEX_NAME)
        contents = index._read_toc()
        known = earlier.readers if earlier is not None and earlier.folder == folder else {}
        self.folder = folder
        self.generation: int = contents.generation
        self.places: list[Place] = [NOWHERE]
        self.readers: dict[str, SegmentReader] = {}
        self.segments: list[LiveSegment] = []
        numbers: dict[bytes, int] = {b"": 0}
        for segment in contents.segments:
            name = segment.segment_id()
            reader = known.get(name) or SegmentReader(folder, segment)
            self.readers[name] = reader
            self.segments.append(LiveSegment(reader, self._numbered(reader, segment.deleted_docs(), numbers)))
        self.applied = self._applied()
        self._averages: dict[str, float] = {}
        self._norms: dict[tuple[int, str], list[float]] = {}

    @property
    def document_count(self) -> int:
        """How many documents it holds, the deleted not counted."""
        return sum(len(segment.places) - segment.places.count(0) for segment in self.segments)

    def allowed(self, query: Query) -> bytearray:
        """For each place whether the viewer of the query may see what is there, in any language and before filters."""
        return bytearray(
            place is not NOWHERE
            and place.audience in query.audience
            and (place.topic_id is None or place.topic_id in query.visible_topics)
            for place in self.places
        )

    def of_locale(self, locale: str) -> bytearray:
        """For each place whether it is in this language."""
        return bytearray(place.locale == locale for place in self.places)

    def count_in(self, locale: str) -> int:
        """How many documents are in this language, at least 1."""
        wanted = {number for number, place in enumerate(self.places) if place.locale == locale}
        return max(1, sum(segment.places.count(number) for segment in self.segments for number in wanted))

    def norms(self, number: int, field: str, k1: float, b: float) -> list[float]:
        """For each document of a segment k1·(1 - b + b·length/average) of a field, as BM25 divides by."""
        found = self._norms.get((number, field))
        if found is None:
            average = self._average_length(field)
            table = [k1 * (1 - b + b * length / average) for length in LENGTHS]
            found = [table[byte] for byte in self.segments[number].reader.lengths(field)]
            self._norms[number, field] = found
        return found

    def keyed(self, key: str) -> Iterator[tuple[int, int]]:
        """Segment and document of every document with this key that is not deleted."""
        for number, segment in enumerate(self.segments):
            for document in segment.reader.postings(KEY, key).documents:
                if segment.places[document] or key == APPLIED:
                    yield number, document

    def _average_length(self, field: str) -> float:
        if field not in self._averages:
            locale = field.rsplit("_", 1)[1]
            wanted = self.of_locale(locale)
            lengths = [
                LENGTHS[byte]
                for segment in self.segments
                for byte, place in zip(segment.reader.lengths(field), segment.places, strict=True)
                if byte and wanted[place]
            ]
            self._averages[field] = max(1.0, sum(lengths) / max(1, len(lengths)))
        return self._averages[field]

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
    return int(TOC._latest_generation(DurableStorage(folder), INDEX_NAME))
