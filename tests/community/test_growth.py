"""What the database reads for a page must not grow with the community. SQLite, which keeps no statistics, tells how."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from helpcenter.accounts.viewer import STRANGER
from helpcenter.community import answer_vote, counting, listing, staff_queue, tag, trust
from helpcenter.community.question import Question
from helpcenter.community.visibility import visible_questions
from helpcenter.core.db import db
from tests.cast import Cast
from tests.community.posts import put_answer, put_question


def statement_of(monkeypatch: pytest.MonkeyPatch, ask: Any) -> Any:
    """The statement that this asks the database for rows with."""
    asked: list[Any] = []
    monkeypatch.setattr(db.session, "scalars", lambda statement: asked.append(statement) or [])
    ask()
    monkeypatch.undo()
    return asked[0]


@pytest.mark.parametrize("sort", sorted(listing.SORTS))
@pytest.mark.parametrize("language", ["", listing.EVERY_LANGUAGE])
def test_a_list_is_read_in_its_order_and_not_sorted(
    plan: Any, monkeypatch: pytest.MonkeyPatch, sort: str, language: str
) -> None:
    asked = listing.Asked(sort=sort, language=language)
    statement = statement_of(monkeypatch, lambda: listing.listed(visible_questions(STRANGER), asked, "en"))
    steps = plan(statement)
    assert len(steps) == 1
    assert f"USING INDEX ix_question_{'' if language else 'locale_'}{listing.SORTS[sort].key}" in steps[0]


def test_the_list_of_a_person_begins_with_what_they_wrote(plan: Any) -> None:
    steps = plan(listing.of_person(visible_questions(STRANGER), 1))
    assert not [step for step in steps if "SCAN question" in step or "topic" in step]


EVERY = listing.Asked(language=listing.EVERY_LANGUAGE)
SETS = {
    "a tag": lambda tag_id, _user_id: listing.tagged(visible_questions(STRANGER), tag_id),
    "a person": lambda _tag_id, user_id: listing.of_person(visible_questions(STRANGER), user_id),
}


@pytest.mark.parametrize("of", sorted(SETS))
def test_the_newest_of_a_great_many_are_found_among_the_newest(
    plan: Any, monkeypatch: pytest.MonkeyPatch, of: str
) -> None:
    monkeypatch.setattr(listing, "MANY", 0)
    questions = SETS[of](1, 1)
    steps = plan(statement_of(monkeypatch, lambda: listing.listed(questions, EVERY, "en")))
    assert "USING INDEX ix_question_active_at" in steps[0]
    assert not [step for step in steps if "TEMP B-TREE" in step]


@pytest.mark.parametrize("of", sorted(SETS))
def test_many_or_few_it_is_the_same_list(cast: Cast, monkeypatch: pytest.MonkeyPatch, of: str) -> None:
    with_tag, answered, _other = (put_question(cast, "cleo", tags=tags) for tags in (["key"], [], ["lock"]))
    for question_id in (with_tag, answered):
        put_answer(cast, question_id, "ben")
        put_answer(cast, question_id, "ben")
    tag_id, user_id = tag.id_of("key") or 0, cast.id_of("ben")
    few = listing.listed(SETS[of](tag_id, user_id), EVERY, "en").rows
    monkeypatch.setattr(listing, "MANY", 1)
    many = listing.listed(SETS[of](tag_id, user_id), EVERY, "en").rows
    expected = {"a tag": [with_tag], "a person": [answered, with_tag]}
    assert [row.id for row in many] == [row.id for row in few] == expected[of]


@pytest.mark.parametrize("name", sorted(staff_queue.QUEUES))
def test_a_queue_reads_what_waits_in_its_order(plan: Any, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(db.session, "get", lambda *_: None)
    steps = plan(statement_of(monkeypatch, lambda: staff_queue.page(name, STRANGER)))
    if name == "not_helped":
        assert [step for step in steps if "ix_answer_not_yet_at" in step]
        return
    assert f"USING INDEX ix_question_{'active_at' if name == 'done' else 'open'}" in steps[0]
    assert not [step for step in steps if "TEMP B-TREE" in step]


def test_of_nobody_nothing_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(db.session, "execute", None)
    assert trust.facts_of([]) == {}


def test_counting_a_vote_reads_the_votes_of_one_question(plan: Any) -> None:
    steps = plan(select(answer_vote.count_of(1)))
    assert [step for step in steps if "helpful_tally" in step and "subject_id=?" in step]
    assert not [step for step in steps if "SCAN answer" in step or "SCAN helpful_tally" in step]


def test_counting_everything_reads_each_question_once(plan: Any) -> None:
    counted = [count(Question.id) for count in counting.COUNTS.values()]
    steps = plan(select(Question.id, *counted))
    scans = [step for step in steps if step.startswith("SCAN")]
    assert len(scans) == 1
    assert scans[0].startswith("SCAN question")
    assert not [step for step in steps if step.endswith("(subject_kind=?)")]
