from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from helpcenter.accounts import erasure
from helpcenter.community.address import question_address
from helpcenter.community.answer import SUBJECT, Answer
from helpcenter.community.question import Kind
from helpcenter.core import clock
from helpcenter.core.db import begin_write, db
from helpcenter.feedback import ballot
from tests.cast import Cast
from tests.community.posts import (
    answer_of,
    put_acceptance,
    put_answer,
    put_comment,
    put_question,
    put_vote,
    question_of,
)
from tests.feedback.votes import someone
from tests.journeys.acts import BROWSER, events

HUMAN = {"User-Agent": BROWSER}
SLUG = "how-do-i-get-my-money-back"


def address(question_id: int, locale: str = "en") -> str:
    return f"/{locale}/questions/{question_id}-{SLUG}"


def vote(browser: FlaskClient, question_id: int, answer_id: int, said: str) -> int:
    data = {"answer": said, "ballot": ballot.make((SUBJECT, answer_id), 1)}
    answer = browser.post(f"/en/questions/{question_id}/answers/{answer_id}/vote", data=data, headers=HUMAN)
    return answer.status_code


def places(page: str, *texts: str) -> bool:
    body = page[page.index("<main") :]
    found = [body.index(text) for text in texts]
    return found == sorted(found)


def test_the_id_decides_and_the_words_are_for_people(cast: Cast, stranger: FlaskClient) -> None:
    asked = put_question(cast)
    moved = stranger.get(f"/en/questions/{asked}-old-words?page=1")
    assert (moved.status_code, moved.headers["Location"]) == (301, f"{address(asked)}?page=1")
    assert stranger.get("/en/questions/999").status_code == 404
    assert stranger.get(f"{address(asked)}?page=2").status_code == 404


def test_strangers_get_the_same_bytes_and_nobody_finds_the_page_of_another(cast: Cast, app: Flask) -> None:
    asked = put_question(cast)
    put_answer(cast, asked)
    one, other = (app.test_client().get(address(asked)) for _ in range(2))
    assert one.data == other.data
    assert one.headers["ETag"] and "Set-Cookie" not in one.headers
    ben, cleo, mia = cast.browser("ben"), cast.browser("cleo"), cast.browser("mia")
    for browser, is_asker, may_vote in (
        (cleo, False, False),
        (ben, True, True),
        (mia, False, True),
        (cleo, False, False),
    ):
        page = browser.get(address(asked)).text
        assert ("Did this solve it?" in page, "This helped me" in page) == (is_asker, may_vote)


def test_the_solution_leads_and_the_others_are_folded(cast: Cast, stranger: FlaskClient) -> None:
    asked = put_question(cast)
    first = put_answer(cast, asked, "sam", "First answer.")
    second = put_answer(cast, asked, "cleo", "Second answer.")
    page = stranger.get(address(asked)).text
    assert places(page, "2 answers", "First answer.", "Second answer.")
    put_acceptance(cast, second)
    page = stranger.get(address(asked)).text
    assert places(page, "Solution", "accepted by the asker", "Second answer.", "1 more answer", "First answer.")
    assert "QAPage" in page and "acceptedAnswer" in page
    put_acceptance(cast, first, "sam")
    assert "accepted by the team" in stranger.get(address(asked)).text


def test_what_helped_more_stands_higher_and_ties_go_to_the_oldest(cast: Cast, stranger: FlaskClient) -> None:
    asked = put_question(cast)
    ids = [put_answer(cast, asked, text=f"Answer {number}.") for number in range(3)]
    put_vote(ids[2], someone())
    put_vote(ids[0], someone(), helpful=False)
    page = stranger.get(address(asked)).text
    assert places(page, "Answer 2.", "Answer 1.", "Answer 0.")
    assert "Helped 1 person" in page


def test_twenty_answers_stand_on_a_page_and_each_has_a_lasting_address(cast: Cast, stranger: FlaskClient) -> None:
    asked = put_question(cast)
    start = clock.now()
    ids = []
    for number in range(22):
        with clock.moved(start + timedelta(minutes=number)):
            ids.append(put_answer(cast, asked, text=f"Answer {number}."))
    first, second = stranger.get(address(asked)).text, stranger.get(f"{address(asked)}?page=2").text
    assert first.count('class="answer"') == 20 and second.count('class="answer"') == 2
    assert stranger.get(f"/answers/{ids[0]}").headers["Location"] == f"{address(asked)}#answer-{ids[0]}"
    assert stranger.get(f"/answers/{ids[21]}").headers["Location"] == f"{address(asked)}?page=2#answer-{ids[21]}"


def test_a_badge_is_as_it_was_when_the_answer_was_given(cast: Cast, stranger: FlaskClient) -> None:
    asked = put_question(cast)
    cast.browser("sam").post(f"/en/questions/{asked}/answers", data={"text": "As the team."})
    cast.browser("cleo").post(f"/en/questions/{asked}/answers", data={"text": "As a user."})
    assert [row.was_staff for row in db.session.query(Answer).order_by(Answer.id)] == [True, False]
    assert stranger.get(address(asked)).text.count(">Team</span>") == 1
    assert [one.detail["staff"] for one in events() if one.kind == "answered"] == [True, False]


def test_an_empty_answer_comes_back(cast: Cast) -> None:
    asked = put_question(cast)
    answer = cast.browser("cleo").post(f"/en/questions/{asked}/answers", data={"text": " "})
    assert (answer.status_code, "Write your answer first." in answer.text) == (422, True)


