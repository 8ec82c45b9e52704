"""What another help center gave, in words of this one: shelves that become topics, pieces that become articles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from urllib.parse import unquote, urlsplit

from helpcenter.articles.address import numbered
from helpcenter.articles.folder.finding import Finding, Level
from helpcenter.core.text import shortened
from helpcenter.topics.audience import Audience

LONGEST_PATH = 500
LONGEST_ID = 80
_NO_ADDRESS = re.compile(r"(?!)")


@dataclass(frozen=True)
class Shelf:
    """What holds articles there. `parent_id` is '' for the outermost, `texts` are title and description by language;
    `order` counts among its siblings; `path` and `old_paths` are its addresses there, as far as they are known.
    """

    id: str
    parent_id: str
    order: int
    texts: Mapping[str, tuple[str, str]]
    audience: Audience = Audience.EVERYONE
    path: str = ""
    old_paths: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class Version:
    """A piece in one language, as that system names it. `path` is its address there, from the root, or ''."""

    language: str
    title: str
    html: str
    is_published: bool
    summary: str = ""
    path: str = ""
    created_at: datetime | None = None
    updated_at: datetime | None = None


@dataclass(frozen=True)
class Votes:
    """The sums of what readers answered there."""

    yes: int
    no: int


@dataclass(frozen=True)
class Piece:
    """An article there. `order` counts among all pieces; the first version is in the language it was written in."""

    id: str
    shelf_id: str
    order: tuple[int, int]
    versions: tuple[Version, ...]
    keywords: tuple[str, ...] = field(default=())
    audience: Audience = Audience.EVERYONE
    old_paths: tuple[str, ...] = field(default=())
    votes: Votes | None = None

    @property
    def name(self) -> str:
        """How the report speaks of it."""
        return f"{self.id} {self.versions[0].title}".strip()


@dataclass
class Export:
    """Everything that was given. `address` finds the number of an article in a path, and `numbers` whose it is where
    that is not the piece's own id; `findings` is what could not be read.
    """

    system: str
    name: str
    shelves: dict[str, Shelf] = field(default_factory=dict)
    pieces: list[Piece] = field(default_factory=list)
    base: str = ""
    address: re.Pattern[str] = _NO_ADDRESS
    numbers: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def lose(self, where: str, message: str, level: Level = Level.WARNING) -> None:
        """Say what does not come along."""
        self.findings.append(Finding(where, 0, message, level))

    def add_shelf(self, shelf: Shelf) -> None:
        """Take a shelf, unless it can not be told apart by its id."""
        if self._is_named(shelf.id, shelf.id):
            self.shelves[shelf.id] = shelf

    def add(self, piece: Piece) -> None:
        """Take a piece with those of its old addresses that can be kept, unless it can not be told apart by its id."""
        if not self._is_named(piece.id, piece.name):
            return
        long = [path for path in (*_shown(piece), *piece.old_paths) if len(path) > LONGEST_PATH]
        if long:
            self.lose(piece.name, f"an old address of more than {LONGEST_PATH} characters")
            versions = (replace(one, path="" if one.path in long else one.path) for one in piece.versions)
            kept = (path for path in (*piece.old_paths, *map(numbered, long)) if len(path) <= LONGEST_PATH)
            piece = replace(piece, versions=tuple(versions), old_paths=tuple(kept))
        self.pieces.append(piece)

    def _is_named(self, its_id: str, name: str) -> bool:
        if len(its_id.rpartition(":")[2]) <= LONGEST_ID:
            return True
        self.lose(shortened(name, LONGEST_ID), f"an id of more than {LONGEST_ID} characters", Level.ERROR)
        return False

    @contextmanager
    def guarded(self, name: str) -> Iterator[None]:
        """Whatever is odd in one thing costs that thing alone."""
        try:
            yield
        except Exception as error:
            self.lose(shortened(name, LONGEST_ID), f"can not be read: {type(error).__name__}", Level.ERROR)


def _shown(piece: Piece) -> Iterator[str]:
    return (version.path for version in piece.versions)


def path_of(address: str) -> str:
    """The path of an address as a request for it will name it; '' where none can."""
    try:
        path = unquote(urlsplit(address).path).rstrip("/")
    except ValueError:
        return ""
    is_path = path.startswith("/") and path.isprintable()
    return path if is_path and not re.search(r"[\s?#]", path) else ""


def base_of(address: str) -> str:
    """The scheme and host of an address; '' where it has none."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme in ("http", "https") and parts.netloc else ""
