from __future__ import annotations

import io
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from helpcenter.core.db import db
from helpcenter.core.mail import OutgoingMail
from helpcenter.search import drainer
from helpcenter.support.conversation import Conversation
from helpcenter.topics.audience import Audience
from tests.cast import Cast
from tests.shelf import put_article
from tests.support.letters_to_us import opened
from tests.support.replies_of_ours import put_reply


@pytest.fixture
def sam(cast: Cast) -> FlaskClient:
    return cast.browser("sam")


def found(sam: FlaskClient, row: Conversation, words: str = "") -> list[dict[str, Any]]:
    choices: list[dict[str, Any]] = sam.get(f"/inbox/{row.id}/replies", query_string={"q": words}).json["choices"]
    return choices


def inserted(sam: FlaskClient, row: Conversation, **data: Any) -> str:
    answer = sam.post(f"/inbox/{row.id}/insertion", data=data)
    assert answer.status_code == 200
    return answer.text


def field(page: str) -> str:
    return page.partition('name="message"')[2].partition(">")[2].partition("</textarea>")[0].strip()


def test_it_is_found_by_words_of_its_name_or_its_text_those_of_the_name_first(sam: FlaskClient) -> None:
    put_reply("A card", "The REFUND goes to your card.")
    put_reply("Refund", "It takes five days.")
    put_reply("Locker", "Please pull.")
    row = opened()
    assert [one["title"] for one in found(sam, row, "refu")] == ["Refund", "A card"]
    assert [one["title"] for one in found(sam, row, "five ref")] == ["Refund"]
    assert [one["title"] for one in found(sam, row)] == ["A card", "Locker", "Refund"]
    assert found(sam, row, "zzz") == []


def test_it_speaks_the_language_of_the_conversation_and_says_why_where_it_does_not(sam: FlaskClient) -> None:
    put_reply("Refund", "Five days.", ar="خمسة أيام.")
    put_reply("Locker", "", es="Tire, por favor.")
    locker, refund = found(sam, opened(locale="ar"))
    assert (refund["text"], refund["lang"], refund["told"]) == ("خمسة أيام.", "ar", "")
    assert (locker["text"], locker["lang"]) == ("Tire, por favor.", "es")
    assert locker["told"] == "There is no text in العربية: this is the one in Español."
    assert found(sam, opened(locale="ru"), "refund")[0]["text"] == "Five days."


def test_its_variables_are_filled_in(sam: FlaskClient, app: Flask) -> None:
    put_reply("All", "Hello {name}, {agent} of {site} on {number}, “{title}”: {link}")
    row = opened("It hangs.", name="")
    (said,) = found(sam, row)
    address = f"http://localhost/en/conversations/{row.id}?key={row.key}"
    assert said["text"] == f"Hello, Sam of Help Center on {row.id}, “It hangs.”: {address}"


def test_an_article_is_named_by_its_address_in_the_language_of_the_reader(sam: FlaskClient) -> None:
    refunds, draft = put_article("Refunds"), put_article("Draft", published=False)
    put_article("Reembolsos", locale="es", of=refunds)
    put_reply("Refund", f"See [Refunds](/articles/{refunds}) or /articles/{draft}.")
    (said,) = found(sam, opened(locale="es"))
    assert f"See Refunds (http://localhost/es/articles/{refunds}-reembolsos)" in said["text"]
    assert said["told"].endswith(f"Not everyone can read article {draft}.")


def test_without_scripts_it_stands_behind_what_is_typed_and_nothing_is_sent(sam: FlaskClient) -> None:
    refund, row = put_reply(), opened()
    page = inserted(sam, row, message="Good morning.", saved_reply=refund, inserted=[7])
    assert field(page) == "Good morning.\n\nHello Ben, it takes five days."
    assert 'name="inserted" value="7"' in page
    assert f'name="inserted" value="{refund}"' in page
    assert field(inserted(sam, row, saved_reply=refund)) == "Hello Ben, it takes five days."
    assert field(inserted(sam, row, message="Typed.", saved_reply=999)) == "Typed."
    assert db.session.query(OutgoingMail).filter_by(kind="support_reply").count() == 0


def test_without_scripts_it_says_that_there_is_no_text_in_their_language(sam: FlaskClient) -> None:
    refund = put_reply()
    assert "this is the one in English." in inserted(sam, opened(locale="ru"), saved_reply=refund)


def test_a_file_that_was_chosen_before_waits(sam: FlaskClient) -> None:
    log = (io.BytesIO(b"It failed."), "a.log")
    page = inserted(sam, opened(), message="Typed.", saved_reply=put_reply(), files=log)
    assert "a.log" in page
    assert 'name="attached"' in page


def test_the_link_of_an_article_is_inserted_in_the_language_of_the_reader(sam: FlaskClient) -> None:
    refunds = put_article("Refunds")
    put_article("Reembolsos", locale="es", of=refunds)
    row, link = opened(locale="es"), f"Reembolsos (http://localhost/es/articles/{refunds}-reembolsos)"
    (choice,) = sam.get(f"/inbox/{row.id}/articles?q=reembo").json["choices"]
    assert (choice["title"], choice["lang"], choice["text"]) == ("Reembolsos", "es", link)
    assert field(inserted(sam, row, message="Typed.", article=refunds)) == f"Typed.\n\n{link}"
    draft = put_article("Draft", published=False)
    assert field(inserted(sam, row, message="Typed.", article=draft)) == "Typed."


def test_whoever_inserts_the_link_of_an_article_that_not_all_may_read_is_told(sam: FlaskClient) -> None:
    secret, row = put_article("Secret steps", audience=Audience.TEAM), opened()
    told = f"Not everyone can read article {secret}."
    (choice,) = sam.get(f"/inbox/{row.id}/articles?q=secret").json["choices"]
    assert choice["told"] == told
    assert told in inserted(sam, row, message="Typed.", article=secret)
    put_article("Refunds")
    (choice,) = sam.get(f"/inbox/{row.id}/articles?q=refunds").json["choices"]
    assert choice["told"] == ""


def test_many_replies_that_name_articles_take_no_more_statements(sam: FlaskClient) -> None:
    row, articles = opened(), [put_article(f"Page {number}") for number in range(6)]

    def statements() -> int:
        asked: list[str] = []

        def note(*given: Any) -> None:
            asked.append(str(given[2]))

        event.listen(db.engine, "before_cursor_execute", note)
        found(sam, row)
        event.remove(db.engine, "before_cursor_execute", note)
        return len(asked)

    put_reply("First", f"See /articles/{articles[0]}.")
    found(sam, row)
    few = statements()
    for number in articles[1:]:
        put_reply(f"Reply {number}", f"See /articles/{number}.")
    assert statements() == few


def test_articles_that_may_answer_are_offered_beside_the_conversation(sam: FlaskClient) -> None:
    number = put_article("Invoice page stays white", "Load the invoice page anew.")
    drainer.drain()
    page = sam.get(f"/inbox/{opened().id}").text
    assert "Articles that may answer it" in page
    assert f'data-text="Invoice page stays white (http://localhost/en/articles/{number}-' in page
    assert "Articles that may answer it" not in sam.get(f"/inbox/{opened('Short.').id}").text
