from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update

from helpcenter.core.db import begin_write, db
from helpcenter.core.row_id import LARGEST
from helpcenter.support.conversation import Conversation
from helpcenter.support.queue_place import QueuePlace, place_in
from helpcenter.support.status import Status
from helpcenter.support.views import inbox
from tests.cast import Cast
from tests.support.letters_to_us import opened

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
MOMENTS = st.datetimes(datetime(1970, 1, 1), datetime(2999, 1, 1), timezones=st.just(UTC))


@given(st.builds(QueuePlace, st.none() | MOMENTS, st.booleans(), st.integers(1, LARGEST)))
def test_a_place_is_read_from_its_own_words(place: QueuePlace) -> None:
    assert place_in(str(place)) == place


@pytest.mark.parametrize(
    "words", ["", "7", "1-1", "x-1-7", "1-2-7", "-1-99999999999", "-1-9999999999", "9" * 18 + "-1-7", "1-1-7\n"]
)
def test_other_words_name_no_place(words: str) -> None:
    with pytest.raises(ValueError, match=r"no place|no number"):
        place_in(words)


def titles_on(sam: FlaskClient, address: str) -> list[str]:
    return re.findall(r"The matter \d+", sam.get(address).text)


@pytest.mark.parametrize("size", [1, 2, 5])
def test_page_after_page_shows_each_conversation_once_and_in_the_order_of_the_whole(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    sam = cast.browser("sam")
    # Two of each kind at the same moment; for those who wait for nobody it is None.
    kinds = list(product((NOON, NOON + timedelta(seconds=1, microseconds=7), None), (False, True), (1, 2)))
    rows = [opened(f"The matter {number}.") for number in range(10, 10 + len(kinds))]
    begin_write()
    for row, (since, urgent, _) in zip(rows, kinds, strict=True):
        changed: dict[str, Any] = {"waits_since": since, "is_urgent": urgent, "assignee_id": cast.id_of("sam")}
        db.session.execute(update(Conversation).where(Conversation.id == row.id).values(status=Status.OURS, **changed))
    db.session.commit()
    whole = {name: titles_on(sam, f"/inbox?queue={name}") for name in ("mine", "ours")}
    assert whole["mine"] == whole["ours"]
    assert sorted(set(whole["mine"])) == [f"The matter {number}" for number in range(10, 22)]
    monkeypatch.setattr(inbox, "PAGE_WAITING", size)
    for name, titles in whole.items():
        address, found = f"/inbox?queue={name}", []
        while address:
            found += titles_on(sam, address)
            following = re.search(r'href="([^"]+)" rel="next"', sam.get(address).text)
            address = following[1].replace("&amp;", "&") if following else ""
        assert found == titles


def test_a_page_goes_on_where_it_was_when_what_stood_there_is_answered(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    sam = cast.browser("sam")
    monkeypatch.setattr(inbox, "PAGE_WAITING", 2)
    rows = [opened(f"The matter {number}.") for number in range(10, 15)]
    following = re.search(r'href="([^"]+)" rel="next"', sam.get("/inbox").text)
    assert following
    begin_write()
    db.session.execute(update(Conversation).where(Conversation.id == rows[1].id).values(status=Status.CLOSED))
    db.session.commit()
    rest = titles_on(sam, following[1].replace("&amp;", "&"))
    assert list(dict.fromkeys(rest)) == ["The matter 12", "The matter 13"]


def test_a_place_that_is_none_shows_the_queue_from_its_beginning(app: Flask, cast: Cast) -> None:
    opened("The matter 10.")
    assert "The matter 10" in cast.browser("sam").get("/inbox?after=nonsense").text
