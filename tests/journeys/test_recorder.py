"""What an event holds, and that it is written with the act or not at all."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from helpcenter.core import clock
from helpcenter.core.append_only import AppendOnly
from helpcenter.core.db import UndeclaredWrite, begin_write, db
from helpcenter.journeys import exclusion, recorder
from helpcenter.journeys.actor import Actor
from helpcenter.journeys.catalogue import UnknownKind
from helpcenter.journeys.event import Event
from helpcenter.journeys.search_query import SearchQuery
from tests.journeys.acts import act, events, someone

MONDAY = datetime(2026, 8, 3, 10, tzinfo=UTC)
ARTICLE = ("article", 12)


def test_an_event_holds_what_it_was_given_and_the_channel_of_its_subject(app: Flask) -> None:
    reader = someone(user_id=5)
    with clock.moved(MONDAY):
        event = act("voted", reader, subject=ARTICLE, revision_id=40, locale="es", topic_id=3, detail={"helpful": True})
    assert (event.kind, event.subject_kind, event.subject_id, event.revision_id) == ("voted", "article", 12, 40)
    assert (event.visitor_id, event.user_id, event.locale, event.topic_id) == (reader.visitor_id, 5, "es", 3)
    assert (event.channel, event.detail, event.observable, event.excluded_reason) == (
        "help_center", {"helpful": True}, True, None,
    )  # fmt: skip
    assert event.occurred_at == event.recorded_at == MONDAY


@pytest.mark.parametrize(
    ("kind", "subject", "channel"),
    [("solved_for_me", ("question", 1), "community"), ("workshop_solved", ("workshop", 1), "workshop"),
     ("contact_opened", None, None)],
)  # fmt: skip
def test_the_subject_decides_the_channel(
    app: Flask, kind: str, subject: tuple[str, int] | None, channel: str | None
) -> None:
    assert act(kind, someone(), subject=subject).channel == channel


def test_the_place_of_an_act_comes_before_its_subject(app: Flask) -> None:
    event = act("suggestion_solved", someone(), subject=ARTICLE, channel_name="contact_suggestion")
    assert event.channel == "contact_suggestion"


def test_an_act_that_is_taken_back_leaves_no_event(app: Flask) -> None:
    begin_write()
    recorder.record("contact_opened", by=someone())
    db.session.rollback()
    assert events() == []


def test_nothing_is_recorded_outside_of_a_write(app: Flask) -> None:
    with pytest.raises(UndeclaredWrite):
        recorder.record("contact_opened", by=someone())


def test_a_kind_missing_in_the_catalogue_is_not_recorded(app: Flask) -> None:
    begin_write()
    with pytest.raises(UnknownKind):
        recorder.record("clicked", by=someone())


def test_an_event_never_changes(app: Flask) -> None:
    event = act("contact_opened", someone())
    begin_write()
    event.kind = "contacted"
    with pytest.raises(AppendOnly):
        db.session.flush()
    db.session.rollback()
    begin_write()
    with pytest.raises(AppendOnly):
        db.session.execute(update(Event).values(kind="contacted"))


def test_the_words_of_an_event_may_be_taken_out_of_it_and_an_old_one_may_go(app: Flask) -> None:
    act("contact_opened", someone())
    begin_write()
    erasing = {"erasure": True, "synchronize_session": False}
    db.session.execute(update(Event).values(detail={}), execution_options=erasing)
    db.session.execute(delete(Event))
    db.session.commit()
    assert not events()


def test_the_same_act_twice_is_two_events_because_merging_is_for_those_who_judge(app: Flask) -> None:
    reader = someone()
    with clock.moved(MONDAY):
        act("viewed", reader, subject=ARTICLE)
        act("viewed", reader, subject=ARTICLE)
    assert len(events()) == 2


def test_mail_has_a_user_and_no_visitor_and_may_have_happened_earlier(app: Flask) -> None:
    with clock.moved(MONDAY):
        event = act(
            "contacted", Actor(None, user_id=5), subject=("conversation", 1), occurred_at=MONDAY - timedelta(hours=2)
        )
    assert (event.visitor_id, event.visit_id, event.user_id) == (None, None, 5)
    assert event.recorded_at - event.occurred_at == timedelta(hours=2)


def test_the_words_of_a_search_stand_beside_its_event_and_not_in_it(app: Flask) -> None:
    event = act("searched", someone(), detail={"results": 4}, query="  reset \n my password ", locale="en")
    kept = db.session.scalars(select(SearchQuery)).one()
    assert (kept.event_id, kept.typed, kept.locale) == (event.id, "reset my password", "en")
    assert event.detail == {"results": 4}


def test_an_author_is_kept_and_excluded(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.extensions, "authors", {})
    exclusion.register_authors(app, "article", lambda article_id: {5} if article_id == 12 else set())
    assert act("viewed", someone(user_id=5), subject=ARTICLE).excluded_reason == "author"
    assert act("viewed", someone(user_id=5), subject=("article", 13)).excluded_reason is None
    assert act("viewed", someone(user_id=6), subject=ARTICLE).excluded_reason is None
    assert act("viewed", someone(), subject=ARTICLE).excluded_reason is None


def test_a_preview_is_kept_and_excluded(app: Flask) -> None:
    assert act("viewed", someone(), subject=ARTICLE, is_preview=True).excluded_reason == "preview"


def test_nobody_acts(app: Flask) -> None:
    with pytest.raises(ValueError, match="nobody acted"):
        _ = Actor(None).person


def test_the_authors_of_a_kind_are_told_once(app: Flask) -> None:
    exclusion.register_authors(app, "manual", lambda _id: [5])
    with pytest.raises(ValueError, match="authors of manual"):
        exclusion.register_authors(app, "manual", lambda _id: [6])
    assert exclusion.is_author(5, ("manual", 1)) and not exclusion.is_author(6, ("manual", 1))
