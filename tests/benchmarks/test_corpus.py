"""The texts that search is measured on, and the questions about them."""

from __future__ import annotations

import random
from collections import Counter

from benchmarks import corpus
from benchmarks.corpus import Page, Writer


def test_the_same_seed_writes_the_same_texts():
    assert Writer(3).documents(4) == Writer(3).documents(4)
    assert Writer(3).documents(4) != Writer(4).documents(4)


def test_some_words_are_far_more_frequent_than_others():
    counts = Counter(Writer().words(20_000)).most_common()

    assert counts[0][1] > 20 * counts[len(counts) // 2][1]


def test_every_question_has_words_of_one_text():
    writer = Writer()
    documents = writer.documents(5)
    texts = [set(document.body.split()) for document in documents]

    for question in writer.questions(documents, 30):
        assert any(set(question.split()) <= words for words in texts)


def test_a_misspelled_word_is_one_edit_away_and_another_word():
    chance = random.Random(1)
    for _ in range(200):
        wrong = corpus.misspelled("password", chance)
        assert wrong != "password"
        assert abs(len(wrong) - len("password")) <= 1
        assert (wrong[0], wrong[-1]) == ("p", "d")


def test_a_question_to_several_pages_is_answered_by_each_of_them():
    pages = [Page("Log in", "Type it.", ["forgot password"]), Page("Reset", "Ask for it.", ["forgot password"])]

    labelled = corpus.labelled(pages, "en", 10)

    assert [question.relevant for question in labelled.questions] == [{"1": 1.0, "2": 1.0}]
    assert labelled.names == {(1, "en"): "1", (2, "en"): "2"}


def test_no_more_questions_are_asked_than_wanted():
    pages = [Page("Log in", "Type it.", [f"question {number}" for number in range(20)])]

    assert len(corpus.labelled(pages, "en", 5).questions) == 5


def test_the_manual_is_asked_by_keywords_that_its_pages_do_not_carry():
    labelled = corpus.manual("ru", 50)

    assert len(labelled.questions) == 50
    assert all(not document.keywords for document in labelled.documents)


def test_pages_from_outside_are_asked_by_their_headings_and_indexed_without_them(tmp_path):
    (tmp_path / "billing.md").write_text(
        "---\ntitle: Billing\n---\nPay here.\n\n## Change your **plan**\n\nPress it.\n"
    )
    (tmp_path / "_topic.md").write_text("---\ntitle: Money\n---\nAll of it.\n")

    labelled = corpus.outside(tmp_path, 10)

    assert [question.text for question in labelled.questions] == ["Change your plan"]
    assert "Change" not in labelled.documents[0].body
    assert len(labelled.documents) == 1
