"""What several things of one kind read like in one line, and where the line leads."""

from __future__ import annotations

from helpcenter.accounts.notifications import following
from helpcenter.core.db import begin_write, db
from tests.accounts.notifications.inbox import lines, openings
from tests.cast import Cast
from tests.community.posts import TITLE, put_acceptance, put_answer, put_comment, put_question


def test_two_answers_of_one_person_of_which_first_one_and_then_the_other_is_the_solution(cast: Cast) -> None:
    asked = put_question(cast)
    first, second = put_answer(cast, asked), put_answer(cast, asked, text="Or ask your bank.")
    put_acceptance(cast, first)
    put_acceptance(cast, second)
    cleo = cast.browser("cleo")
    assert lines(cleo) == [f"*2 of your answers to “{TITLE}” were accepted"]
    assert cleo.post(openings(cleo)[0]).status_code == 303


def test_comments_of_several_people_on_one_question(cast: Cast) -> None:
    asked = put_question(cast)
    put_comment(cast, asked, "cleo")
    ben = cast.browser("ben")
    assert lines(ben) == [f"*Cleo commented on what you wrote in “{TITLE}”"]
    put_comment(cast, asked, "mia", "And by card?")
    assert lines(ben) == [f"*2 new comments on what you wrote in “{TITLE}”"]


def test_who_is_named_again_and_again(cast: Cast) -> None:
    asked = put_question(cast)
    put_answer(cast, asked, "cleo")
    for name in ("mia", "sam"):
        sent = cast.browser(name).post(f"/en/questions/{asked}/answers", data={"text": f"{name} agrees with @cleo."})
        assert sent.status_code == 303
    told = [line for line in lines(cast.browser("cleo")) if "mention" in line]
    assert told == [f"*You were mentioned 2 times in “{TITLE}”"]


def test_new_questions_of_a_tag_lead_to_the_tag(cast: Cast) -> None:
    put_question(cast, title="An older question", tags=["vat"])
    begin_write()
    following.say(cast.id_of("mia"), ("tag", 1), wanted=True)
    db.session.commit()
    for number in (1, 2):
        put_question(cast, title=f"Newer question {number}", tags=["vat"])
    mia = cast.browser("mia")
    assert lines(mia) == ["*2 new questions in “vat”"]
    assert mia.post(openings(mia)[0]).location == "/en/tags/vat"
