"""Callouts, in the three ways people write them: > [!NOTE], !!! note "Title", :::tip Title."""

import re

from helpcenter.core.markdown.labels import Labels
from helpcenter.core.markdown.layout import Layout, indented
from helpcenter.core.markdown.lines import DIRECTIVE, fence_after
from helpcenter.core.markdown.tree import Element, Node

KINDS = {
    "note": "note",
    "info": "note",
    "abstract": "note",
    "summary": "note",
    "question": "note",
    "example": "note",
    "quote": "note",
    "todo": "note",
    "tip": "tip",
    "hint": "tip",
    "success": "tip",
    "important": "important",
    "warning": "warning",
    "attention": "warning",
    "caution": "caution",
    "danger": "caution",
    "error": "caution",
    "failure": "caution",
    "bug": "caution",
}
"""The words people write, and which of the five kinds each means."""

_MARKED = re.compile(r' {0,3}!!!\+? ?([A-Za-z][\w-]*)(?: +(?:inline|end))*(?: +"(.*)")? *')
_FOLDED = re.compile(r' {0,3}\?\?\?(\+)? ?([A-Za-z][\w-]*)?(?: *"(.*)")? *')
_BRACKETED = re.compile(r"\[(.*)\] *")
_ATTRIBUTES = re.compile(r"""\{[^}]*?title=["']([^"'}]*)["'][^}]*\} *""")


def open_callout(layout: Layout, word: str, title: str | None) -> bool:
    """Open a callout with its title, for whoever called to fill and close; False where the word is no kind.

    A title of None leaves it to the kind's own name, two quotes mean none at all.
    """
    kind = KINDS.get(word.lower())
    if kind is None:
        return False
    layout.html(f'<div class="callout callout-{kind}" role="note">')
    if title:
        layout.html('<div class="callout-title">')
        layout.inside([title])
        layout.html("</div>")
    return True


def marked_callout(layout: Layout, lines: list[str], at: int) -> int | None:
    """A callout whose content is indented below its mark."""
    match = _MARKED.fullmatch(lines[at])
    if match is None:
        return None
    inner, after = indented(lines, at + 1, 4)
    if not inner or not (match[2] is not None or match[1].lower() in KINDS):
        return None
    if match[2] == "":
        kind = KINDS.get(match[1].lower(), "note")
        layout.html(f'<div class="callout callout-{kind} untitled" role="note">')
    elif not open_callout(layout, match[1], match[2]):
        open_callout(layout, "note", match[2])
    layout.inside(inner)
    layout.html("</div>")
    return after


def folded_block(layout: Layout, lines: list[str], at: int) -> int | None:
    """A collapsible part whose content is indented below its mark."""
    match = _FOLDED.fullmatch(lines[at])
    if match is None or not (match[3] or (match[2] or "").lower() in KINDS):
        return None
    inner, after = indented(lines, at + 1, 4)
    if not inner:
        return None
    _fold(layout, match[3] or match[2].replace("-", " ").capitalize(), inner, bool(match[1]))
    return after


def directive(layout: Layout, lines: list[str], at: int) -> int | None:
    """A callout or collapsible part between ::: and :::; of another name, its title and what it holds stay."""
    match = DIRECTIVE.fullmatch(lines[at])
    if match is None:
        return None
    if not match[2]:
        return at + 1 if not match[3].strip() else None
    inner, after = _directive_lines(lines, at, len(match[1]))
    title = _directive_title(match[3].strip())
    if match[2].lower() == "details":
        _fold(layout, title or "", inner, False)
    elif open_callout(layout, match[2], title):
        layout.inside(inner)
        layout.html("</div>")
    else:
        layout.inside([*([title, ""] if title else []), *inner])
    return after


def _directive_lines(lines: list[str], at: int, colons: int) -> tuple[list[str], int]:
    """The lines up to the closing colons, those of directives within and of code passed over, and the line after."""
    inner: list[str] = []
    open_within, fence = 0, ""
    for number in range(at + 1, len(lines)):
        line = lines[number]
        mark, fence = DIRECTIVE.fullmatch(line), fence_after(fence, line)
        if mark and not fence and mark[2]:
            open_within += 1
        elif mark and not fence and not mark[3].strip():
            if not open_within and len(mark[1]) >= colons:
                return inner, number + 1
            open_within = max(0, open_within - 1)
        inner.append(line)
    return inner, len(lines)


def _directive_title(rest: str) -> str | None:
    match = _BRACKETED.fullmatch(rest) or _ATTRIBUTES.fullmatch(rest)
    return (match[1] if match else rest) or None


def _fold(layout: Layout, title: str, inner: list[str], is_open: bool) -> None:
    layout.html("<details open><summary>" if is_open else "<details><summary>")
    layout.inside([title])
    layout.html("</summary>")
    layout.inside(inner)
    layout.html("</details>")


def title_callouts(root: Element, labels: Labels) -> None:
    """Make each callout's title a paragraph of its own and give the others the name of their kind."""
    for callout in [element for element in root.find("div") if "callout" in element.classes]:
        # Only a callout has a role; the guard lets no other value through.
        callout.attributes["role"] = "note"
        title = next((child for child in callout.elements() if "callout-title" in child.classes), None)
        if title is not None:
            paragraph = Element("p", {"class": "callout-title"}, unwrapped(title))
            callout.children[callout.children.index(title)] = paragraph
        elif "untitled" not in callout.classes:
            callout.children.insert(0, Element("p", {"class": "callout-title"}, [_name(callout, labels)]))


def title_folds(root: Element, labels: Labels) -> None:
    """Give every collapsible part a line to open it by."""
    for fold in list(root.find("details")):
        summary = next((child for child in fold.elements() if child.tag == "summary"), None)
        if summary is None:
            fold.children.insert(0, Element("summary", {}, [labels.more]))
        else:
            summary.children = unwrapped(summary) if not summary.is_blank() else [labels.more]


def unwrapped(element: Element) -> list[Node]:
    """What an element holds, the paragraph around it taken away when there is one only."""
    held = [child for child in element.children if isinstance(child, Element) or str(child).strip()]
    if len(held) == 1 and isinstance(held[0], Element) and held[0].tag == "p":
        return held[0].children
    return element.children


def _name(callout: Element, labels: Labels) -> str:
    for kind in ("tip", "important", "warning", "caution"):
        if f"callout-{kind}" in callout.classes:
            return str(getattr(labels, kind))
    return labels.note
