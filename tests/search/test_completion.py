from __future__ import annotations

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from helpcenter.search.completion import completed, word_list

LIST = word_list({"refund": 5, "refunds": 9, "refuse": 1, "invoice": 3}, {"refund": 1, "reset": 4})


def _all(_word: str) -> bool:
    return True


def test_the_most_frequent_words_come_first() -> None:
    assert LIST.completions("ref", 2, _all) == ["refunds", "refund"]


def test_the_word_itself_is_no_completion() -> None:
    assert LIST.completions("refund", 5, _all) == ["refunds"]


def test_one_letter_is_too_little() -> None:
    assert LIST.completions("r", 5, _all) == []


def test_what_may_not_be_shown_is_left_out_before_the_limit() -> None:
    hidden: Callable[[str], bool] = lambda word: word != "refunds"  # noqa: E731
    assert LIST.completions("ref", 1, hidden) == ["refund"]


def test_counts_of_several_sources_add_up() -> None:
    assert (LIST.count("refund"), LIST.count("unknown")) == (6, 0)


def test_what_was_typed_before_is_kept_letter_by_letter() -> None:
    assert completed("How  do I Ref", "ref", "refund") == "How  do I refund"


@given(st.dictionaries(st.text(min_size=1, max_size=6), st.integers(1, 9)), st.text(min_size=2, max_size=4))
def test_every_completion_begins_with_what_was_typed(counted: dict[str, int], prefix: str) -> None:
    known = word_list(counted)
    found = known.completions(prefix, 100, _all)
    assert set(found) == {word for word in counted if word.startswith(prefix) and word != prefix}
