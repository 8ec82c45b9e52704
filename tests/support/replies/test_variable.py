from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpcenter.support.replies.variable import VARIABLES, filled, unknown_in

EVERY = dict.fromkeys(VARIABLES, "Ben")
PLAIN = st.text(st.characters(exclude_characters="{}"))
TEMPLATES = st.lists(st.one_of(PLAIN, st.sampled_from([f"{{{name}}}" for name in VARIABLES]))).map("".join)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Hello {name},", "Hello,"),
        ("Hello {name}!", "Hello!"),
        ("Hello {name} !", "Hello!"),
        ("Hola, {name}:\n\nSí.", "Hola:\n\nSí."),
        ("Здравствуйте, {name}!", "Здравствуйте!"),
        ("مرحبًا {name}،", "مرحبًا،"),
        ("مرحبًا، {name}", "مرحبًا"),
        ("{name}, thank you.", "Thank you."),
        ("Good.\n{name} – it works.", "Good.\nIt works."),
        ("Thanks, {name}", "Thanks"),
        ("Thanks, {name} – it works.", "Thanks – it works."),
        ("We wrote to {name} today.", "We wrote to today."),
        ("{name}", ""),
        ("{ name }, hello {agent}", "Hello Sam"),
    ],
)
def test_a_name_that_nobody_left_leaves_no_hole(text: str, said: str) -> None:
    assert filled(text, {"name": "  ", "agent": "Sam"}) == said


def test_a_value_is_filled_in_and_never_read_again() -> None:
    assert filled("Hi { name }, {{name}} is {number}.", {"name": "{agent}\nBen", "number": "7"}) == (
        "Hi {agent} Ben, {name} is 7."
    )


def test_what_is_no_variable_stays() -> None:
    code = 'f() { return {"a": 1}; } {} { } {2} {unknown}'
    assert filled(code, EVERY) == code


def test_an_unknown_one_is_named_with_the_nearest() -> None:
    assert unknown_in("{nane} {Name} {nane} {имя} {{fine}} {name} {}") == [
        ("nane", "name"),
        ("Name", "name"),
        ("имя", ""),
    ]


@given(PLAIN)
def test_a_text_without_variables_is_what_was_written(text: str) -> None:
    assert filled(text, EVERY) == filled(text, {}) == text
    assert unknown_in(text) == []


@given(TEMPLATES)
def test_every_variable_is_filled_in_or_gone(text: str) -> None:
    for values in (EVERY, {}, {"name": "Ben"}):
        assert "{" not in filled(text, values)


@given(TEMPLATES)
def test_what_is_missing_never_makes_a_text_longer(text: str) -> None:
    assert len(filled(text, {})) <= len(filled(text, EVERY))


@given(st.text(st.characters(categories=["L"]), min_size=1), st.sampled_from(",.:;!?،؛؟"))
def test_no_sign_is_left_alone_behind_a_space(greeting: str, sign: str) -> None:
    for text in (f"{greeting} {{name}}{sign}", f"{greeting}, {{name}}{sign}"):
        assert filled(text, {}) == f"{greeting}{sign}"
