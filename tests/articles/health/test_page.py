"""The health page as an editor uses it, and the list beside the text that is being written."""

from __future__ import annotations

import re
from datetime import timedelta

from flask.testing import FlaskClient
from sqlalchemy import event, select

from helpcenter.articles.health.kind import TITLES, Kind
from helpcenter.articles.health.outside_address import OutsideAddress
from helpcenter.articles.health.pardon import Pardon
from helpcenter.articles.health.views.findings import FEW_ROWS, PAGE_ROWS
from helpcenter.core import clock
from helpcenter.core.db import begin_write, db
from tests.cast import Cast
from tests.shelf import put_article

BODY = "Intro.\n\n[gone](/en/articles/999)\n\n![](/files/x.png)"
MANY = "\n\n".join(f"![](/files/{number:03}.png)" for number in range(PAGE_ROWS + 3))


def rows(text: str) -> int:
    return text.count('<h3 class="row-title">')


def test_a_site_without_a_fault_is_told_so_calmly(cast: Cast) -> None:
    page = cast.browser("ada").get("/studio/health")
    assert page.status_code == 200 and "All is well" in page.text and "findings" not in page.text
    assert "no-store" in page.headers["Cache-Control"]


def test_the_page_says_of_each_what_is_wrong_where_and_what_to_do(cast: Cast) -> None:
    cards = put_article("Cards", BODY)
    text = cast.browser("ada").get("/studio/health").text
    assert "leads to an article that does not exist" in text and "has no description" in text
    assert f'href="/studio/articles/{cards}/en#line-3"' in text and f'href="/studio/articles/{cards}/en#line-5"' in text
    assert re.search(r'aria-current="page">Health', text)
    assert "Nothing to fix here:" in text and str(TITLES[Kind.ORPHANS]) in text.split("in-order")[1]


def test_of_many_the_first_are_shown_with_their_number_and_a_way_to_all(cast: Cast) -> None:
    put_article("Cards", MANY)
    ada = cast.browser("ada")
    text = ada.get("/studio/health").text
    assert rows(text) == FEW_ROWS and f"All {PAGE_ROWS + 3}" in text
    first = ada.get("/studio/health?kind=alt").text
    assert rows(first) == PAGE_ROWS
    following = re.search(r'href="([^"]+)" rel="next"', first)
    assert following
    second = ada.get(following[1].replace("&amp;", "&")).text
    assert rows(second) == 3 and 'rel="next"' not in second and "/files/052.png" in second


def test_kind_and_language_stand_in_the_address_and_nonsense_narrows_nothing(cast: Cast) -> None:
    put_article("Cards", BODY)
    put_article("Tarjetas", BODY, locale="es")
    ada = cast.browser("ada")
    assert rows(ada.get("/studio/health").text) == 4
    assert rows(ada.get("/studio/health?in=es").text) == 2
    assert rows(ada.get("/studio/health?in=es&kind=alt").text) == 1
    assert rows(ada.get("/studio/health?in=xx&kind=nonsense&after=x").text) == 4
    assert "Nothing matches." in ada.get("/studio/health?kind=titles").text


def hidden(text: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(finding|edition|what)" value="([^"]*)">', text))


def test_what_is_right_as_it_is_leaves_the_list_and_can_come_back(cast: Cast) -> None:
    put_article("Cards", BODY)
    ada = cast.browser("ada")
    fields = hidden(ada.get("/studio/health?kind=alt").text)
    answer = ada.post("/studio/health/pardons?kind=alt&in=en", data={**fields, "reason": "An ornament"})
    assert answer.status_code == 303 and answer.headers["Location"] == "/studio/health?kind=alt&in=en"
    assert rows(ada.get("/studio/health?kind=alt").text) == 0
    right = ada.get("/studio/health?right=1").text
    assert rows(right) == 1 and "An ornament" in right and "Ada" in right
    undo = re.search(r'action="(/studio/health/pardons/\d+/undo[^"]*)"', right)
    assert undo
    assert ada.post(undo[1]).status_code == 303
    assert rows(ada.get("/studio/health?kind=alt").text) == 1
    assert "Nothing has been found right as it is." in ada.get("/studio/health?right=1").text


def test_a_pardon_of_nothing_that_exists_leads_nowhere(cast: Cast) -> None:
    ada = cast.browser("ada")
    for data in ({}, {"edition": "999", "finding": "alt", "what": "x"}, {"edition": "1", "finding": "rumours"}):
        assert ada.post("/studio/health/pardons", data=data).status_code == 404


def test_signs_that_no_keyboard_makes_are_left_out_of_a_pardon(cast: Cast) -> None:
    put_article("Cards", BODY)
    ada = cast.browser("ada")
    fields = hidden(ada.get("/studio/health?kind=alt").text)
    dirty = {**fields, "what": f"{fields['what']}\x00", "reason": "An \x00orna\x1bment"}
    assert ada.post("/studio/health/pardons", data=dirty).status_code == 303
    db.session.rollback()
    row = db.session.scalars(select(Pardon)).one()
    assert (row.what, row.reason) == (fields["what"], "An ornament")


def test_a_page_of_another_site_can_be_looked_at_again(cast: Cast) -> None:
    put_article("Cards", "[a](https://other.example/)")
    begin_write()
    row = db.session.scalars(select(OutsideAddress)).one()
    row.failures, row.answer, row.failing_since = 2, "slow", clock.now()
    row.next_at = clock.now() + timedelta(days=7)
    db.session.commit()
    ada = cast.browser("ada")
    text = ada.get("/studio/health").text
    assert 'href="https://other.example/" rel="noreferrer"' in text and "does not answer in time" in text
    assert ada.post(f"/studio/health/addresses/{row.id}/looks").status_code == 303
    db.session.rollback()
    assert db.session.scalars(select(OutsideAddress.next_at)).one() <= clock.now()


def test_the_editor_lists_what_is_to_mend_in_the_words_that_are_there(cast: Cast) -> None:
    cards, refunds = put_article("Cards", BODY), put_article("Refunds")
    ada = cast.browser("ada")
    text = ada.get(f"/studio/articles/{cards}/en").text
    assert "2 things to fix" in text and 'data-line="3"' in text and 'data-line="5"' in text
    assert text.index('data-line="3"') < text.index('data-line="5"')
    assert "to fix" not in ada.get(f"/studio/articles/{refunds}/en").text
    form = {"title": "Cards", "body": "Intro.", "topic": "1", "audience": "everyone", "significance": "medium"}
    topic = re.search(r'<option selected value="(\d+)"', text)
    latest = re.search(r'name="latest" type="hidden" value="(\d+)"', text)
    assert topic and latest
    saved = ada.post(f"/studio/articles/{cards}/en", data={**form, "topic": topic[1], "latest": latest[1]})
    assert saved.status_code == 303
    assert "to fix" not in ada.get(f"/studio/articles/{cards}/en").text
    page = ada.get("/studio/health").text
    assert rows(page) == 2 and "A draft is waiting" in page


def queries(browser: FlaskClient, path: str) -> int:
    asked: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        assert browser.get(path).status_code == 200
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return len(asked)


def test_the_number_of_queries_does_not_grow(cast: Cast) -> None:
    ada = cast.browser("ada")
    put_article("Cards", BODY)
    ada.get("/studio/health")
    before = queries(ada, "/studio/health")
    for number in range(4):
        put_article(f"Cards {number}", BODY)
    ada.get("/studio/health")
    assert queries(ada, "/studio/health") <= before
