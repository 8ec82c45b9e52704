"""What another help center gave, in words of this one: shelves that become topics, pieces that become articles."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import unquote, urlsplit

from helpcenter.articles.folder.finding import Finding, Level
from helpcenter.topics.audience import Audience

LONGEST_PATH = 500
_NO_ADDRESS = re.compile(r"(?!)")


@dataclass(frozen=True)
class Shelf:
    """What holds articles there. `parent_id` is '' for the outermost, `texts` are title and description by language;
    `order` counts among its siblings.
    """

    id: str
    parent_id: str
    order: int
    texts: Mapping[str, tuple[str, str]]
    audience: Audience = Audience.EVERYONE
    path: str = ""


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


def path_of(address: str) -> str:
    """The path of an address as a request for it will name it; '' where it can not be kept."""
    try:
        path = unquote(urlsplit(address).path).rstrip("/")
    except ValueError:
        return ""
    fits = path.startswith("/") and len(path) <= LONGEST_PATH and path.isprintable()
    return path if fits and not re.search(r"[\s?#]", path) else ""


def base_of(address: str) -> str:
    """The scheme and host of an address; '' where it has none."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme in ("http", "https") and parts.netloc else ""
