from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event, select

from helpcenter.community.moderation import queue
from helpcenter.community.moderation.act import ModerationAct
from helpcenter.community.moderation.flag import Flag
from helpcenter.core.db import db
from helpcenter.core.refusals import Conflict, NotFound, Refusal
from tests.cast import Cast
from tests.community.moderation.acts import entry_of, hide, put_flag, settle, undo, wait
from tests.community.posts import put_acceptance, put_answer, put_comment, put_question, question_of


def acts() -> list[tuple[str, str, bool]]:
    rows = db.session.scalars(select(ModerationAct).order_by(ModerationAct.id))
    return [(row.kind, row.reason, row.by_id is None) for row in rows]


def test_a_member_flags_a_post_once_and_it_waits_for_a_look(cast: Cast) -> None:
    asked = put_question(cast)
    cleo = cast.browser("cleo")
    path = f"/en/community/flags/question/{asked}"
    assert "money back" in cleo.get(path).text
    assert cleo.post(path, data={"reason": "because"}).status_code == 422
    refused = cleo.post(path, data={"reason": "spam", "words": "w" * 301})
    assert refused.status_code == 422 and "w" * 301 in refused.text
    for _ in range(2):
        assert cleo.post(path, data={"reason": "spam", "words": "It sells a walrus."}).status_code == 303
    assert "You have already done so" in cleo.get(path).text
    assert len(db.session.scalars(select(Flag)).all()) == 1
    page = cast.browser("mia").get("/en/community/review").text
    assert "It sells a walrus." in page and "Flagged by members" in page and "I paid" in page


def test_nobody_flags_what_is_theirs_or_what_they_do_not_see(cast: Cast) -> None:
    asked = put_question(cast)
    path = f"/en/community/flags/question/{asked}"
    assert cast.browser("ben").get(path).status_code == 403
    assert cast.browser("ben").get(f"/en/community/flags/user/{cast.id_of('ben')}").status_code == 403
    assert cast.browser("ben").get(f"/en/community/flags/user/{cast.id_of('cleo')}").status_code == 404
    hide(cast, "question", asked)
    for who in ("cleo", "mia"):
        assert cast.browser(who).post(path, data={"reason": "spam"}).status_code == 404
    assert cast.browser("cleo").get("/en/community/flags/walrus/1").status_code == 404


def test_a_comment_is_flagged_like_any_post_and_by_a_reason_of_ours(cast: Cast) -> None:
    asked = put_question(cast)
    said = put_comment(cast, asked, "ben", "Buy a walrus.")
    path, cleo = f"/en/community/flags/comment/{said}", cast.browser("cleo")
    assert "money back" in cleo.get(path).text
    assert cast.browser("ben").get(path).status_code == 403
    with pytest.raises(Refusal):
        put_flag(cast, "comment", said, why="because")
    db.session.rollback()
    assert cleo.post(path, data={"reason": "spam"}).status_code == 303
    assert "Buy a walrus." in cast.browser("mia").get("/en/community/review").text
    hide(cast, "comment", said)
    assert cleo.get(path).status_code == 404


def test_what_undoes_another_act_is_not_undone_itself_and_nothing_is_no_post(cast: Cast) -> None:
    asked = put_question(cast)
    put_flag(cast, "question", asked)
    taken_up = undo(cast, settle(cast, "question", asked, "dismiss"))
    with pytest.raises(Conflict):
        undo(cast, taken_up)
    db.session.rollback()
    for kind, number in (("question", 999), ("answer", 999), ("walrus", asked)):
        with pytest.raises(NotFound):
            hide(cast, kind, number)
        db.session.rollback()


def test_flags_of_three_trusted_members_hide_it_at_once_and_those_of_others_do_not(cast: Cast) -> None:
    asked = put_question(cast, "root")
    answer = put_answer(cast, asked, "ada")
    put_acceptance(cast, answer, "root")
    for who in ("ben", "cleo"):
        put_flag(cast, "answer", answer, who)
    for who in ("sam", "mia"):
        put_flag(cast, "answer", answer, who, why="rude", weight=True)
    assert question_of(asked).answers == 1
    put_flag(cast, "answer", answer, "root", why="rude", weight=True)
    row = question_of(asked)
    assert (row.answers, row.solution_id) == (0, None)
    assert acts() == [("hide", "rude", True)]
    assert "flags of trusted members" in cast.browser("ben").get("/en/community/log").text
    # A moderator finds that they were wrong.
    settle(cast, "answer", answer, "approve")
    row = question_of(asked)
    assert (row.answers, row.solution_id) == (1, answer)
    assert entry_of("answer", answer) == 0


