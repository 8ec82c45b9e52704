"""The values a rendering gives: all of them plain, so that they travel between processes."""

from dataclasses import dataclass, replace

from helpcenter.core.markdown.snippets import Expanded, SnippetUse

RENDERER_VERSION = 5
"""Raised with every change that alters the HTML; stored HTML of a lower version is rendered again."""

HEADING_PREFIX = "h-"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the page. `level` is 2 to 6 and never skips one; `id` is the anchor in the HTML, prefix included."""

    level: int
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """`html` is safe to show as it is; `plain_text` has a line for each block, for search, feeds and snippets.

    `mentioned` are the ids of the people it names.
    """

    html: str
    headings: tuple[Heading, ...]
    plain_text: str
    reading_seconds: int
    renderer_version: int = RENDERER_VERSION
    mentioned: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """A link or picture as written: its address, its text (alt text for a picture), and its line, from 1."""

    href: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class SourceHeading:
    """A heading as written: `level` 1 to 6 as in the source, `id` as in the HTML, `line` from 1."""

    level: int
    id: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class References:
    """What a text points to, in the order of the text. Videos stand among the links too, posters among the images.

    `snippets` are those that were put into it, which only whoever expanded it knows.
    """

    links: tuple[Reference, ...]
    images: tuple[Reference, ...]
    headings: tuple[SourceHeading, ...]
    videos: tuple[Reference, ...] = ()
    snippets: tuple[SnippetUse, ...] = ()

    def as_written(self, expanded: Expanded) -> "References":
        """The same by the lines of the source: what a snippet points to stands where the snippet stands."""

        def line(number: int) -> int:
            return expanded.lines[number - 1] if 0 < number <= len(expanded.lines) else number

        return References(
            tuple(replace(one, line=line(one.line)) for one in self.links),
            tuple(replace(one, line=line(one.line)) for one in self.images),
            tuple(replace(one, line=line(one.line)) for one in self.headings),
            tuple(replace(one, line=line(one.line)) for one in self.videos),
            expanded.snippets,
        )


def heading_anchor(fragment: str) -> str:
    """The id in the HTML of the heading that a link names in its fragment, as in other.md#fragment."""
    return HEADING_PREFIX + fragment.lower().removeprefix(HEADING_PREFIX)
