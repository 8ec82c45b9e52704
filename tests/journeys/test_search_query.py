"""Words that were searched for are forgotten in time; that somebody searched is not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from flask import Flask
from sqlalchemy import select

from helpcenter.core import clock
from helpcenter.core.db import db
from helpcenter.journeys import search_query
from helpcenter.journeys.search_query import SearchQuery
from tests.journeys.acts import act, events, someone

MONDAY = datetime(2026, 8, 3, 10, tzinfo=UTC)


def test_words_are_forgotten_after_ninety_days_and_the_search_is_still_counted(app: Flask) -> None:
    for days, words in ((0, "old"), (2, "new")):
        with clock.moved(MONDAY + timedelta(days=days)):
            act("searched", someone(), detail={"results": 0}, query=words)
    with clock.moved(MONDAY + timedelta(days=90, seconds=1)):
        assert search_query.forget_old() == 1
        assert search_query.forget_old() == 0
    assert db.session.scalars(select(SearchQuery.typed)).all() == ["new"]
    assert [event.detail for event in events()] == [{"results": 0}] * 2


def test_very_long_words_are_cut(app: Flask) -> None:
    act("searched", someone(), detail={"results": 0}, query="x" * 5000)
    assert len(db.session.scalars(select(SearchQuery.typed)).one()) == search_query.LONGEST_QUERY
