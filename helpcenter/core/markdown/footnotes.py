"""Footnotes: their ids, their way back, and a name for the part they stand in."""

import re

from helpcenter.core.markdown.headings import source_level
from helpcenter.core.markdown.labels import Labels
from helpcenter.core.markdown.tree import Element

_ID = re.compile(r"(fn(?:ref[0-9]*)?)-(.{1,80})")


def place_footnotes(root: Element, labels: Labels, page: str) -> dict[str, str]:
    """Name the footnotes; returns the id for each fragment that leads to one or back. Ids of others go,
    but for those of headings."""
    anchors: dict[str, str] = {}
    for element in root.walk():
        if source_level(element):
            continue
        written = element.attributes.pop("id", "")
        match = _ID.fullmatch(written)
        if match and element.tag in ("li", "sup") and written.lower() not in anchors:
            anchors[written.lower()] = f"{match[1]}-{page}{re.sub(r'[^a-zA-Z0-9_-]', '', match[2]) or len(anchors)}"
            element.attributes["id"] = anchors[written.lower()]
    for notes in [element for element in root.find("div") if element.classes == ["footnote"]]:
        notes.tag, notes.attributes = "section", {"class": "footnotes", "aria-label": labels.footnotes}
        notes.children = [child for child in notes.children if not (isinstance(child, Element) and child.tag == "hr")]
    return anchors


def label_ways_back(root: Element, labels: Labels) -> None:
    """Name the arrow behind each footnote, for those who cannot see it."""
    for link in root.find("a"):
        if "footnote-backref" in link.classes:
            link.attributes.pop("title", None)
            link.attributes["aria-label"] = labels.back_to_text
