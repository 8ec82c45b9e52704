"""The labelled set keeps relevance where it is: a floor under what was reached, in each language."""

from __future__ import annotations

import dataclasses
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpcenter.search.correction import one_slip_away
from helpcenter.search.evaluation import evaluate, ndcg, recall, reciprocal_rank
from helpcenter.search.labelled_set import LabelledSet, SetRefused, load
from helpcenter.search.query import Query
from helpcenter.search.whoosh_engine.engine import WhooshEngine
from tests.search.conftest import TOPIC, found

FOLDER = Path(__file__).parent / "labelled"
FLOORS = {"en": 0.96, "es": 0.98, "ru": 0.98, "ar": 0.98}
RANKING = st.lists(st.sampled_from("abcdefghijkl"), unique=True, max_size=12)
RELEVANT = st.dictionaries(st.sampled_from("abcdefghijkl"), st.floats(0.5, 3), min_size=1, max_size=6)


@pytest.fixture
def engine(index_path: Path) -> WhooshEngine:
    """An index on disk; test_both_engines.py says that the other one ranks alike."""
    return WhooshEngine(index_path)


@pytest.fixture(scope="module")
def labelled() -> LabelledSet:
    return load(FOLDER / "corpus.jsonl", FOLDER / "queries.jsonl", FOLDER / "judgements.jsonl")


@pytest.mark.parametrize("locale", FLOORS)
def test_relevance_stays_above_its_floor(engine: WhooshEngine, labelled: LabelledSet, locale: str) -> None:
    questions = [question for question in labelled.questions if question.locale == locale]
    result = evaluate(engine, dataclasses.replace(labelled, questions=questions))
    assert result.ndcg >= FLOORS[locale]
    assert result.questions == len(questions) >= 12


@pytest.mark.parametrize("locale", FLOORS)
def test_a_slip_in_a_long_word_still_finds_the_page_among_the_first_three(
    engine: WhooshEngine, labelled: LabelledSet, locale: str
) -> None:
    engine.rebuild(labelled.documents)
    chance = random.Random(7)
    asked = kept = 0
    for question in labelled.questions:
        words = question.text.split()
        long_words = [n for n, word in enumerate(words) if len(word) >= 5 and word.isalpha()]
        right = {name for name, value in question.relevant.items() if value == max(question.relevant.values())}
        ids = {id for (id, _), name in labelled.names.items() if name in right}
        if question.locale != locale or not long_words or not ids & set(found(engine, question.text, locale, limit=3)):
            continue
        if engine.correct(Query(question.text, locale, frozenset({TOPIC}))):
            continue  # it has a slip already
        for _ in range(6):
            at = chance.choice(long_words)
            letters = "aeilnorst" if locale in ("en", "es") else words[at]
            slips = [slip for slip in one_slip_away(words[at], letters) if slip != words[at]]
            text = " ".join([*words[:at], chance.choice(slips), *words[at + 1 :]])
            asked += 1
            kept += bool(ids & set(found(engine, text, locale, limit=3)))
    assert asked >= 30
    assert kept / asked >= 0.95


def test_a_perfect_ranking_is_worth_one() -> None:
    assert ndcg(["a", "b"], {"a": 2, "b": 1}) == 1.0
    assert reciprocal_rank(["x", "a"], {"a": 1}) == 0.5
    assert recall(["x", "a"], {"a": 1, "b": 1}) == 0.5


@given(RANKING, RELEVANT)
def test_every_measure_lies_between_none_and_all(ranking: list[str], relevant: dict[str, float]) -> None:
    for measure in (ndcg, reciprocal_rank, recall):
        assert 0 <= measure(ranking, relevant) <= 1 + 1e-9
    ideal = sorted(relevant, key=lambda name: -relevant[name])
    assert ndcg(ideal, relevant) == pytest.approx(1)
    assert ndcg(ranking, relevant) <= ndcg(ideal, relevant) + 1e-9


GOOD = {
    "corpus": b'{"_id": "0", "title": "t", "text": "x"}',
    "queries": b'{"_id": "q", "text": "x"}',
    "judgements": b'{"qid": "q", "did": "0", "rel": 1}',
}


def load_from(folder: Path) -> LabelledSet:
    return load(folder / "corpus", folder / "queries", folder / "judgements")


@pytest.mark.parametrize(
    ("name", "line", "told"),
    [
        ("corpus", b"{", "corpus:2: this is no JSON"),
        ("corpus", b"\xff", "corpus:2: this is no JSON"),
        ("corpus", b"[]", "corpus:2: _id, title, text is missing"),
        ("corpus", b'{"_id": "1"}', "corpus:2: title, text is missing"),
        ("corpus", GOOD["corpus"], "corpus:2: 0 is there twice"),
        ("corpus", b'{"_id": "1", "title": "t", "text": "", "locale": "de"}', "corpus:2: the language 'de' is not"),
        ("corpus", b'{"_id": "1", "title": "t", "text": "", "keywords": 3}', "corpus:2: keywords is no list"),
        ("corpus", b'{"_id": "1", "title": "\\ud800", "text": ""}', "corpus:2: it holds half of a surrogate pair"),
        ("queries", b'{"_id": "q", "text": "y", "locale": "xx"}', "queries:2: the language 'xx' is not"),
        ("judgements", b'{"qid": "q", "did": "0", "rel": "much"}', "judgements:2: rel is no number"),
        ("judgements", b'{"qid": "q", "did": "0", "rel": null}', "judgements:2: rel is no number"),
        ("judgements", b'{"qid": "q", "did": "0", "rel": NaN}', "judgements:2: rel is no number"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, name: str, line: bytes, told: str) -> None:
    for each, good in GOOD.items():
        (tmp_path / each).write_bytes(good + b"\n" + (line if each == name else b"") + b"\n")
    with pytest.raises(SetRefused) as refused:
        load_from(tmp_path)
    assert str(refused.value).startswith(f"{tmp_path}/{told}")


@pytest.mark.parametrize(("name", "told"), [("corpus", "no document"), ("judgements", "no question of")])
def test_an_empty_set_is_refused(tmp_path: Path, name: str, told: str) -> None:
    for each, good in GOOD.items():
        (tmp_path / each).write_bytes(b"" if each == name else good)
    with pytest.raises(SetRefused, match=told):
        load_from(tmp_path)
    (tmp_path / name).unlink()
    with pytest.raises(SetRefused, match="No such file"):
        load_from(tmp_path)


def test_questions_nobody_judged_are_left_out(labelled: LabelledSet, tmp_path: Path) -> None:
    queries = tmp_path / "queries.jsonl"
    queries.write_text((FOLDER / "queries.jsonl").read_text() + '{"_id": "unjudged", "text": "what?"}\n')
    again = load(FOLDER / "corpus.jsonl", queries, FOLDER / "judgements.jsonl")
    assert len(again.questions) == len(labelled.questions)


def test_the_measured_cost_is_a_cost(engine: WhooshEngine, labelled: LabelledSet) -> None:
    result = evaluate(engine, labelled)
    assert 0 < result.cpu_median_ms <= result.cpu_p95_ms
    assert engine.search(Query("refund", "en", frozenset({TOPIC}))).total
