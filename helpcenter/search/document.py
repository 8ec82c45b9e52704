"""What the index holds: one document for each thing that can be found, in each language it has."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from helpcenter.search.languages import LANGUAGES

EVERYONE = "everyone"
LONGEST_TITLE = 500
LONGEST_BODY = 512 * 1024
LONGEST_KEYWORD = 200
MOST_KEYWORDS = 200
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")

SubjectKey = tuple[str, int]


class DocumentRefused(ValueError):
    """A document that the index can not hold; the message names it and says why."""


@dataclass(frozen=True)
class Document:
    """Something to be found. `body` is plain text; `topic_id` None belongs to no topic and is judged by audience alone.

    `keywords` are words that readers use and the text does not; `tags` are exact and only filter. `updated_at` is
    aware.
    """

    kind: str
    id: int
    locale: str
    title: str
    body: str
    keywords: tuple[str, ...] = ()
    topic_id: int | None = None
    audience: str = EVERYONE
    updated_at: datetime | None = None
    solved: bool = False
    tags: tuple[str, ...] = ()

    @property
    def subject(self) -> SubjectKey:
        """The thing it is a document of, the same in every language."""
        return self.kind, self.id


def refusal(document: Document) -> str | None:
    """Why the index can not hold this document, or None.

    Asked before a writer is opened: one that met a bad document in the middle can not be used any more.
    """
    if not isinstance(document.kind, str) or not _NAME.fullmatch(document.kind):
        return f"the kind {document.kind!r} is not a short lower-case name"
    if type(document.id) is not int or document.id < 1:
        return f"the id {document.id!r} is not a positive number"
    if document.locale not in LANGUAGES:
        return f"the language {document.locale!r} is not one of {', '.join(LANGUAGES)}"
    if not isinstance(document.audience, str) or not _NAME.fullmatch(document.audience):
        return f"the audience {document.audience!r} is not a short lower-case name"
    if document.topic_id is not None and type(document.topic_id) is not int:
        return f"the topic {document.topic_id!r} is not a number"
    if document.updated_at is not None and document.updated_at.tzinfo is None:
        return "its time is naive"
    return _refusal_of_text(document)


def check(document: Document) -> None:
    """Raises DocumentRefused when the index can not hold it."""
    reason = refusal(document)
    if reason is not None:
        raise DocumentRefused(f"{document.kind} {document.id} ({document.locale}): {reason}")


def _refusal_of_text(document: Document) -> str | None:
    if not isinstance(document.title, str) or not document.title.strip():
        return "it has no title"
    if not isinstance(document.body, str):
        return "its body is not text"
    if len(document.title) > LONGEST_TITLE or len(document.body) > LONGEST_BODY:
        return f"its title is over {LONGEST_TITLE} or its body over {LONGEST_BODY} characters"
    words = (*document.keywords, *document.tags)
    if len(words) > MOST_KEYWORDS or any(not isinstance(w, str) or len(w) > LONGEST_KEYWORD for w in words):
        return f"it has over {MOST_KEYWORDS} keywords and tags, or one over {LONGEST_KEYWORD} characters"
    try:
        "".join((document.title, document.body, *words)).encode()
    except UnicodeEncodeError:
        return "it holds half of a surrogate pair, which is no character"
    return None
