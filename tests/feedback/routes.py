"""Who may use the routes of feedback."""

from __future__ import annotations

from typing import Any

from tests.cast import Cast
from tests.feedback.votes import cast as cast_vote
from tests.feedback.votes import only_vote, rows, someone
from tests.house.access import Route, only


def something_written(_cast: Cast) -> dict[str, Any]:
    if not rows():
        cast_vote(False, someone(), reason="confusing")
    return {"vote_id": only_vote().id}


ROUTES: dict[str, Route] = {
    "feedback.index": only("editor", "admin"),
    "feedback_states.update": only("editor", "admin", status=303, args=something_written),
}
