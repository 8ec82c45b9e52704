"""One vote a person and revision, changeable, counted at once."""

from __future__ import annotations

from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from helpcenter.core.db import begin_write, db
from helpcenter.feedback import tally, vote
from helpcenter.feedback.helpful_vote import HelpfulVote
from helpcenter.feedback.recount import recount
from helpcenter.feedback.tally import HelpfulTally, Tally
from helpcenter.feedback.vote import Standing
from helpcenter.journeys.event import Event
from tests.feedback.votes import ARTICLE, carry, cast, only_vote, rows, someone, withdraw


def test_a_vote_counts_at_once(app: Flask) -> None:
    assert cast(True, someone()) == Tally(1, 0)
    assert cast(False, someone()) == Tally(1, 1)
    assert tally.of(ARTICLE, 40) == Tally(1, 1)


def test_a_person_who_votes_again_changes_their_vote(app: Flask) -> None:
    ben = someone()
    cast(True, ben)
    assert cast(False, ben) == Tally(0, 1)
    assert cast(False, ben) == Tally(0, 1)
    assert rows() == 1


def test_each_revision_has_votes_of_its_own(app: Flask) -> None:
    ben = someone()
    cast(True, ben, revision_id=40)
    assert cast(False, ben, revision_id=41) == Tally(0, 1)
    assert tally.of(ARTICLE, 40) == Tally(1, 0)
    assert cast(True, ben, revision_id=40, subject=("article", 13)) == Tally(1, 0)


def test_a_user_is_one_person_in_every_browser(app: Flask) -> None:
    cast(True, someone(user_id=5))
    assert cast(False, someone(user_id=5)) == Tally(0, 1)


def test_who_voted_before_signing_in_has_voted(app: Flask) -> None:
    browser = someone()
    cast(False, browser, reason="confusing", comment="Where is the button?")
    assert cast(True, browser.signed_in_as(5)) == Tally(1, 0)
    assert only_vote().comment == "Where is the button?"
    assert only_vote().voter == "user:5"


def test_a_vote_before_signing_in_gives_way_to_the_users_own(app: Flask) -> None:
    phone, laptop = someone(), someone(user_id=5)
    cast(True, laptop)
    cast(False, phone)
    assert cast(False, phone.signed_in_as(5)) == Tally(0, 1)
    assert rows() == 1


def test_a_stranger_in_the_same_browser_does_not_change_the_users_vote(app: Flask) -> None:
    browser = someone()
    cast(True, browser.signed_in_as(5))
    assert cast(False, browser) == Tally(1, 1)


def test_a_vote_is_an_event_in_the_same_transaction(app: Flask) -> None:
    ben = someone()
    cast(False, ben, locale="es", topic_id=3)
    (event,) = db.session.scalars(select(Event)).all()
    assert (event.kind, event.subject_kind, event.subject_id, event.revision_id) == ("voted", "article", 12, 40)
    assert (event.detail, event.locale, event.topic_id, event.visitor_id) == (
        {"helpful": False},
        "es",
        3,
        ben.visitor_id,
    )
    begin_write()
    vote.cast_vote(subject=ARTICLE, revision_id=40, helpful=True, by=someone())
    db.session.rollback()
    assert (rows(), len(db.session.scalars(select(Event)).all())) == (1, 1)
    assert tally.of(ARTICLE, 40) == Tally(0, 1)


def test_words_stay_when_the_same_answer_comes_without_them(app: Flask) -> None:
    ben = someone()
    cast(False, ben, reason="too_long", comment="Too many steps")
    cast(False, ben)
    assert vote.standing(ARTICLE, 40, ben) == Standing(False, "too_long", "Too many steps")


def test_a_reason_goes_with_no_and_only_with_no(app: Flask) -> None:
    ben = someone()
    cast(False, ben, reason="too_long", comment="Too many steps")
    cast(True, ben)
    assert vote.standing(ARTICLE, 40, ben) == Standing(True, None, "Too many steps")
    cast(True, ben, reason="too_long")
    assert only_vote().reason is None
    cast(False, ben)
    assert only_vote().reason is None


def test_words_can_be_taken_back(app: Flask) -> None:
    ben = someone()
    cast(False, ben, reason="too_long", comment="Too many steps")
    cast(False, ben, reason="", comment="")
    assert vote.standing(ARTICLE, 40, ben) == Standing(False, None, "")


def test_a_vote_taken_back_leaves_nothing_but_its_events(app: Flask) -> None:
    ben = someone()
    cast(True, ben)
    assert withdraw(ben) == Tally(0, 0)
    assert withdraw(ben) == Tally(0, 0)
    assert (rows(), vote.standing(ARTICLE, 40, ben)) == (0, None)
    assert [event.kind for event in db.session.scalars(select(Event).order_by(Event.id))] == ["voted", "vote_withdrawn"]


def test_nobody_without_a_vote_has_one(app: Flask) -> None:
    cast(True, someone())
    assert vote.standing(ARTICLE, 40, someone()) is None


def test_a_typo_edit_carries_the_votes_over(app: Flask) -> None:
    ben, cleo = someone(), someone()
    cast(True, ben)
    cast(False, cleo, comment="One word is wrong")
    assert carry(40, 41) == Tally(1, 1)
    assert tally.of(ARTICLE, 40) == Tally(0, 0)
    assert vote.standing(ARTICLE, 41, cleo) == Standing(False, None, "One word is wrong")


