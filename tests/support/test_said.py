from __future__ import annotations

import re
from html import unescape
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from helpcenter.core.db import begin_write, db
from helpcenter.journeys.actor import Actor
from helpcenter.journeys.visitor import new_id
from helpcenter.support import conversation, said
from helpcenter.support.conversation import Conversation
from tests.cast import Cast
from tests.support.letters_to_us import COMPLAINT, opened
from tests.support.views.test_conversations import path_of


@pytest.fixture
def long(app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Conversation:
    """A complaint and six more messages, two of them notes, of which three are shown at once."""
    monkeypatch.setattr(said, "MOST_SHOWN", 3)
    row, sam = opened(), Actor(new_id(), cast.id_of("sam"))
    begin_write()
    row = conversation.locked(row.id)
    for number in range(2, 8):
        if number in (4, 6):
            conversation.add_note(row, f"Message {number}.", by=sam)
        else:
            conversation.write(row, f"Message {number}.", by=Actor(new_id()))
    db.session.commit()
    return row


def shown(page: str) -> list[str]:
    return re.findall(r"Message \d|" + re.escape(COMPLAINT[:20]), page.split('id="messages"')[1].split("</ol>")[0])


def way(page: str, words: str) -> str:
    """The address behind a link; '' where it is not there."""
    found = re.search(rf'href="([^"]+)"[^>]*>{words}<', page)
    return unescape(found[1]) if found else ""


def walked(browser: FlaskClient, path: str) -> list[list[str]]:
    """What each page shows, from the newest to the first."""
    pages = []
    while path:
        page = browser.get(path).text
        pages.append(shown(page))
        path = way(page, "Earlier messages")
    return pages


def test_a_long_conversation_comes_in_parts_and_the_newest_is_first(cast: Cast, long: Conversation) -> None:
    assert walked(cast.browser("sam"), f"/inbox/{long.id}") == [
        ["Message 5", "Message 6", "Message 7"],
        ["Message 2", "Message 3", "Message 4"],
        [COMPLAINT[:20]],
    ]


def test_its_writer_goes_through_it_by_the_same_link_and_meets_no_note(
    stranger: FlaskClient, long: Conversation
) -> None:
    assert walked(stranger, path_of(long)) == [["Message 3", "Message 5", "Message 7"], [COMPLAINT[:20], "Message 2"]]


def test_from_earlier_messages_a_link_leads_back_to_the_newest(stranger: FlaskClient, long: Conversation) -> None:
    newest = stranger.get(path_of(long)).text
    assert not way(newest, "The newest messages")
    earlier = stranger.get(way(newest, "Earlier messages")).text
    back = way(earlier, "The newest messages")
    assert urlsplit(back).query == f"key={long.key}"
    assert shown(stranger.get(back).text) == shown(newest)


def test_nonsense_instead_of_a_message_shows_the_newest(stranger: FlaskClient, long: Conversation) -> None:
    for before in ("x", "-1", "99999999999999999999"):
        assert shown(stranger.get(f"{path_of(long)}&before={before}").text) == shown(stranger.get(path_of(long)).text)


def test_before_the_first_message_there_is_none(stranger: FlaskClient, long: Conversation) -> None:
    for more in ("before=1", "before=1&sent=here"):
        answer = stranger.get(f"{path_of(long)}&{more}")
        assert answer.status_code == 200
        assert not shown(answer.text)
