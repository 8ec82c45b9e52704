"""The labelled set keeps relevance where it is: a floor under what was reached, in each language."""

from __future__ import annotations

import dataclasses
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpcenter.search.correction import one_slip_away
from helpcenter.search.evaluation import (
    LabelledSet,
    SetRefused,
    evaluate,
    load,
    ndcg,
    recall,
    reciprocal_rank,
)
from helpcenter.search.query import Query
from helpcenter.search.whoosh_engine.engine import WhooshEngine
from tests.search.conftest import TOPIC, found

FOLDER = Path(__file__).parent / "labelled"
FLOORS = {"en": 0.96, "es": 0.98, "ru": 0.98, "ar": 0.98}
RANKING = st.lists(st.sampled_from("abcdefghijkl"), unique=True, max_size=12)
RELEVANT = st.dictionaries(st.sampled_from("abcdefghijkl"), st.floats(0.5, 3), min_size=1, max_size=6)


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


@pytest.mark.parametrize("line", ["{", '{"_id": "1"}', "[]"])
def test_a_bad_line_is_named(tmp_path: Path, line: str) -> None:
    bad = tmp_path / "corpus.jsonl"
    bad.write_text(f'{{"_id": "0", "title": "t", "text": "x"}}\n{line}\n')
    with pytest.raises(SetRefused, match=r"corpus\.jsonl:2"):
        load(bad, FOLDER / "queries.jsonl", FOLDER / "judgements.jsonl")


def test_questions_nobody_judged_are_left_out(labelled: LabelledSet, tmp_path: Path) -> None:
    queries = tmp_path / "queries.jsonl"
    queries.write_text((FOLDER / "queries.jsonl").read_text() + '{"_id": "unjudged", "text": "what?"}\n')
    again = load(FOLDER / "corpus.jsonl", queries, FOLDER / "judgements.jsonl")
    assert len(again.questions) == len(labelled.questions)


def test_the_measured_cost_is_a_cost(engine: WhooshEngine, labelled: LabelledSet) -> None:
    result = evaluate(engine, labelled)
    assert 0 < result.cpu_median_ms <= result.cpu_p95_ms
    assert engine.search(Query("refund", "en", frozenset({TOPIC}))).total
