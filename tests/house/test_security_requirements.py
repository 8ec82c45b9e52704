"""The page for auditors: every requirement has its row, every row a test or a reason, and every test exists."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from config import ROOT
from helpcenter.core.markdown import render

PAGE = ROOT / "articles" / "en" / "operators" / "security-requirements.md"
LISTED = Path(__file__).parent / "security_requirements.txt"
ROW = re.compile(r"^\| (\d+\.\d+\.\d+)(?:–(\d+\.\d+\.\d+))? \| (.+) \| (.+) \|$", re.MULTILINE)
NAMED = re.compile(r"`(tests/[\w/]+\.py)` “([\w ]+)”")
# How a row begins that no test holds, or not all of it.
REASONS = (
    "In part: ",
    "Not met: ",
    "Not tested",
    "Does not apply",
    "Left to you",
    "Written down: ",
    "Met by leaving it out: ",
)


def requirements() -> list[str]:
    """The number of each, as the standard has them."""
    lines = LISTED.read_text(encoding="utf-8").splitlines()
    return [line.split()[0] for line in lines if not line.startswith("#")]


def rows() -> Iterator[tuple[str, str, str]]:
    """The first and the last number of each row, and how it is met."""
    for first, last, _about, how in ROW.findall(PAGE.read_text(encoding="utf-8")):
        yield first, last or first, how


def covered(first: str, last: str) -> list[str]:
    """The requirements from one number to another of the same section; those of level 3 between them are not asked."""
    section, begin = first.rsplit(".", 1)
    same, end = last.rsplit(".", 1)
    assert section == same and int(begin) <= int(end), f"{first}–{last} is no stretch of one section"
    wanted = {f"{section}.{number}" for number in range(int(begin), int(end) + 1)}
    return [one for one in requirements() if one in wanted]


@cache
def names_in(path: str) -> frozenset[str]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def test_the_list_is_that_of_the_standard() -> None:
    levels = Counter(line.split()[1] for line in LISTED.read_text(encoding="utf-8").splitlines()[1:])
    assert levels == {"1": 70, "2": 183}
    assert len(set(requirements())) == len(requirements())


def test_every_requirement_stands_on_the_page_once() -> None:
    found = [number for first, last, _how in rows() for number in covered(first, last)]
    assert Counter(found) == Counter(requirements())
    assert found == requirements(), "in the order of the standard"
    edges = {number for first, last, _how in rows() for number in (first, last)}
    assert edges <= set(requirements()), "a number that the standard does not have at these levels"


def test_every_line_of_a_table_with_a_number_is_read_as_a_row() -> None:
    lines = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if re.match(r"\|\s*\d", line)]
    assert len(lines) == len(list(rows()))


@pytest.mark.parametrize("first", [first for first, _last, _how in rows()])
def test_a_row_names_tests_that_there_are_or_says_why_it_names_none(first: str) -> None:
    ((_first, _last, how),) = [row for row in rows() if row[0] == first]
    named = NAMED.findall(how)
    missing = [f"{path} {words}" for path, words in named if f"test_{words.replace(' ', '_')}" not in names_in(path)]
    assert not missing
    # What stands beside the names of tests says how much of it they hold.
    rest = NAMED.sub("", how).strip(" ;")
    assert rest.startswith(REASONS) or (named and not rest), how
    assert how.count("tests/") == how.count("“") == len(named), (
        "a test that is written in another way is not looked for"
    )


def test_the_page_can_be_rendered_as_an_article() -> None:
    text = PAGE.read_text(encoding="utf-8").split("---\n", 2)[2]
    page = render(text, "article")
    assert page.html.count("<table") == len(re.findall(r"^\|(?: ?-+ ?\|)+$", text, re.MULTILINE))
    assert page.html.count("<tr>") >= len(list(rows()))
