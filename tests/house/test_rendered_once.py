"""A text becomes a page when it is saved. Whoever reads it waits for no renderer, and finds it whole while there is none."""

from __future__ import annotations

from unittest import mock

from flask.testing import FlaskClient

from helpcenter.core import worker
from helpcenter.core.db import begin_write, db
from helpcenter.journeys.actor import Actor
from helpcenter.journeys.visitor import new_id
from helpcenter.search import drainer
from helpcenter.support import conversation
from tests.cast import Cast
from tests.community.posts import TITLE, put_answer, put_comment, put_question
from tests.shelf import change_article, put_article
from tests.support.letters_to_us import opened

BOLD = "<strong>lighthouse</strong>"
WORD = "ighthouse"


def shelved(cast: Cast) -> dict[str, str]:
    """Where a text of an editor is read, and how."""
    article = put_article("Refunds", "A **lighthouse**.", summary="About a lighthouse.", by=cast.id_of("ada"))
    change_article(article, body="Another **lighthouse**.", by=cast.id_of("ada"))
    return {f"/en/articles/{article}-refunds": BOLD, f"/en/articles/{article}.md": "**lighthouse**"}


def discussed(cast: Cast) -> dict[str, str]:
    """Where texts of members are read, and how."""
    question = put_question(cast, text="Where is the **lighthouse**?", tags=["coast"])
    answer = put_answer(cast, question, text="The **lighthouse** is north.")
    put_comment(cast, question, text="Which **lighthouse**?", answer_id=answer)
    listed = ["/en/community", "/en/tags/coast", f"/en/people/{cast.id_of('ben')}-ben"]
    return {f"/en/questions/{question}-how-do-i-get-my-money-back": BOLD, **dict.fromkeys(listed, TITLE)}


def found() -> dict[str, str]:
    """Where texts of both are come across."""
    drainer.drain()
    addresses = ("/en/search?q=lighthouse", "/en/search/suggestions?q=refunds", "/feed.atom", "/community/feed.atom")
    return dict(zip(addresses, (f"<mark>l{WORD}</mark>", "Refunds", WORD, WORD), strict=True))


def test_texts_are_read_while_the_renderer_refuses(cast: Cast, stranger: FlaskClient) -> None:
    pages = {**shelved(cast), **discussed(cast), **found(), "/en/": "Refunds"}
    for browser in (stranger, cast.browser("cleo"), cast.browser("root")):
        assert_read_without_a_renderer(browser, pages)


def test_a_conversation_is_read_by_both_while_the_renderer_refuses(cast: Cast, stranger: FlaskClient) -> None:
    row = opened("Where is the lighthouse?")
    begin_write()
    conversation.reply(conversation.locked(row.id), "It is **north**.", by=Actor(new_id(), cast.id_of("sam")))
    db.session.commit()
    assert_read_without_a_renderer(stranger, {f"/en/conversations/{row.id}?key={row.key}": "north"})
    opened("And where is the harbor?")
    assert_read_without_a_renderer(cast.browser("sam"), {f"/inbox/{row.id}": "north", "/inbox": "harbor"})


def assert_read_without_a_renderer(browser: FlaskClient, pages: dict[str, str]) -> None:
    with mock.patch.object(worker, "call", side_effect=AssertionError("rendered while it was read")) as call:
        for page, words in pages.items():
            answer = browser.get(page)
            assert (answer.status_code, words in answer.text) == (200, True), page
    assert not call.called
