"""Writing the index: one commit for a batch, and building it anew.

Whoosh leaves a writer unusable after a bad document and the index locked after any error, so documents are checked
before and the writer is cancelled whatever happens.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from zlib import compress

from whoosh.codec.whoosh3 import W3Codec
from whoosh.index import FileIndex
from whoosh.reading import SegmentReader
from whoosh.writing import SegmentWriter

from helpcenter.search.document import Document, SubjectKey
from helpcenter.search.engine import Progress, no_progress
from helpcenter.search.indexed import indexed, last_of_each
from helpcenter.search.place import Place
from helpcenter.search.whoosh_engine import schema as names
from helpcenter.search.whoosh_engine.run import Runs
from helpcenter.search.whoosh_engine.segment import packed_head
from helpcenter.search.whoosh_engine.snapshot import APPLIED, INDEX_NAME, packed_place
from helpcenter.search.whoosh_engine.storage import DurableStorage

# The largest block a postings list is cut into: read whole anyway, so the fewer the better.
BLOCK_POSTINGS = 1 << 16
PROGRESS_EVERY = 100
MergePolicy = Callable[[SegmentWriter, list[Any]], list[Any]]


def create(folder: Path) -> None:
    """An empty index in an empty folder."""
    FileIndex.create(DurableStorage(folder), names.schema(), INDEX_NAME)


def apply(
    folder: Path,
    subjects: Collection[SubjectKey],
    documents: Sequence[Document],
    applied: int,
    merge: MergePolicy | None = None,
) -> None:
    """Take the subjects out and the documents in, in one commit."""
    with _writer(folder) as writer:
        _delete(writer, {key_of(subject) for subject in (*subjects, *(d.subject for d in documents))})
        for document in last_of_each(documents):
            writer.add_document(**fields_of(document))
        writer.add_document(**_note(applied))
        writer.commit(mergetype=merge or merge_policy)


def build(folder: Path, documents: Iterable[Document], applied: int, progress: Progress = no_progress) -> int:
    """Fill an empty index with documents, each key once; the number of documents."""
    written: set[tuple[str, int, str]] = set()
    with _writer(folder) as writer:
        for document in documents:
            key = (document.kind, document.id, document.locale)
            if key in written:
                continue
            written.add(key)
            writer.add_document(**fields_of(document))
            if len(written) % PROGRESS_EVERY == 0:
                progress(len(written))
        writer.add_document(**_note(applied))
        writer.commit(mergetype=merge_policy)
    progress(len(written))
    return len(written)


def key_of(subject: SubjectKey) -> str:
    """The term all documents of a subject share."""
    return f"{subject[0]}:{subject[1]}"


def fields_of(document: Document) -> dict[str, Any]:
    """A document as the fields of the index."""
    locale, kept = document.locale, indexed(document)
    place = Place(document.kind, locale, document.topic_id, document.audience)
    return {
        names.KEY: [key_of(document.subject)],
        names.TAG: [tag.lower() for tag in document.tags],
        names.KIND_OF_PLACE: packed_place(place),
        names.HEAD: packed_head(document.id, document.title, document.updated_at, document.solved),
        names.BODY: compress(document.body.encode(), 6),
        names.field_name("title", locale): kept.title,
        names.field_name("keyword", locale): kept.keyword,
        names.field_name("body", locale): kept.body,
        names.word_field(locale): kept.words,
        names.pair_field(locale): kept.pairs,
    }


def merge_policy(writer: SegmentWriter, segments: list[Any], *, mends_worn: bool = True) -> list[Any]:
    """Take over segments not much larger than what is being written, and those with many deleted documents.

    So the sizes grow like powers, a search reads few segments, and a small change rewrites little.
    """
    size = writer.docnum
    kept = []
    for segment in sorted(segments, key=lambda one: one.doc_count()):
        is_small = segment.doc_count() <= 2 * size + 20
        is_worn = mends_worn and segment.deleted_count() * 3 > segment.doc_count_all()
        if segment.doc_count() == 0:
            continue
        if is_small or is_worn:
            size += segment.doc_count()
            reader = SegmentReader(writer.storage, writer.schema, segment)
            writer.add_reader(reader)
            reader.close()
        else:
            kept.append(segment)
    return kept


@contextmanager
def _writer(folder: Path) -> Iterator[SegmentWriter]:
    index = FileIndex(DurableStorage(folder), schema=names.schema(), indexname=INDEX_NAME)
    codec = W3Codec(blocklimit=BLOCK_POSTINGS, compression=0)
    # It would look up the length of every posting's document, only to note the least and largest of each block.
    codec.length_stats = False
    writer = SegmentWriter(index, codec=codec)
    writer.pool = Runs(writer.pool.tempstore, writer.newsegment)
    try:
        yield writer
    finally:
        if not writer.is_closed:
            _cancel(writer)


def _cancel(writer: SegmentWriter) -> None:
    # On a full disk cancelling fails as well, and would leave the lock to the life of the process.
    with suppress(Exception):
        writer.cancel()
    with suppress(Exception):
        writer.writelock.release()


def _note(applied: int) -> dict[str, Any]:
    """The document that remembers how far the outbox was applied; it belongs nowhere, so nobody finds it."""
    return {
        names.KEY: [APPLIED],
        names.KIND_OF_PLACE: b"",
        names.HEAD: packed_head(applied, "", None, False),
        names.BODY: b"",
    }


def _delete(writer: SegmentWriter, keys: Collection[str]) -> None:
    """Mark every document of the keys, and the note of the commit before, as deleted."""
    wanted = [key.encode() for key in (*keys, APPLIED)]
    for segment in writer.segments:
        reader = SegmentReader(writer.storage, writer.schema, segment)
        for key in wanted:
            if (names.KEY, key) not in reader._terms:
                continue
            matcher = reader._terms.matcher(names.KEY, key, writer.schema[names.KEY].format)
            while matcher.is_active():
                segment.delete_document(matcher.id())
                matcher.next()
        reader.close()
