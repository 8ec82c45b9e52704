from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from helpcenter.search.document import DocumentRefused, check
from tests.search.conftest import document

GOOD = document(1, "Refunds", "When you get money back.")


def test_a_good_document_is_taken() -> None:
    check(GOOD)


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "Article!"},
        {"id": 0},
        {"id": True},
        {"locale": "de"},
        {"title": "  "},
        {"title": "x" * 501},
        {"body": "x" * (512 * 1024 + 1)},
        {"body": None},
        {"body": "half a pair \ud800"},
        {"keywords": ("x" * 201,)},
        {"keywords": ("word",) * 201},
        {"topic_id": "1"},
        {"audience": "every one\t"},
        {"updated_at": datetime(2026, 1, 1)},
    ],
)
def test_a_document_the_index_can_not_hold_is_refused_by_name(change: dict[str, object]) -> None:
    with pytest.raises(DocumentRefused, match=str(change.get("id", 1))):
        check(replace(GOOD, **change))  # type: ignore[arg-type]
