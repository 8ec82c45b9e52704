"""Headings: levels without gaps below the page's title, and an anchor for each."""

import re
from collections import Counter
from urllib.parse import unquote

from pymdownx.slugs import slugify

from helpcenter.core.markdown.labels import Labels
from helpcenter.core.markdown.plain_text import plain_text
from helpcenter.core.markdown.rendered import HEADING_PREFIX, Heading
from helpcenter.core.markdown.tags import BLOCKS
from helpcenter.core.markdown.tree import Element, Node, replace

LONGEST_ID = 80

_TAG = re.compile(r"h([1-6])")
_OWN_ID = re.compile(r"\s*\{#([\w.-]{1,80})\}\s*$")
_slug = slugify(case="lower")


def number_headings(root: Element, page: str) -> tuple[tuple[Heading, ...], dict[str, str]]:
    """Give each heading its level and id; returns them, and the id for each fragment that links may name.

    The first level of a text becomes 2, each lower one the next: a page is outlined without a gap, whatever the
    writer began with. `page` is the text's own part of every id, for pages of several texts.
    """
    replace(root, _without_blank)
    headings: list[Heading] = []
    anchors: dict[str, str] = {}
    repeats: Counter[str] = Counter()
    above: list[int] = []
    for element in list(root.walk()):
        level = source_level(element)
        if level is None:
            continue
        while above and above[-1] >= level:
            above.pop()
        above.append(level)
        element.children = _inline(element)
        fragment = _free(own_fragment(element), anchors, repeats)
        anchors[fragment] = f"{HEADING_PREFIX}{page}{fragment}"
        heading = Heading(min(len(above) + 1, 6), anchors[fragment], plain_text(element))
        element.tag, element.attributes = f"h{heading.level}", {"id": heading.id}
        headings.append(heading)
    return tuple(headings), anchors


def link_headings(root: Element, labels: Labels) -> None:
    """Put a link to itself behind each heading; not within a summary, where a click already opens something."""
    folded = {id(part) for fold in root.walk() if fold.tag == "summary" for part in fold.walk()}
    for element in list(root.walk()):
        if id(element) not in folded and source_level(element) and (anchor := element.attributes.get("id")):
            label = f"{labels.link_to_part}: {plain_text(element)}"
            link = Element("a", {"class": "heading-anchor", "href": f"#{anchor}", "aria-label": label}, ["#"])
            element.children.extend([" ", link])


def source_level(element: Element) -> int | None:
    """The level of a heading as written; None for what is none."""
    match = _TAG.fullmatch(element.tag)
    return int(match[1]) if match else None


def own_fragment(element: Element) -> str:
    """What a link names this heading by: the id written behind it as {#id}, or its words; takes the former away."""
    last = element.children[-1] if element.children else None
    if isinstance(last, str) and (own := _OWN_ID.search(last)):
        element.children[-1] = last[: own.start()]
        return own[1].lower()
    if attribute := re.fullmatch(r"[\w.-]{1,80}", element.attributes.get("id", "")):
        return attribute[0].lower()
    return _slug(plain_text(element), "-").strip("-")[:LONGEST_ID] or "part"


def fragment_of(href: str) -> str:
    """The fragment of a link within the page, as headings are named by."""
    return unquote(href[1:]).lower()


def _free(fragment: str, taken: dict[str, str], repeats: Counter[str]) -> str:
    """The fragment, with the next free number behind it where another heading has it."""
    free = fragment
    while free in taken:
        repeats[fragment] += 1
        free = f"{fragment}-{repeats[fragment]}"
    return free


def _inline(element: Element) -> list[Node]:
    """What a heading holds without blocks, as when it was written over several lines and 1. began a list."""
    children: list[Node] = []
    for child in element.children:
        if isinstance(child, Element) and child.tag in BLOCKS and not source_level(child):
            number = [child.attributes.get("start", "1") + ". "] if child.tag == "ol" else []
            children.extend([*number, *_inline(child)])
        else:
            children.append(child)
    return children


def _without_blank(element: Element) -> list[Node] | None:
    return [] if source_level(element) and element.is_blank() else None