def test_a_vote_from_a_page_opened_before_the_typo_edit_counts_for_the_new_revision(app: Flask) -> None:
    ben = someone()
    cast(True, ben, revision_id=40)
    carry(40, 41)
    carry(41, 42)
    assert cast(False, ben, revision_id=40) == Tally(0, 1)
    assert (tally.of(ARTICLE, 42), rows(), only_vote().revision_id) == (Tally(0, 1), 1, 42)


def test_a_person_who_voted_on_both_revisions_keeps_the_newer_vote(app: Flask) -> None:
    ben = someone()
    cast(True, ben, revision_id=40)
    cast(False, ben, revision_id=41)
    assert carry(40, 41) == Tally(0, 1)


def test_votes_can_be_carried_back_to_a_restored_revision(app: Flask) -> None:
    cast(True, someone(), revision_id=40)
    carry(40, 41)
    assert carry(41, 40) == Tally(1, 0)
    assert cast(True, someone(), revision_id=41) == Tally(2, 0)
    assert cast(True, someone(), revision_id=40) == Tally(3, 0)


def test_votes_that_were_carried_over_once_stay_when_it_is_asked_again(app: Flask) -> None:
    cast(True, someone())
    assert [carry(40, 41), carry(40, 41)] == [Tally(1, 0), Tally(1, 0)]


def test_a_wrong_tally_is_found_and_mended(app: Flask) -> None:
    cast(True, someone())
    begin_write()
    db.session.execute(HelpfulTally.__table__.update().values(yes=7))  # type: ignore[attr-defined]
    db.session.commit()
    (found,) = recount(check=True)
    assert (found.subject, found.revision_id, found.kept, found.counted) == (ARTICLE, 40, Tally(7, 0), Tally(1, 0))
    assert tally.of(ARTICLE, 40) == Tally(7, 0)
    assert recount() == [found]
    assert recount(check=True) == []
    assert tally.of(ARTICLE, 40) == Tally(1, 0)


class Notebook:
    """What a careful person would write down beside any acts of any people, in any browser, on any revision."""

    def __init__(self) -> None:
        self.browsers = [someone(), someone()]
        self.votes: dict[tuple[int, str], bool] = {}
        self.newest = FIRST
        self.carried: dict[int, int] = {}

    def do(self, act: str, browser: int, user: int | None, back: int, to: int) -> None:
        """`back` and `to` are revisions, counted back from the newest."""
        by = self.browsers[browser] if user is None else self.browsers[browser].signed_in_as(user)
        asked, target = max(FIRST, self.newest - back), max(FIRST, self.newest - to)
        if act == "is written anew":
            self.newest += 1
        elif act == "typo":
            self.newest += 1
            self.carry(asked, self.newest)
        elif act == "goes back" and asked != target:
            self.carry(asked, target)
        elif act in ("yes", "no"):
            cast(act == "yes", by, revision_id=asked)
            if user is not None:
                self.votes.pop((self.counting(asked), by.as_visitor), None)
            self.votes[self.counting(asked), by.person] = act == "yes"
        elif act == "takes back":
            withdraw(by, revision_id=asked)
            for name in (by.person, by.as_visitor):
                self.votes.pop((self.counting(asked), name), None)

    def carry(self, source: int, target: int) -> None:
        carry(source, target)
        self.carried.pop(target, None)
        source = self.counting(source)
        if source == target:
            return
        self.carried[source] = target
        for revision, who in [key for key in self.votes if key[0] == source]:
            self.votes.setdefault((target, who), self.votes[revision, who])
            del self.votes[revision, who]

    def counting(self, revision: int) -> int:
        """The revision that the votes on this one count for."""
        while revision in self.carried:
            revision = self.carried[revision]
        return revision


FIRST = 40
ACTS = ("yes", "no", "yes", "takes back", "typo", "typo", "goes back", "is written anew")
ACT = st.tuples(st.sampled_from(ACTS), st.integers(0, 1), st.none() | st.just(1), st.integers(0, 2), st.integers(0, 2))


@given(acts=st.lists(ACT, min_size=4, max_size=12))
@settings(max_examples=100, suppress_health_check=list(HealthCheck), database=None)
def test_any_acts_leave_one_row_a_person_and_revision_and_true_tallies(
    app: Flask, acts: list[tuple[str, int, int | None, int, int]]
) -> None:
    db.session.rollback()
    begin_write()
    for table in (HelpfulVote, HelpfulTally):
        db.session.execute(table.__table__.delete())
    db.session.commit()
    written = Notebook()
    for act in acts:
        written.do(*act)
    found = db.session.execute(select(HelpfulVote.revision_id, HelpfulVote.voter, HelpfulVote.helpful)).all()
    assert sorted(map(tuple, found)) == sorted((*key, helpful) for key, helpful in written.votes.items())
    for revision in range(FIRST, written.newest + 1):
        here = [helpful for (where, _who), helpful in written.votes.items() if where == revision]
        assert tally.of(ARTICLE, revision) == Tally(here.count(True), here.count(False))
    assert recount(check=True) == []
