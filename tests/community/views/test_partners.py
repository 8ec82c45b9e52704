"""The badge of a partner stands beside what they said, and stays as it was then."""

from __future__ import annotations

from flask.testing import FlaskClient

from helpcenter.accounts import user
from helpcenter.accounts.role import Role
from helpcenter.community.address import question_address
from helpcenter.core.db import begin_write, db
from tests.cast import Cast
from tests.community.posts import put_question, question_of
from tests.journeys.acts import events

BADGE = '<span class="tag">Partner</span>'


def become(cast: Cast, name: str, *, partner: bool) -> None:
    begin_write()
    (
        user.give_role(cast.id_of(name), Role.PARTNER, by=None)
        if partner
        else user.take_role(cast.id_of(name), Role.PARTNER, by=None)
    )
    db.session.commit()


def page_of(browser: FlaskClient, question_id: int) -> str:
    return browser.get(question_address(question_of(question_id), "en")).text


def answer(browser: FlaskClient, question_id: int) -> None:
    done = browser.post(f"/en/questions/{question_id}/answers", data={"text": "Pull while you turn."})
    assert done.status_code == 303


def test_an_answer_keeps_the_badge_it_was_given_with(cast: Cast, stranger: FlaskClient) -> None:
    before, after = put_question(cast), put_question(cast)
    become(cast, "cleo", partner=True)
    answer(cast.browser("cleo"), before)
    become(cast, "cleo", partner=False)
    answer(cast.browser("cleo"), after)
    assert BADGE in page_of(stranger, before)
    assert BADGE not in page_of(stranger, after)


def test_a_comment_has_it_too(cast: Cast, stranger: FlaskClient) -> None:
    asked = put_question(cast)
    become(cast, "cleo", partner=True)
    assert cast.browser("cleo").post(f"/en/questions/{asked}/comments", data={"text": "Which key?"}).status_code == 303
    assert BADGE in page_of(stranger, asked)


def test_whoever_is_of_the_team_too_speaks_for_the_team(cast: Cast, stranger: FlaskClient) -> None:
    asked = put_question(cast)
    become(cast, "sam", partner=True)
    answer(cast.browser("sam"), asked)
    page = page_of(stranger, asked)
    assert '<span class="tag">Team</span>' in page and BADGE not in page


def test_a_partner_is_one_user_who_helps_another(cast: Cast) -> None:
    asked = put_question(cast)
    become(cast, "cleo", partner=True)
    answer(cast.browser("cleo"), asked)
    answered = next(one for one in events() if one.kind == "answered")
    assert (answered.detail["staff"], answered.excluded_reason) == (False, None)


def test_an_admin_makes_somebody_a_partner_who_may_do_no_more_than_before(cast: Cast) -> None:
    ben = cast.id_of("ben")
    assert cast.browser("root").post(f"/settings/people/{ben}", data={"roles": ["partner"]}).status_code == 303
    assert user.roles_of([ben])[ben] == {Role.MEMBER, Role.PARTNER}
    assert cast.browser("ben").get("/en/community/queues").status_code == 403
