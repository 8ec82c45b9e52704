"""Values as an archive has them, whichever database keeps them and however they got there."""

from __future__ import annotations

from typing import Any

import pytest

from helpcenter.backup import kind


def read(of: str, value: Any, dialect: str = "sqlite") -> Any:
    change = kind.after_reading(of, dialect)
    return change(value) if change else value


@pytest.mark.parametrize(
    ("kept", "told"),
    [
        ("2026-05-01 08:00:00.000000", "2026-05-01 08:00:00.000000"),
        ("2026-05-01 08:00:00", "2026-05-01 08:00:00.000000"),
        ("2026-05-01T08:00:00.5", "2026-05-01 08:00:00.500000"),
        ("2026-05-01 08:00:00+02:00", "2026-05-01 06:00:00.000000"),
        ("in May", "in May"),
        (1777622400, 1777622400),
    ],
)
def test_a_moment_that_a_statement_wrote_in_its_own_way_is_told_like_any_other(kept: Any, told: Any) -> None:
    assert read("time", kept) == told


@pytest.mark.parametrize(
    ("kept", "told"),
    [
        ('{"a": 1.0}', '{"a": 1.0}'),
        ('"1.0"', '"1.0"'),
        ("7", "7"),
        ("7.0", "7"),
        ("-0.5", "-0.5"),
        ("1e300", "1e+300"),
        ("-", "-"),
        ("", ""),
    ],
)
def test_a_bare_number_is_told_in_one_way_and_everything_else_as_it_is(kept: str, told: str) -> None:
    assert read("json", kept) == read("json", kept, "postgresql") == told


def test_bytes_travel_as_text() -> None:
    told = read("bytes", b"\0\xff")
    back = kind.before_writing("bytes", is_zoned=False, dialect="postgresql")
    assert isinstance(told, str) and back is not None and back(told) == b"\0\xff"


@pytest.mark.parametrize(("kept", "told"), [(1, True), (0, False), (2, 2), ("yes", "yes")])
def test_only_what_is_a_truth_becomes_one(kept: Any, told: Any) -> None:
    assert read("boolean", kept) is told