@pytest.mark.parametrize(
    ("verb", "state"), [("hide", "hidden"), ("delete", "deleted"), ("dismiss", "shown"), ("approve", "shown")]
)
def test_each_answer_to_a_flag_is_undone_and_the_flag_waits_again(cast: Cast, verb: str, state: str) -> None:
    asked = put_question(cast)
    put_flag(cast, "question", asked, why="rude")
    act = settle(cast, "question", asked, verb)
    assert question_of(asked).state == state
    assert entry_of("question", asked) == 0
    assert db.session.scalars(select(Flag.settled_act_id)).all() == [act]
    undo(cast, act)
    assert question_of(asked).is_shown
    assert entry_of("question", asked) and db.session.scalars(select(Flag.settled_act_id)).all() == [None]
    with pytest.raises(Conflict):
        undo(cast, act)
    db.session.rollback()


def test_what_flags_hid_can_stay_hidden(cast: Cast) -> None:
    asked = put_question(cast, "ada")
    for who in ("sam", "mia", "root"):
        put_flag(cast, "question", asked, who, weight=True)
    act = settle(cast, "question", asked, "hide")
    assert question_of(asked).state == "hidden" and entry_of("question", asked) == 0
    undo(cast, act)
    assert question_of(asked).state == "hidden" and entry_of("question", asked)


def test_what_waits_can_not_be_left_lying_and_hiding_it_is_undone(cast: Cast) -> None:
    asked = put_question(cast)
    wait(cast, "question", asked)
    with pytest.raises(Conflict):
        settle(cast, "question", asked, "dismiss")
    db.session.rollback()
    act = settle(cast, "question", asked, "hide")
    assert question_of(asked).state == "hidden"
    undo(cast, act)
    assert question_of(asked).state == "pending" and entry_of("question", asked)


def test_a_person_is_reported_from_their_page_and_the_report_dismissed(cast: Cast) -> None:
    put_question(cast)
    ben, mia = cast.id_of("ben"), cast.browser("mia")
    assert "Report this person" in cast.browser("cleo").get(f"/en/people/{ben}", follow_redirects=True).text
    report = {"reason": "rude", "words": "He shouts."}
    assert cast.browser("cleo").post(f"/en/community/flags/user/{ben}", data=report).status_code == 303
    page = mia.get("/en/community/review").text
    assert "Reported by members" in page and "He shouts." in page and "take everything back" in page
    entry = entry_of("user", ben)
    assert mia.post(f"/en/community/review/{entry}/approve").status_code == 404
    assert mia.post(f"/en/community/review/{entry}/dismiss").status_code == 303
    page = mia.get("/en/community/review").text
    assert "Nothing is waiting" in page and "What you did last" in page
    assert mia.post(f"/en/community/review/{entry}/dismiss").status_code == 409
    last = db.session.scalars(select(ModerationAct.id)).one()
    assert mia.post(f"/en/community/log/{last}/undoing", data={"back": "queue"}).headers["Location"].endswith("/review")
    assert entry_of("user", ben) == entry


def test_the_queue_is_paged_by_key(cast: Cast) -> None:
    numbers = [put_question(cast, title=f"Question number {number}") for number in range(queue.PAGE_ENTRIES + 2)]
    for number in numbers:
        put_flag(cast, "question", number)
    first = queue.page(0, cast.viewer("mia"), "en")
    assert [one.number for one in first.entries] == numbers[: queue.PAGE_ENTRIES]
    rest = queue.page(first.next_after or 0, cast.viewer("mia"), "en")
    assert [one.number for one in rest.entries] == numbers[queue.PAGE_ENTRIES :]
    assert rest.next_after is None


def statements(path: str, browser: FlaskClient) -> int:
    """How many statements a page takes."""
    asked: list[str] = []

    def note(*given: object) -> None:
        asked.append(str(given[2]))

    event.listen(db.engine, "before_cursor_execute", note)
    assert browser.get(path).status_code == 200
    event.remove(db.engine, "before_cursor_execute", note)
    return sum(not one.startswith(("BEGIN", "PRAGMA")) for one in asked)


@pytest.mark.parametrize("path", ["/en/community/review", "/en/community/log"])
def test_a_long_page_takes_no_more_statements_than_a_short_one(cast: Cast, path: str) -> None:
    mia, people = cast.browser("mia"), ("ben", "ada", "sam")

    def fill() -> None:
        for number, who in enumerate(people):
            asked = put_question(cast, who, title=f"Question number {number}")
            for post in (("question", asked), ("answer", put_answer(cast, asked))):
                put_flag(cast, *post, who="root")
                put_flag(cast, *post, who="mia")
            hide(cast, "question", put_question(cast, who))

    fill()
    few = statements(path, mia)
    for _ in range(2):
        fill()
    assert statements(path, mia) <= few
