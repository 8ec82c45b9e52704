from __future__ import annotations

from helpcenter.core.line_matches import MOST_CELLS, matches


def test_what_no_line_of_its_own_divides_is_compared_while_that_is_quick() -> None:
    assert matches(["a", "b", "a", "b"], ["b", "a", "a", "b"]) == {1: 0, 2: 2, 3: 3}


def test_what_would_take_long_is_taken_to_be_rewritten_between_the_lines_that_stayed() -> None:
    times = int(MOST_CELLS**0.5)
    old, new = ["a", "b"] * times, ["b", "b", "a"] * times
    assert matches(["first", *old, "last"], ["first", *new, "last"]) == {0: 0, len(old) + 1: len(new) + 1}
