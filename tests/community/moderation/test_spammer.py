from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from helpcenter.accounts import erasure
from helpcenter.community import counting
from helpcenter.community.me_too import MeToo
from helpcenter.community.moderation import sanction
from helpcenter.community.moderation.act import ModerationAct
from helpcenter.community.moderation.flag import Flag
from helpcenter.community.solved_for_me import SolvedForMe
from helpcenter.core.db import begin_write, db
from helpcenter.core.refusals import Conflict, Forbidden
from helpcenter.feedback import recount, vote
from helpcenter.feedback.helpful_vote import HelpfulVote
from tests.cast import Cast
from tests.community.moderation.acts import clean_up, delete, entry_of, hide, put_flag, undo
from tests.community.posts import (
    actor_of,
    answer_of,
    put_acceptance,
    put_answer,
    put_me_too,
    put_question,
    put_solved_for_me,
    put_vote,
    question_of,
)
from tests.feedback.votes import someone
from tests.journeys.acts import events
from tests.shelf import edition_of, put_article


class Flood:
    """Ben writes in three places, hides nothing, votes on everything and flags Cleo's answer."""

    def __init__(self, cast: Cast) -> None:
        self.cast, self.ben = cast, cast.id_of("ben")
        self.asked = put_question(cast, "cleo")
        self.good, self.spam = put_answer(cast, self.asked, "sam"), put_answer(cast, self.asked, "ben")
        put_acceptance(cast, self.spam, "cleo")
        put_vote(self.spam, someone())
        self.own = put_question(cast, "ben", title="Buy a walrus today")
        self.hidden = put_question(cast, "ben", title="Buy a hidden walrus")
        self.gone = put_question(cast, "ben", title="Buy a deleted walrus")
        hide(cast, "question", self.hidden)
        delete(cast, "question", self.gone)
        put_vote(self.good, actor_of(cast, "ben"), helpful=False)
        self.article = put_article("Refunds")
        self._vote_on_article()
        put_me_too(self.asked, self.ben)
        self.solved = put_question(cast, "ada")
        put_acceptance(cast, put_answer(cast, self.solved, "cleo"), "ada")
        put_solved_for_me(self.solved, actor_of(cast, "ben"))
        put_flag(cast, "answer", self.good, "ben")
        put_flag(cast, "question", self.own, "cleo")

    def _vote_on_article(self) -> None:
        revision = edition_of(self.article).published_revision_id or 0
        by = actor_of(self.cast, "ben")
        begin_write()
        vote.cast_vote(subject=("article", self.article), revision_id=revision, helpful=False, by=by, comment="Walrus!")
        db.session.commit()

    def standing(self) -> tuple[object, ...]:
        """All that the act may touch."""
        db.session.rollback()
        theirs = [question_of(one).state for one in (self.own, self.hidden, self.gone)]
        row, solved = question_of(self.asked), question_of(self.solved)
        votes = db.session.execute(
            select(HelpfulVote.subject_kind, HelpfulVote.subject_id, HelpfulVote.helpful, HelpfulVote.comment).where(
                HelpfulVote.voter == f"user:{self.ben}"
            )
        ).all()
        said = [db.session.scalar(select(func.count()).select_from(one)) for one in (MeToo, SolvedForMe, Flag)]
        return (
            theirs,
            answer_of(self.spam).state,
            (row.answers, row.solution_id, row.helpful, row.me_too, row.active_at),
            solved.solved_for,
            sorted(tuple(one) for one in votes),
            said,
            bool(entry_of("question", self.own)),
        )


@pytest.fixture
def flood(cast: Cast) -> Flood:
    return Flood(cast)


