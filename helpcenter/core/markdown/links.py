"""Where links lead."""

from collections.abc import Mapping

from helpcenter.core.markdown.headings import fragment_of
from helpcenter.core.markdown.tree import Element, Node, replace

Targets = Mapping[str, str | None]
# A link that shows its address; on paper the address stands there already.
BARE = "bare-address"
_KEPT = ("class", "title", "target", "rel")


def lead(root: Element, targets: Targets, anchors: Mapping[str, str]) -> None:
    """Point every link where it shall lead; one without a target, or without anything to click, loses its tag."""

    def change(element: Element) -> list[Node] | None:
        if element.tag != "a":
            return None
        href = element.attributes.get("href", "")
        target = targets.get(href, href)
        if not target:
            return element.children
        if target.startswith("#"):
            target = "#" + anchors.get(fragment_of(target), target[1:])
        if element.is_blank():
            return element.children
        kept: dict[str, str] = {name: element.attributes[name] for name in _KEPT if name in element.attributes}
        if target.startswith("http") and element.text.strip() in _spellings(target):
            kept["class"] = f"{kept.get('class', '')} {BARE}".strip()
        element.attributes = {"href": target} | kept
        return None

    replace(root, change)


def _spellings(target: str) -> tuple[str, ...]:
    """An address as people write it: whole, or without what every browser adds."""
    short = target.removeprefix("https://").removeprefix("http://")
    return (target, target.rstrip("/"), short, short.rstrip("/"))
