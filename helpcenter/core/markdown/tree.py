"""Well-formed HTML as a small tree: one place for every change to a page, whether it came from Markdown or from HTML.

It reads what the sanitizer wrote, so every tag is closed, and the sanitizer reads again what it writes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

from helpcenter.core.markdown.refusal import MarkdownRefused, Reason
from helpcenter.core.markdown.tags import VOID

MOST_NESTED = 100
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


@dataclass(slots=True, eq=False)
class Element:
    """A tag with its attributes and what it holds."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node] = field(default_factory=list)

    @property
    def classes(self) -> list[str]:
        return self.attributes.get("class", "").split()

    @property
    def text(self) -> str:
        """All text in it, as it stands."""
        return "".join(child.text if isinstance(child, Element) else str(child) for child in self.children)

    def elements(self) -> Iterator[Element]:
        """The elements directly in it."""
        return (child for child in self.children if isinstance(child, Element))

    def walk(self) -> Iterator[Element]:
        """Itself and every element below, in the order of the text. Changes below the current one are seen."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()

    def find(self, *tags: str) -> Iterator[Element]:
        """The elements of these tags below."""
        return (element for element in self.walk() if element.tag in tags and element is not self)

    def is_blank(self) -> bool:
        """Whether nothing in it is to be seen."""
        return not self.text.strip() and not any(True for _ in self.find("img", "input", "hr", "video"))


@dataclass(frozen=True, slots=True)
class Markup:
    """Finished HTML inside a tree; it passes the sanitizer like everything else."""

    html: str
    text: str

    def __str__(self) -> str:
        return self.text


Node = Element | str | Markup


def parse(html: str) -> Element:
    """The tree of HTML that the sanitizer wrote. Raises MarkdownRefused beyond 100 levels."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.root


def serialize(node: Node) -> str:
    """The tree as HTML."""
    parts: list[str] = []
    _write(node, parts.append)
    return "".join(parts)


def replace(root: Element, change: Callable[[Element], list[Node] | None]) -> None:
    """Offer every element below, innermost first, to `change`: None keeps it, a list takes its place."""
    children: list[Node] = []
    for child in root.children:
        if isinstance(child, Element):
            replace(child, change)
            instead = change(child)
            children.extend([child] if instead is None else instead)
        else:
            children.append(child)
    root.children = children


def _write(node: Node, put: Callable[[str], object]) -> None:
    if isinstance(node, str):
        put(escape(node, quote=False))
    elif isinstance(node, Markup):
        put(node.html)
    elif not node.tag:
        for child in node.children:
            _write(child, put)
    else:
        attributes = "".join(f' {name}="{escape(value)}"' for name, value in node.attributes.items())
        # The parser drops one line break after <pre>; a second keeps the first line of code that is empty.
        put(f"<{node.tag}{attributes}>" + ("\n" if node.tag == "pre" and node.text.startswith("\n") else ""))
        for child in node.children:
            _write(child, put)
        if node.tag not in VOID:
            put(f"</{node.tag}>")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: _CONTROLS.sub("", value or "") for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)
            if len(self.open) > MOST_NESTED:
                raise MarkdownRefused(Reason.TOO_TANGLED)
        if tag == "iframe":
            # What stands in a frame is text to the sanitizer as to a browser: no tag in it need be closed.
            self.set_cdata_mode(tag)

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(_CONTROLS.sub("", data))
