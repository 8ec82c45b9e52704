"""Search beside tantivy on the same texts: how well, at what cost; and what typing, misspelling and changing take.

Speed is measured on made-up texts, the engines in turn, each question once with its snippets. How well they rank is
measured on the manual in four languages, and on what `--corpus` names.
"""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import fmean, median
from typing import Any

from benchmarks import corpus
from benchmarks.table import Row
from benchmarks.tantivy_engine import TantivyEngine
from config import Settings
from drills.own_postgres import own_postgres, programs
from helpcenter.search import engines
from helpcenter.search.engine import Engine
from helpcenter.search.evaluation import DEPTH, ndcg
from helpcenter.search.labelled_set import TOPIC, LabelledSet
from helpcenter.search.languages import LANGUAGES
from helpcenter.search.query import Query
from helpcenter.search.whoosh_engine.engine import WhooshEngine

QUESTIONS = 400
"""To each labelled set at most."""
A_ROUND = 100
LARGE = 10_000
"""From so many texts on the goals are those of a large site."""
CHANGES = 5
HIDDEN = 2
WITHIN = 0.03
NO_TANTIVY = "tantivy is not installed"
ALIKE = "search, Whoosh and PostgreSQL: of the first ten the same"


def rows(sizes: Sequence[int], rounds: int, folder: Path | None, postgresql: str) -> list[Row]:
    """Every goal of search, those of speed with so many texts each time."""
    timed = [row for size in sizes for row in _speed(size, rounds)]
    return [*_relevance(folder), *_misspelling(), *_two_engines(postgresql), *timed]


def _relevance(folder: Path | None) -> list[Row]:
    found = []
    for locale in LANGUAGES:
        name = f"search, the manual in {locale}: nDCG@{DEPTH} less tantivy's"
        least = 0.0 if locale == "en" else -WITHIN
        found += _ranked(name, corpus.manual(locale, QUESTIONS), locale, least)
    if folder is not None:
        name = f"search, {folder.name}: nDCG@{DEPTH} less tantivy's"
        found += _ranked(name, corpus.outside(folder, QUESTIONS), "en", 0.0)
    return found


def _ranked(name: str, labelled: LabelledSet, locale: str, least: float) -> list[Row]:
    with tempfile.TemporaryDirectory() as place:
        ours = WhooshEngine(Path(place) / "ours")
        ours.rebuild(labelled.documents)
        own = _quality(labelled, lambda text: [hit.id for hit in ours.search(_query(text, locale)).hits])
        rows = [Row(f"{name.partition(' less')[0]}, {len(labelled.questions)} questions", [own], "", is_timed=False)]
        try:
            theirs = TantivyEngine(Path(place) / "theirs", locale)
        except ImportError:
            return [*rows, Row(name, note=NO_TANTIVY)]
        theirs.rebuild(labelled.documents)
        other = _quality(labelled, lambda text: [number for number, _, _ in theirs.search(text)])
    return [*rows, Row(name, [own - other], "", at_least=least, is_timed=False)]


def _quality(labelled: LabelledSet, ask: Callable[[str], Sequence[int]]) -> float:
    """The mean of nDCG over the questions of a set."""
    names = {number: name for (number, _), name in labelled.names.items()}
    return fmean(ndcg([names[number] for number in ask(one.text)], one.relevant) for one in labelled.questions)


def _misspelling() -> list[Row]:
    """The titles of the manual, each with one edit in its longest word."""
    chance, found = random.Random(1), []
    pages = corpus.manual("en", 1).documents
    with tempfile.TemporaryDirectory() as place:
        engine = WhooshEngine(Path(place) / "index")
        engine.rebuild(pages)
        for number, _, typed in corpus.titles(pages, chance):
            hits = engine.search(_query(typed, "en")).hits[:3]
            found.append(number in [hit.id for hit in hits])
    name = "search, one edit in a word: the right page among the first three"
    return [Row(name, [100 * fmean(found)], "%", at_least=95, is_timed=False)]


def _two_engines(database: str) -> list[Row]:
    """In the database that was named, else in one of its own where PostgreSQL is installed."""
    if database:
        return [_alike(database)]
    bin = programs()
    if bin is None:
        return [Row(ALIKE, note="give --postgresql ADDRESS, or install PostgreSQL")]
    with own_postgres(bin) as server:
        return [_alike(server.fresh())]


def _alike(database: str) -> Row:
    labelled = corpus.manual("en", QUESTIONS)
    settings = Settings(data_dir=Path("unused"), secret_key="no session is opened here at all", database_url=database)
    with tempfile.TemporaryDirectory() as place, engines.apart("postgres", settings) as other:
        one = WhooshEngine(Path(place) / "index")
        found: list[list[set[int]]] = []
        for engine in (one, other):
            engine.rebuild(labelled.documents)
            found.append([_ten(engine, question.text) for question in labelled.questions])
    shares = [len(mine & its) / max(len(mine), len(its)) for mine, its in zip(*found, strict=True) if mine or its]
    return Row(ALIKE, [fmean(shares)], "", at_least=0.9, is_timed=False)


