"""A letter that is lost, or that arrives as another one, is noticed; the one that was on its way may come again."""

from __future__ import annotations

from collections import Counter

import pytest

from drills.killed_mail import Seen, not_as_promised

CAME = ["<a@here>", "<b@here>"]
OUTBOX = dict.fromkeys(CAME, "sent")
MARKS = [("1" * 32, "<a@here>"), ("2" * 32, "<b@here>")]
WRITTEN = {"1" * 32, "2" * 32}


def test_each_letter_once_and_one_of_them_again_is_what_was_promised() -> None:
    assert not_as_promised(Seen(OUTBOX, Counter(CAME)), MARKS, WRITTEN) == []
    assert not_as_promised(Seen(OUTBOX, Counter([*CAME, "<a@here>"])), [*MARKS, MARKS[0]], WRITTEN) == []


@pytest.mark.parametrize(
    ("seen", "marks", "said"),
    [
        (Seen({**OUTBOX, "<b@here>": "sending"}, Counter(CAME)), MARKS, ["letters that wait: 1"]),
        (Seen(OUTBOX, Counter(["<a@here>"])), MARKS, ["letters that never arrived: 1"]),
        (Seen(OUTBOX, Counter([*CAME, "<c@here>"])), MARKS, ["letters that nobody queued: 1"]),
        (Seen(OUTBOX, Counter(CAME)), MARKS[:1], ["things the team was not told of: 1"]),
        (
            Seen(OUTBOX, Counter(CAME)),
            [*MARKS, ("1" * 32, "<b@here>")],
            ["things the team was told of under two Message-IDs: 1"],
        ),
        (
            Seen(OUTBOX, Counter([*CAME, *CAME])),
            MARKS,
            ["letters that came again, besides the one that was on its way: 1"],
        ),
    ],
)
def test_whatever_else_became_of_a_letter_is_said(seen: Seen, marks: list[tuple[str, str]], said: list[str]) -> None:
    assert not_as_promised(seen, marks, WRITTEN) == said
