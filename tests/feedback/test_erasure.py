"""What a person can take along of their votes, and what is left when they go."""

from __future__ import annotations

from flask import Flask

from helpcenter.accounts import erasure as accounts_erasure
from helpcenter.core.db import begin_write, db
from helpcenter.feedback import tally
from helpcenter.feedback.recount import recount
from helpcenter.feedback.tally import Tally
from helpcenter.journeys import recorder
from tests.cast import Cast
from tests.feedback.votes import ARTICLE, only_vote, rows, someone
from tests.feedback.votes import cast as cast_vote


def test_an_erased_person_takes_their_votes_along_also_from_before_they_signed_in(app: Flask, cast: Cast) -> None:
    ben, browser = cast.id_of("ben"), someone()
    cast_vote(False, browser, revision_id=41, comment="my private words")
    begin_write()
    recorder.record_sign_in(browser, ben)
    db.session.commit()
    cast_vote(True, browser.signed_in_as(ben))
    cast_vote(True, someone())
    begin_write()
    accounts_erasure.erase(ben)
    db.session.commit()
    assert rows() == 1
    assert only_vote().voter.startswith("visitor:")
    assert (tally.of(ARTICLE, 40), tally.of(ARTICLE, 41)) == (Tally(1, 0), Tally(0, 0))
    assert recount(check=True) == []


def test_a_person_can_take_their_votes_along(app: Flask, cast: Cast) -> None:
    ben = cast.id_of("ben")
    cast_vote(False, someone(user_id=ben), reason="confusing", comment="Why?")
    cast_vote(True, someone())
    (voted,) = accounts_erasure.export(ben)["vote"]["votes"]
    assert (voted["about"], voted["helpful"], voted["reason"], voted["comment"]) == (
        "article:12", False, "confusing", "Why?",
    )  # fmt: skip
    assert "vote" not in accounts_erasure.export(cast.id_of("cleo"))
