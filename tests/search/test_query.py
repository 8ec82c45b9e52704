from __future__ import annotations

from typing import Any
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpcenter.search.query import LONGEST_TEXT, shortened
from tests.search.conftest import query


@pytest.mark.parametrize("wrong", [{"limit": 0}, {"limit": 51}, {"offset": -1}, {"offset": 1001}, {"locale": "de"}])
def test_a_query_outside_of_its_limits_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"limit|language"):
        query("refund", **wrong)


def test_a_long_text_is_cut_at_a_word() -> None:
    text = query("money back " * 4_000).text
    assert len(text) <= LONGEST_TEXT
    assert text.split()[-1] in ("money", "back")


def test_one_endless_word_is_cut_too() -> None:
    assert len(query("x" * 40_000).text) == LONGEST_TEXT


def test_a_sign_that_stands_for_many_letters_counts_as_these() -> None:
    assert len(normalize("NFKC", query("\ufdfa" * LONGEST_TEXT, locale="ar").text)) <= LONGEST_TEXT
    # What is short enough stays as it was typed.
    assert query("\ufdfa x²").text == "\ufdfa x²"


@given(st.text())
def test_any_text_becomes_one_line_that_can_be_stored(text: str) -> None:
    line = shortened(text)
    assert len(normalize("NFKC", line)) <= LONGEST_TEXT
    assert len(line) <= LONGEST_TEXT
    assert line == " ".join(line.split())
    assert "\0" not in line
    line.encode()
    assert shortened(line) == line
