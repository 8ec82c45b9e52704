"""Whether a colour can be read on the site's paper."""

from __future__ import annotations

import re

COLOR = re.compile(r"#[0-9a-f]{6}")
PAPER = "#fbfaf7"
ENOUGH_FOR_TEXT = 4.5


def contrast(one: str, other: str) -> float:
    """Contrast of two colours written #rrggbb, 1.0 to 21.0. Raises ValueError for another spelling.

    Source: WCAG 2.2, contrast ratio and relative luminance.
    """
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: str) -> float:
    if not COLOR.fullmatch(color.lower()):
        raise ValueError(f"{color!r} is not written #rrggbb")
    red, green, blue = (_linear(int(color[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
