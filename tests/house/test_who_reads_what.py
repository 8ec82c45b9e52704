"""SECURITY.md says who reads what: the table there is that of the permissions."""

from __future__ import annotations

import re

import pytest

from config import ROOT
from helpcenter.accounts import user
from helpcenter.accounts.permissions import PERMISSIONS
from helpcenter.accounts.role import Role
from helpcenter.core.db import db
from tests.accounts.letterbox import letters_to
from tests.cast import Cast, email_of

VERBS = {
    "articles for members": ("see_members_articles",),
    "articles for the team": ("see_staff_articles",),
    "drafts, revisions and reviews of articles": ("edit_articles",),
    "what readers wrote with a vote, and suggested improvements": ("read_feedback", "edit_articles"),
    "conversations with their notes and files, and what the writer did on the day before": ("answer_conversations",),
    "hidden and removed posts, and who flagged them": ("moderate",),
    "the report, and what someone searched, read and voted, without their name": ("read_reports",),
    "names and addresses of everyone with an account, and whose that reading was": ("manage_people",),
    "every email of the last thirty days, with the links in it": ("read_mail",),
    "the journal": ("read_journal",),
}
"""The row of the table, and what one has to be allowed for it."""
NO_READING = frozenset(
    [
        "change_own_preferences",
        "publish_articles",
        "upload_pictures",
        "arrange_topics",
        "tune_search",
        "ask",
        "answer",
        "accept_answers",
        "flag",
        "read_moderation_log",
        "edit_posts",
        "mark_duplicates",
        "edit_saved_replies",
        "change_site",
    ]
)
"""Verbs of doing something, and of reading what every member may read."""
COLUMNS = (Role.MEMBER, Role.EDITOR, Role.AGENT, Role.MODERATOR, Role.ADMIN)


def table() -> dict[str, frozenset[Role]]:
    """What each row says."""
    section = (ROOT / "SECURITY.md").read_text(encoding="utf-8").split("## Who reads what")[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    head, _rule, *rows = [[cell.strip() for cell in line[1:].rsplit("|", 1)[0].split("|")] for line in lines]
    assert head == ["", *(role.value for role in COLUMNS)]
    assert {cell for _what, *cells in rows for cell in cells} == {"yes", ""}
    return {what: frozenset(role for role, cell in zip(COLUMNS, cells, strict=True) if cell) for what, *cells in rows}


def test_the_table_has_a_row_for_whatever_not_everyone_may_read() -> None:
    assert table().keys() == VERBS.keys()
    said = {verb for verbs in VERBS.values() for verb in verbs}
    assert said | NO_READING == PERMISSIONS.keys() and not said & NO_READING, "say in SECURITY.md who reads it"


@pytest.mark.parametrize("row", VERBS)
def test_a_row_says_what_the_permissions_say(row: str) -> None:
    for verb in VERBS[row]:
        assert table()[row] == PERMISSIONS[verb] & frozenset(COLUMNS), verb


def test_an_admin_comes_to_a_link_for_a_password_and_its_owner_is_told(cast: Cast) -> None:
    cast.id_of("ben")
    root = cast.browser("root")
    cast.browser("cleo").post("/reset", data={"email": email_of("ben")})
    page = root.get("/settings/mail")
    letter = re.search(r'href="(/settings/mail/\d+)"', page.text)
    assert letter is not None
    link = re.search(r"/reset/[\w.-]+", root.get(letter[1]).text)
    assert link is not None and cast.browser("mia").get(letter[1]).status_code == 403
    assert root.post(link[0], data={"password": "a password of the admin"}).status_code == 303
    assert "password" in letters_to(email_of("ben"))[-1].subject and len(letters_to(email_of("ben"))) == 2


def test_a_page_of_a_person_has_no_field_for_their_password(cast: Cast) -> None:
    ben, root = cast.id_of("ben"), cast.browser("root")
    before = user.by_id(ben)
    assert before is not None
    kept = before.password_hash
    page = root.get(f"/settings/people/{ben}").text
    assert 'type="password"' not in page
    root.post(f"/settings/people/{ben}", data={"password": "a password of the admin", "email": "other@example.org"})
    db.session.rollback()
    after = user.by_id(ben)
    assert after is not None and (after.password_hash, after.email) == (kept, email_of("ben"))
