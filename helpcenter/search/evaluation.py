"""How well and how fast an engine answers a labelled set of questions."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from math import log2
from statistics import fmean, median

from helpcenter.search.engine import Engine, Progress, no_progress
from helpcenter.search.labelled_set import TOPIC, Judgements, LabelledSet
from helpcenter.search.query import Query
from helpcenter.search.synonyms import NO_SYNONYMS, Synonyms

DEPTH = 10


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


def evaluate(
    engine: Engine, labelled: LabelledSet, synonyms: Synonyms = NO_SYNONYMS, progress: Progress = no_progress
) -> Evaluation:
    """Index the documents of the set into the engine, in place of what it holds, and ask every question once."""
    engine.rebuild(labelled.documents, progress=progress)
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
