from __future__ import annotations

import pytest
from sqlalchemy import func, select

from config import Settings
from helpcenter.accounts import password, user
from helpcenter.accounts.viewer import STRANGER
from helpcenter.articles.edition import Edition, Status
from helpcenter.articles.suggestion import Suggestion
from helpcenter.core.db import db
from helpcenter.demo import building
from helpcenter.feedback import recount
from helpcenter.journeys.episode import EpisodeRow
from helpcenter.journeys.event import Event
from helpcenter.support.replies import article_link, saved_reply, variable

pytestmark = pytest.mark.alike


def test_the_demo_is_the_manual_with_months_of_readers(demo: list[str]) -> None:
    assert [line for line in demo if "…" not in line] == []
    published = db.session.scalar(
        select(func.count()).where(Edition.status == Status.PUBLISHED, Edition.locale == "en")
    )
    assert published is not None
    assert published >= 20
    written_first = select(func.min(Edition.id)).group_by(Edition.article_id)
    assert set(db.session.scalars(select(Edition.locale).where(Edition.id.in_(written_first)))) == {"en"}
    kinds = set(db.session.scalars(select(Event.kind).distinct()))
    assert {"searched", "viewed", "read", "voted"} <= kinds
    assert recount.recount(check=True) == []
    states = set(db.session.scalars(select(EpisodeRow.state).distinct()))
    assert {"confirmed", "assumed", "unresolved", "pending"} <= states, "the report is alive"


def test_its_readers_suggested_improvements_and_some_are_answered(demo: list[str]) -> None:
    made = db.session.scalars(select(Suggestion)).all()
    assert {row.state for row in made} == {"new", "planned", "declined"}
    assert any(row.text is not None for row in made)


def test_what_its_agent_answers_again_and_again_is_saved_with_links_that_lead_somewhere(demo: list[str]) -> None:
    texts = [one.text for kept in saved_reply.texts_of().values() for one in kept.values()]
    assert len(texts) > 5
    assert [variable.unknown_in(text) for text in texts if variable.unknown_in(text)] == []
    named = {number for text in texts for number in article_link.articles_in(text)}
    assert named
    assert article_link.unreadable(named, STRANGER, "en") == []


def test_its_people_can_sign_in_with_what_is_printed(demo: list[str], settings: Settings) -> None:
    for email, words in building.passwords(settings.data_dir).items():
        person = user.by_email(email)
        assert person is not None
        assert password.matches(words, person.password_hash)
