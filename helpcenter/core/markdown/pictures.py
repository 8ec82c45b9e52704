"""Pictures: what replaces one that is missing or lies elsewhere, and captions."""

from collections.abc import Mapping

from helpcenter.core.markdown.addresses import is_outside
from helpcenter.core.markdown.links import Targets
from helpcenter.core.markdown.tree import Element, Node, replace

_SIZES = ("width", "height")


Sizes = Mapping[str, tuple[int, int]]


def place_pictures(root: Element, targets: Targets, sizes: Sizes) -> None:
    """Point every picture to its file. A missing one becomes its alt text, one on another host a link to it:
    a page loads nothing from elsewhere before a click. `sizes` holds width and height by address, in pixels, so that
    a page does not move when a picture arrives."""
    _place(root, targets, sizes, in_link=False)


def _place(parent: Element, targets: Targets, sizes: Sizes, in_link: bool) -> None:
    children: list[Node] = []
    for child in parent.children:
        if isinstance(child, Element) and child.tag == "img":
            children.extend(_placed(child, targets, sizes, in_link))
        else:
            if isinstance(child, Element):
                _place(child, targets, sizes, in_link or child.tag == "a")
            children.append(child)
    parent.children = children


def _placed(picture: Element, targets: Targets, sizes: Sizes, in_link: bool) -> list[Node]:
    written = picture.attributes.get("src", "")
    source = targets.get(written, written)
    alt = " ".join(picture.attributes.get("alt", "").split())
    if not source:
        return [Element("span", {"class": "missing-picture"}, [alt])] if alt else []
    if is_outside(source):
        text = alt or source
        return [text] if in_link else [Element("a", {"class": "outside-picture", "href": source}, [text])]
    kept = {name: picture.attributes[name] for name in ("title", *_SIZES) if _says_something(name, picture)}
    if source in sizes and not any(name in kept for name in _SIZES):
        kept |= size_of(source, sizes)
    picture.attributes = {"src": source, "alt": alt, **kept, "loading": "lazy", "decoding": "async"}
    return [picture]


def size_of(source: str, sizes: Sizes) -> dict[str, str]:
    """Width and height of the picture at an address, as attributes; nothing where they are not known."""
    return {name: str(pixels) for name, pixels in zip(_SIZES, sizes.get(source, ()), strict=False)}


def _says_something(name: str, picture: Element) -> bool:
    value = picture.attributes.get(name, "").strip()
    return value.isdecimal() if name in _SIZES else bool(value)


def caption_pictures(root: Element) -> None:
    """A picture alone in its paragraph whose title says something becomes a figure with that caption."""
    replace(root, _captioned)


def _captioned(element: Element) -> list[Node] | None:
    held = [child for child in element.children if isinstance(child, Element) or str(child).strip()]
    if element.tag != "p" or len(held) != 1 or not isinstance(held[0], Element):
        return None
    picture = held[0]
    if picture.tag == "a" and len(picture.children) == 1 and isinstance(picture.children[0], Element):
        picture = picture.children[0]
    if picture.tag != "img" or not picture.attributes.get("title", "").strip():
        return None
    caption = picture.attributes.pop("title").strip()
    return [Element("figure", {}, [held[0], Element("figcaption", {}, [caption])])]
