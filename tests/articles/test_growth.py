"""An article costs the same on a site of a hundred and of many thousands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any
from unittest.mock import patch

import pytest
from flask import Flask
from sqlalchemy import event

from helpcenter.accounts.viewer import STRANGER
from helpcenter.articles import visibility
from helpcenter.core.db import begin_write, db
from helpcenter.core.refusals import NotFound
from helpcenter.topics.topic import find_or_make
from tests.shelf import put_article, put_topic


class Asked(Exception):
    """The statement with its values, instead of an answer."""


@pytest.mark.parametrize(
    "ask",
    [
        lambda: visibility.readable(1, "en", STRANGER),
        lambda: visibility.listed(STRANGER, "en", topic_ids=[1, 2]),
        lambda: visibility.listed(STRANGER, "en", article_ids=[1, 2]),
    ],
)
def test_articles_are_looked_up_and_not_looked_for(plan: Any, app: Flask, ask: Callable[[], Any]) -> None:
    def instead(statement: Any, values: Any) -> None:
        raise Asked(statement.params(values))

    with patch.object(db.session, "execute", instead), pytest.raises(Asked) as asked:
        ask()
    steps = plan(asked.value.args[0])
    assert not [step for step in steps if step.startswith("SCAN")]
    assert [step for step in steps if "edition" in step] == [
        "SEARCH edition USING INDEX sqlite_autoindex_edition_1 (article_id=?)"
    ]


@contextmanager
def noted() -> Iterator[list[Any]]:
    """The values that each statement was asked with."""
    found: list[Any] = []

    def note(*told: Any) -> None:
        found.append(told[3])

    event.listen(db.engine, "before_cursor_execute", note)
    yield found
    event.remove(db.engine, "before_cursor_execute", note)


def test_however_many_topics_there_are_no_statement_names_them(app: Flask) -> None:
    article = put_article("Refunds", topic_id=put_topic("billing", "Billing"))
    begin_write()
    for number in range(60):
        find_or_make(f"topic-{number}")
    db.session.commit()
    with noted() as asked:
        visibility.readable(article, "en", STRANGER)
        visibility.listed(STRANGER, "en")
        with suppress(NotFound):
            visibility.readable(article + 1, "en", STRANGER)
    assert len(asked) > 2
    assert max(len(values) for values in asked) < 20
