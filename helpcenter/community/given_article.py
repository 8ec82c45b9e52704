"""An article that is given as an answer: named, not copied, and shown as it is whenever somebody looks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from flask import current_app, request

from helpcenter.accounts.viewer import Viewer
from helpcenter.core import subjects
from helpcenter.core.row_id import row_id_or_none
from helpcenter.core.subjects import Card
from helpcenter.search import finding
from helpcenter.search.engine import Hit
from helpcenter.search.passage import plain

KIND = "article"
MOST_OFFERED = 8
_PATH = re.compile(r"/[a-z]{2}/articles/(\d+)(?:-[^/\s]*)?/?")


def alone_in(text: str) -> int | None:
    """The number of the article whose address on this site is all that a text says."""
    words = text.split()
    if len(words) != 1:
        return None
    address = urlsplit(words[0].strip("<>"))
    ours = {"", urlsplit(current_app.config["SETTINGS"].site_url).netloc, request.host}
    found = _PATH.fullmatch(address.path)
    return row_id_or_none(found[1]) if found and address.netloc in ours else None


def is_readable(article_id: int, viewer: Viewer, locale: str) -> bool:
    """Whether the viewer may read this article, and so give it."""
    return article_id in subjects.subject(KIND).visible([article_id], viewer, locale)


def cards(article_ids: Iterable[int], viewer: Viewer, locale: str) -> Mapping[int, Card]:
    """What is shown of these: nothing of one that was withdrawn, or that is not for this viewer. No ids, no query."""
    wanted = set(article_ids)
    return subjects.subject(KIND).cards(sorted(wanted), viewer, locale) if wanted else {}


def offered(words: str, locale: str, viewer: Viewer) -> list[tuple[Hit, str]]:
    """Articles that may answer these words, the best first, each with the passage that does."""
    hits = finding.answering(words, locale, viewer, kinds=frozenset({KIND}), limit=MOST_OFFERED)
    return [(hit, plain(hit.passage)) for hit in hits]
