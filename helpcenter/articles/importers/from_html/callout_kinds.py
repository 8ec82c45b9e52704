"""Which boxes of other help centers are callouts, and of which kind: by the words of their class, or by colour."""

from __future__ import annotations

import colorsys
import re

from bs4 import Tag

from helpcenter.core.markdown.callouts import KINDS

BOXES = frozenset({"div", "aside", "section", "blockquote", "p"})
_NAMES = frozenset({"callout", "admonition", "infobox", "notice", "alert"})
_COLOURS = {
    "blue": "note",
    "gray": "note",
    "grey": "note",
    "green": "tip",
    "yellow": "warning",
    "orange": "warning",
    "red": "caution",
    "pink": "caution",
}
_HEX = re.compile(r"#([0-9a-fA-F]{6})")


def kind_of(element: Tag) -> str:
    """One of the five kinds; '' for what is no callout."""
    if element.name not in BOXES:
        return ""
    classes = [name.lower() for name in element.get_attribute_list("class") if name]
    named = [re.split(r"[-_]+", name) for name in classes]
    words = {word for parts in named for word in parts}
    if not words & _NAMES and not any(parts[-1] in KINDS and len(parts) == 1 for parts in named):
        return ""
    by_word = next((KINDS[word] for parts in named for word in parts if word in KINDS), "")
    by_name = next((_COLOURS[word] for parts in named for word in parts if word in _COLOURS), "")
    return by_word or by_name or _by_style(str(element.get("style") or "")) or "note"


def _by_style(style: str) -> str:
    """The kind whose colour a box has: the most colourful one that its style names."""
    colours = [_hue_and_strength(found) for found in _HEX.findall(style)]
    if not colours:
        return ""
    hue, strength = max(colours, key=lambda one: one[1])
    if strength < 0.05:
        return "note"
    names = ((20, "caution"), (70, "warning"), (170, "tip"), (290, "note"), (361, "caution"))
    return next(kind for most, kind in names if hue < most)


def _hue_and_strength(hexadecimal: str) -> tuple[float, float]:
    red, green, blue = (int(hexadecimal[at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, _lightness, _saturation = colorsys.rgb_to_hls(red, green, blue)
    # The saturation of what is nearly white says nothing of what is seen.
    return hue * 360, max(red, green, blue) - min(red, green, blue)
