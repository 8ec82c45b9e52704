"""Which pictures an article shows to its readers: whoever may read it may fetch them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from helpcenter.articles.edition import Edition
from helpcenter.files import file as files

_ADDRESS = re.compile(r"/files/(?:small/)?([A-Za-z0-9_-]{22}\.webp)")


def names_in(text: str) -> frozenset[str]:
    """The names of every kept file that a text or its HTML points to."""
    return frozenset(_ADDRESS.findall(text))


def sizes(body: str, targets: Iterable[str | None]) -> dict[str, tuple[int, int]]:
    """Width and height, in pixels, of every kept picture that a text or one of its targets points to, by address."""
    found = files.by_names(names_in(" ".join([body, *(target for target in targets if target)])))
    return {file.url: (file.width, file.height) for file in found.values()}


def show(edition: Edition, html: str) -> None:
    """Open the pictures in this HTML to the readers of the edition, and no others; to be called after begin_write()."""
    files.show(names_in(html), kind="article", subject_id=edition.article_id, part=edition.locale)
