from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from tests.cast import Cast
from tests.community.moderation.acts import delete, hide
from tests.community.posts import put_acceptance, put_answer, put_question, question_of


def act(browser: FlaskClient, kind: str, number: int, verb: str, **words: str) -> int:
    return browser.post(f"/en/community/moderation/{kind}/{number}/{verb}", data=words).status_code


def page_of(browser: FlaskClient, question: int) -> str:
    return browser.get(f"/en/questions/{question}", follow_redirects=True).text


def without_numbers(page: str) -> str:
    """A page without what differs at every request: the number asked for, and that of the request."""
    return re.sub(r"questions/[0-9]+|<code>[0-9a-f]+</code>", "", page)


def test_a_hidden_question_is_to_readers_as_one_that_never_was(cast: Cast, stranger: FlaskClient) -> None:
    asked = put_question(cast)
    mia, ben = cast.browser("mia"), cast.browser("ben")
    shown = page_of(stranger, asked)
    assert "money back" in shown
    assert act(mia, "question", asked, "hide", reason="rude") == 303
    for browser in (stranger, cast.browser("cleo"), cast.browser("ada")):
        gone, never = browser.get(f"/en/questions/{asked}"), browser.get("/en/questions/99")
        assert (gone.status_code, never.status_code) == (404, 404)
        assert without_numbers(gone.text) == without_numbers(never.text)
        assert "money back" not in browser.get("/en/community").text
    mine = page_of(ben, asked)
    assert "This is hidden" in mine and "The reason: Rude or hurtful." in mine and "noindex" in mine
    assert "Hidden" in ben.get("/en/community/mine").text
    assert "Show again" in page_of(mia, asked) and "Show again" not in mine
    assert act(mia, "question", asked, "show") == 303
    assert page_of(stranger, asked) == shown


def test_a_hidden_answer_leaves_the_page_and_what_search_engines_read(cast: Cast, stranger: FlaskClient) -> None:
    asked = put_question(cast)
    answer = put_answer(cast, asked, text="Pull the walrus.")
    put_acceptance(cast, answer)
    mia, cleo = cast.browser("mia"), cast.browser("cleo")
    before = page_of(stranger, asked)
    assert before.count("Pull the walrus.") == 2
    act(mia, "answer", answer, "hide", reason="spam")
    for browser in (stranger, cast.browser("ben")):
        page = page_of(browser, asked)
        assert "walrus" not in page and "No one has answered yet" in page
        assert browser.get(f"/answers/{answer}").status_code == 404
    assert "This is hidden" in page_of(cleo, asked)
    told = page_of(mia, asked)
    assert "Pull the walrus." in told and "ld+json" not in told
    assert mia.get(f"/answers/{answer}").status_code == 302
    act(mia, "answer", answer, "show")
    assert page_of(stranger, asked) == before


def test_nobody_votes_on_what_is_hidden_or_changes_what_is_locked(cast: Cast) -> None:
    asked = put_question(cast)
    answer = put_answer(cast, asked)
    mia, ben = cast.browser("mia"), cast.browser("ben")
    act(mia, "question", asked, "lock")
    for path in ("me-too", f"answers/{answer}/acceptance", f"answers/{answer}/not-solved"):
        assert ben.post(f"/en/questions/{asked}/{path}").status_code == 403
    page = page_of(ben, asked)
    assert "Locked" in page and "Did this solve it?" not in page and "your-answer" not in page
    act(mia, "question", asked, "unlock")
    assert ben.post(f"/en/questions/{asked}/answers/{answer}/acceptance").status_code == 303
    act(mia, "answer", answer, "hide", reason="spam")
    assert ben.post(f"/en/questions/{asked}/answers/{answer}/acceptance").status_code == 404
    assert mia.post(f"/en/questions/{asked}/answers/{answer}/vote").status_code == 404


def test_a_closed_question_says_why_and_gives_back_what_was_typed(cast: Cast, stranger: FlaskClient) -> None:
    asked = put_question(cast)
    mia = cast.browser("mia")
    act(mia, "question", asked, "close", reason="too_broad")
    page = page_of(stranger, asked)
    assert "Closed: Too broad to be answered." in page and "your-answer" not in page
    answer = cast.browser("cleo").post(f"/en/questions/{asked}/answers", data={"text": "A long walrus."})
    assert answer.status_code == 409
    assert "A long walrus." in answer.text and "closed to new answers" in answer.text
    act(mia, "question", asked, "reopen")
    assert cast.browser("cleo").post(f"/en/questions/{asked}/answers", data={"text": "Now."}).status_code == 303


@pytest.mark.parametrize("verb", ["nonsense", "close", "move"])
def test_an_act_that_makes_no_sense_is_refused(cast: Cast, verb: str) -> None:
    answer = put_answer(cast, put_question(cast))
    assert act(cast.browser("mia"), "answer", answer, verb, reason="spam", topic="77") in (400, 404, 409)
    assert act(cast.browser("mia"), "walrus", answer, "hide", reason="spam") == 404


def test_members_read_in_the_log_what_was_done_but_not_what_was_hidden(cast: Cast) -> None:
    kept, gone = put_question(cast, title="A title for all"), put_question(cast, title="A secret walrus")
    put_answer(cast, gone, text="Nothing.")
    for number in (kept, gone):
        delete(cast, "question", number, why="off_topic")
    mia, cleo = cast.browser("mia"), cast.browser("cleo")
    act(mia, "question", kept, "restore")
    told = cleo.get("/en/community/log").text
    assert "A title for all" in told and "walrus" not in told and f"Question {gone}" in told
    assert "deleted: In the wrong place" in told and "Mia" in told and "Undo" not in told
    assert "A secret walrus" in mia.get("/en/community/log").text


def test_the_log_is_paged_and_moderators_undo_from_it(cast: Cast) -> None:
    asked = [put_question(cast, title=f"Question number {number}") for number in range(52)]
    acts = [hide(cast, "question", number) for number in asked]
    mia = cast.browser("mia")
    first = mia.get("/en/community/log").text
    assert f"act-{acts[-1]}" in first and f'act-{acts[0]}"' not in first
    last = mia.get(f"/en/community/log?after={acts[2]}").text
    assert f'act-{acts[0]}"' in last
    assert mia.post(f"/en/community/log/{acts[0]}/undoing").status_code == 303
    assert question_of(asked[0]).is_shown
    assert mia.post(f"/en/community/log/{acts[0]}/undoing").status_code == 409
    assert mia.post("/en/community/log/9999/undoing").status_code == 404