def test_one_act_takes_everything_back_and_one_gives_exactly_this_back(cast: Cast, flood: Flood) -> None:
    before = flood.standing()
    act = clean_up(cast, "ben")
    states, spam, counts, solved_for, votes, said, waits = flood.standing()
    assert states == ["deleted"] * 3 and spam == "deleted"
    assert counts[:4] == (1, None, 0, 0)  # type: ignore[index]
    assert (solved_for, votes, said, waits) == (0, [], [0, 0, 1], False)
    assert counting.recount(check=True) == [] and recount.recount(check=True) == []
    undo(cast, act)
    assert flood.standing() == before
    assert counting.recount(check=True) == [] and recount.recount(check=True) == []
    kinds = [row.kind for row in db.session.scalars(select(ModerationAct).order_by(ModerationAct.id))]
    assert kinds[-2:] == ["clean_up", "give_back"]


def test_what_a_spammer_called_helpful_is_evidence_no_more(cast: Cast, flood: Flood) -> None:
    already = len(events())
    act = clean_up(cast, "ben")
    taken = [(one.kind, one.user_id) for one in events()[already:]]
    assert taken.count(("vote_withdrawn", flood.ben)) == 2
    assert ("not_solved", flood.ben) in taken and ("acceptance_withdrawn", cast.id_of("mia")) in taken
    already = len(events())
    undo(cast, act)
    given = [(one.kind, one.user_id) for one in events()[already:]]
    assert sorted(given) == sorted(
        [("voted", flood.ben), ("voted", flood.ben), ("solved_for_me", flood.ben), ("accepted", cast.id_of("mia"))]
    )


def test_a_spammer_is_signed_out_and_writes_nothing_until_it_is_undone(cast: Cast, flood: Flood) -> None:
    ben, mia = cast.browser("ben"), cast.browser("mia")
    profile = f"/en/people/{flood.ben}-ben"
    assert "take everything back" in mia.get(profile).text
    assert mia.post(f"/en/people/{flood.ben}/cleanup").headers["Location"] == profile
    assert ben.get("/en/community/mine").status_code == 303
    assert cast.browser("cleo").get(profile).status_code == 404
    again = cast.browser("ben")
    words = {"title": "Buy another walrus", "text": "It is a walrus.", "kind": "question", "topic": "0", "shown": "1"}
    refused = again.post("/en/questions", data=words)
    assert refused.status_code == 403 and "can no longer post" in refused.text and "It is a walrus." in refused.text
    refused = again.post(f"/en/questions/{flood.asked}/answers", data={"text": "It is a walrus."})
    assert refused.status_code == 403 and "It is a walrus." in refused.text
    assert again.post(f"/en/questions/{flood.asked}/me-too").status_code == 403
    assert again.post(f"/en/community/flags/question/{flood.asked}", data={"reason": "spam"}).status_code == 403
    assert "Give everything back" in mia.get(profile).text
    act = db.session.scalars(select(ModerationAct.id).order_by(ModerationAct.id.desc())).first()
    assert mia.post(f"/en/community/log/{act}/undoing").status_code == 303
    assert again.post(f"/en/questions/{flood.asked}/answers", data={"text": "Sorry."}).status_code == 303


def test_the_team_is_never_cleaned_up_and_nobody_twice(cast: Cast, flood: Flood) -> None:
    for name in ("sam", "mia"):
        with pytest.raises(Forbidden):
            clean_up(cast, name)
        db.session.rollback()
    act = clean_up(cast, "ben")
    with pytest.raises(Conflict):
        clean_up(cast, "ben")
    db.session.rollback()
    undo(cast, act)
    with pytest.raises(Conflict):
        undo(cast, act)
    db.session.rollback()
    clean_up(cast, "ben")
    assert sanction.is_blocked(flood.ben)


def test_what_was_taken_is_handed_out_and_forgotten_with_its_person(
    cast: Cast, flood: Flood, stranger: FlaskClient
) -> None:
    act = clean_up(cast, "ben")
    held = erasure.export(flood.ben)
    votes = held["question"]["blocked"][0]["taken"]["votes"]
    assert [one["comment"] for one in votes] == ["", "Walrus!"]
    begin_write()
    erasure.erase(flood.ben)
    db.session.commit()
    undo(cast, act)
    assert flood.standing()[4:6] == ([], [0, 0, 1])
    assert stranger.get(f"/en/questions/{flood.own}").status_code == 404
