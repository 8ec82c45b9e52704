"""What is planned happens at its moment."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.exc import OperationalError

from helpcenter.accounts.viewer import STRANGER
from helpcenter.articles.planned_act import PlannedAct
from helpcenter.articles.studio import planning
from helpcenter.articles.visibility import readable
from helpcenter.core import clock, jobs, site
from helpcenter.core.db import begin_write, db
from helpcenter.core.refusals import Gone, NotFound
from tests.articles.studio.conftest import count, edition, revisions, send


def in_minutes(minutes, zone="UTC") -> str:
    """A moment as a browser sends it."""
    return (clock.now() + timedelta(minutes=minutes)).astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M")


@pytest.fixture
def later():
    """Do what is due after so many minutes."""

    def look(minutes):
        db.session.rollback()
        with clock.moved(clock.now() + timedelta(minutes=minutes)):
            planning.do_due()
        db.session.rollback()

    return look


@pytest.fixture
def planned(ada, words) -> str:
    """A draft that is published in an hour."""
    address = str(ada.post("/studio/articles", data=words()).headers["Location"])
    send(ada, address, **words(), schedule="1", publish_at=in_minutes(60))
    return address


def test_readers_see_it_from_its_minute_on(ada, planned, later):
    assert edition().stage == "scheduled"
    assert "Revision 1 will be published on" in ada.get(planned).text
    later(58)
    with pytest.raises(NotFound):
        readable(edition().article_id, "en", STRANGER)
    later(61)
    assert readable(edition().article_id, "en", STRANGER).title == "Get a refund"
    assert (edition().stage, count(PlannedAct)) == ("", 0)


def test_it_is_the_time_of_the_site_unless_the_editor_has_another(ada, words):
    begin_write()
    site.change(time_zone="Asia/Tokyo")
    db.session.commit()
    address = ada.post("/studio/articles", data=words()).headers["Location"]
    send(ada, address, **words(), schedule="1", publish_at=in_minutes(60, "Asia/Tokyo"))
    wanted = clock.now() + timedelta(minutes=60)
    assert abs(db.session.query(PlannedAct).one().at - wanted) < timedelta(minutes=2)


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        ("", "Say when it should be published."),
        ("tomorrow", "Enter a day and a time"),
        ("2020-01-01T10:00", "That time has passed."),
    ],
)
def test_a_moment_that_is_none_is_refused_with_every_word(ada, words, moment, said):
    address = ada.post("/studio/articles", data=words()).headers["Location"]
    answer = send(ada, address, **words(body="My words"), schedule="1", publish_at=moment)
    assert answer.status_code == 422
    assert said in answer.text
    assert "My words" in answer.text
    assert count(PlannedAct) == 0


def test_what_is_written_after_planning_is_not_published_with_it(ada, planned, later, words):
    send(ada, planned, **words(body="Not ready."))
    assert "What has been written since is not part of it." in ada.get(planned).text
    later(61)
    assert "Open <strong>Billing</strong>" in readable(edition().article_id, "en", STRANGER).html
    assert edition().latest_revision_id == revisions()[-1].id != edition().published_revision_id


def test_a_plan_can_be_called_off(ada, planned, later):
    ada.post(f"{planned}/plans/publish/cancellation")
    assert edition().stage == ""
    later(61)
    assert edition().status == "draft"
    assert ada.post(f"{planned}/plans/nonsense/cancellation").status_code == 404


def test_publishing_at_once_ends_the_plan(ada, planned, later, words):
    send(ada, planned, **words(title="Newer"), publish="1")
    later(61)
    assert readable(edition().article_id, "en", STRANGER).title == "Newer"


def test_an_archival_happens_at_its_minute_too(ada, written, later):
    answer = ada.post(f"{written}/archival", data={"at": in_minutes(30)})
    assert answer.status_code == 303
    assert "It will be archived on" in ada.get(written).text
    later(28)
    assert edition().status == "published"
    later(31)
    with pytest.raises(Gone):
        readable(edition().article_id, "en", STRANGER)


def test_an_archival_in_the_past_is_refused(ada, written):
    answer = ada.post(f"{written}/archival", data={"at": "2020-01-01T10:00"})
    assert answer.status_code == 422
    assert "That time has passed." in answer.text
    assert edition().status == "published"


def test_what_can_not_be_done_says_why_and_waits_for_a_person(ada, planned, later, monkeypatch):
    def fails(*_args):
        raise RuntimeError("no")

    monkeypatch.setattr(planning.rendering, "rendered", fails)
    later(61)
    assert edition().status == "draft"
    assert "could not be: Something went wrong on our side" in ada.get(planned).text


def test_a_plan_made_before_a_second_person_was_needed_waits_for_one(planned, later, ada):
    begin_write()
    site.change(second_person=True)
    db.session.commit()
    later(61)
    assert edition().status == "draft"
    assert "has to approve it first" in ada.get(planned).text


def test_archiving_now_ends_what_was_to_be_published(ada, written, later, words):
    send(ada, written, **words(body="Newer."), schedule="1", publish_at=in_minutes(60))
    ada.post(f"{written}/archival")
    later(61)
    assert edition().status == "archived"
    ada.post(f"{written}/return")
    assert edition().stage == ""


def test_calling_off_an_archival_leaves_the_publication_planned(ada, planned):
    ada.post(f"{planned}/archival", data={"at": in_minutes(90)})
    ada.post(f"{planned}/plans/archive/cancellation")
    assert edition().stage == "scheduled"


@pytest.mark.parametrize("moment", ["9999-12-31T23:59", "0001-01-01T00:00"])
@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Tokyo"])
def test_a_moment_at_the_end_of_time_breaks_nothing(ada, written, moment, zone):
    begin_write()
    site.change(time_zone=zone)
    db.session.commit()
    assert ada.post(f"{written}/archival", data={"at": moment}).status_code in (303, 422)


def test_a_new_article_is_scheduled_by_nobody_who_names_no_moment(ada, words):
    ada.post("/studio/articles", data=words(schedule="1"))
    assert edition().status == "draft"


def test_a_database_that_is_away_is_waited_for(planned, later, monkeypatch):
    def away(*_given):
        raise OperationalError("SELECT 1", {}, Exception("gone"))

    with monkeypatch.context() as patched, pytest.raises(OperationalError):
        patched.setattr(planning.rendering, "rendered", away)
        later(61)
    later(62)
    assert edition().status == "published"


def test_whoever_is_asked_to_stop_leaves_it_to_the_next(planned, later):
    run = jobs.Run()
    run.stop.set()
    with jobs.running(run):
        later(61)
    assert (edition().status, count(PlannedAct)) == ("draft", 1)
