"""What may make a text harder to read, and on which line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpcenter.articles.studio.text_hints import (
    LONGEST_LINE,
    LONGEST_READ,
    LONGEST_SENTENCE,
    MOST_OF_A_KIND,
    Kind,
    hints_of,
)
from helpcenter.core.locale import LANGUAGES
from helpcenter.core.markdown import render

LONG = "go on " * 20


def lines(text: str, kind: Kind, locale: str = "en") -> list[int]:
    return [one.line for one in hints_of(text, locale) if one.kind == kind]


RUN_TOGETHER = [
    ("Open one of\n2. the first\n3. the second", 2),
    ("• the first\n• the second", 1),
    ("Choose:\n\n• the first\n• the second", 3),
    ("Choose:\n    - the first\n    - the second", 2),
    ("Choose:\n-the first\n-the second", 2),
]
IN_ORDER = [
    "Choose:\n- the first\n- the second",
    "Choose:\n1. the first\n2. the second",
    "Choose:\n1) the first\n2) the second",
    "- the first\n  and more\n- the second",
    "1. the first\n   - a part\n   - another",
    "It was in\n2019. Then it was\nover.",
    "```\nOne:\n-the first\n-the second\n```",
    "!!! note\n    Choose:\n    - the first\n    - the second",
    "| a | b |\n|---|---|\n| 1. x | y |\n| 2. z | y |",
    "The temperature is\n-5 or\n-7 degrees",
]


@pytest.mark.parametrize(("text", "line"), RUN_TOGETHER)
def test_lines_that_look_like_a_list_and_are_none_are_told(text: str, line: int) -> None:
    assert "<li" not in render(text, "article").html
    assert lines(text, Kind.LIST) == [line]


@pytest.mark.parametrize("text", IN_ORDER)
def test_a_list_that_readers_see_and_what_is_none_are_left_alone(text: str) -> None:
    assert lines(text, Kind.LIST) == []


@pytest.mark.parametrize("locale", LANGUAGES)
def test_a_sentence_is_long_by_the_measure_of_its_language(locale: str) -> None:
    most = LONGEST_SENTENCE[locale]
    word = {"en": "word", "es": "palabra", "ru": "слово", "ar": "كلمة"}[locale]
    end = "؟" if locale == "ar" else "."
    text = " ".join([word] * most) + end
    assert lines(text, Kind.SENTENCE, locale) == []
    [hint] = hints_of(f"{text}\n\n{word} {text}", locale)
    assert (hint.line, hint.words) == (3, most + 1)


def test_a_sentence_over_several_lines_is_told_with_the_line_it_begins_on() -> None:
    assert lines(f"Short. Now\n{LONG}\n{LONG}.\nShort.", Kind.SENTENCE) == [1]


def test_of_a_line_that_nobody_would_write_only_the_beginning_is_read() -> None:
    (hint,) = hints_of("word " * 10_000, "en")
    assert hint.words == LONGEST_LINE // len("word ")
    for odd in (".", "![", "`", "!?"):
        assert hints_of(odd * (LONGEST_READ // len(odd)), "en") == []


@pytest.mark.parametrize(
    "text",
    [
        f"```\n{LONG}\n```",
        f"# {LONG}",
        f"| a | b |\n|---|---|\n| {LONG} | x |",
        f"See `{LONG}` for it.",
        f"![{LONG}](/files/x.png)",
        f"[here](/{'a' * 300}/{LONG.replace(' ', '-')})",
        "\n".join(f"- {'word ' * 20}" for _ in range(5)),
        f"{'word ' * 20}\n\n{'word ' * 20}",
        f"{'word ' * 20}: {'word ' * 20}.",
    ],
)
def test_code_headings_tables_addresses_and_the_items_of_a_list_are_no_long_sentences(text: str) -> None:
    assert lines(text, Kind.SENTENCE) == []


def test_at_most_five_of_a_kind_are_told_in_the_order_of_their_lines() -> None:
    text = "\n\n".join([f"{LONG}{LONG}.", "• a\n• b"] * 9)
    told = hints_of(text, "en")
    assert len(told) == 2 * MOST_OF_A_KIND
    assert told == sorted(told, key=lambda one: one.line)


@given(st.text(alphabet="ab .!-*`~|#>[]()\n 1.•", max_size=300), st.sampled_from(sorted(LANGUAGES)))
def test_any_text_has_hints_on_lines_that_it_has(text: str, locale: str) -> None:
    for hint in hints_of(text, locale):
        assert 1 <= hint.line <= text.count("\n") + 1
