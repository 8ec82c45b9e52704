"""The index as it will be: what the writer would do with some documents, done beside the index and thrown away.

So it ranks what will be ranked, by the same code. Segments are borrowed, and only small ones are written anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from helpcenter.search.document import Document
from helpcenter.search.whoosh_engine import writing
from helpcenter.search.whoosh_engine.snapshot import INDEX_NAME, Snapshot

# A large segment that is about to be tidied up would cost seconds, and changes next to nothing of what is found.
MERGE = partial(writing.merge_policy, mends_worn=False)


def supposed(snapshot: Snapshot, documents: Sequence[Document]) -> Snapshot:
    """The snapshot that follows when these documents are put in.

    FileNotFoundError when a commit took the files of the snapshot away meanwhile.
    """
    with TemporaryDirectory(prefix="helpcenter-supposing-") as beside:
        folder = Path(beside)
        _lend(snapshot, folder)
        writing.apply(folder, (), documents, snapshot.applied, MERGE)
        # Its files may go: what is read is open by now.
        return Snapshot(folder, snapshot, is_copy=True)


def _lend(snapshot: Snapshot, folder: Path) -> None:
    """Links to the files of a snapshot, under their names: of its segments, and of the contents that name them."""
    beginnings = (f"_{INDEX_NAME}_{snapshot.generation}.toc", *(f"{one}." for one in snapshot.readers))
    for own in snapshot.folder.iterdir():
        if own.name.startswith(beginnings):
            (folder / own.name).symlink_to(own.resolve())
