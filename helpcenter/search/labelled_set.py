"""A labelled set: documents, questions, and which documents answer which question, read from three files.

Corpus, queries and judgements are JSON lines: {_id, title, text}, {_id, text}, {qid, did, rel}. A corpus line may also
carry keywords and its locale, a query line its locale.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import Any

from helpcenter.search.document import LONGEST_TITLE, Document, refusal
from helpcenter.search.languages import LANGUAGES

KIND = "article"
TOPIC = 1

Judgements = Mapping[str, float]


class SetRefused(ValueError):
    """A line of the labelled set can not be used; the message names file and line."""


@dataclass(frozen=True)
class Question:
    """A labelled question: its text, its language, and how relevant each document of its answer is (above 0)."""

    id: str
    text: str
    locale: str
    relevant: Judgements


@dataclass(frozen=True)
class LabelledSet:
    """Documents, the name each has in the set, and questions about them."""

    documents: Sequence[Document]
    names: Mapping[tuple[int, str], str]
    questions: Sequence[Question]


@dataclass(frozen=True)
class Line:
    """A line of a file, and where it stands, for whoever has to mend it."""

    values: Mapping[str, Any]
    where: str

    def text(self, name: str, otherwise: str = "") -> str:
        """A value as text."""
        return str(self.values.get(name, otherwise))

    def locale(self, otherwise: str) -> str:
        """The language of the line. Raises SetRefused for one that nobody indexes."""
        locale = self.text("locale", otherwise)
        if locale not in LANGUAGES:
            raise SetRefused(f"{self.where}: the language {locale!r} is not one of {', '.join(LANGUAGES)}")
        return locale

    def relevance(self) -> float:
        """How relevant the document is. Raises SetRefused for what is no number."""
        try:
            relevance = float(self.values["rel"])
        except (TypeError, ValueError):
            relevance = float("nan")
        if not isfinite(relevance):
            raise SetRefused(f"{self.where}: rel is no number")
        return relevance


def load(corpus: Path, queries: Path, judgements: Path, locale: str = "en") -> LabelledSet:
    """A labelled set from its three files; a question nobody judged is left out. Raises SetRefused."""
    documents, names = _documents(corpus, locale)
    relevant = _relevant(judgements)
    questions = [
        Question(line.text("_id"), line.text("text"), line.locale(locale), relevant[line.text("_id")])
        for line in _lines(queries, "_id", "text")
        if line.text("_id") in relevant
    ]
    if not documents:
        raise SetRefused(f"{corpus}: there is no document")
    if not questions:
        raise SetRefused(f"{judgements}: no question of {queries} has a relevant document")
    return LabelledSet(documents, names, questions)


def _documents(corpus: Path, locale: str) -> tuple[list[Document], dict[tuple[int, str], str]]:
    documents: list[Document] = []
    names: dict[tuple[int, str], str] = {}
    numbers: dict[str, int] = {}
    for line in _lines(corpus, "_id", "title", "text"):
        number = numbers.setdefault(line.text("_id"), len(numbers) + 1)
        document = _document(line, number, line.locale(locale))
        if (number, document.locale) in names:
            raise SetRefused(f"{line.where}: {line.text('_id')} is there twice")
        names[number, document.locale] = line.text("_id")
        documents.append(document)
    return documents, names


def _document(line: Line, number: int, locale: str) -> Document:
    text, keywords = line.text("text"), line.values.get("keywords", ())
    if not isinstance(keywords, list | tuple):
        raise SetRefused(f"{line.where}: keywords is no list")
    title = line.text("title").strip() or text[:80].strip() or line.text("_id")
    document = Document(KIND, number, locale, title[:LONGEST_TITLE], text, tuple(map(str, keywords)), topic_id=TOPIC)
    reason = refusal(document)
    if reason:
        raise SetRefused(f"{line.where}: {reason}")
    return document


def _relevant(judgements: Path) -> dict[str, dict[str, float]]:
    relevant: dict[str, dict[str, float]] = {}
    for line in _lines(judgements, "qid", "did", "rel"):
        if line.relevance() > 0:
            relevant.setdefault(line.text("qid"), {})[line.text("did")] = line.relevance()
    return relevant


def _lines(path: Path, *needed: str) -> Iterator[Line]:
    try:
        file = path.open("rb")
    except OSError as error:
        raise SetRefused(f"{path}: {error.strerror}") from error
    with file:
        for number, text in enumerate(file, 1):
            if text.strip():
                yield _line(text, f"{path}:{number}", needed)


def _line(text: bytes, where: str, needed: Sequence[str]) -> Line:
    try:
        values = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise SetRefused(f"{where}: this is no JSON") from error
    missing = [name for name in needed if not isinstance(values, dict) or name not in values]
    if missing:
        raise SetRefused(f"{where}: {', '.join(missing)} is missing")
    return Line(values, where)
