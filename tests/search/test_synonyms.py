from __future__ import annotations

from helpcenter.search.synonyms import Synonym, synonyms_of
from helpcenter.search.terms import groups_of
from tests.search.conftest import query


def _terms(text: str, *entries: Synonym, locale: str = "en") -> set[str]:
    return {term for group in groups_of(query(text, locale), synonyms_of(entries)) for term, _ in group.terms}


def test_a_two_way_synonym_works_from_both_ends() -> None:
    entry = Synonym("en", ("bill", "invoice"))
    assert "invoic" in _terms("my bill", entry)
    assert "bill" in _terms("my invoices", entry)


def test_a_one_way_synonym_works_from_its_own_end_only() -> None:
    entry = Synonym("en", ("iphone",), to=("phone",))
    assert "phone" in _terms("iphone", entry)
    assert "iphon" not in _terms("phone", entry)


def test_a_phrase_is_recognised_inside_a_question() -> None:
    entry = Synonym("en", ("sign in", "log in", "login"))
    assert "login" in _terms("how can I sign in again", entry)
    assert {"sign", "log"} <= _terms("login fails", entry)


def test_the_words_of_a_phrase_alone_mean_nothing() -> None:
    assert "login" not in _terms("sign a contract", Synonym("en", ("sign in", "login")))


def test_synonyms_do_not_chain() -> None:
    entries = (Synonym("en", ("bill", "invoice")), Synonym("en", ("invoice", "receipt")))
    assert "receipt" not in _terms("bill", *entries)


def test_a_synonym_is_of_one_language() -> None:
    assert "invoic" not in _terms("bill", Synonym("en", ("bill", "invoice")), locale="es")


def test_a_query_that_is_itself_expanded_keeps_its_own_weight() -> None:
    groups = groups_of(query("bill"), synonyms_of([Synonym("en", ("bill", "invoice"))]))
    assert [dict(group.terms)["bill"] for group in groups] == [1.0]
    assert dict(groups[0].terms)["invoic"] < 1.0
