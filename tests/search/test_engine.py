"""What the engine finds, for whom, and in what order."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from helpcenter.search.document import DocumentRefused
from helpcenter.search.engine import Engine
from helpcenter.search.passage import plain
from helpcenter.search.synonyms import Synonym, synonyms_of
from tests.search.conftest import document, found, query

WHEN = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)


def test_any_word_of_a_question_is_enough(engine: Engine) -> None:
    engine.index([document(1, "Refunds", "Money back."), document(2, "Invoices", "A PDF for each charge.")])
    assert found(engine, "how can I get a refund for last month") == [1]


def test_a_word_in_the_title_counts_more_than_in_the_body(engine: Engine) -> None:
    engine.index([document(1, "Charges", "refund refund"), document(2, "Refund of charges", "Money back now.")])
    assert found(engine, "refund") == [2, 1]


def test_keywords_are_found_and_not_shown(engine: Engine) -> None:
    engine.index([document(1, "Second factor", "Codes.", keywords=("MFA", "two-step verification"))])
    assert found(engine, "mfa") == [1]
    assert "MFA" not in plain(engine.search(query("mfa")).hits[0].passage)


def test_the_exact_title_comes_first(engine: Engine) -> None:
    others = [document(n, f"Export data export data {n}", "export data " * 30) for n in range(2, 12)]
    engine.index([*others, document(1, "Export data", "Press the button.")])
    assert found(engine, "export DATA?")[0] == 1


def test_a_phrase_comes_before_the_same_words_apart(engine: Engine) -> None:
    engine.index(
        [document(1, "A", "reset the clock and the password"), document(2, "B", "then password reset and clock")]
    )
    assert found(engine, "password reset") == [2, 1]


def test_equal_documents_keep_an_order_over_pages(engine: Engine) -> None:
    engine.index([document(n, "Refunds", "Money back.") for n in range(1, 61)])
    pages = [found(engine, "refund", limit=25, offset=offset) for offset in (0, 25, 50)]
    assert [id for page in pages for id in page] == list(range(1, 61))
    assert engine.search(query("refund", limit=25)).total == 60


def test_equal_documents_are_in_one_order_whenever_they_came(engine: Engine) -> None:
    for n in (3, 1, 2):
        engine.index([document(n, "Refunds", "Money back.")])
    assert found(engine, "refund") == [1, 2, 3]


def test_equal_answers_to_a_message_are_the_same_ones_in_one_order_whenever_they_came(engine: Engine) -> None:
    for n in (5, 3, 1, 6, 2, 4):
        engine.index([document(n, "Refunds", "Money back.")])
    asked = query("How do I get my money back, I want a refund", is_message=True, limit=4)
    assert [hit.id for hit in engine.answering(asked)] == [1, 2, 3, 4]


@pytest.mark.parametrize("text", ["r", "R", "what is R?"])
def test_a_one_letter_word_is_found(engine: Engine, text: str) -> None:
    engine.index([document(1, "Read your data in R"), document(2, "Read your data elsewhere")])
    assert found(engine, text)[0] == 1


@pytest.mark.parametrize("text", ["utm_source", "utm source", "UTM_SOURCE", "source"])
def test_code_is_found_whole_and_in_parts(engine: Engine, text: str) -> None:
    engine.index([document(1, "Campaigns", "Add utm_source to the address."), document(2, "Other", "Nothing.")])
    assert found(engine, text) == [1]


def test_only_small_words_still_find_a_title(engine: Engine) -> None:
    engine.index([document(1, "What we do"), document(2, "Refunds")])
    assert found(engine, "what do we do") == [1]


@pytest.mark.parametrize("text", ["", "  ", "?!…", "()", "title:refund AND NOT (", "*", "a" * 5_000, "refund " * 6_000])
def test_any_text_is_answered(engine: Engine, text: str) -> None:
    engine.index([document(1, "Refunds")])
    assert found(engine, text) in ([], [1])


def test_the_query_language_of_the_library_is_not_spoken(engine: Engine) -> None:
    engine.index([document(1, "Refunds"), document(2, "Invoices")])
    assert found(engine, "NOT refunds") == [1]
    assert found(engine, "refund*") == [1]
    assert found(engine, "re*") == []


def test_a_language_finds_its_own_documents_and_counts_the_others(engine: Engine) -> None:
    engine.index(
        [
            document(1, "Refund"),
            document(1, "Reembolso del refund", locale="es"),
            document(2, "Счёт refund", locale="ru"),
        ]
    )
    results = engine.search(query("refund"))
    assert [(hit.id, hit.locale) for hit in results.hits] == [(1, "en")]
    assert results.facets is not None
    assert dict(results.facets.locales) == {"en": 1, "es": 1, "ru": 1}


@pytest.mark.parametrize(
    ("locale", "title", "text"),
    [
        ("es", "Descargar facturas", "facturación"),
        ("ru", "Скачать счёт", "счета"),
        ("ar", "تنزيل الفواتير", "فواتير"),
        ("ar", "إلغاء الاشتراك", "كيف الغاء اشتراك"),
    ],
)
def test_each_language_is_stemmed(engine: Engine, locale: str, title: str, text: str) -> None:
    # The Arabic analyzer of the library raises an error; none of its analyzers is used.
    engine.index([document(1, title, locale=locale), document(2, "2FA", locale=locale)])
    assert found(engine, text, locale) == [1]


def test_a_hit_carries_what_is_shown(engine: Engine) -> None:
    engine.index([document(5, "Refunds\tand more", "Money back.", kind="question", updated_at=WHEN, solved=True)])
    hit = engine.search(query("refund money")).hits[0]
    assert (hit.kind, hit.id, hit.locale, hit.topic_id, hit.updated_at, hit.solved) == (
        "question",
        5,
        "en",
        1,
        WHEN,
        True,
    )
    assert hit.title == "Refunds\tand more"
    assert [part.text for part in hit.passage if part.is_marked] == ["Money"]


def test_filters_narrow_and_facets_say_by_how_much(engine: Engine) -> None:
    everything = [
        document(1, "Refund", topic_id=1, tags=("Money",)),
        document(2, "Refund", topic_id=2, tags=("money", "old")),
        document(3, "Refund", topic_id=None),
        document(1, "Refund", topic_id=2, kind="question"),
    ]
    engine.index(everything)
    sees: dict[str, Any] = {"visible_topics": frozenset({1, 2})}
    results = engine.search(query("refund", **sees))
    assert results.total == 4
    assert results.facets is not None
    assert dict(results.facets.kinds) == {"article": 3, "question": 1}
    assert dict(results.facets.topics) == {1: 1, 2: 2, None: 1}
    narrowed = engine.search(query("refund", topics=frozenset({2}), kinds=frozenset({"article"}), **sees))
    assert ([hit.id for hit in narrowed.hits], narrowed.total) == ([2], 1)
    assert narrowed.facets is not None
    assert dict(narrowed.facets.kinds) == {"article": 1, "question": 1}
    assert dict(narrowed.facets.topics) == {1: 1, 2: 1, None: 1}
    tagged = engine.search(query("refund", tags=frozenset({"money", "old"}), **sees))
    assert ([hit.id for hit in tagged.hits], tagged.total) == ([2], 1)


def test_a_tag_is_found_behind_many_better_documents(engine: Engine) -> None:
    better = [document(n, "Refund refund", "refund") for n in range(2, 80)]
    engine.index([*better, document(1, "Long title about a refund and more", tags=("rare",))])
    assert found(engine, "refund", tags=frozenset({"rare"})) == [1]


HIDDEN = [
    document(1, "Canarybird", "canarybird secretword", audience="team"),
    document(2, "Canarybird", "canarybird secretword", topic_id=99),
]


@pytest.mark.parametrize("text", ["canarybird", "canarybrd", "canaryb", "secretword", "canarybirdsecretword"])
def test_what_one_may_not_see_is_nowhere(engine: Engine, text: str) -> None:
    engine.index([*HIDDEN, document(3, "Refunds", "Money back.")])
    for unfinished in (False, True):
        results = engine.search(query(text, unfinished=unfinished))
        assert (results.hits, results.total, results.correction) == ((), 0, None)
        assert results.facets is not None
        assert not results.facets.kinds
        assert not results.facets.topics
        assert not results.facets.locales
    completions = engine.complete(query(text, unfinished=True))
    assert (completions.texts, completions.titles) == ((), ())
    assert engine.correct(query(text)) is None
    assert engine.lookup([("article", 1), ("article", 2)], query(text)) == []
    assert engine.explain(query(text), ("article", 1)) == []


def test_who_may_see_it_finds_it(engine: Engine) -> None:
    engine.index(HIDDEN)
    staff: dict[str, Any] = {"audience": frozenset({"everyone", "team"}), "visible_topics": frozenset({1, 99})}
    assert found(engine, "canarybird", **staff) == [1, 2]
    assert engine.complete(query("canaryb", unfinished=True, **staff)).texts == ("canarybird",)


def test_a_deleted_document_is_nowhere(engine: Engine) -> None:
    engine.index([document(n, f"Refund {n}") for n in range(1, 40)])
    engine.index([document(50, "Zebracrossing stripes", "zebracrossing")])
    engine.delete([("article", 50), ("article", 7)])
    assert found(engine, "zebracrossing") == []
    assert engine.complete(query("zebracr", unfinished=True)).texts == ()
    assert engine.complete(query("zebra", unfinished=True)).titles == ()
    assert engine.correct(query("zebracrosing")) is None
    assert 7 not in found(engine, "refund", limit=50)
    assert engine.search(query("refund")).total == 38


def test_a_subject_leaves_in_every_language(engine: Engine) -> None:
    engine.index([document(1, "Refund"), document(1, "Reembolso", locale="es")])
    engine.delete([("article", 1)])
    assert found(engine, "refund") == found(engine, "reembolso", "es") == []


def test_a_kind_and_id_are_one_subject_and_another_kind_is_another(engine: Engine) -> None:
    engine.index([document(1, "Refund"), document(1, "Refund", kind="question"), document(11, "Refund")])
    engine.delete([("article", 1)])
    assert {hit.subject for hit in engine.search(query("refund")).hits} == {("article", 11), ("question", 1)}


def test_synonyms_apply_to_the_query(engine: Engine) -> None:
    engine.index([document(1, "Invoices"), document(2, "Bills")])
    synonyms = synonyms_of([Synonym("en", ("bill", "invoice"))])
    assert [hit.id for hit in engine.search(query("bill"), synonyms).hits] == [2, 1]
    assert [hit.id for hit in engine.search(query("bill")).hits] == [2]


def test_an_explanation_adds_up_to_the_score(engine: Engine) -> None:
    engine.index([document(1, "Reset a password", "Type the password.", keywords=("login",)), document(2, "Other")])
    asked = query("reset password login")
    reasons = engine.explain(asked, ("article", 1))
    assert sum(reason.points for reason in reasons) == pytest.approx(engine.search(asked).hits[0].score, abs=0.01)
    assert {"title", "keyword", "body"} <= {reason.reason.rsplit(" ", 1)[1] for reason in reasons}
    assert engine.explain(asked, ("article", 2)) == []


def test_lookup_gives_hits_without_ranking(engine: Engine) -> None:
    engine.index([document(1, "Refund"), document(2, "Invoice", kind="question")])
    assert [hit.id for hit in engine.lookup([("question", 2), ("article", 1), ("article", 8)], query("x"))] == [2, 1]
    assert engine.lookup([("question", 2)], query("x", kinds=frozenset({"article"}))) == []


def test_the_best_are_the_same_whether_or_not_the_rest_was_skipped(engine: Engine) -> None:
    def body(number: int) -> str:
        return " ".join(f"word{k}" for k in range(30) if (number * 7919) % (k + 2) < 2) + " filler" * (number % 13)

    engine.index([document(n, f"Page {n % 17}", body(n)) for n in range(1, 400)])
    asked = query("word1 word7 word12 word20 word28 page filler", limit=50)
    everything = engine.search(replace(asked, tags=frozenset()))
    engine.index([document(n, f"Page {n % 17}", body(n), tags=("all",)) for n in range(1, 400)])
    # With a tag every document is scored to the end.
    complete = engine.search(replace(asked, tags=frozenset({"all"})))
    assert [hit.id for hit in everything.hits[:20]] == [hit.id for hit in complete.hits[:20]]
    assert everything.total == complete.total


def test_a_word_in_every_document_still_finds_them_when_some_are_deleted(engine: Engine) -> None:
    engine.index([document(n, "Refund") for n in range(1, 10)])
    engine.delete([("article", 3)])
    assert set(found(engine, "refund")) == set(range(1, 10)) - {3}


def test_a_refused_document_leaves_the_index_as_it_was(engine: Engine) -> None:
    engine.index([document(1, "Refund")])
    with pytest.raises(DocumentRefused):
        engine.index([document(2, "Refund"), document(3, "")])
    assert found(engine, "refund") == [1]
    engine.index([document(2, "Refund")])
    assert set(found(engine, "refund")) == {1, 2}
