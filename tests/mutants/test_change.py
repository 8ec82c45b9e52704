"""What a source could have wrong: each kind of defect once, and nothing that nobody could call one."""

from __future__ import annotations

import pytest

from mutants.change import Change, answers, changes
from mutants.subjects import SUBJECTS

CASES = {
    "a boundary": ("def f(a): a < 3", {"a <= 3", "a >= 3", "a < 4"}),
    "a comparison": ("def f(a, b): a is not b", {"a is b"}),
    "one of two conditions": ("def f(a, b): a and b", {"a", "b", "a or b"}),
    "one of three conditions": (
        "def f(a, b, c): a or b or c",
        {"((b) or (c))", "((a) or (c))", "((a) or (b))", "a and b or c", "a or b and c"},
    ),
    "a negation": ("def f(a): not a", {"a"}),
    "a choice": ("def f(a, b, c): b if a else c", {"b", "c"}),
    "a sum": ("def f(a, b): a + b", {"a - b"}),
    "a filter": ("def f(a): [b for b in a if b]", {"[b for b in a if True]"}),
    "an end": ("def f(a): max(a)", {"pass", "min(a)"}),
    "what is given back": ("def f(a): return a", {"return None"}),
    "a truth that is given back": ("def f(): return True", {"return False"}),
    "nothing that is given back": ("def f(): return None", set()),
    "a way out": ("def f(a):\n for b in a:\n  continue", {"break"}),
    "a number, a word and a truth": ("def f(): 1, 'x', \"y\", True", {"2", '"yXX"', "False"}),
    "one of several": ('def f(): {"a", "b"}', {'{"b"}', '{"a"}', '"aXX"', '"bXX"'}),
    "a row of a table": ("A = {'x': B, 'y': C}", {"'x': C", "'y': B"}),
    "a default": ("def f(a=1): ...", {"a=2"}),
}


def told(change: Change, source: str) -> str:
    return change.made(source)


@pytest.mark.parametrize("what", CASES)
def test_every_kind_of_defect_is_made(what: str) -> None:
    source, expected = CASES[what]
    made = [told(one, source) for one in changes(source)]
    for part in expected:
        assert any(part in one for one in made), (part, made)
    # Each of the constants of `a choice between words` is a defect of its own; nothing is made twice.
    assert len(made) == len(set(made)) == len(expected)


def test_a_condition_is_taken_for_always_and_for_never() -> None:
    source = "def f(a):\n    if a:\n        g()\n"
    assert {"if True:", "if False:", "pass"} == {
        line.strip() for one in changes(source) for line in told(one, source).splitlines() if line not in source
    }


@pytest.mark.parametrize(
    "source",
    [
        '"""What it does."""',
        "from a import b",
        "def f(a: 'int | None') -> 'bool': ...",
        "@kept('x', 1)\ndef f(): ...",
        'def f(): "A sentence for people."',
        'def f(a): f"{a} of 3"',
        "A: 'int' = B",
    ],
)
def test_what_is_said_about_a_rule_is_no_rule(source: str) -> None:
    assert changes(source) == []


def test_a_change_leaves_the_rest_as_it_was_written() -> None:
    source = "def f(año):  # «ñ»\n    return año < 3  # the end\n"
    made = next(one for one in changes(source) if one.new == "<=")
    assert told(made, source) == "def f(año):  # «ñ»\n    return año <= 3  # the end\n"
    assert (made.rule, made.line) == ("f", 2)
    assert made.words == "f: return año < 3 # the end → return año <= 3 # the end"


def test_a_rule_is_told_by_its_names() -> None:
    source = "class A:\n    def b(self):\n        def c():\n            return 1\n\nD = 2\n"
    assert {one.rule for one in changes(source)} == {"A.b.c", "D"}


def test_a_question_is_left_out_or_answered_either_way() -> None:
    source = 'def f(a):\n    require(a, "x")\n    if a.may("y") and other(a):\n        return allows(a, "z")\n'
    found = answers(source, {"require", "may", "allows"})
    assert [told(one, source).splitlines()[one.line - 1].strip() for one in found] == [
        "pass",
        "if False and other(a):",
        "if True and other(a):",
        "return False",
        "return True",
    ]


@pytest.mark.parametrize("name", SUBJECTS)
def test_every_change_of_every_subject_is_told_apart(name: str) -> None:
    subjects = list(SUBJECTS[name]())
    assert all(subject.changes for subject in subjects)
    places = [(one.name, change.start, change.end, change.new) for one in subjects for change in one.changes]
    assert len(places) == len(set(places)) > 100
