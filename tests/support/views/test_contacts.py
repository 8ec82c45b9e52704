from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from config import Settings
from helpcenter.core import site
from helpcenter.core.db import begin_write, db
from helpcenter.core.mail import OutgoingMail
from helpcenter.journeys import recorder, visitor
from helpcenter.journeys.actor import Actor
from helpcenter.journeys.event import Event
from helpcenter.search import drainer
from helpcenter.support import tried
from helpcenter.support.said import messages
from tests.cast import Cast
from tests.shelf import put_article
from tests.support.letters_to_us import COMPLAINT, FIREFOX, FORM, field, kept, written


@pytest.fixture
def answered(app: Flask) -> Iterator[int]:
    """An article that answers the complaint, in the index."""
    number = put_article("The invoice page stays white", body="Reload the invoice page with Ctrl and F5.")
    drainer.drain()
    yield number


def letters() -> list[OutgoingMail]:
    db.session.rollback()
    return list(db.session.scalars(select(OutgoingMail).order_by(OutgoingMail.id)))


def kinds() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(Event.kind).order_by(Event.id)))


def test_a_message_becomes_a_conversation_that_its_writer_can_follow(app: Flask, stranger: FlaskClient) -> None:
    answer = written(stranger, name="Ben", is_urgent="y")
    (row,) = kept()
    assert answer.status_code == 303
    assert (row.email, row.name, row.is_urgent, row.locale) == ("ben@example.org", "Ben", True, "en")
    assert [message.text for message in messages(row, with_notes=False)] == [COMPLAINT]
    page = stranger.get(answer.headers["Location"])
    assert page.status_code == 200
    assert f"Its number is {row.id}." in page.text
    assert kinds() == ["contacted"]


def test_the_writer_gets_a_copy_and_the_team_hears_of_it(app: Flask, stranger: FlaskClient, cast: Cast) -> None:
    begin_write()
    site.change(support_address="team@example.org")
    db.session.commit()
    written(cast.browser("ben"))
    (row,) = kept()
    copy, waiting = letters()
    assert copy.to_address == "ben@example.org"
    assert COMPLAINT in copy.text
    link = re.search(r"http\S+", copy.text)
    assert link and stranger.get(link[0]).status_code == 200
    assert waiting.to_address == "team@example.org"
    assert f"/inbox/{row.id}" in waiting.text


@pytest.mark.parametrize("who", [None, "cleo"])
def test_nobody_has_their_words_sent_to_the_address_of_another(
    app: Flask, cast: Cast, stranger: FlaskClient, who: str | None
) -> None:
    browser = cast.browser(who) if who else stranger
    written(browser, name="Cheap watches at evil.example", message="Buy at https://evil.example today.")
    (copy,) = letters()
    assert copy.to_address == "ben@example.org"
    assert "evil" not in copy.subject + copy.text and "today" not in copy.subject + copy.text
    link = re.search(r"http\S+", copy.text)
    assert link and "Buy at" in app.test_client().get(link[0]).text


def test_nobody_is_flooded_with_copies_and_every_message_is_heard(
    app: Flask, stranger: FlaskClient, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "SETTINGS", replace(settings, limits_enabled=True, mail_server="mail.example.org"))
    spelled = ["ben", "Ben", "bEn", "BEN", "beN"]
    answers = [written(stranger, email=f"{name}@example.org") for name in spelled]
    assert [answer.status_code for answer in answers] == [303] * 5
    assert len(kept()) == 5
    assert len(letters()) == 3
    pages = [stranger.get(answer.headers["Location"]).text for answer in answers]
    assert ["A copy with a link" in page for page in pages] == [True] * 3 + [False] * 2
    assert ["Keep the address of this page" in page for page in pages] == [False] * 3 + [True] * 2
    written(stranger, email="cleo@example.org")
    assert len(letters()) == 4


