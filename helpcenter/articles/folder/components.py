"""What becomes of each element of a page: HTML keeps its meaning, known components become Markdown, others go."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass

from helpcenter.articles.folder.jsx import Tag
from helpcenter.articles.folder.reflow import SOFT, dedented, indented

BLOCKS = frozenset(
    [
        "table",
        "tr",
        "td",
        "th",
        "thead",
        "tbody",
        "ul",
        "ol",
        "li",
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "dl",
        "dt",
        "dd",
        "figure",
    ]
)
"""Within these a picture stays HTML: Markdown is not read there."""

_UNWRAPPED = frozenset(
    ["div", "span", "section", "article", "main", "header", "footer", "aside", "nav", "center", "font"]
)
_VOID = frozenset(["img", "br", "hr", "input", "source", "track", "col", "wbr", "area", "embed"])
_HTML = (
    frozenset(
        [
            "a",
            "abbr",
            "audio",
            "b",
            "bdi",
            "bdo",
            "big",
            "blockquote",
            "button",
            "caption",
            "cite",
            "code",
            "colgroup",
            "del",
            "details",
            "dfn",
            "em",
            "figcaption",
            "i",
            "iframe",
            "ins",
            "kbd",
            "label",
            "mark",
            "object",
            "picture",
            "pre",
            "q",
            "s",
            "samp",
            "small",
            "strike",
            "strong",
            "sub",
            "summary",
            "sup",
            "tfoot",
            "tt",
            "u",
            "var",
            "video",
        ]
    )
    | BLOCKS
    | _UNWRAPPED
    | _VOID
    | frozenset(["head", "script", "style", "svg", "template", "noscript", "math", "form", "select", "option"])
)
_KEPT = frozenset(
    [
        "href",
        "src",
        "alt",
        "title",
        "width",
        "height",
        "open",
        "start",
        "colspan",
        "rowspan",
        "align",
        "id",
        "dir",
        "poster",
        "checked",
        "type",
    ]
)
_CALLOUTS = {
    **{name: name.lower() for name in ("Note", "Tip", "Info", "Warning", "Caution", "Danger", "Important", "Check")},
    **dict.fromkeys(("Admonition", "Callout", "Aside", "Alert"), ""),
}
_FOLDS = frozenset({"Accordion", "Collapsible", "Details", "Expandable", "Toggle"})
_PICTURES = frozenset({"Image", "Img", "Figure", "ThemedImage", "Zoom"})


@dataclass(frozen=True)
class Shown:
    """How an element is written: before and after what it holds, how that is arranged, and what readers miss."""

    opening: str = ""
    closing: str = ""
    missing: str = ""
    is_void: bool = False
    is_unwrapped: bool = False
    arrange: Callable[[str, str], str] | None = None

    def arranged(self, inner: str, indent: str) -> str:
        """What it holds, at the depth it now stands."""
        return self.arrange(inner, indent) if self.arrange else inner


@dataclass(frozen=True)
class Opened:
    """An element whose end is still to come: the part its opening is, and how deep its line stands."""

    tag: Tag
    shown: Shown
    part: int
    indent: str


def is_html(name: str) -> bool:
    """Whether it is the name of an element of HTML."""
    return name.lower() in _HTML


def element(tag: Tag, *, is_inside_html: bool) -> Shown:
    """How an opening or empty tag is written."""
    if tag.is_component:
        return _component(tag, is_inside_html)
    if tag.name == "img":
        return Shown(picture(tag, is_inside_html), is_void=True)
    if tag.name in _UNWRAPPED:
        return Shown(is_unwrapped=True, is_void=tag.is_empty, arrange=dedented)
    return Shown(_as_html(tag), f"</{tag.name}>", is_void=tag.name in _VOID)


def _component(tag: Tag, is_inside_html: bool) -> Shown:
    if tag.name in _PICTURES and tag.text("src", "img"):
        return Shown(picture(tag, is_inside_html), is_void=tag.is_empty, arrange=dedented)
    if tag.is_empty:
        return Shown(missing=f"a part that the page draws (<{tag.name}>)", is_void=True)
    if tag.name in ("TabItem", "Tab"):
        label = _one_line(tag.text("label", "title") or tag.text("value", "name").capitalize() or tag.name)
        return Shown(f'=== "{label}"{SOFT}', arrange=indented)
    if tag.name in _CALLOUTS:
        kind = _CALLOUTS[tag.name] or tag.text("type", "kind", "variant").lower() or "note"
        title = _one_line(tag.text("title"))
        return Shown(f":::{kind} {title}".rstrip() + SOFT, f"{SOFT}:::", arrange=dedented)
    if tag.name in _FOLDS:
        title = html.escape(_one_line(tag.text("title", "summary", "label")), quote=False)
        return Shown(
            f"<details>{SOFT}<summary>{title}</summary>{SOFT}{SOFT}", f"{SOFT}{SOFT}</details>", arrange=dedented
        )
    return Shown(arrange=dedented)


def picture(tag: Tag, is_inside_html: bool) -> str:
    """A picture as Markdown, or as HTML within HTML; its alt text alone when it has no known source."""
    source, alt = tag.text("src", "img"), _one_line(tag.text("alt", "title"))
    if not source:
        return alt
    if is_inside_html:
        return f'<img src="{html.escape(source)}" alt="{html.escape(alt)}">'
    target = f"<{source}>" if re.search(r"[\s()<>]", source) else source
    escaped = re.sub(r"([\[\]\\])", r"\\\1", alt)
    return f"![{escaped}]({target})"


def _as_html(tag: Tag) -> str:
    kept = [
        (name.lower(), value) for name, value in tag.attributes.items() if name.lower() in _KEPT and value is not None
    ]
    written = "".join(f' {name}="{html.escape(html.unescape(value))}"' if value else f" {name}" for name, value in kept)
    return f"<{tag.name}{written}>"


def _one_line(text: str) -> str:
    return " ".join(html.unescape(text).replace('"', "'").split())
