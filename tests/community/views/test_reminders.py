from __future__ import annotations

from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient

from helpcenter.community import likely
from helpcenter.community.reminder_letter import make_token
from helpcenter.core import clock
from tests.cast import Cast
from tests.community.posts import put_acceptance, put_answer, put_question, put_vote, question_of
from tests.community.views.test_question import HUMAN, address
from tests.feedback.votes import someone
from tests.journeys.acts import events

LANGUAGE = {"Accept-Language": "en", **HUMAN}


def test_the_link_says_what_solved_it_without_signing_in_and_by_a_button_alone(
    cast: Cast, stranger: FlaskClient
) -> None:
    asked = put_question(cast)
    answer = put_answer(cast, asked)
    path = f"/reminders/{make_token(question_of(asked))}"
    page = stranger.get(path, headers=LANGUAGE)
    assert page.status_code == 200 and "This solved it" in page.text and "Open <em>Billing</em>" in page.text
    assert question_of(asked).solution_id is None
    assert stranger.post(f"{path}/answers/{answer}/acceptance", headers=LANGUAGE).status_code == 303
    assert question_of(asked).solution_id == answer
    assert [(one.kind, one.user_id) for one in events()][-1] == ("accepted", cast.id_of("ben"))
    assert "It is solved" in stranger.get(path, headers=LANGUAGE).text


def test_the_link_opens_nothing_else(cast: Cast, stranger: FlaskClient) -> None:
    asked, other = put_question(cast), put_question(cast, title="Where is my invoice?")
    own, foreign = put_answer(cast, asked, "ben"), put_answer(cast, other)
    path = f"/reminders/{make_token(question_of(asked))}"
    for answer in (own, foreign, 999):
        assert stranger.post(f"{path}/answers/{answer}/acceptance", headers=LANGUAGE).status_code == 404
    assert stranger.get(f"{path}x").status_code == stranger.post("/reminders/made-up/stop").status_code == 410
    with clock.moved(clock.now() + timedelta(days=61)):
        assert stranger.get(path).status_code == 410
    assert "Log in" in stranger.get(path, headers=LANGUAGE).text


def test_not_yet_and_stop_are_buttons_too(cast: Cast, stranger: FlaskClient) -> None:
    asked = put_question(cast)
    put_answer(cast, asked)
    path = f"/reminders/{make_token(question_of(asked))}"
    assert stranger.post(f"{path}/not-yet", headers=LANGUAGE).status_code == 303
    assert "It stays open" in stranger.get(path, headers=LANGUAGE).text
    assert [one.kind for one in events()][-1] == "not_solved"
    assert "Stop reminding me" in stranger.get(f"/reminders/{make_token(question_of(put_answered(cast)))}/stop").text
    assert "No more emails" in stranger.post(f"{path}/stop", headers=LANGUAGE).text


def put_answered(cast: Cast) -> int:
    asked = put_question(cast)
    put_answer(cast, asked)
    return asked


def test_what_helped_and_became_quiet_reads_likely_answered(app: Flask, cast: Cast) -> None:
    asked = put_question(cast)
    put_vote(put_answer(cast, asked), someone())
    start = clock.now()
    pages = ("/en/community", address(asked))
    with clock.moved(start + timedelta(days=13, hours=23)):
        assert not any("Likely answered" in app.test_client().get(path).text for path in pages)
        assert not likely.show_quiet()
    with clock.moved(start + timedelta(days=14, minutes=1)):
        assert likely.show_quiet()
        assert all("Likely answered" in app.test_client().get(path).text for path in pages)
        assert "QAPage" in app.test_client().get(pages[1]).text
        assert "acceptedAnswer" not in app.test_client().get(pages[1]).text
    assert [one.kind for one in events()].count("accepted") == 0


def test_this_did_not_help_opens_it_again(cast: Cast) -> None:
    asked = put_question(cast)
    answer = put_answer(cast, asked)
    put_acceptance(cast, answer)
    cast.browser("ben").post(f"/en/questions/{asked}/answers/{answer}/not-solved", headers=HUMAN)
    assert not question_of(asked).is_solved
    assert [one.kind for one in events()][-2:] == ["not_solved", "acceptance_withdrawn"]
