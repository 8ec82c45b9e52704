"""The letters of one conversation stand below each other in a mail program, also where nobody answered by mail."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from helpcenter.core import site
from helpcenter.core.db import begin_write, db
from tests.cast import Cast
from tests.support.letters_to_us import kept, opened, written
from tests.support.mail_in.conftest import letters_to

TEAM, BEN = "team@example.org", "ben@example.org"


@pytest.fixture
def with_team(app: Flask) -> None:
    begin_write()
    site.change(support_address=TEAM)
    db.session.commit()


@pytest.mark.usefixtures("with_team")
def test_each_letter_names_the_one_before_it_to_the_same_address(app: Flask, stranger: FlaskClient, cast: Cast) -> None:
    written(stranger)
    (row,) = kept()
    sam = cast.browser("sam")
    for text in ("Press it.", "And tell us."):
        sam.post(f"/inbox/{row.id}/messages", data={"message": text})
        stranger.post(f"/en/conversations/{row.id}/messages?key={row.key}", data={"message": f"I did. {text}"})
    for address in (BEN, TEAM):
        found = letters_to(address)
        assert len(found) == 3
        assert [one.in_reply_to for one in found] == ["", *(one.message_id for one in found[:-1])]


def test_letters_of_another_conversation_are_not_below_it(app: Flask, cast: Cast) -> None:
    first, second, sam = opened(), opened(), cast.browser("sam")
    for row in (first, second):
        sam.post(f"/inbox/{row.id}/messages", data={"message": "Press it."})
    assert [one.in_reply_to for one in letters_to(BEN)] == ["", ""]
