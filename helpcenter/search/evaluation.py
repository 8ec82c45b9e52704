"""How well and how fast an engine answers a labelled set of questions.

Corpus, queries and judgements are JSON lines: {_id, title, text}, {_id, text}, {qid, did, rel}. A corpus line may also
carry keywords, a query line its locale.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from pathlib import Path
from statistics import fmean, median
from typing import Any

from helpcenter.search.document import Document
from helpcenter.search.engine import Engine
from helpcenter.search.query import Query
from helpcenter.search.synonyms import NO_SYNONYMS, Synonyms

DEPTH = 10
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
class Evaluation:
    """Means over the questions, 0 to 1; CPU milliseconds of one query with its snippets; documents and questions."""

    ndcg: float
    mrr: float
    recall: float
    cpu_median_ms: float
    cpu_p95_ms: float
    documents: int
    questions: int


def load(corpus: Path, queries: Path, judgements: Path, locale: str = "en") -> LabelledSet:
    """A labelled set from its three files; a question nobody judged is left out. Raises SetRefused."""
    documents: list[Document] = []
    names: dict[tuple[int, str], str] = {}
    numbers: dict[str, int] = {}
    for line in _lines(corpus, "_id", "title", "text"):
        number = numbers.setdefault(str(line["_id"]), len(numbers) + 1)
        spoken = str(line.get("locale", locale))
        title = str(line["title"]).strip() or str(line["text"])[:80].strip() or str(line["_id"])
        keywords = tuple(map(str, line.get("keywords", ())))
        documents.append(Document(KIND, number, spoken, title[:500], str(line["text"]), keywords, topic_id=TOPIC))
        names[number, spoken] = str(line["_id"])
    relevant: dict[str, dict[str, float]] = {}
    for line in _lines(judgements, "qid", "did", "rel"):
        if float(line["rel"]) > 0:
            relevant.setdefault(str(line["qid"]), {})[str(line["did"])] = float(line["rel"])
    questions = [
        Question(str(line["_id"]), str(line["text"]), str(line.get("locale", locale)), relevant[str(line["_id"])])
        for line in _lines(queries, "_id", "text")
        if str(line["_id"]) in relevant
    ]
    if not questions:
        raise SetRefused(f"{judgements}: no question has a relevant document")
    return LabelledSet(documents, names, questions)


def evaluate(engine: Engine, labelled: LabelledSet, synonyms: Synonyms = NO_SYNONYMS) -> Evaluation:
    """Index the documents of the set into the engine, in place of what it holds, and ask every question once."""
    engine.rebuild(labelled.documents)
    rankings, costs = [], []
    for question in labelled.questions:
        query = Query(question.text, question.locale, visible_topics=frozenset({TOPIC}), limit=DEPTH)
        began = time.process_time()
        hits = engine.search(query, synonyms).hits
        costs.append((time.process_time() - began) * 1000)
        rankings.append([labelled.names[hit.id, hit.locale] for hit in hits])
    judged = [(ranking, question.relevant) for ranking, question in zip(rankings, labelled.questions, strict=True)]
    return Evaluation(
        ndcg=fmean(ndcg(*one) for one in judged),
        mrr=fmean(reciprocal_rank(*one) for one in judged),
        recall=fmean(recall(*one) for one in judged),
        cpu_median_ms=median(costs),
        cpu_p95_ms=sorted(costs)[min(len(costs) - 1, int(len(costs) * 0.95))],
        documents=len(labelled.documents),
        questions=len(labelled.questions),
    )


def ndcg(ranking: Sequence[str], relevant: Judgements) -> float:
    """Normalised discounted cumulative gain of the first ten, 0 to 1. Source: Järvelin and Kekäläinen 2002, TOIS 20."""
    best = sorted(relevant.values(), reverse=True)[:DEPTH]
    return _gain([relevant.get(name, 0.0) for name in ranking[:DEPTH]]) / _gain(best) if best else 0.0


def reciprocal_rank(ranking: Sequence[str], relevant: Judgements) -> float:
    """One over the place of the first relevant of the first ten; 0 when there is none."""
    return next((1 / place for place, name in enumerate(ranking[:DEPTH], 1) if name in relevant), 0.0)


def recall(ranking: Sequence[str], relevant: Judgements) -> float:
    """The share of the relevant that stand among the first ten."""
    return len(set(ranking[:DEPTH]) & set(relevant)) / len(relevant) if relevant else 0.0


def _gain(values: Sequence[float]) -> float:
    return sum(value / log2(place + 1) for place, value in enumerate(values, 1))


def _lines(path: Path, *needed: str) -> Iterator[Mapping[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for number, text in enumerate(file, 1):
            if not text.strip():
                continue
            try:
                line = json.loads(text)
            except ValueError as error:
                raise SetRefused(f"{path}:{number}: this is no JSON") from error
            missing = [name for name in needed if not isinstance(line, dict) or name not in line]
            if missing:
                raise SetRefused(f"{path}:{number}: {', '.join(missing)} is missing")
            yield line