def test_a_vote_is_cast_changed_and_taken_back(app: Flask, cast: Cast) -> None:
    asked = put_question(cast)
    answer = put_answer(cast, asked)
    stranger, mia = app.test_client(), cast.browser("mia")
    assert [vote(stranger, asked, answer, said) for said in ("yes", "no", "yes")] == [200, 200, 200]
    assert vote(mia, asked, answer, "yes") == 303
    assert question_of(asked).helpful == 2
    assert 'aria-pressed="true">This helped me' in mia.get(address(asked)).text
    assert vote(mia, asked, answer, "") == 303
    assert question_of(asked).helpful == 1
    assert vote(cast.browser("cleo"), asked, answer, "yes") == 403
    made_up = mia.post(f"/en/questions/{asked}/answers/{answer}/vote", data={"answer": "yes", "ballot": "x"})
    assert made_up.status_code == 400


def test_an_answer_belongs_to_its_question_also_in_addresses(cast: Cast) -> None:
    asked, other = put_question(cast), put_question(cast, title="Where is my invoice?")
    answer = put_answer(cast, other)
    ben = cast.browser("ben")
    assert ben.post(f"/en/questions/{asked}/answers/{answer}/acceptance").status_code == 404
    assert vote(ben, asked, answer, "yes") == 404


def test_the_asker_says_what_solved_it_and_what_did_not(cast: Cast) -> None:
    asked = put_question(cast)
    first, second = put_answer(cast, asked), put_answer(cast, asked, "mia")
    ben = cast.browser("ben")
    ben.post(f"/en/questions/{asked}/answers/{first}/not-solved")
    assert answer_of(first).not_yet_at is not None
    assert ben.get(address(asked)).text.count("Did this solve it?") == 1
    ben.post(f"/en/questions/{asked}/answers/{second}/acceptance")
    assert question_of(asked).solution_id == second
    assert "This did not help after all" in ben.get(address(asked)).text
    ben.post(f"/en/questions/{asked}/answers/{second}/not-solved")
    assert question_of(asked).solution_id is None


def test_it_solved_it_for_others_too(app: Flask, cast: Cast) -> None:
    asked = put_question(cast)
    path = f"/en/questions/{asked}/solved-for-me"
    stranger, mia = app.test_client(), cast.browser("mia")
    assert stranger.post(path, headers=HUMAN).status_code == 409
    put_acceptance(cast, put_answer(cast, asked))
    assert "It solved it for 1 more person" in stranger.post(path, headers=HUMAN).text
    assert mia.post(path, headers=HUMAN).status_code == 303
    assert question_of(asked).solved_for == 2
    stranger.post(f"{path}/withdrawal", headers=HUMAN)
    assert question_of(asked).solved_for == 1


def test_me_too_is_counted_apart(cast: Cast) -> None:
    asked, cleo = put_question(cast), cast.browser("cleo")
    cleo.post(f"/en/questions/{asked}/me-too")
    page = cleo.get(address(asked)).text
    assert "1 person has this question too" in page and 'aria-pressed="true">Me too' in page
    cleo.post(f"/en/questions/{asked}/me-too/withdrawal")
    assert question_of(asked).me_too == 0


def test_only_the_asker_reports_that_they_saw_an_answer_and_once(cast: Cast) -> None:
    asked = put_question(cast)
    put_answer(cast, asked)
    ben, cleo = cast.browser("ben"), cast.browser("cleo")
    assert 'data-act="answer_seen"' not in cleo.get(address(asked)).text
    token = re.search(r'data-token="([^"]+)" data-act="answer_seen"', ben.get(address(asked)).text)
    assert token
    ben.post("/events", data={"token": token[1], "act": "answer_seen"}, headers=HUMAN)
    assert [one.kind for one in events()][-1] == "answer_seen"
    assert 'data-act="answer_seen"' not in ben.get(address(asked)).text


def test_an_experience_takes_words_and_no_solution(cast: Cast, stranger: FlaskClient) -> None:
    told = put_question(cast, kind=Kind.EXPERIENCE)
    answer = put_answer(cast, told)
    ben = cast.browser("ben")
    page = ben.get(address(told)).text
    assert "Experience" in page and "Did this solve it?" not in page and "This helped me" not in page
    assert ben.post(f"/en/questions/{told}/answers/{answer}/acceptance").status_code == 404
    assert vote(stranger, told, answer, "yes") == 404
    assert cast.browser("mia").post(f"/en/questions/{told}/me-too").status_code == 403


def test_what_an_erased_person_wrote_stays_under_former_member(cast: Cast, stranger: FlaskClient) -> None:
    asked = put_question(cast)
    put_answer(cast, asked)
    begin_write()
    erasure.erase(cast.id_of("cleo"))
    db.session.commit()
    page = stranger.get(address(asked)).text
    assert "former member" in page and "Cleo" not in page
    assert stranger.get(f"/en/people/{cast.id_of('cleo')}-cleo").status_code == 404


@pytest.mark.parametrize("locale", ["es", "ru", "ar"])
def test_a_question_can_be_read_with_words_of_every_language_around_it(
    cast: Cast, stranger: FlaskClient, locale: str
) -> None:
    page = stranger.get(address(put_question(cast), locale))
    assert page.status_code == 200
    assert '<h1 lang="en" dir="auto">' in page.text


def test_an_arabic_text_runs_from_the_right_whatever_language_stands_around_it(
    cast: Cast, stranger: FlaskClient
) -> None:
    # Its paragraphs say their direction themselves, so "auto" around them would find no letter and take the left.
    asked = put_question(cast, title="كيف آخذ بياناتي معي؟", text="1. افتح القائمة\n2. اختر التصدير", locale="ar")
    answer = put_answer(cast, asked, text="- افتح القائمة")
    put_comment(cast, asked, answer_id=answer)
    for around in ("ar", "en"):
        page = stranger.get(question_address(question_of(asked), around)).text
        assert len(re.findall(r'<div(?: lang="ar")? dir="rtl"><div class="prose">', page)) == 3
