from __future__ import annotations

import pytest

from helpcenter.core.locale import LANGUAGES
from helpcenter.search.everyday.expansion import EVERYDAY_WEIGHT, groups_of_message
from helpcenter.search.everyday.table import EVERYDAY
from helpcenter.search.synonyms import NO_SYNONYMS, SYNONYM_WEIGHT, Synonym, phrase_of, synonyms_of
from helpcenter.search.terms import groups_of
from tests.search.conftest import query


def terms(text: str, *entries: Synonym, locale: str = "en", rare: str = "", common: str = "") -> dict[str, float]:
    rarity = {rare: 4.0, common: 1.0}
    groups = groups_of_message(
        query(text, locale), synonyms_of(entries), lambda terms: {term: rarity.get(term, 2.0) for term in terms}
    )
    return {term: weight for group in groups for term, weight in group.terms}


@pytest.mark.parametrize(
    ("text", "locale", "term"),
    [
        ("How do I remove this?", "en", "delet"),
        ("My passcode is gone", "en", "password"),
        ("No me llega la carta", "es", "corre"),
        ("Не могу стереть снимок", "ru", "удал"),
        ("أريد محو هذا", "ar", phrase_of("حذف", "ar")[0]),
    ],
)
def test_a_message_also_looks_for_everyday_words_that_mean_the_same(text: str, locale: str, term: str) -> None:
    assert 0 < terms(text, locale=locale)[term] < 1


def test_a_search_means_the_words_that_were_chosen() -> None:
    found = {term for group in groups_of(query("remove"), NO_SYNONYMS) for term, _ in group.terms}
    assert found == {"remov"}


def test_a_phrase_is_another_way_to_say_a_word_and_a_word_one_to_say_a_phrase() -> None:
    assert {"refund", "reimburs"} <= set(terms("I want my money back"))
    assert "money back" in terms("I want a refund")


def test_a_word_counts_once_however_many_ways_there_are_to_say_it() -> None:
    assert len(groups_of_message(query("registration"), NO_SYNONYMS, lambda terms: dict.fromkeys(terms, 1.0))) == 1


def test_what_the_editors_say_is_a_synonym_counts_more() -> None:
    assert SYNONYM_WEIGHT > EVERYDAY_WEIGHT
    assert terms("remove", Synonym("en", ("remove", "delete")))["delet"] == SYNONYM_WEIGHT


def test_a_rare_synonym_tells_no_more_than_the_common_word_that_was_written() -> None:
    assert terms("remove", rare="wipe")["wipe"] == EVERYDAY_WEIGHT / 2
    assert terms("remove", rare="remov")["wipe"] == EVERYDAY_WEIGHT


@pytest.mark.parametrize("locale", LANGUAGES)
def test_every_group_says_something_in_two_ways(locale: str) -> None:
    entries = [entry for entry in EVERYDAY.entries if entry.locale == locale]
    assert len(entries) >= 50
    for entry in entries:
        assert len({phrase_of(phrase, locale) for phrase in entry.phrases}) >= 2, entry.phrases
        assert all(phrase_of(phrase, locale) for phrase in entry.phrases), entry.phrases


def test_a_synonym_that_is_nearly_everywhere_is_left_out_for_a_rare_word() -> None:
    assert "delet" not in terms("remove", rare="remov", common="delet")
    assert "wipe" in terms("remove", rare="remov", common="delet")
