"""What a posted vote may say, and that it is bound to what the reader saw."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpcenter.feedback import ballot, box
from helpcenter.feedback.form import VoteForm
from helpcenter.journeys import page_token
from tests.feedback.votes import ARTICLE, cast, someone


@dataclass(frozen=True)
class Posted:
    """A form that was sent, whether it can be counted, and what it says is wrong."""

    form: VoteForm
    is_good: bool
    messages: list[str]


Post = Callable[..., Posted]


@pytest.fixture
def post(app: Flask) -> Post:
    def read(**fields: Any) -> Posted:
        given = {"answer": "no", "revision_id": ballot.make(ARTICLE, 40), **fields}
        data = {name: value for name, value in given.items() if value is not None}
        with app.test_request_context(method="POST", data=data):
            form = VoteForm(ARTICLE)
            is_good = form.validate_on_submit()
            return Posted(form, is_good, [str(message) for _field, message in form.refused])

    return read


def test_a_vote_needs_only_an_answer(post: Post) -> None:
    posted = post(answer="yes")
    form = posted.form
    assert posted.is_good
    assert (form.helpful, form.revision, form.said_reason, form.said_comment) == (True, 40, None, None)


def test_a_reason_and_words_are_read(post: Post) -> None:
    posted = post(reason="did_not_work", comment="  Step 3\r\nfails \x00")
    form = posted.form
    assert posted.is_good
    assert (form.helpful, form.said_reason, form.said_comment) == (False, "did_not_work", "Step 3\nfails")


def test_words_that_were_emptied_are_taken_back(post: Post) -> None:
    assert post(comment="").form.said_comment == ""


@pytest.mark.parametrize(
    "fields",
    [
        {"answer": "maybe"},
        {"answer": None},
        {"reason": "ugly"},
        {"comment": "x" * 601},
        {"revision_id": None},
        {"revision_id": "40"},
        {"revision_id": "WyJhcnRpY2xlIiwxMiw0MF0.made-up"},
        {"token": "made-up"},
    ],
)
def test_what_makes_no_sense_is_refused_with_a_word(post: Post, fields: dict[str, Any]) -> None:
    posted = post(**fields)
    assert not posted.is_good
    assert posted.messages


def test_six_hundred_characters_are_counted_as_the_browser_does(post: Post) -> None:
    assert post(comment="\r\n".join(["x"] * 300) + "x").is_good


@pytest.mark.parametrize("other", [("article", 13), ("answer", 12)])
def test_a_ballot_of_another_page_is_refused(post: Post, other: tuple[str, int]) -> None:
    assert not post(revision_id=ballot.make(other, 40)).is_good


@pytest.mark.parametrize(("number", "revision", "is_good"), [(12, 40, True), (13, 40, False), (12, 41, False)])
def test_the_token_of_the_page_has_to_fit_too(
    app: Flask, post: Post, number: int, revision: int, is_good: bool
) -> None:
    token = page_token.make("article", number, revision, "en", 3, ("viewed",))
    assert post(token=token).is_good is is_good


def test_a_ballot_is_the_same_for_every_reader(app: Flask) -> None:
    assert ballot.make(ARTICLE, 40) == ballot.make(ARTICLE, 40)


@settings(suppress_health_check=list(HealthCheck), deadline=None, max_examples=50)
@given(answer=st.text(), revision=st.text(), reason=st.text(), comment=st.text(max_size=700), token=st.text())
def test_no_form_ever_raises(post: Post, answer: str, revision: str, reason: str, comment: str, token: str) -> None:
    assert not post(answer=answer, revision_id=revision, reason=reason, comment=comment, token=token).is_good


def test_a_refused_form_keeps_every_word(app: Flask, post: Post) -> None:
    posted = post(reason="too_long", comment="y" * 601)
    shown = box.refused(ARTICLE, 40, posted.form, url="/vote")
    assert (shown.answer, shown.reason, shown.comment) == ("no", "too_long", "y" * 601)
    assert len(shown.errors) == 1


def test_the_public_box_knows_nobody(app: Flask) -> None:
    ben = someone()
    before = box.public(ARTICLE, 40, url="/vote")
    cast(False, ben, reason="too_long", comment="Too many steps")
    assert (before.answer, before.show_counts) == (None, False)
    after = box.public(ARTICLE, 40, url="/vote")
    assert (after.answer, after.reason, after.comment, after.no) == (None, None, "", 1)
    assert after.revision_id == before.revision_id
    mine = box.personal(ARTICLE, 40, ben, url="/vote")
    assert (mine.answer, mine.reason, mine.comment) == ("no", "too_long", "Too many steps")
    assert box.personal(ARTICLE, 40, someone(), url="/vote").answer is None
