"""Changing what was posted: how long, with which trace, and never over what one has not seen."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from helpcenter.community import editing, tag
from helpcenter.community.editing import Edit, Overtaken, content_of, may_edit, stamp
from helpcenter.community.post_revision import GRACE, Content, PostRevision
from helpcenter.community.rendering import rendered
from helpcenter.core import clock
from helpcenter.core.db import begin_write, db
from helpcenter.search import drainer, finding
from tests.cast import Cast
from tests.community.posts import answer_of, locked, put_answer, put_question, put_vote, question_of
from tests.feedback.votes import someone

MINUTE = timedelta(minutes=1)


def change_answer(cast: Cast, answer_id: int, text: str, name: str = "cleo", seen: str | None = None) -> None:
    html = rendered(text, "en")
    stamped = seen or stamp(content_of(answer_of(answer_id)))
    begin_write()
    row = answer_of(answer_id)
    editing.edit_answer(locked(row.question_id), row, Edit(Content(text), html, stamped, cast.id_of(name)))
    db.session.commit()


def versions() -> list[tuple[int, str]]:
    return [(row.number, row.text) for row in db.session.scalars(select(PostRevision).order_by(PostRevision.number))]


def test_a_member_has_a_day_and_the_team_has_no_end(cast: Cast) -> None:
    cleo, sam, mia = (cast.viewer(name) for name in ("cleo", "sam", "mia"))
    posted = clock.now()
    for after, own, team in (
        (timedelta(), True, True),
        (23 * 60 * MINUTE, True, True),
        (24 * 60 * MINUTE, False, True),
    ):
        with clock.moved(posted + after):
            assert may_edit(cleo, cast.id_of("cleo"), posted) is own
            assert not may_edit(cleo, cast.id_of("ben"), posted)
            assert may_edit(sam, cast.id_of("cleo"), posted) is may_edit(mia, cast.id_of("ben"), posted) is team


def test_the_first_five_minutes_leave_no_trace_and_later_both_versions_stay(cast: Cast) -> None:
    answer, start = put_answer(cast, put_question(cast), text="Frist."), clock.now()
    with clock.moved(start + GRACE - MINUTE):
        change_answer(cast, answer, "First.")
    assert (versions(), answer_of(answer).edited_at, answer_of(answer).text) == ([], None, "First.")
    with clock.moved(start + GRACE + MINUTE):
        change_answer(cast, answer, "Second.")
    assert versions() == [(1, "First."), (2, "Second.")]
    assert answer_of(answer).edited_at == start + GRACE + MINUTE
    with clock.moved(start + GRACE + 2 * MINUTE):
        change_answer(cast, answer, "Second!")
    assert versions() == [(1, "First."), (2, "Second!")]


def test_the_grace_is_for_whoever_wrote_and_does_not_begin_anew(cast: Cast) -> None:
    answer, start = put_answer(cast, put_question(cast), text="Mine."), clock.now()
    with clock.moved(start + MINUTE):
        change_answer(cast, answer, "Mended by the team.", "sam")
    assert [number for number, _text in versions()] == [1, 2]
    for minutes in (4, 7):
        with clock.moved(start + minutes * MINUTE):
            change_answer(cast, answer, f"After {minutes}.", "sam")
    assert versions() == [(1, "Mine."), (2, "After 4."), (3, "After 7.")]


def test_who_did_not_see_the_last_version_writes_nothing(cast: Cast) -> None:
    answer = put_answer(cast, put_question(cast), text="One.")
    seen = stamp(content_of(answer_of(answer)))
    change_answer(cast, answer, "Two.")
    with pytest.raises(Overtaken) as overtaken:
        change_answer(cast, answer, "Three.", "sam", seen)
    db.session.rollback()
    assert (overtaken.value.theirs.text, answer_of(answer).text) == ("Two.", "Two.")
    # Saying what it says already takes nothing from anybody.
    change_answer(cast, answer, "Two.", "sam", seen)
    assert versions() == []


def test_votes_on_an_answer_outlive_its_change(cast: Cast) -> None:
    asked = put_question(cast)
    answer = put_answer(cast, asked)
    put_vote(answer, someone())
    with clock.moved(clock.now() + timedelta(hours=1)):
        change_answer(cast, answer, "Better.")
    put_vote(answer, someone())
    assert question_of(asked).helpful == 2


def test_search_finds_a_question_by_what_it_says_now(cast: Cast) -> None:
    asked = put_question(cast, tags=["vat"])
    html, seen = rendered("The harbour is closed.", "en"), stamp(content_of(question_of(asked)))
    content = Content("The harbour is closed.", "When does the harbour open?", None, ("harbour", "hours"))
    begin_write()
    editing.edit_question(locked(asked), Edit(content, html, seen, cast.id_of("ben")))
    db.session.commit()
    drainer.drain()
    assert [hit.id for hit in finding.find("harbour", "en", cast.viewer("ben")).hits] == [asked]
    assert finding.find("money", "en", cast.viewer("ben")).hits == ()
    assert tag.of_questions([asked]) == {asked: ["harbour", "hours"]}
