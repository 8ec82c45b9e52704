from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from helpcenter.core import clock
from helpcenter.core.db import db
from helpcenter.journeys.event import Event
from helpcenter.support import usual_time
from helpcenter.support.conversation import Conversation
from helpcenter.support.said import messages
from helpcenter.support.status import Status

pytestmark = pytest.mark.alike


def test_the_inbox_of_the_demo_is_alive(demo: list[str]) -> None:
    rows = list(db.session.scalars(select(Conversation)))
    assert {row.status for row in rows} == set(Status)
    assert sum(row.is_urgent for row in rows) == 2
    assert usual_time.told()
    assert any(row.carried["items"] for row in rows)
    now = clock.now()
    for row in rows:
        said = messages(row, with_notes=True)
        assert row.opened_at == said[0].sent_at
        assert [one.sent_at for one in said] == sorted(one.sent_at for one in said)
        assert row.changed_at < now
        assert "%(" not in "".join(one.text for one in said)


def test_somebody_who_writes_searched_or_read_before(demo: list[str]) -> None:
    asked = select(Event.visitor_id).where(Event.kind.in_(("searched", "voted")))
    for row in db.session.scalars(select(Conversation).where(Conversation.visitor_id.in_(asked))):
        last = db.session.scalar(
            select(func.max(Event.occurred_at)).where(
                Event.visitor_id == row.visitor_id, Event.occurred_at < row.opened_at
            )
        )
        assert last is not None
        assert row.opened_at - last <= timedelta(minutes=3)
