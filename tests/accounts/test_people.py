"""Roles: who holds them, who gives and takes them."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from helpcenter.accounts import user
from helpcenter.accounts.role import Role
from helpcenter.accounts.user import LastAdmin, UserRole
from helpcenter.core.db import begin_write, db
from tests.cast import PASSWORD, Cast


def roles(cast: Cast, name: str) -> frozenset[Role]:
    db.session.rollback()
    return user.roles_of([cast.id_of(name)])[cast.id_of(name)]


def test_an_admin_gives_and_takes_roles(cast: Cast) -> None:
    root, ben_id = cast.browser("root"), cast.id_of("ben")
    assert root.post(f"/settings/people/{ben_id}", data={"roles": ["editor", "agent"]}).status_code == 303
    assert roles(cast, "ben") == {Role.MEMBER, Role.EDITOR, Role.AGENT}
    assert set(db.session.scalars(select(UserRole.given_by).where(UserRole.user_id == ben_id))) == {cast.id_of("root")}
    root.post(f"/settings/people/{ben_id}", data={"roles": ["agent"]})
    assert roles(cast, "ben") == {Role.MEMBER, Role.AGENT}
    root.post(f"/settings/people/{ben_id}")
    assert roles(cast, "ben") == {Role.MEMBER}


def test_a_role_counts_from_the_next_request_on(cast: Cast) -> None:
    root, ben = cast.browser("root"), cast.browser("ben")
    assert ben.get("/settings/people").status_code == 403
    root.post(f"/settings/people/{cast.id_of('ben')}", data={"roles": ["admin"]})
    assert ben.get("/settings/people").status_code == 200
    root.post(f"/settings/people/{cast.id_of('ben')}")
    assert ben.get("/settings/people").status_code == 403


@pytest.mark.parametrize("wanted", [["king"], ["member"], ["editor", "king"]])
def test_a_role_that_is_not_given_is_refused(cast: Cast, wanted: list[str]) -> None:
    assert cast.browser("root").post(f"/settings/people/{cast.id_of('ben')}", data={"roles": wanted}).status_code == 422
    assert roles(cast, "ben") == {Role.MEMBER}


def test_the_last_admin_stays_one(cast: Cast) -> None:
    root, root_id = cast.browser("root"), cast.id_of("root")
    assert root.post(f"/settings/people/{root_id}", data={"roles": ["editor"]}).status_code == 422
    assert roles(cast, "root") == {Role.MEMBER, Role.ADMIN}
    root.post(f"/settings/people/{cast.id_of('ben')}", data={"roles": ["admin"]})
    assert root.post(f"/settings/people/{root_id}").status_code == 303
    assert roles(cast, "root") == {Role.MEMBER}


def test_taking_the_role_of_the_only_admin_is_an_error(cast: Cast) -> None:
    root_id = cast.id_of("root")
    begin_write()
    with pytest.raises(LastAdmin):
        user.take_role(root_id, Role.ADMIN, by=None)
    user.take_role(cast.id_of("ben"), Role.ADMIN, by=None)
    db.session.rollback()


@pytest.mark.parametrize("name", ["ben", "ada", "sam", "mia"])
def test_nobody_else_reads_or_changes_people(cast: Cast, name: str) -> None:
    browser, own = cast.browser(name), cast.id_of(name)
    before = roles(cast, name)
    assert browser.get("/settings/people").status_code == 403
    assert browser.post(f"/settings/people/{own}", data={"roles": ["admin"]}).status_code == 403
    assert roles(cast, name) == before


def test_people_are_found_by_name_or_address(cast: Cast) -> None:
    root = cast.browser("root")
    for name in ("ben", "cleo"):
        cast.id_of(name)
    assert "Cleo" in root.get("/settings/people").text
    for asked in ("bEN", "ben@exam"):
        page = root.get("/settings/people", query_string={"q": asked}).text
        assert "Ben" in page and "Cleo" not in page
    for asked in ("%", "_", "b_n"):
        assert "Cleo" not in root.get("/settings/people", query_string={"q": asked}).text


def test_people_come_in_pages(cast: Cast) -> None:
    root = cast.browser("root")
    begin_write()
    for number in range(60):
        user.add(f"Person {number}", f"p{number}@example.org", "", is_confirmed=True)
    db.session.commit()
    first = root.get("/settings/people").text
    assert first.count("@example.org") == 50 and 'rel="next"' in first
    after = first.split("after=")[1].split('"')[0].split("&")[0]
    assert root.get(f"/settings/people?after={after}").text.count("/settings/people/") >= 11


def test_an_admin_who_resigns_is_told_so_and_not_led_before_a_closed_door(cast: Cast) -> None:
    root, root_id = cast.browser("root"), cast.id_of("root")
    root.post(f"/settings/people/{cast.id_of('ben')}", data={"roles": ["admin"]})
    page = root.post(f"/settings/people/{root_id}", data={"roles": ["editor"]}, follow_redirects=True)
    assert page.status_code == 200 and "The roles of Root have been saved." in page.text
    assert roles(cast, "root") == {Role.MEMBER, Role.EDITOR}


def test_whoever_is_not_there_has_no_page_of_roles(cast: Cast) -> None:
    root, gone = cast.browser("root"), cast.browser("ben")
    assert root.get("/settings/people/999").status_code == root.post("/settings/people/999").status_code == 404
    gone.post("/preferences/erasure", data={"password": PASSWORD})
    assert root.get(f"/settings/people/{cast.id_of('ben')}").status_code == 404


def test_being_a_member_is_no_role_that_somebody_gives(cast: Cast) -> None:
    begin_write()
    with pytest.raises(ValueError, match="member is not given"):
        user.give_role(cast.id_of("ben"), Role.MEMBER, by=None)
    db.session.rollback()