def test_what_is_typed_so_far_is_not_read_without_end(app: Flask, stranger: FlaskClient, answered: int) -> None:
    longest = COMPLAINT + "ш" * (10_000 - len(COMPLAINT))
    assert "stays white" in stranger.post(f"{FORM}/suggestions", data={"message": longest}).text
    assert stranger.post(f"{FORM}/suggestions", data={"message": "x" * 200_000}).status_code == 413


def test_answers_are_offered_once_and_sending_stays_possible(app: Flask, stranger: FlaskClient, answered: int) -> None:
    offered = written(stranger, shown="")
    assert offered.status_code == 200
    assert "The invoice page stays white" in offered.text
    assert COMPLAINT in offered.text
    assert kept() == [] and "Your message has not been sent yet." in offered.text
    sent = written(stranger, shown=field(offered, "shown"))
    assert sent.status_code == 303
    assert len(kept()) == 1


def test_a_message_that_nothing_answers_is_sent_at_once(app: Flask, stranger: FlaskClient) -> None:
    assert written(stranger, shown="").status_code == 303


def test_a_suggestion_that_solved_it_is_evidence_and_sends_nothing(
    app: Flask, stranger: FlaskClient, answered: int
) -> None:
    page = stranger.post(f"{FORM}/suggestions/article/{answered}/solved", headers=FIREFOX)
    assert "Nothing was sent" in page.text
    event = db.session.scalars(select(Event)).one()
    assert (event.kind, event.channel, event.detail) == ("suggestion_solved", "contact_suggestion", {"form": "contact"})
    assert (event.subject_kind, event.subject_id) == ("article", answered)


def test_opening_a_suggestion_leads_to_the_article_and_is_recorded(
    app: Flask, stranger: FlaskClient, answered: int
) -> None:
    answer = stranger.post(f"{FORM}/suggestions/article/{answered}/opened", headers=FIREFOX)
    assert answer.status_code == 303
    assert f"/articles/{answered}" in answer.headers["Location"]
    assert kinds() == ["suggestion_opened"]


@pytest.mark.parametrize("path", ["article/999", "user/1", "topic/1", "event/1"])
def test_only_what_one_may_read_can_be_a_suggestion(app: Flask, stranger: FlaskClient, path: str) -> None:
    for act in ("solved", "opened"):
        assert stranger.post(f"{FORM}/suggestions/{path}/{act}", headers=FIREFOX).status_code == 404
    assert kinds() == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"email": "nobody"}, "Enter an email address"),
        ({"message": "  "}, "Tell us what you need."),
        ({"message": "\u200b \u2060\u0301"}, "Tell us what you need."),
        ({"message": "x" * 10_001}, "That is too long"),
        ({"name": "n" * 200}, "Use at most"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    app: Flask, stranger: FlaskClient, words: dict[str, str], said: str
) -> None:
    page = written(stranger, **{"name": "Ben Okri", "is_urgent": "y", **words})
    assert page.status_code == 422
    assert said in page.text
    assert kept() == []
    for text in ({"message": COMPLAINT, "email": "ben@example.org"} | words).values():
        assert text.strip() in page.text


@pytest.mark.parametrize(
    ("seconds", "words"), [(1, {}), (30, {"website": "https://buy.example"}), (30, {"began": "forged"})]
)
def test_a_program_is_asked_once_more_and_keeps_every_word(
    app: Flask, stranger: FlaskClient, seconds: float, words: dict[str, str]
) -> None:
    page = written(stranger, seconds=seconds, **words)
    assert page.status_code == 422
    assert "send it once more" in page.text
    assert COMPLAINT in page.text
    assert kept() == []
    assert written(stranger, began=field(page, "began"), seconds=60).status_code == 303


def test_sending_the_same_form_twice_is_one_contact(app: Flask, stranger: FlaskClient) -> None:
    began = field(stranger.get(FORM, headers=FIREFOX), "began")
    answers = [written(stranger, began=began) for _ in range(2)]
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert len(kept()) == 1
    assert kinds() == ["contacted"]
    assert len(letters()) == 1


