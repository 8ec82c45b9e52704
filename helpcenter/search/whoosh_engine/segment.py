"""One segment of the index, read whole blocks at a time: postings into arrays, lengths and columns into lists."""

from __future__ import annotations

import struct
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from itertools import accumulate
from pathlib import Path
from pickle import load
from typing import Any
from zlib import decompress

from whoosh.codec.whoosh3 import LENGTHS_COLUMN, WHOOSH3_HEADER_MAGIC
from whoosh.filedb.filestore import FileStorage
from whoosh.util.numeric import byte_to_length

from helpcenter.search.whoosh_engine.schema import BODY, HEAD, KIND_OF_PLACE
from helpcenter.search.whoosh_engine.schema import schema as make_schema
from helpcenter.search.whoosh_engine.storage import SEGMENT, SegmentStorage, check_segment

MOST_KEPT_FREQUENCIES = 20_000
LENGTHS = tuple(byte_to_length(byte) or 1 for byte in range(256))
_DOCUMENT_FREQUENCY = struct.Struct("!BfI")


@dataclass(frozen=True)
class Postings:
    """In which documents a term stands, and how often; `times` None means once in each."""

    documents: Sequence[int]
    times: Sequence[float] | None


NO_POSTINGS = Postings((), None)


@dataclass(frozen=True)
class Head:
    """What is shown of a document besides its text."""

    id: int
    title: str
    updated_at: datetime | None
    solved: bool


def packed_head(id: int, title: str, updated_at: datetime | None, solved: bool) -> bytes:
    """A head as bytes for its column."""
    seconds = "" if updated_at is None else repr(updated_at.timestamp())
    return f"{id}\t{int(solved)}\t{seconds}\t{title}".encode()


class SegmentReader:
    """A segment, opened after its checksum was compared. What it holds never changes; which of it is deleted does, and
    is not its business."""

    def __init__(self, folder: Path, segment: Any) -> None:
        name = segment.make_filename(SEGMENT)
        check_segment(folder / name)
        self._files = SegmentStorage(FileStorage(str(folder)).open_file(name))
        codec, schema = segment.codec(), make_schema()
        self._terms = codec.terms_reader(self._files, segment)
        self._documents = codec.per_document_reader(self._files, segment)
        self.document_count: int = segment.doc_count_all()
        self.places: list[bytes] = list(self._column(KIND_OF_PLACE, schema[KIND_OF_PLACE].column_type))
        self._heads = self._column(HEAD, schema[HEAD].column_type)
        self._bodies = self._column(BODY, schema[BODY].column_type)
        self._frequencies: dict[tuple[str, str], int] = {}
        self._lengths: dict[str, bytes] = {}
        self._words: dict[str, dict[str, int]] = {}

    def postings(self, field: str, term: str) -> Postings:
        """The postings of a term in a field."""
        at = self._extent(field, term)
        return _unpacked(self._terms._postfile.get(*at)) if at else NO_POSTINGS

    def frequency(self, field: str, term: str) -> int:
        """In how many documents of the segment a term stands in a field, the deleted counted."""
        found = self._frequencies.get((field, term))
        if found is None:
            info = self._info(field, term)
            found = _DOCUMENT_FREQUENCY.unpack_from(info)[2] if info else 0
            if len(self._frequencies) > MOST_KEPT_FREQUENCIES:
                self._frequencies = {}
            self._frequencies[field, term] = found
        return found

    def lengths(self, field: str) -> bytes:
        """A byte for each document: the place of its length in LENGTHS. 0 also where it has nothing in this field."""
        found = self._lengths.get(field)
        if found is None:
            name = f"_{field}_len"
            found = self._column(name, LENGTHS_COLUMN, raw=True) if self._documents.has_column(name) else b""
            self._lengths[field] = found = found.ljust(self.document_count, b"\0")
        return found

    def words(self, field: str) -> dict[str, int]:
        """Every term of a field with the number of documents it stands in."""
        found = self._words.get(field)
        if found is None:
            self._words[field] = found = self._read_words(field)
        return found

    def head(self, document: int) -> Head:
        """What is shown of a document."""
        id, solved, seconds, title = self._heads[document].decode().split("\t", 3)
        updated_at = datetime.fromtimestamp(float(seconds), UTC) if seconds else None
        return Head(int(id), title, updated_at, solved == "1")

    def title(self, document: int) -> str:
        """The title of a document."""
        return bytes(self._heads[document]).decode().split("\t", 3)[3]

    def body(self, document: int) -> str:
        """The plain text of a document."""
        return decompress(self._bodies[document]).decode()

    def _extent(self, field: str, term: str) -> tuple[int, int] | None:
        info = self._info(field, term)
        if info is None:
            return None
        offset, length = struct.unpack("!qi", info[-12:])
        return offset, length

    def _info(self, field: str, term: str) -> bytes | None:
        try:
            return bytes(self._terms._tindex[self._terms._keycoder(field, term.encode())])
        except KeyError:
            return None

    def _read_words(self, field: str) -> dict[str, int]:
        table = self._terms._tindex
        prefix = self._terms._keycoder(field, b"")
        start = table.closest_key_pos(prefix)
        found: dict[str, int] = {}
        if start is None:
            return found
        get, unpack = table.dbfile.get, _DOCUMENT_FREQUENCY.unpack_from
        for key_at, key_length, data_at, data_length in table._ranges(start):
            key = get(key_at, key_length)
            if not key.startswith(prefix):
                break
            found[key[len(prefix) :].decode()] = unpack(get(data_at, data_length))[2]
        return found

    def _column(self, name: str, column: Any, raw: bool = False) -> Any:
        file, start, length = self._documents._get_column_file(name)
        return file.get(start, length) if raw else column.reader(file, start, length, self.document_count)


def _unpacked(data: bytes) -> Postings:
    """All blocks of a postings list at once. ValueError when it does not begin as one."""
    if data[:4] != WHOOSH3_HEADER_MAGIC:
        raise ValueError("this is no list of postings")
    documents, times, all_once = array("I"), array("f"), True
    # The checksum said that this is what we wrote, so its pickles are ours.
    stream = BytesIO(data)
    at = 4
    while True:
        stream.seek(at)
        (size,) = struct.unpack("!i", stream.read(4))
        load(stream)  # noqa: S301 - what the block says of itself: nothing that is needed to read it whole
        gaps, weights, _ = load(stream)  # noqa: S301
        documents.extend(accumulate(gaps))
        many = weights if isinstance(weights, tuple) else ((1.0 if weights is None else weights),) * len(gaps)
        all_once = all_once and weights is None
        times.extend(many)
        if size < 0:
            return Postings(documents, None if all_once else times)
        at += 4 + size
