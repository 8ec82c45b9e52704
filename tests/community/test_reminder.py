"""Letters to the asker: on which days, never twice, and what ends them."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from helpcenter.accounts import erasure
from helpcenter.community import reminder, reminder_letter
from helpcenter.community.reminder_letter import KIND
from helpcenter.core import clock
from helpcenter.core.db import begin_write, db
from helpcenter.core.mail import OutgoingMail
from tests.cast import Cast, email_of
from tests.community.posts import actor_of, locked, put_acceptance, put_answer, put_duplicate, put_question, question_of

DAY = timedelta(days=1)


def letters() -> list[str]:
    rows = db.session.scalars(select(OutgoingMail).where(OutgoingMail.kind == KIND).order_by(OutgoingMail.id))
    return [row.dedupe_key.rpartition(":")[2] for row in rows]


def on_days(start: datetime, *days: float) -> list[int]:
    counts = []
    for day in days:
        with clock.moved(start + day * DAY):
            counts.append(reminder.send_due())
    return counts


def test_the_asker_is_asked_on_three_days_after_the_first_answer(cast: Cast) -> None:
    asked = put_question(cast)
    put_answer(cast, asked)
    start = clock.now()
    assert on_days(start, 2.9, 3, 3.1, 6.9, 7, 8, 29.9, 30, 31, 60) == [0, 1, 0, 0, 1, 0, 0, 1, 0, 0]
    assert letters() == ["3", "7", "30"]
    row = db.session.scalars(select(OutgoingMail)).first()
    assert row is not None and row.to_address == email_of("ben")
    assert (row.about_kind, row.about_id) == ("question", asked)
    assert "/reminders/" in row.text and question_of(asked).title in row.text
    assert row.unsubscribe_url.partition("?")[0].endswith("/stop")


def test_who_switched_them_off_in_their_preferences_gets_none(cast: Cast) -> None:
    ben, form = cast.browser("ben"), {"in_app": ["answer"], "by_mail": ["answer"], "rhythm": "at_once"}
    assert "Reminders to say which answer solved my question" in ben.get("/preferences/notifications").text
    assert ben.post("/preferences/notifications", data=form).status_code == 303
    put_answer(cast, put_question(cast))
    start = clock.now()
    assert on_days(start, 3) == [0]
    ben.post("/preferences/notifications", data={**form, "by_mail": ["answer", "reminder"]})
    assert on_days(start, 4) == [1]


def test_days_count_from_the_answer_and_not_from_the_question(cast: Cast) -> None:
    asked, start = put_question(cast), clock.now()
    assert on_days(start, 3, 7) == [0, 0]
    with clock.moved(start + 10 * DAY):
        put_answer(cast, asked)
    assert on_days(start, 12, 13) == [0, 1]


def test_of_two_letters_that_are_late_only_the_later_is_written(cast: Cast) -> None:
    put_answer(cast, put_question(cast))
    assert on_days(clock.now(), 8, 9, 10) == [1, 0, 0]
    assert letters() == ["7"]


def test_nobody_is_asked_about_what_is_long_past(cast: Cast) -> None:
    put_answer(cast, put_question(cast))
    assert on_days(clock.now(), 38) == [0]


def test_an_answer_of_the_asker_is_none(cast: Cast) -> None:
    put_answer(cast, put_question(cast), "ben")
    assert on_days(clock.now(), 3) == [0]


@pytest.mark.parametrize("end", ["solved", "duplicate", "not yet", "stopped", "erased"])
def test_letters_stop(cast: Cast, end: str) -> None:
    asked = put_question(cast)
    answer = put_answer(cast, asked)
    if end == "solved":
        put_acceptance(cast, answer)
    elif end == "duplicate":
        put_duplicate(cast, asked, put_question(cast, "cleo", "How do I begin with it?"))
    else:
        by = actor_of(cast, "ben")
        begin_write()
        if end == "not yet":
            reminder.say_not_yet(locked(asked), by=by)
        elif end == "stopped":
            reminder.stop(asked)
        else:
            erasure.erase(cast.id_of("ben"))
        db.session.commit()
    assert on_days(clock.now(), 3, 7, 30) == [0, 0, 0]


def test_after_not_yet_a_new_answer_is_asked_about(cast: Cast) -> None:
    asked, start = put_question(cast), clock.now()
    put_answer(cast, asked)
    by = actor_of(cast, "ben")
    begin_write()
    reminder.say_not_yet(locked(asked), by=by)
    db.session.commit()
    with clock.moved(start + 4 * DAY):
        put_answer(cast, asked, "sam")
    assert on_days(start, 5, 7.1) == [1, 1]


def test_a_job_that_is_killed_writes_a_letter_wholly_or_not_at_all(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    put_answer(cast, put_question(cast))
    queue = reminder_letter.queue

    def killed(*given: object) -> bool:
        queue(*given)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, clock.moved(clock.now() + 3 * DAY):
        patch.setattr(reminder_letter, "queue", killed)
        with pytest.raises(KeyboardInterrupt):
            reminder.send_due()
    db.session.rollback()
    assert letters() == []
    assert on_days(clock.now(), 3.1, 3.2) == [1, 0]
