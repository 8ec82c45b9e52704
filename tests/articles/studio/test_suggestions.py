"""Editors work through what readers suggest: the list, the change word by word, the draft, the answer."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from helpcenter.accounts import erasure as accounts_erasure
from helpcenter.accounts.notifications.notification import Notification
from helpcenter.articles.article import Article
from helpcenter.articles.revision import Revision
from helpcenter.articles.suggestion import suggest
from helpcenter.core.db import begin_write, db
from helpcenter.topics.audience import Audience
from tests.accounts.letterbox import letters_to, link_in
from tests.articles.suggested import DIA, only_one, send
from tests.cast import Cast
from tests.shelf import change_article, edition_of, latest_of, put_article

LIST = "/studio/suggestions"
BODY = "Open **Billing**.\n\nPress the red button.\n"
BETTER = "Open **Billing**.\n\nPress the green button.\n"


@pytest.fixture
def article(app: Flask) -> int:
    return put_article("Refunds", BODY)


@pytest.fixture
def ada(cast: Cast) -> FlaskClient:
    return cast.browser("ada")


def address() -> str:
    return f"{LIST}/{only_one().id}"


def answer(ada: FlaskClient, state: str, reply: str = "") -> str:
    """Press the button of a state; the page that follows."""
    sent = ada.post(f"{address()}/answer", data={"state": state, "reply": reply})
    assert sent.status_code == 303
    return ada.get(sent.location).text


def told(cast: Cast, who: str = "ben") -> int:
    wanted = select(func.count(Notification.id)).where(Notification.user_id == cast.id_of(who))
    return db.session.scalar(wanted) or 0


def test_the_new_ones_are_listed_the_newest_first(ada: FlaskClient, cast: Cast, article: int) -> None:
    send(cast.browser("ben"), article, words="The button is green.")
    send(cast.browser("cleo"), article, words="<b>Nothing</b> works.")
    page = ada.get(LIST).text
    assert page.index("&lt;b&gt;Nothing&lt;/b&gt; works.") < page.index("The button is green.")
    assert "<bdi>Ben</bdi>" in page
    assert "The button is green." not in ada.get(f"{LIST}?state=done").text


def test_the_list_is_narrowed_by_state_and_by_article(ada: FlaskClient, stranger: FlaskClient, article: int) -> None:
    send(stranger, article, words="Green.")
    other = put_article("Invoices", BODY)
    assert "Green." in ada.get(f"{LIST}?article={article}").text
    assert "Green." not in ada.get(f"{LIST}?article={other}").text
    answer(ada, "planned")
    assert "Green." not in ada.get(LIST).text
    assert "Green." in ada.get(f"{LIST}?state=planned").text


def test_a_changed_text_is_shown_word_by_word(ada: FlaskClient, stranger: FlaskClient, article: int) -> None:
    send(stranger, article, text=BETTER)
    page = ada.get(address()).text
    assert "red" in page.split("<del>")[1].split("</del>")[0]
    assert "green" in page.split("<ins>")[1].split("</ins>")[0]


def test_a_suggested_text_becomes_a_draft_that_names_who_it_came_from(
    ada: FlaskClient, cast: Cast, article: int
) -> None:
    published = edition_of(article).published_revision_id
    send(cast.browser("ben"), article, text=BETTER)
    taken = ada.post(f"{address()}/draft")
    assert (taken.status_code, taken.location) == (303, f"/studio/articles/{article}/en")
    revision = latest_of(article)
    assert (revision.body, revision.note, revision.author_id) == (BETTER, "Suggested by Ben", cast.id_of("ada"))
    assert (revision.title, edition_of(article).published_revision_id) == ("Refunds", published)
    assert (only_one().state, only_one().became_id) == ("planned", revision.id)
    assert "Press the green button." in ada.get(taken.location).text
    page = ada.get(address()).text
    assert "Taken into revision 2." in page
    assert f"{address()}/draft" not in page


def test_a_strangers_text_is_a_readers(ada: FlaskClient, stranger: FlaskClient, article: int) -> None:
    send(stranger, article, text=BETTER)
    ada.post(f"{address()}/draft")
    assert latest_of(article).note == "Suggested by a reader"


def test_a_text_that_was_changed_since_is_never_overwritten(
    ada: FlaskClient, stranger: FlaskClient, article: int
) -> None:
    send(stranger, article, text=BETTER)
    change_article(article, body="All of it is new.")
    page = ada.get(address()).text
    assert "The same place has been changed since they read it" in page
    assert f'action="{address()}/draft"' not in page
    assert "Press the green button." in page
    tried = ada.post(f"{address()}/draft")
    assert tried.location == address()
    assert "nothing was overwritten" in ada.get(tried.location).text
    assert latest_of(article).body == "All of it is new."


def test_what_was_written_elsewhere_in_the_text_since_stays(
    ada: FlaskClient, stranger: FlaskClient, article: int
) -> None:
    send(stranger, article, text=BETTER)
    change_article(article, body=f"Log in first.\n\n{BODY}")
    assert "the two fit together" in ada.get(address()).text
    ada.post(f"{address()}/draft")
    assert latest_of(article).body == f"Log in first.\n\n{BETTER}"


def test_what_is_no_text_is_refused_with_its_reason(ada: FlaskClient, stranger: FlaskClient, article: int) -> None:
    send(stranger, article, text=f"{BODY}{'[' * 8000}")
    tried = ada.post(f"{address()}/draft")
    assert tried.location == address()
    assert latest_of(article).body == BODY
    assert db.session.scalar(select(func.count(Revision.id))) == 1


def test_words_alone_can_not_be_taken(ada: FlaskClient, stranger: FlaskClient, article: int) -> None:
    send(stranger, article, words="Green.")
    assert f'action="{address()}/draft"' not in ada.get(address()).text
    ada.post(f"{address()}/draft")
    assert latest_of(article).body == BODY


def test_whoever_was_signed_in_is_told_each_time_that_it_is_news(ada: FlaskClient, cast: Cast, article: int) -> None:
    ben = cast.browser("ben")
    sent = send(ben, article, words="Green.")
    answer(ada, "planned")
    assert told(cast) == 1
    answer(ada, "planned")
    answer(ada, "done", "Mended, thank you.")
    assert told(cast) == 1
    assert "Ada</bdi> answered your suggestion for “<bdi>Refunds</bdi>”" in ben.get("/en/account/notifications").text
    page = ben.get(sent.location).text
    assert "It is done." in page and "Mended, thank you." in page


def test_a_stranger_with_an_address_gets_one_letter_without_their_own_words_and_is_forgotten(
    ada: FlaskClient, stranger: FlaskClient, article: int
) -> None:
    send(stranger, article, words="Buy at evil.example.", email=DIA)
    answer(ada, "planned", "Soon.")
    assert letters_to(DIA) == []
    answer(ada, "done", "It is green now.")
    (letter,) = letters_to(DIA)
    assert letter.subject == "Your suggestion for “Refunds” is done"
    assert (
        "gave this address.\n\nIt is done. Thank you for your help!\n\nThey write:\n\nIt is green now.\n\nhttp"
        in letter.text
    )
    assert "evil" not in letter.text
    assert link_in(letter) == f"/en/articles/{article}"
    assert only_one().address == ""
    answer(ada, "new")
    answer(ada, "declined")
    assert len(letters_to(DIA)) == 1


def test_a_letter_is_in_the_language_in_which_it_was_asked_for(
    ada: FlaskClient, stranger: FlaskClient, article: int
) -> None:
    send(stranger, article, "es", words="Es verde.", email=DIA)
    answer(ada, "declined")
    (letter,) = letters_to(DIA)
    assert link_in(letter) == f"/es/articles/{article}"


def test_a_letter_tells_the_title_that_was_read_and_not_what_is_for_others_today(
    ada: FlaskClient, stranger: FlaskClient, article: int
) -> None:
    send(stranger, article, words="Green.", email=DIA)
    change_article(article, title="The secret plan")
    begin_write()
    db.session.get_one(Article, article).audience = Audience.TEAM
    db.session.commit()
    answer(ada, "done")
    (letter,) = letters_to(DIA)
    assert "secret" not in f"{letter.subject}{letter.text}"


def test_no_more_than_three_letters_a_day_go_to_an_address(
    ada: FlaskClient, stranger: FlaskClient, limited: None
) -> None:
    articles = [put_article(f"Article {number}", BODY) for number in range(4)]
    begin_write()
    for one in articles:
        base = db.session.get_one(Revision, edition_of(one).published_revision_id)
        suggest(base, one, "en", words="Green.", text=None, said_in="en", user_id=None, address=DIA)
    db.session.commit()
    pages = []
    for number in range(1, 5):
        sent = ada.post(f"{LIST}/{number}/answer", data={"state": "done"})
        pages.append(ada.get(sent.location).text)
    assert len(letters_to(DIA)) == 3
    assert "no email was sent" in pages[3] and "no email was sent" not in pages[2]


def test_an_answer_that_is_too_long_comes_back_with_every_word(
    ada: FlaskClient, stranger: FlaskClient, article: int
) -> None:
    send(stranger, article, words="Green.")
    sent = ada.post(f"{address()}/answer", data={"state": "done", "reply": "thanks " * 200})
    assert sent.status_code == 422
    assert "thanks thanks" in sent.text
    assert only_one().state == "new"


def test_what_was_published_since_stands_out_in_the_list(ada: FlaskClient, stranger: FlaskClient, article: int) -> None:
    send(stranger, article, text=BETTER)
    ada.post(f"{address()}/draft")
    assert "Published since" not in ada.get(f"{LIST}?state=planned").text
    change_article(article, body=f"{BETTER}\nAnd wait.\n")
    assert "Published since" in ada.get(f"{LIST}?state=planned").text


def test_an_erased_person_is_named_in_no_note(ada: FlaskClient, cast: Cast, article: int) -> None:
    send(cast.browser("ben"), article, text=BETTER)
    ada.post(f"{address()}/draft")
    begin_write()
    accounts_erasure.erase(cast.id_of("ben"))
    db.session.commit()
    assert latest_of(article).note == "Suggested by a reader"
