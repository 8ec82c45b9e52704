"""Which pictures an article shows to its readers: whoever may read it may fetch them."""

from __future__ import annotations

from collections.abc import Iterable

from helpcenter.articles.edition import Edition
from helpcenter.files import file as files
from helpcenter.files import shown
from helpcenter.files.shown import names_in


def sizes(body: str, targets: Iterable[str | None]) -> dict[str, tuple[int, int]]:
    """Width and height, in pixels, of every kept picture that a text or one of its targets points to, by address."""
    return shown.sizes(names_in(" ".join([body, *(target for target in targets if target)])))


def show(edition: Edition, html: str) -> None:
    """Open the pictures in this HTML to the readers of the edition, and no others; to be called after begin_write()."""
    files.show(names_in(html), kind="article", subject_id=edition.article_id, part=edition.locale)
