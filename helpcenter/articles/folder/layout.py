"""Where a file stands and what that says: <locale>/<topic>/<slug>.md, or <locale>/<topic>/<section>/<slug>.md.

The path below the language is what the editions of one article share.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from helpcenter.core.locale import LANGUAGES
from helpcenter.core.text import slug_of

SUFFIXES = (".md", ".mdx", ".markdown")
TOPIC_FILE = "_topic.md"
SNIPPETS = "_snippets"
"""The folder of a language that holds its snippets."""
LONGEST_SOURCE = 400


class Misplaced(ValueError):
    """The path does not say where the article belongs; the message says what it should look like."""


@dataclass(frozen=True)
class Place:
    """A place in the tree of articles. `below` is the path below the language, such as billing/refunds.md."""

    locale: str
    topic: str
    section: str
    stem: str

    @property
    def below(self) -> str:
        """The path below the language."""
        return "/".join(part for part in (self.topic, self.section, f"{self.stem}.md") if part)

    @property
    def path(self) -> str:
        """The path from the root of the tree."""
        return f"{self.locale}/{self.below}"

    @property
    def topic_path(self) -> str:
        """The topic, with the section where it is one: billing/taxes."""
        return "/".join(part for part in (self.topic, self.section) if part)

    @property
    def slug(self) -> str:
        """The part of the address that is for people."""
        named = self.stem if self.stem.lower() not in ("index", "readme") else self.section or self.topic
        return slug_of(named)


@dataclass(frozen=True)
class Layout:
    """How the paths of a folder are read. `locale` and `topic` stand for folders that are not there; a foreign folder
    may lie deeper than ours, and its first folder becomes the section.
    """

    locale: str = ""
    topic: str = ""
    is_foreign: bool = False

    @property
    def prefix(self) -> str:
        """What every path of the folder lacks, to be one of the tree."""
        return "/".join(part for part in (self.locale, self.topic) if part)

    def source_of(self, path: str) -> str | None:
        """Where a path of our tree stands in the folder; None for one that has no place there."""
        start = f"{self.prefix}/" if self.prefix else ""
        return path.removeprefix(start) if path.startswith(start) else None

    def holds(self, path: str) -> bool:
        """Whether an article at this path of our tree may stand in the folder: one outside is no file it lost."""
        locale, topic = path.split("/", 2)[:2]
        return self.locale in ("", locale) and (not self.topic or _key(self.topic) == topic)

    def snippet_source(self, locale: str, name: str) -> str | None:
        """Where a snippet stands in the folder; None where the folder holds none in this language."""
        if self.is_foreign or self.locale not in ("", locale):
            return None
        return "/".join(part for part in ("" if self.locale else locale, SNIPPETS, f"{name}.md") if part)

    def place(self, source: str) -> Place:
        """Where the article of a file belongs. Raises Misplaced."""
        parts = [*filter(None, (self.locale, self.topic)), *PurePosixPath(source).parts]
        if len("/".join(parts)) > LONGEST_SOURCE:
            raise Misplaced(f"the path is longer than {LONGEST_SOURCE} characters")
        if parts[0] not in LANGUAGES:
            raise Misplaced(f"{shape()}; {parts[0]} is no language ({', '.join(LANGUAGES)}). {_hint()}")
        locale, folders, name = parts[0], parts[1:-1], PurePosixPath(parts[-1]).stem
        if not folders:
            raise Misplaced(f"{shape()}; this file stands in no topic")
        if len(folders) > 2 and not self.is_foreign:
            raise Misplaced(f"{shape()}; this file stands too deep. {_hint()}")
        return Place(locale, _key(folders[0]), _key(folders[1]) if len(folders) > 1 else "", name)


def _key(folder: str) -> str:
    return slug_of(folder)


def shape() -> str:
    """Where an article stands, for whoever has to put it there."""
    return "an article stands at <locale>/<topic>/<slug>.md or <locale>/<topic>/<section>/<slug>.md"


def _hint() -> str:
    return "A folder written for another program is imported with --locale en --topic general --foreign"


def is_article(source: str) -> bool:
    """Whether a file may hold an article: Markdown, and not one of those that begin with an underscore."""
    path = PurePosixPath(source)
    return path.suffix.lower() in SUFFIXES and not path.name.startswith("_")


def is_snippet(source: str) -> bool:
    """Whether a file holds what a snippet says."""
    path = PurePosixPath(source)
    return path.suffix.lower() in SUFFIXES and path.parent.name == SNIPPETS


def is_topic(source: str) -> bool:
    """Whether a file describes a topic."""
    return PurePosixPath(source).name == TOPIC_FILE
