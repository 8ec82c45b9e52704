from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from helpcenter.accounts import erasure, user
from helpcenter.accounts.role import Role
from helpcenter.articles.article import Article
from helpcenter.articles.verification import kept_by
from helpcenter.core import clock, site
from helpcenter.core.db import begin_write, db
from tests.cast import Cast
from tests.shelf import change_article, edition_of, put_article

DAY = timedelta(days=1)


def care(browser: FlaskClient, article: int, owner: object = "", every: object = "") -> int:
    return browser.post(f"/studio/articles/{article}/en/care", data={"owner": owner, "every": every}).status_code


def overdue(owner: int) -> list[str]:
    db.session.rollback()
    return [one.title for one in kept_by([owner]) if one.is_overdue]


@pytest.fixture
def kept(ada: FlaskClient, cast: Cast) -> int:
    """An article of Ada's, to be looked at every thirty days."""
    article = put_article("Refunds")
    assert care(ada, article, cast.id_of("ada"), 30) == 303
    return article


@pytest.fixture
def late(kept: int) -> int:
    """The same, looked at thirty-one days ago."""
    begin_write()
    edition_of(kept).verified_at = clock.now() - 31 * DAY
    db.session.commit()
    return kept


def test_it_is_overdue_once_the_days_are_over(kept: int, cast: Cast) -> None:
    now = clock.now()
    with clock.moved(now + 29 * DAY):
        assert overdue(cast.id_of("ada")) == []
    with clock.moved(now + 31 * DAY):
        assert overdue(cast.id_of("ada")) == ["Refunds"]


def test_saying_that_it_is_true_starts_the_days_anew(ada: FlaskClient, late: int, cast: Cast) -> None:
    assert "Overdue" in ada.get(f"/studio/articles/{late}/en").text
    answer = ada.post(f"/studio/articles/{late}/en/verification")
    assert "Verified today." in ada.get(answer.headers["Location"]).text
    assert overdue(cast.id_of("ada")) == []
    assert edition_of(late).verified_by == cast.id_of("ada")


@pytest.mark.parametrize(("significance", "left"), [("typo", ["Refunds"]), ("medium", []), ("major", [])])
def test_publishing_counts_as_a_look_unless_it_corrects_typos_alone(
    kept: int, cast: Cast, significance: str, left: list[str]
) -> None:
    with clock.moved(clock.now() + 31 * DAY):
        change_article(kept, body="Other words.", significance=significance, by=cast.id_of("ada"))
        assert overdue(cast.id_of("ada")) == left


def test_a_draft_can_not_be_verified(ada: FlaskClient) -> None:
    article = put_article("Not yet", published=False)
    assert ada.post(f"/studio/articles/{article}/en/verification").status_code == 404


@pytest.mark.parametrize("sent", [{"owner": "987654"}, {"every": "-1"}, {"every": "7"}, {"owner": "x", "every": "30"}])
def test_nobody_else_and_no_other_days_can_be_chosen(ada: FlaskClient, kept: int, sent: dict[str, str]) -> None:
    assert care(ada, kept, **sent) == 422
    db.session.rollback()
    assert db.session.get_one(Article, kept).review_every_days == 30


def test_a_member_can_not_be_made_an_owner(ada: FlaskClient, kept: int, cast: Cast) -> None:
    assert care(ada, kept, cast.id_of("ben")) == 422
    assert care(ada, kept, cast.id_of("root")) == 303


def test_days_that_a_folder_named_can_be_kept(ada: FlaskClient, kept: int) -> None:
    begin_write()
    db.session.get_one(Article, kept).review_every_days = 45
    db.session.commit()
    assert "Every 45 days" in ada.get(f"/studio/articles/{kept}/en").text
    assert care(ada, kept, "", 45) == 303


def test_readers_are_told_only_where_the_site_wants_it(app: Flask, kept: int) -> None:
    stranger = app.test_client()
    assert "Verified on" not in stranger.get(f"/en/articles/{kept}-refunds").text
    begin_write()
    site.change(shows_verified=True)
    db.session.commit()
    assert "Verified on" in stranger.get(f"/en/articles/{kept}-refunds").text


def test_the_site_says_on_its_page_whether_it_wants_it(cast: Cast) -> None:
    root = cast.browser("root")
    assert 'name="shows_verified"' in root.get("/settings").text


def part(page: str, key: str) -> str:
    """One part of an editor's page."""
    return page.split(f'id="part-{key}"')[1].split("</section>")[0]


def test_an_editor_finds_what_waits_for_them(ada: FlaskClient, late: int, cast: Cast) -> None:
    put_article("Half written", published=False, by=cast.id_of("ada"))
    put_article("Of somebody else", published=False, by=cast.id_of("root"))
    put_article("Of nobody")
    page = ada.get("/studio/mine").text
    assert "Refunds" in part(page, "overdue")
    assert "Overdue since" in part(page, "overdue")
    assert "Half written" in part(page, "drafts")
    assert "Of somebody else" not in page
    assert "Refunds" in part(page, "owned")
    assert "Of nobody" in part(page, "ownerless")
    assert "Refunds" not in part(page, "ownerless")


def test_what_was_verified_leaves_the_list(ada: FlaskClient, late: int) -> None:
    ada.post(f"/studio/articles/{late}/en/verification")
    page = ada.get("/studio/mine").text
    assert "You have nothing overdue." in part(page, "overdue")
    assert "To be reviewed again by" in part(page, "owned")


@pytest.mark.parametrize("gone", ["erased", "no editor"])
def test_what_an_editor_leaves_behind_has_no_owner(ada: FlaskClient, kept: int, cast: Cast, gone: str) -> None:
    root, owner = cast.browser("root"), cast.id_of("ada")
    begin_write()
    if gone == "erased":
        erasure.erase(owner)
    else:
        user.take_role(owner, Role.EDITOR, by=None)
    db.session.commit()
    assert "Refunds" in part(root.get("/studio/mine").text, "ownerless")
    page = root.get(f"/studio/articles/{kept}/en").text.split('name="owner"')[1].split("</select>")[0]
    assert '<option selected value="">No one</option>' in page
    assert f'value="{owner}"' not in page


def test_each_language_is_looked_at_by_itself(ada: FlaskClient, late: int, cast: Cast) -> None:
    put_article("Reembolsos", of=late, locale="es")
    assert overdue(cast.id_of("ada")) == ["Refunds"]
    ada.post(f"/studio/articles/{late}/es/verification")
    assert overdue(cast.id_of("ada")) == ["Refunds"]
    ada.post(f"/studio/articles/{late}/en/verification")
    assert overdue(cast.id_of("ada")) == []
