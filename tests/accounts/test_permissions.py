"""Who may do what, as each of them would tell it."""

from __future__ import annotations

import pytest
from flask import Flask, g

from helpcenter.accounts.permissions import PERMISSIONS, allows, require
from helpcenter.accounts.role import Role
from helpcenter.accounts.viewer import STRANGER, Viewer, current_viewer
from helpcenter.core.refusals import Forbidden, SignInNeeded

MEMBERS = {"change_own_preferences", "see_members_articles", "ask", "answer", "flag", "read_moderation_log"}
THE_TEAM = MEMBERS | {"see_staff_articles", "edit_posts", "mark_duplicates"}
THE_STAFF = THE_TEAM | {"read_reports", "accept_answers", "edit_saved_replies"}
EDITORS = THE_STAFF | {
    "edit_articles",
    "publish_articles",
    "upload_pictures",
    "arrange_topics",
    "tune_search",
    "read_feedback",
}
AGENTS = THE_STAFF | {"answer_conversations"}
MODERATORS = THE_TEAM | {"moderate"}
ADMINS = EDITORS | AGENTS | MODERATORS | {"change_site", "read_journal", "read_mail", "manage_people"}
WHAT_EACH_MAY = {
    Role.MEMBER: MEMBERS,
    Role.PARTNER: MEMBERS,
    Role.EDITOR: EDITORS,
    Role.AGENT: AGENTS,
    Role.MODERATOR: MODERATORS,
    Role.ADMIN: ADMINS,
}


def somebody(*roles: Role, withheld: frozenset[Role] = frozenset()) -> Viewer:
    return Viewer(id=7, roles=frozenset({Role.MEMBER, *roles}), withheld=withheld)


def what_may(viewer: Viewer) -> set[str]:
    return {verb for verb in PERMISSIONS if viewer.may(verb)}


@pytest.mark.parametrize("role", list(Role))
def test_each_role_may_what_its_work_asks_for_and_nothing_else(role: Role) -> None:
    assert what_may(Viewer(id=7, roles=frozenset({role}))) == WHAT_EACH_MAY[role]


def test_roles_add_up() -> None:
    assert what_may(somebody(Role.EDITOR, Role.MODERATOR)) == EDITORS | MODERATORS


def test_a_stranger_may_nothing_that_anybody_is_asked_for() -> None:
    assert what_may(STRANGER) == set()


def test_what_nobody_knows_can_not_be_asked_for() -> None:
    with pytest.raises(KeyError):
        allows(somebody(Role.ADMIN), "fly")


def test_whoever_may_is_let_through_a_stranger_is_asked_to_log_in_and_anybody_else_is_refused() -> None:
    require(somebody(Role.AGENT), "answer_conversations")
    with pytest.raises(SignInNeeded, match="answer_conversations"):
        require(STRANGER, "answer_conversations")
    with pytest.raises(Forbidden, match="answer_conversations"):
        require(somebody(Role.EDITOR), "answer_conversations")


@pytest.mark.parametrize("role", [Role.EDITOR, Role.AGENT, Role.ADMIN])
def test_whoever_answers_for_the_company_is_staff_and_no_partner(role: Role) -> None:
    viewer = somebody(role, Role.PARTNER)
    assert viewer.is_staff
    assert viewer.reads_as_staff
    assert not viewer.is_partner


@pytest.mark.parametrize("role", [Role.MEMBER, Role.PARTNER, Role.MODERATOR])
def test_whoever_helps_from_outside_is_no_staff(role: Role) -> None:
    viewer = somebody(role)
    assert not viewer.is_staff
    assert not viewer.reads_as_staff
    assert viewer.is_partner is (role == Role.PARTNER)


def test_whose_roles_wait_for_two_steps_may_no_more_than_a_member_and_reads_as_the_staff_they_are() -> None:
    viewer = somebody(withheld=frozenset({Role.ADMIN}))
    assert viewer.is_held_back
    assert viewer.reads_as_staff
    assert not viewer.is_staff
    assert what_may(viewer) == MEMBERS
    assert not somebody(Role.ADMIN).is_held_back


def test_the_person_of_a_request_is_who_logged_in_and_a_stranger_otherwise(app: Flask) -> None:
    with app.test_request_context():
        assert current_viewer() is STRANGER
        g.viewer = somebody(Role.EDITOR)
        assert current_viewer() is g.viewer


def test_a_stranger_is_nobody_with_nothing_and_the_usual_preferences() -> None:
    assert not STRANGER.is_signed_in
    assert somebody().is_signed_in
    assert Viewer(id=0).is_signed_in
    assert (STRANGER.name, STRANGER.email, STRANGER.locale, STRANGER.time_zone) == ("", "", "", "")
    assert (STRANGER.theme, STRANGER.shortcuts, STRANGER.is_confirmed, STRANGER.unread) == ("auto", True, False, 0)
    assert STRANGER.session_id is STRANGER.last_seen_at is STRANGER.second_step_due is None
