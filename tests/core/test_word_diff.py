from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from helpcenter.core.word_diff import MOST_CELLS, Change, Piece, diff

TEXTS = st.text(alphabet="ab \n.\u0301م", max_size=60)


@given(TEXTS, TEXTS)
def test_what_stayed_and_what_was_taken_out_is_the_old_text_and_with_what_was_put_in_the_new_one(
    old: str, new: str
) -> None:
    pieces = diff(old, new)
    assert "".join(one.text for one in pieces if one.change is not Change.ADDED) == old
    assert "".join(one.text for one in pieces if one.change is not Change.REMOVED) == new
    assert all(one.text for one in pieces)
    assert all(one.change is not other.change for one, other in pairwise(pieces))


@given(TEXTS)
def test_of_the_same_text_nothing_changed(text: str) -> None:
    assert all(one.change is Change.SAME for one in diff(text, text))


def test_words_are_compared_and_lines_that_stay_are_left_alone() -> None:
    assert diff("First line.\nPay by card today.\nLast.", "First line.\nPay by transfer today.\nLast.") == [
        Piece(Change.SAME, "First line.\nPay by "),
        Piece(Change.REMOVED, "card "),
        Piece(Change.ADDED, "transfer "),
        Piece(Change.SAME, "today.\nLast."),
    ]


def test_a_long_passage_that_was_rewritten_is_told_as_a_whole() -> None:
    words = int(MOST_CELLS**0.5) + 1
    old, new = "a b " * words, "b c " * words
    assert [one.change for one in diff(old, new)] == [Change.REMOVED, Change.ADDED]
