from __future__ import annotations

import re
from datetime import timedelta

from flask.testing import FlaskClient

from helpcenter.core import clock
from tests.cast import Cast
from tests.community.posts import answer_of, put_answer, put_question, question_of

LATER = timedelta(hours=1)


def form_of(page: str) -> dict[str, str]:
    found = re.search(r'name="seen"[^>]*value="([^"]+)"', page)
    assert found
    return {"seen": found[1]}


def test_a_question_is_changed_and_everybody_reads_what_was_changed(cast: Cast, stranger: FlaskClient) -> None:
    asked, ben = put_question(cast, tags=["vat"]), cast.browser("ben")
    with clock.moved(clock.now() + LATER):
        page = ben.get(f"/en/questions/{asked}/edit")
        words = {
            "title": "How do I get my deposit back?",
            "text": "I paid **once**.",
            "topic": "0",
            "tags": "vat, deposit",
        }
        sent = ben.post(f"/en/questions/{asked}/edit", data={**form_of(page.text), **words})
        assert (sent.status_code, sent.headers["Location"]) == (
            303,
            f"/en/questions/{asked}-how-do-i-get-my-deposit-back",
        )
    shown = stranger.get(sent.headers["Location"]).text
    assert "<strong>once</strong>" in shown and f"/en/questions/{asked}/history" in shown
    history = stranger.get(f"/en/questions/{asked}/history").text
    assert re.search(r"<del>.*?money .*?</del><ins>.*?deposit .*?</ins>", history)
    assert history.index("Version 2") < history.index("As it was posted")


def test_an_answer_is_changed_within_its_day_and_by_nobody_else(cast: Cast, stranger: FlaskClient) -> None:
    answer = put_answer(cast, put_question(cast))
    path = f"/en/answers/{answer}/edit"
    assert stranger.get(path).status_code == 303
    assert cast.browser("ben").get(path).status_code == 403
    cleo = cast.browser("cleo")
    seen = form_of(cleo.get(path).text)
    assert cleo.post(path, data={**seen, "text": " "}).status_code == 422
    assert cleo.post(path, data={**seen, "text": "Ask *Sam*."}).headers["Location"] == f"/answers/{answer}"
    assert "Ask <em>Sam</em>." in answer_of(answer).html
    with clock.moved(clock.now() + timedelta(hours=25)):
        assert cleo.get(path).status_code == 403
        assert cast.browser("mia").get(path).status_code == 200


def test_two_who_change_the_same_lose_no_word(cast: Cast) -> None:
    answer = put_answer(cast, put_question(cast), text="Open the list.")
    path, cleo, sam = f"/en/answers/{answer}/edit", cast.browser("cleo"), cast.browser("sam")
    hers, his = form_of(cleo.get(path).text), form_of(sam.get(path).text)
    cleo.post(path, data={**hers, "text": "Open the long list."})
    met = sam.post(path, data={**his, "text": "Open the short list."})
    assert met.status_code == 409
    assert "Someone changed this while you were writing" in met.text and "Open the short list.</textarea>" in met.text
    assert re.search(r"<del>.*?long .*?</del>", met.text)
    assert answer_of(answer).text == "Open the long list."
    assert sam.post(path, data={**form_of(met.text), "text": "Open the short list."}).status_code == 303
    assert answer_of(answer).text == "Open the short list."


def test_a_question_that_says_too_little_comes_back_with_every_word(cast: Cast) -> None:
    asked, ben = put_question(cast), cast.browser("ben")
    seen = form_of(ben.get(f"/en/questions/{asked}/edit").text)
    answer = ben.post(f"/en/questions/{asked}/edit", data={**seen, "title": "Short", "text": "Kept", "topic": "0"})
    assert answer.status_code == 422 and "Kept</textarea>" in answer.text
    assert question_of(asked).edited_at is None


def test_what_was_never_changed_says_so(cast: Cast, stranger: FlaskClient) -> None:
    asked = put_question(cast)
    assert "Nothing has been changed" in stranger.get(f"/en/questions/{asked}/history").text
    assert stranger.get(f"/en/answers/{put_answer(cast, asked)}/history").status_code == 200
    assert stranger.get("/en/answers/999/history").status_code == 404