def test_what_was_searched_and_read_comes_along_unless_taken_off(app: Flask, stranger: FlaskClient) -> None:
    number = put_article("Refunds")
    page = stranger.get(f"{FORM}?article={number}&q=white+invoice", headers=FIREFOX)
    assert "Search: white invoice" in page.text
    assert f'value="article:{number}"' in page.text
    written(stranger, carried=[f"article:{number}", "article:999", "nonsense"])
    (row,) = kept()
    assert row.carried == {"items": [f"article:{number}"]}


def test_what_somebody_else_did_in_this_browser_does_not_come_along(
    app: Flask, cast: Cast, stranger: FlaskClient
) -> None:
    number, browser = put_article("Refunds"), visitor.new_id()
    begin_write()
    for user_id, words in ((cast.id_of("cleo"), "words of cleo"), (None, "words of nobody")):
        by = Actor(browser, user_id)
        recorder.record("searched", by=by, locale="en", detail={"results": 0}, query=words)
    recorder.record("viewed", by=Actor(browser, cast.id_of("cleo")), subject=("article", number), locale="en")
    db.session.commit()
    seen = {}
    for name, client in (("nobody", stranger), ("ben", cast.browser("ben")), ("cleo", cast.browser("cleo"))):
        client.set_cookie(visitor.COOKIE, browser)
        text = client.get(FORM, headers=FIREFOX).text
        seen[name] = ("words of nobody" in text, "words of cleo" in text, f"article:{number}" in text)
        written(client)
    assert seen == {"nobody": (True, False, False), "ben": (True, False, False), "cleo": (True, True, True)}
    tried_by = [[step.title for step in tried.before(row) if "words" in step.title] for row in kept()]
    assert tried_by == [["words of nobody"], ["words of nobody"], ["words of cleo", "words of nobody"]]


def test_being_stuck_at_a_step_comes_along(app: Flask, stranger: FlaskClient) -> None:
    number = put_article("Refunds")
    assert "Stuck at step 4: Refunds" in stranger.get(f"{FORM}?article={number}&step=4").text


def test_the_form_of_somebody_signed_in_knows_them(app: Flask, cast: Cast) -> None:
    ben = cast.browser("ben")
    page = ben.get(FORM)
    assert 'value="ben@example.org"' in page.text
    written(ben)
    assert kept()[0].writer_id == cast.id_of("ben")
    assert "invoice page" in ben.get("/en/conversations").text


def test_the_form_is_kept_by_nobody(app: Flask, stranger: FlaskClient) -> None:
    assert "no-store" in stranger.get(FORM).headers["Cache-Control"]
    assert "Set-Cookie" not in stranger.get(FORM).headers


def test_a_script_asks_for_suggestions_without_writing_anything(
    app: Flask, stranger: FlaskClient, answered: int
) -> None:
    page = stranger.post(f"{FORM}/suggestions", data={"message": COMPLAINT}, headers=FIREFOX)
    assert "The invoice page stays white" in page.text
    assert "white" not in stranger.post(f"{FORM}/suggestions", data={"message": "white"}, headers=FIREFOX).text
    assert kinds() == []


def test_every_page_leads_to_the_form_with_what_it_is_about(app: Flask, stranger: FlaskClient) -> None:
    number = put_article("Refunds")
    assert 'href="/en/contact"' in stranger.get("/en/").text
    assert f"/en/contact?article={number}" in stranger.get(f"/en/articles/{number}-refunds").text
    assert "/en/contact?q=" in stranger.get("/en/search?q=zzzzqqq").text


def test_the_topic_of_the_article_one_comes_from_is_chosen(app: Flask, stranger: FlaskClient) -> None:
    number = put_article("Refunds")
    page = stranger.get(f"{FORM}?article={number}").text
    assert re.search(r'<option selected value="[1-9]', page)
    assert '<option selected value="0"' in stranger.get(FORM).text