def _ten(engine: Engine, text: str) -> set[int]:
    return {hit.id for hit in engine.search(_query(text, "en")).hits}


def _speed(count: int, rounds: int) -> list[Row]:
    writer = corpus.Writer()
    documents = writer.documents(count)
    with tempfile.TemporaryDirectory() as place:
        ours, begun = WhooshEngine(Path(place) / "ours"), time.process_time()
        ours.rebuild(documents)
        built = time.process_time() - begun
        asked = [writer.questions(documents, A_ROUND) for _ in range(rounds + 1)]
        found = _beside_tantivy(ours, Path(place) / "theirs", documents, asked)
        megabytes = ours.health().bytes_on_disk / 1e6
        found += _typing(ours, documents, rounds, count)
        found += _changing(ours, documents, count)
        found.append(_leaks(ours, documents, asked[0]))
    text = sum(len(one.title) + len(one.body) for one in documents) / 1e6
    return [
        *found,
        Row(f"search, {count:,} texts: building the index, processor", [built], "s"),
        Row(f"search, {count:,} texts: size of the index to that of the texts", [megabytes / text], is_timed=False),
    ]


def _beside_tantivy(ours: Engine, place: Path, documents: Sequence[Any], asked: Sequence[Sequence[str]]) -> list[Row]:
    """Median and 95th percentile of a question with its snippets. The first round is not counted."""
    name = f"search, {len(documents):,} texts, with snippets: processor"
    try:
        theirs = TantivyEngine(place, "en")
    except ImportError:
        return [Row(f"{name} to tantivy's", note=NO_TANTIVY)]
    theirs.rebuild(documents)
    own, other = [], []
    for questions in asked:
        own.append(_costs(questions, lambda text: ours.search(_query(text, "en"))))
        other.append(_costs(questions, theirs.search))
    pairs = list(zip(own, other, strict=True))[1:]
    middle, slowest = (2, 3) if len(documents) < LARGE else (None, 8)
    return [
        Row(f"{name}, median", [median(mine) * 1000 for mine, _ in pairs], "ms"),
        Row(f"{name} to tantivy's, median", [median(a) / median(b) for a, b in pairs], at_most=middle),
        Row(f"{name} to tantivy's, 95th percentile", [_p95(a) / _p95(b) for a, b in pairs], at_most=slowest),
    ]


def _costs(questions: Sequence[str], ask: Callable[[str], Any]) -> list[float]:
    costs = []
    for text in questions:
        begun = time.process_time()
        ask(text)
        costs.append(time.process_time() - begun)
    return costs


def _p95(costs: Sequence[float]) -> float:
    return sorted(costs)[int(len(costs) * 0.95)]


def _typing(engine: Engine, documents: Sequence[Any], rounds: int, count: int) -> list[Row]:
    """What each letter of a title costs that somebody types."""
    chance, found = random.Random(2), []
    for _ in range(rounds):
        title = chance.choice(documents).title
        typed = [title[:end] for end in range(2, len(title) + 1)]
        found.append(median(_costs(typed, lambda text: engine.complete(_query(text, "en", unfinished=True)))) * 1000)
    return [Row(f"search, {count:,} texts: completion, processor", found, "ms", at_most=1)]


def _changing(engine: WhooshEngine, documents: Sequence[Any], count: int) -> list[Row]:
    """From a change of one text until a search finds it."""
    found = []
    for number in range(CHANGES):
        changed, begun = replace(documents[number], title=f"Zyxwv{number}"), time.perf_counter()
        engine.index([changed])
        hits = engine.search(_query(changed.title, "en")).hits
        found.append((time.perf_counter() - begun) * 1000)
        if not hits or hits[0].id != changed.id:
            raise RuntimeError(f"a changed text is not found: {changed.title}")
    return [Row(f"search, {count:,} texts: one change until it is found", found, "ms", at_most=1000)]


def _leaks(engine: WhooshEngine, documents: Sequence[Any], asked: Sequence[str]) -> Row:
    """A tenth of the texts deleted, for staff, or in a topic nobody may see: what is found of them."""
    part = len(documents) // 30
    deleted, staff, elsewhere = documents[:part], documents[part : 2 * part], documents[2 * part : 3 * part]
    engine.apply([one.subject for one in deleted], [])
    engine.index(
        [*(replace(one, audience="staff") for one in staff), *(replace(one, topic_id=HIDDEN) for one in elsewhere)]
    )
    gone = (*deleted, *staff, *elsewhere)
    forbidden, titles = {one.id for one in gone}, {one.title for one in gone}
    questions = [*asked, *(one.title for one in gone[:: len(gone) // A_ROUND + 1])]
    leaked = sum(hit.id in forbidden for text in questions for hit in engine.search(_query(text, "en")).hits)
    for text in questions:
        leaked += sum(title in titles for title in engine.complete(_query(text[:6], "en", unfinished=True)).titles)
    return Row("search: deleted, hidden or forbidden texts in any answer", [leaked], "", at_most=0, is_timed=False)


def _query(text: str, locale: str, *, unfinished: bool = False) -> Query:
    return Query(text, locale, visible_topics=frozenset({TOPIC}), limit=DEPTH, unfinished=unfinished)
