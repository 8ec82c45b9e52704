"""The worked cases of the definition that belong to the community, through the real pages with the clock moved."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import select

from helpcenter.community.answer import SUBJECT, Answer
from helpcenter.community.question import Question
from helpcenter.core import clock
from helpcenter.core.db import db
from helpcenter.feedback import ballot
from helpcenter.journeys import settlement
from helpcenter.journeys.channel import COMMUNITY
from helpcenter.journeys.episode import EpisodeRow
from tests.cast import Cast
from tests.journeys.acts import BROWSER
from tests.journeys.story import hours

HUMAN = {"User-Agent": BROWSER}
WORDS = {
    "title": "How do I get my money back?",
    "text": "I paid twice.",
    "kind": "question",
    "topic": "0",
    "shown": "1",
}


class Story:
    """Ben asks on Monday at ten; others come hours later, each in a browser of their own that they come back with."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._browsers = {name: cast.browser(name) for name in ("ben", "cleo", "sam", "mia")}
        self.post(0, "ben", "/en/questions", WORDS)
        self.question = db.session.scalars(select(Question)).one().id

    def post(self, after: float, name: str, path: str, data: dict[str, str] | None = None) -> None:
        with clock.moved(hours(after)):
            answer = self._browsers[name].post(path, data=data, headers=HUMAN)
        assert answer.status_code in (200, 204, 303), answer.text

    def answer(self, after: float, name: str) -> int:
        self.post(after, name, f"/en/questions/{self.question}/answers", {"text": "Open the list."})
        return db.session.scalars(select(Answer.id).order_by(Answer.id.desc())).first() or 0

    def do(self, after: float, name: str, answer_id: int, act: str, data: dict[str, str] | None = None) -> None:
        self.post(after, name, f"/en/questions/{self.question}/answers/{answer_id}/{act}", data)

    def vote(self, after: float, name: str, answer_id: int, said: str) -> None:
        self.do(after, name, answer_id, "vote", {"answer": said, "ballot": ballot.make((SUBJECT, answer_id), 1)})

    def see(self, after: float, name: str) -> None:
        """Open the page and let its script report what it reports."""
        with clock.moved(hours(after)):
            page = self._browsers[name].get(f"/en/questions/{self.question}", follow_redirects=True).text
        for token, act in re.findall(r'<read-beacon data-url="/events" data-token="([^"]+)" data-act="(\w+)"', page):
            self.post(after, name, "/events", {"token": token, "act": act})

    def settled(self, after: float) -> EpisodeRow:
        """Ben's first episode."""
        with clock.moved(hours(after)):
            settlement.rebuild()
        db.session.rollback()
        theirs = EpisodeRow.user_id == self._cast.id_of("ben")
        row = db.session.scalars(select(EpisodeRow).where(theirs).order_by(EpisodeRow.opened_at)).first()
        assert row is not None
        return row


@pytest.fixture
def story(app: Flask, cast: Cast) -> Story:
    return Story(cast)


def test_case_11_a_peer_answer_accepted_by_the_asker_is_confirmed(story: Story) -> None:
    answer = story.answer(20, "cleo")
    story.do(48, "ben", answer, "acceptance")
    row = story.settled(48 + 73)
    assert (row.state, row.channel, row.rule) == ("confirmed", COMMUNITY, "accepted")
    assert (row.credited_kind, row.credited_subject_id) == ("answer", answer)


def test_case_12_an_answer_of_the_team_is_a_contact(story: Story) -> None:
    answer = story.answer(20, "sam")
    story.do(48, "ben", answer, "acceptance")
    assert story.settled(48 + 73).state == "contacted"


def test_case_13_a_peer_answer_that_the_asker_saw_is_participation(story: Story) -> None:
    story.answer(20, "cleo")
    story.see(30, "ben")
    row = story.settled(30 + 73)
    assert (row.state, row.channel, row.rule) == ("participated", COMMUNITY, "answer_seen")


def test_an_answer_nobody_looked_at_shows_nothing(story: Story) -> None:
    story.answer(20, "cleo")
    story.see(30, "mia")
    assert story.settled(24 * 15).state == "unresolved"


def test_what_the_asker_says_did_not_help_is_no_evidence(story: Story) -> None:
    answer = story.answer(20, "cleo")
    story.see(30, "ben")
    story.do(48, "ben", answer, "acceptance")
    story.do(50, "ben", answer, "not-solved")
    assert story.settled(24 * 15).state == "unresolved"


def test_an_acceptance_taken_back_is_no_evidence(story: Story) -> None:
    answer = story.answer(20, "cleo")
    story.do(48, "ben", answer, "acceptance")
    story.post(50, "ben", f"/en/questions/{story.question}/acceptance/withdrawal")
    assert story.settled(24 * 15).state == "unresolved"


def test_the_asker_who_accepts_their_own_answer_shows_nothing(story: Story) -> None:
    answer = story.answer(20, "ben")
    story.do(48, "ben", answer, "acceptance")
    story.see(49, "ben")
    assert story.settled(24 * 15).state == "unresolved"


def test_an_acceptance_by_the_team_speaks_for_nobody(story: Story) -> None:
    answer = story.answer(20, "cleo")
    story.do(48, "sam", answer, "acceptance")
    assert story.settled(24 * 15).state == "unresolved"


def test_a_reader_whom_it_helped_is_an_episode_of_their_own(story: Story, cast: Cast) -> None:
    answer = story.answer(20, "cleo")
    story.do(48, "ben", answer, "acceptance")
    story.see(100, "mia")
    story.vote(100.1, "mia", answer, "yes")
    story.post(100.2, "mia", f"/en/questions/{story.question}/solved-for-me")
    story.settled(24 * 10)
    theirs = EpisodeRow.user_id == cast.id_of("mia")
    row = db.session.scalars(select(EpisodeRow).where(theirs)).one()
    assert (row.state, row.channel, row.rule) == ("confirmed", COMMUNITY, "solved_for_me")


def test_the_report_shows_the_channel(story: Story, cast: Cast) -> None:
    answer = story.answer(20, "cleo")
    story.do(48, "ben", answer, "acceptance")
    story.settled(24 * 9)
    with clock.moved(hours(24 * 12)):
        page = cast.browser("ada").get("/reports").text
    assert ">Community<" in page.partition('id="channels"')[2]
