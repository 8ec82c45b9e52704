"""The pictures of a folder: taken in when an article shows them, and again when the file changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from threading import Lock

from sqlalchemy import select

from helpcenter.articles.folder.reading import LARGEST_PICTURE_BYTES, Unreadable, read_bytes
from helpcenter.articles.references import Href, picture_key
from helpcenter.core.db import begin_write, db
from helpcenter.files import storage
from helpcenter.files.file import File, FileSource, by_names, by_source, say_source
from helpcenter.files.picture import PictureRefused
from helpcenter.files.upload import store_picture


class Pictures:
    """The pictures of one folder during one import. `roots` are searched in order; the first is the folder itself."""

    def __init__(self, folder: str, roots: Iterable[Path], by: int | None) -> None:
        self.folder = folder
        self.roots = list(roots)
        self.by = by
        self.refused: dict[str, str] = {}
        self.changed: set[str] = set()
        self._done: set[str] = set()
        self._lock = Lock()

    def take(self, hrefs: Iterable[Href]) -> list[str]:
        """Keep the pictures these addresses mean, as far as they exist, and give their keys. Commits; slow."""
        return [key for href in hrefs if (key := self._take_one(href)) is not None]

    def share(self, hrefs: Iterable[Href], targets: Mapping[str, str | None]) -> None:
        """Let a text of this folder show at these addresses the kept pictures that they lead to so far. Commits."""
        names = {href: (targets.get(href.written) or "").rpartition("/")[2] for href in hrefs if href.candidates}
        kept = by_names(names.values())
        if not kept:
            return
        begin_write()
        for href, name in names.items():
            keys = [picture_key(self.folder, path) for path in href.candidates]
            if name in kept and not any(by_source(key) for key in keys):
                say_source(keys[0], kept[name].id)
        db.session.commit()

    def refresh(self) -> set[str]:
        """Keep anew every picture whose file changed since it was kept; the keys of these. Commits; slow."""
        prefix = picture_key(self.folder, "")
        for key in db.session.scalars(select(FileSource.key).where(FileSource.key.startswith(prefix, autoescape=True))):
            self._keep(key, key.removeprefix(prefix))
        return self.changed

    def _take_one(self, href: Href) -> str | None:
        for path in href.candidates:
            key = picture_key(self.folder, path)
            if self._keep(key, path):
                return key
        return None

    def _keep(self, key: str, path: str) -> bool:
        """Whether there is such a picture."""
        data = self._read(path)
        if data is None:
            return False
        with self._lock:
            if key in self._done:
                return True
            self._done.add(key)
        known = by_source(key)
        if known is None or not _is_same(known, data):
            self._store(key, path, data)
            if known is not None:
                self.changed.add(key)
        return True

    def _store(self, key: str, path: str, data: bytes) -> None:
        name = path.rpartition("/")[2]
        written = by_names([name]).get(name)
        if written is not None and _is_same(written, data):
            # An export wrote it here.
            begin_write()
            say_source(key, written.id)
            db.session.commit()
            return
        try:
            store_picture(data, by=self.by, source_key=key, keeps_plain=True)
        except PictureRefused as error:
            self.refused[path] = error.message

    def _read(self, path: str) -> bytes | None:
        for root in self.roots:
            try:
                return read_bytes(root, path, LARGEST_PICTURE_BYTES)
            except Unreadable:
                continue
        return None


def _is_same(known: File, data: bytes) -> bool:
    """Whether these are the bytes a picture was made from, or those it was made into, as an export writes them."""
    if sha256(data).hexdigest() == known.original_sha256:
        return True
    try:
        return storage.read(known.name) == data
    except OSError:
        return False
