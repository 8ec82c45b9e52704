"""Two questions that are one."""

from __future__ import annotations

import pytest

from tests.cast import Cast
from tests.community.posts import (
    put_answer,
    put_question,
)


@pytest.fixture
def pair(cast: Cast) -> tuple[int, int]:
    """Ben asked what Ada had asked before; both were answered."""
    first = put_question(cast, "ada", "How do I open the locker?")
    again = put_question(cast, "ben", "Why is my locker shut?")
    put_answer(cast, first, "sam", "Turn the key.")
    put_answer(cast, again, "cleo", "Pull while you turn.")
    return again, first
