from __future__ import annotations

from flask import Flask

from helpcenter.accounts import user
from helpcenter.accounts.role import Role
from helpcenter.core.db import begin_write, db
from tests.cast import Cast
from tests.journeys.acts import act, someone
from tests.support.letters_to_us import kept, opened

TITLE = "Searched for and not found"


def test_an_empty_queue_offers_what_to_write_to_those_who_may(app: Flask, cast: Cast) -> None:
    for words in ("refnud", "invoise", "locker key", "opening hours"):
        for one in (someone(), someone()):
            act("searched", one, detail={"results": 0}, query=words, locale="en")
    sam, root = cast.browser("sam"), cast.browser("root")
    assert TITLE not in sam.get("/inbox").text
    page = root.get("/inbox").text
    assert "All clear." in page
    assert page.count("Write an article") == 3
    assert "/studio/articles/new?in=en&amp;title=invoise" in page
    begin_write()
    user.give_role(cast.id_of("sam"), Role.EDITOR, by=None)
    db.session.commit()
    assert TITLE in sam.get("/inbox").text
    opened()
    assert TITLE not in root.get("/inbox").text
    assert TITLE in root.get("/inbox?queue=ours").text


def test_a_queue_that_is_empty_with_nothing_to_write_is_just_clear(app: Flask, cast: Cast) -> None:
    page = cast.browser("root").get("/inbox").text
    assert "All clear." in page
    assert TITLE not in page


def test_what_a_colleague_closed_already_is_told_and_keeps_its_ending(app: Flask, cast: Cast) -> None:
    row, sam, root = opened(), cast.browser("sam"), cast.browser("root")
    root.post(f"/inbox/{row.id}/closing", data={"ending": "spam"})
    answer = sam.post(f"/inbox/{row.id}/closing", data={"ending": "answered"})
    assert answer.status_code == 303 and "It was already closed." in sam.get(answer.location).text
    assert kept()[0].ending == "spam"
