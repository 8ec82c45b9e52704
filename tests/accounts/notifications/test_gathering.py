"""The law of gathering: nothing is lost, nothing is told twice, and what came last stands first."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from helpcenter.accounts.notifications.line import gathered
from helpcenter.accounts.notifications.notification import Notification
from helpcenter.core import clock


def row(number: int, kind: str, about: int, is_read: bool) -> Notification:
    return Notification(
        id=number,
        kind=kind,
        about_kind="question",
        about_id=about,
        subject_kind="answer",
        subject_id=number,
        read_at=clock.now() if is_read else None,
    )


ROWS = st.lists(st.tuples(st.sampled_from(("answer", "mention")), st.integers(1, 3), st.booleans()), max_size=30).map(
    lambda told: [row(len(told) - place, *one) for place, one in enumerate(told)]
)


@given(ROWS)
def test_every_row_is_in_one_line_and_every_line_tells_of_one_thing(rows: list[Notification]) -> None:
    lines = gathered(rows)
    assert Counter(one.id for line in lines for one in line.rows) == Counter(one.id for one in rows)
    keys = [(line.newest.kind, line.newest.about, line.newest.read_at is None) for line in lines]
    assert len(keys) == len(set(keys))
    for line in lines:
        assert {(one.kind, one.about, one.read_at is None) for one in line.rows} == {
            (line.newest.kind, line.newest.about, line.newest.read_at is None)
        }


@given(ROWS)
def test_lines_and_their_rows_come_the_newest_first(rows: list[Notification]) -> None:
    lines = gathered(rows)
    assert [line.newest.id for line in lines] == sorted((line.newest.id for line in lines), reverse=True)
    for line in lines:
        assert [one.id for one in line.rows] == sorted((one.id for one in line.rows), reverse=True)


@given(ROWS, st.integers(0, 30))
def test_one_more_row_changes_one_line_alone(rows: list[Notification], at: int) -> None:
    whole, less = gathered(rows), gathered(rows[:at] + rows[at + 1 :])
    before = {(one.newest.kind, one.newest.about, one.newest.read_at is None): len(one.rows) for one in less}
    after = {(one.newest.kind, one.newest.about, one.newest.read_at is None): len(one.rows) for one in whole}
    grown = Counter(after) - Counter(before)
    assert sum(grown.values()) == (1 if at < len(rows) else 0)
