from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from helpcenter.search.document import DocumentRefused, check, refusal
from helpcenter.search.whoosh_engine.engine import WhooshEngine
from tests.search.conftest import document

GOOD = document(1, "Refunds", "When you get money back.")


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"kind": "answer_2", "id": 1},
        *({"locale": locale} for locale in ("es", "ru", "ar")),
        {"title": "x" * 500},
        {"title": "مرحبا 👋", "body": ""},
        {"body": "x" * (512 * 1024)},
        {"keywords": ("x" * 200,) * 100, "tags": ("tag",) * 100},
        {"topic_id": None, "audience": "members"},
        {"updated_at": datetime(2026, 1, 1, tzinfo=UTC)},
    ],
)
def test_the_index_holds_the_largest_document_that_is_taken(engine: WhooshEngine, change: dict[str, object]) -> None:
    whole = replace(GOOD, **change)  # type: ignore[arg-type]
    assert refusal(whole) is None
    check(whole)
    engine.rebuild([whole])
    assert engine.health().documents == 1


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
