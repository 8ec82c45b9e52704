"""Which kept pictures a text shows, and how large they are."""

from __future__ import annotations

import re
from collections.abc import Iterable

from helpcenter.files import file as files

_ADDRESS = re.compile(r"/files/(?:small/)?([A-Za-z0-9_-]{22}\.webp)")


def names_in(text: str) -> frozenset[str]:
    """The names of every kept file that a text or its HTML points to."""
    return frozenset(_ADDRESS.findall(text))


def sizes(names: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Width and height, in pixels, of each of these pictures, by address. No names, no query."""
    wanted = frozenset(names)
    return {file.url: (file.width, file.height) for file in files.by_names(wanted).values()} if wanted else {}
