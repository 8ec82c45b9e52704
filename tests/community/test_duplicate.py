"""Questions that were asked before: neither chains nor circles, and search leads to the original."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpcenter.community import counting, duplicate
from helpcenter.community.duplicate import Loop, NotForAll, pointing
from helpcenter.core.db import begin_write, db
from helpcenter.search import drainer, finding
from helpcenter.topics.audience import Audience
from tests.cast import Cast
from tests.community.posts import locked, put_duplicate, put_question, question_of
from tests.shelf import put_topic

NUMBERS = st.integers(1, 6)


@given(st.lists(st.tuples(NUMBERS, NUMBERS), max_size=20))
def test_whatever_is_marked_no_original_is_a_duplicate(acts: list[tuple[int, int]]) -> None:
    marks: dict[int, int] = {}
    for question_id, wanted_id in acts:
        before = dict(marks)
        try:
            marks.update(pointing(question_id, wanted_id, marks))
        except Loop:
            assert question_id == wanted_id or before.get(wanted_id) == question_id
            continue
        assert marks[question_id] == before.get(wanted_id, wanted_id)
        assert not set(marks) & set(marks.values())
        assert marks.keys() >= before.keys()


def test_who_points_to_a_duplicate_points_to_its_original_and_the_others_move_along(cast: Cast) -> None:
    first, second, third, fourth = (put_question(cast, title=f"Question number {one}?") for one in range(4))
    put_duplicate(cast, second, first)
    put_duplicate(cast, third, second)
    assert question_of(third).original_id == first
    put_duplicate(cast, first, fourth)
    assert [question_of(one).original_id for one in (first, second, third, fourth)] == [fourth, fourth, fourth, None]
    with pytest.raises(Loop):
        put_duplicate(cast, fourth, third)
    db.session.rollback()
    assert counting.recount(check=True) == []


def test_an_original_can_be_read_by_all_who_read_the_duplicate(cast: Cast) -> None:
    inside = put_topic("inner", "Inner", audience=Audience.MEMBERS)
    public, hidden = put_question(cast), put_question(cast, topic_id=inside)
    with pytest.raises(NotForAll):
        put_duplicate(cast, public, hidden)
    db.session.rollback()
    put_duplicate(cast, hidden, public)
    assert question_of(hidden).original_id == public


def test_search_gives_the_original_for_the_words_of_the_duplicate(cast: Cast) -> None:
    original = put_question(cast, title="How do I open the harbour?")
    again = put_question(cast, title="Is there a way to unlock the quay?")
    put_duplicate(cast, again, original)
    drainer.drain()
    assert [hit.id for hit in finding.find("quay", "en", cast.viewer("ben")).hits] == [original]
    begin_write()
    duplicate.undo(locked(again), by_id=cast.id_of("mia"))
    db.session.commit()
    drainer.drain()
    assert [hit.id for hit in finding.find("quay", "en", cast.viewer("ben")).hits] == [again]


def test_words_of_a_hidden_duplicate_find_nothing_public(cast: Cast) -> None:
    inside = put_topic("inner", "Inner", audience=Audience.MEMBERS)
    original = put_question(cast, title="How do I open the harbour?")
    put_duplicate(cast, put_question(cast, title="Where is the zorblaxo?", topic_id=inside), original)
    drainer.drain()
    assert finding.find("zorblaxo", "en", cast.viewer("ben")).hits == ()
