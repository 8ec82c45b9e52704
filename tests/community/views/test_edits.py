from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from helpcenter.community import newcomer
from helpcenter.core import clock, limits, site
from helpcenter.core.db import begin_write, db
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


def test_nobody_changes_something_again_and_again_and_an_acceptance_is_such_a_change(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], limits_enabled=True))
    asked = put_question(cast)
    answer = put_answer(cast, asked)
    ben, sam = cast.browser("ben"), cast.browser("sam")
    paths = [f"/en/questions/{asked}/answers/{answer}/acceptance", f"/en/questions/{asked}/acceptance/withdrawal"]
    with clock.moved(clock.now()):
        for _ in range(118):
            limits.spend(newcomer.CHANGES, "change of a post", f"user:{cast.id_of('ben')}")
        assert [ben.post(path).status_code for path in paths] == [303, 303]
        assert ben.post(paths[0]).status_code == 429
        assert ben.post(f"/en/questions/{asked}/edit", data={}).status_code == 429
        assert sam.post(paths[0]).status_code == 303


def test_two_who_change_the_same_question_lose_no_word(cast: Cast) -> None:
    asked, ben, mia = put_question(cast), cast.browser("ben"), cast.browser("mia")
    path = f"/en/questions/{asked}/edit"
    words = {"title": "How do I get my money back?", "topic": "0", "tags": ""}
    his, hers = form_of(ben.get(path).text), form_of(mia.get(path).text)
    assert mia.post(path, data={**hers, **words, "text": "I paid three times."}).status_code == 303
    met = ben.post(path, data={**his, **words, "text": "I paid four times."})
    assert met.status_code == 409 and "I paid four times.</textarea>" in met.text
    assert re.search(r"<del>.*?three .*?</del>", met.text) and question_of(asked).text == "I paid three times."
    # What is sent next was written with the words of the other in sight.
    assert ben.post(path, data={**form_of(met.text), **words, "text": "I paid four times."}).status_code == 303
    assert question_of(asked).text == "I paid four times."


def test_what_a_moderator_has_to_see_first_does_not_slip_in_by_an_edit(cast: Cast) -> None:
    begin_write()
    site.change(stop_words=["walrus"])
    db.session.commit()
    asked, ben = put_question(cast), cast.browser("ben")
    answer = put_answer(cast, asked)
    words = {"title": "How do I get a walrus?", "text": "I paid.", "topic": "0", "tags": ""}
    path = f"/en/questions/{asked}/edit"
    refused = ben.post(path, data={**form_of(ben.get(path).text), **words})
    assert refused.status_code == 422 and "a moderator has to see first" in refused.text and "I paid." in refused.text
    path, cleo = f"/en/answers/{answer}/edit", cast.browser("cleo")
    refused = cleo.post(path, data={**form_of(cleo.get(path).text), "text": "Buy a walrus."})
    assert refused.status_code == 422 and "Buy a walrus.</textarea>" in refused.text
    assert "walrus" not in f"{question_of(asked).title}{answer_of(answer).text}"
