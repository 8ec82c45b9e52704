"""Reading a folder from disk: which files it has, and their text. Nothing outside of the folder is ever opened."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from helpcenter.articles.folder.finding import Finding, Level, worst
from helpcenter.articles.folder.layout import SUFFIXES, is_article, is_snippet, is_topic, shape

LARGEST_BYTES = (256 + 8) * 1024
"""Of an article with its front matter."""
LARGEST_PICTURE_BYTES = 32 * 1024 * 1024
_SKIPPED = frozenset({"node_modules", "__pycache__"})


class Unreadable(ValueError):
    """The file can not be read as text; `line` is where, 0 for the file as a whole."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.line = line


class FolderRefused(ValueError):
    """The folder can not be taken as a whole; the message says why and what to do."""


@dataclass(frozen=True)
class Source:
    """A file as it is on disk: its path within the folder, its text and the hash of its bytes."""

    path: str
    text: str
    sha256: str


@dataclass(frozen=True)
class Scan:
    """What a folder holds. `seen` are the paths of all its files, those that could not be read among them."""

    articles: list[Source] = field(default_factory=list)
    topics: list[Source] = field(default_factory=list)
    snippets: list[Source] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)

    @property
    def has_articles(self) -> bool:
        """Whether anything in it is an article, or was meant to be one and can not be read."""
        return bool(self.articles) or worst(self.findings) == Level.ERROR


def without_articles(root: Path) -> FolderRefused:
    """What to raise for a folder in which no article is found: most often it is not the folder that was meant."""
    return FolderRefused(f"there is no article in {root}; {shape()}")


def scan(root: Path) -> Scan:
    """Every file of a folder that is ours, in the order of their paths. What can not be read becomes a finding."""
    result = Scan()
    for path, refusal in _files(root.resolve()):
        if refusal:
            result.seen.add(path)
            result.findings.append(Finding(path, 0, refusal))
            continue
        result.seen.add(path)
        if path.lower().endswith(SUFFIXES):
            _take(root, path, result)
    return result


def files_of(root: Path) -> Iterator[str]:
    """The path of every file of a folder that a scan would open."""
    return (path for path, refusal in _files(root) if not refusal)


def _take(root: Path, path: str, result: Scan) -> None:
    if path.lower() == "readme.md" or not (is_article(path) or is_topic(path) or is_snippet(path)):
        result.findings.append(Finding(path, 0, "left out: not an article by its name", Level.NOTE))
        return
    try:
        data = read_bytes(root, path, LARGEST_BYTES)
        source = Source(path, decoded(data), sha256(data).hexdigest())
    except Unreadable as error:
        result.findings.append(Finding(path, error.line, error.message))
        return
    kind = result.snippets if is_snippet(path) else result.topics if is_topic(path) else result.articles
    kind.append(source)


def _files(root: Path) -> Iterator[tuple[str, str]]:
    """The path of every file, with the reason why it may not be opened or ''."""
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in _SKIPPED)
        for name in list(folders):
            if (Path(folder) / name).is_symlink():
                folders.remove(name)
                yield _relative(root, folder, name), "a link to a folder is not followed"
        for name in sorted(names):
            if not name.startswith("."):
                yield _relative(root, folder, name), _refusal(root, Path(folder) / name)


def _relative(root: Path, folder: str, name: str) -> str:
    path = (Path(folder) / name).relative_to(root).as_posix()
    return path.encode("utf-8", "backslashreplace").decode()


def _refusal(root: Path, path: Path) -> str:
    try:
        path.name.encode()
    except UnicodeEncodeError:
        return "its name is not UTF-8"
    if path.is_symlink() and not _resolves_within(root, path):
        return "a link that leads out of the folder"
    return ""


def _resolves_within(root: Path, path: Path) -> bool:
    try:
        return path.resolve(strict=True).is_relative_to(root.resolve())
    except (OSError, RuntimeError):
        return False


def read_bytes(root: Path, path: str, most: int) -> bytes:
    """The bytes of a file of the folder. Raises Unreadable when it is missing, outside, no plain file or too large."""
    full = root / path
    if not _resolves_within(root, full):
        raise Unreadable("not there, or outside of the folder")
    try:
        # A pipe would keep the reader waiting for ever.
        descriptor = os.open(full, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise Unreadable("not a plain file")
            data = file.read(most + 1)
    except OSError as error:
        raise Unreadable(f"can not be read: {error.strerror}") from None
    if len(data) > most:
        raise Unreadable(f"larger than {most // 1024} KB")
    return data


def decoded(data: bytes) -> str:
    """The bytes as text, so that encoding it gives the same bytes. Raises Unreadable with the line."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Unreadable(f"not UTF-8: byte 0x{data[error.start]:02x}", line) from None
    if "\x00" in text:
        raise Unreadable("not text: it has a zero byte", text.count("\n", 0, text.index("\x00")) + 1)
    return text
