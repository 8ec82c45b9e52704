"""What somebody does in the seconds in which the job carries out a plan."""

import pytest
from sqlalchemy import select

from helpcenter.accounts.viewer import STRANGER
from helpcenter.articles.edition import Edition
from helpcenter.articles.planned_act import PlannedAct
from helpcenter.articles.studio import planning
from helpcenter.articles.visibility import readable
from helpcenter.core.db import db
from helpcenter.core.markdown import MarkdownRefused, Reason
from tests.articles.studio.conftest import count, edition, send
from tests.articles.studio.test_planning import in_minutes
from tests.articles.studio.test_planning import later as later
from tests.articles.studio.test_planning import planned as planned
from tests.meanwhile import meanwhile


@pytest.fixture
def while_rendered(app, monkeypatch):
    """Have something done in another tab while the job renders what it is about to publish, or refuses it."""

    def during(act, refusal=None):
        if refusal:
            monkeypatch.setattr(planning.rendering, "rendered", refusing(refusal))
        meanwhile(monkeypatch, app, planning.rendering, "rendered", act)

    return during


def refusing(refusal):
    def rendered(*_given):
        raise refusal

    return rendered


@pytest.mark.parametrize("refusal", [None, MarkdownRefused(Reason.TOO_SLOW), RuntimeError("no")])
def test_what_is_called_off_while_it_is_rendered_does_not_happen(ada, planned, later, while_rendered, refusal):
    while_rendered(lambda: ada.post(f"{planned}/plans/publish/cancellation"), refusal)
    later(61)
    assert (edition().status, edition().stage, count(PlannedAct)) == ("draft", "", 0)


def test_what_is_put_off_while_it_is_rendered_happens_later(ada, planned, later, words, while_rendered):
    newer = words(body="Newer.")
    while_rendered(lambda: send(ada, planned, **newer, schedule="1", publish_at=in_minutes(600)))
    later(61)
    assert (edition().status, edition().stage, count(PlannedAct)) == ("draft", "scheduled", 1)


def test_other_words_that_are_planned_while_it_is_rendered_are_not_shown_as_those_before(
    ada, planned, later, words, while_rendered
):
    newer = words(body="Newer.")
    while_rendered(lambda: send(ada, planned, **newer, schedule="1", publish_at=in_minutes(60)))
    later(61)
    assert edition().status == "draft"
    later(61)
    assert "Newer." in readable(edition().article_id, "en", STRANGER).html


def test_a_text_that_is_refused_says_which_words_to_change(ada, planned, later, while_rendered):
    while_rendered(lambda: None, MarkdownRefused(Reason.TOO_TANGLED))
    later(61)
    assert edition().status == "draft"
    assert "could not be: This text is nested too deeply" in ada.get(planned).text


def test_what_is_called_off_while_another_one_is_rendered_is_no_fault(
    ada, planned, later, words, while_rendered, caplog
):
    other = str(ada.post("/studio/articles", data=words(title="Another")).headers["Location"])
    send(ada, other, **words(title="Another"), schedule="1", publish_at=in_minutes(61))
    while_rendered(lambda: ada.post(f"{other}/plans/publish/cancellation"))
    later(90)
    rows = db.session.execute(select(Edition.title, Edition.status).order_by(Edition.id)).all()
    assert [tuple(row) for row in rows] == [("Get a refund", "published"), ("Another", "draft")]
    assert "failed" not in caplog.text
