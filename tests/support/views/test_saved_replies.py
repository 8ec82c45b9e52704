from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from helpcenter.core import clock, site
from helpcenter.core.db import begin_write, db
from helpcenter.core.journal import JournalEntry
from helpcenter.support.replies import saved_reply
from tests.cast import Cast
from tests.shelf import put_article
from tests.support.letters_to_us import opened
from tests.support.replies_of_ours import put_reply

PAGE = "/inbox/replies"


@pytest.fixture
def sam(cast: Cast) -> FlaskClient:
    return cast.browser("sam")


def texts() -> dict[str, dict[str, str]]:
    db.session.rollback()
    known = saved_reply.texts_of()
    return {row.name: {code: one.text for code, one in known.get(row.id, {}).items()} for row in saved_reply.every()}


def sent(who: FlaskClient, path: str = PAGE, *, status: int = 303, **data: Any) -> str:
    answer = who.post(path, data=data)
    assert answer.status_code == status
    return answer.text


def test_it_is_written_changed_and_deleted_and_the_journal_knows(cast: Cast, sam: FlaskClient) -> None:
    sent(sam, name=" Refund  time ", text_en="It takes five days.", text_es="Cinco días.")
    assert texts() == {"Refund time": {"en": "It takes five days.", "es": "Cinco días."}}
    (row,) = saved_reply.every()
    address = f"{PAGE}/{row.id}"
    page = sam.get(address).text
    assert "It takes five days.</textarea>" in page
    sent(cast.browser("ada"), address, name="Refunds", text_en="Six days.", text_es="", seen="1")
    assert texts() == {"Refunds": {"en": "Six days."}}
    sent(sam, f"{address}/removal")
    assert texts() == {}
    wanted = select(JournalEntry.act).where(JournalEntry.subject_kind == "saved_reply").order_by(JournalEntry.id)
    assert db.session.scalars(wanted).all() == ["saved_reply_added", "saved_reply_changed", "saved_reply_deleted"]
    assert "changed a saved reply" in cast.browser("root").get("/settings/journal").text


def test_the_list_says_which_languages_and_how_often(sam: FlaskClient) -> None:
    refund = put_reply("Refund", "It takes five days.", ar="خمسة أيام.")
    put_reply("Locker", "Pull.")
    row = opened()
    sam.post(f"/inbox/{row.id}/messages", data={"message": "It takes five days.", "inserted": refund})
    with clock.moved(clock.now() + timedelta(minutes=1)):
        page = sam.get(PAGE).text
    assert page.index("Locker") < page.index("Refund")
    assert "never sent" in page
    assert "sent once in 28 days" in page
    assert '<span lang="en">English</span>, <span lang="ar">العربية</span>' in page


def test_an_empty_list_says_how_to_begin(sam: FlaskClient) -> None:
    assert "No replies have been saved yet." in sam.get(PAGE).text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"name": "", "text_en": "Yes."}, "Give it a name"),
        ({"name": "x" * 81, "text_en": "Yes."}, "Use at most 80 characters."),
        ({"name": "R", "text_en": " "}, "Write a text in at least one language."),
        ({"name": "R", "text_en": "Hi {nane}, {Agent}."}, "There is no {nane}. Did you mean {name}?"),
        ({"name": "R", "text_es": "Hola {zzzzz}"}, "There is no {zzzzz}. There are {name}, {agent}"),
        ({"name": "R", "text_en": "See /articles/999."}, "There is no published article 999."),
        ({"name": "R", "text_en": "x" * 5001}, "That is too long: 5000 characters at most."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(sam: FlaskClient, words: dict[str, str], said: str) -> None:
    page = sent(sam, **words, status=422)
    assert said in page
    assert all(value.strip() in page for value in words.values())
    assert texts() == {}


def test_whoever_changed_one_last_takes_it_along_with_their_data(cast: Cast, sam: FlaskClient) -> None:
    sent(sam, name="Refund", text_en="It takes five days.")
    assert "It takes five days." in sam.get("/preferences/export").text
    assert "It takes five days." not in cast.browser("ben").get("/preferences/export").text


def test_a_name_of_letters_that_are_several_small_ones_is_kept(sam: FlaskClient) -> None:
    sent(sam, name="ﬃ" * 80, text_en="Mine.")
    assert texts()["ﬃ" * 80] == {"en": "Mine."}


def test_no_two_have_one_name_whatever_their_capitals(sam: FlaskClient) -> None:
    put_reply("Refund")
    other = put_reply("Other")
    said = "Another saved reply already has this name."
    assert said in sent(sam, name="REFUND", text_en="Mine.", status=422)
    assert said in sent(sam, f"{PAGE}/{other}", name="refund", text_en="Mine.", seen="1", status=422)
    sent(sam, f"{PAGE}/{other}", name="OTHER", text_en="Mine.", seen="1")
    assert texts()["OTHER"] == {"en": "Mine."}


def test_two_who_change_one_both_keep_their_words(cast: Cast, sam: FlaskClient) -> None:
    address = f"{PAGE}/{put_reply('Refund', 'Five days.', es='Cinco.')}"
    sent(cast.browser("ada"), address, name="Refund", text_en="Six days.", text_es="Cinco.", seen="1")
    page = sent(sam, address, name="Refunds", text_en="Seven days.", text_es="Cinco.", seen="1", status=409)
    assert "Ada changed this while you were writing" in page
    assert "Seven days.</textarea>" in page
    assert 'dir="auto">Six days.</div>' in page
    assert 'dir="auto">Cinco.</div>' not in page
    assert texts() == {"Refund": {"en": "Six days.", "es": "Cinco."}}
    assert 'name="seen" type="hidden" value="2"' in page
    sent(sam, address, name="Refunds", text_en="Seven days.", text_es="Cinco.", seen="2")
    assert texts()["Refunds"]["en"] == "Seven days."


def test_one_that_was_deleted_meanwhile_comes_back_as_a_new_one(sam: FlaskClient) -> None:
    refund = put_reply()
    sent(sam, f"{PAGE}/{refund}/removal")
    page = sent(sam, f"{PAGE}/{refund}", name="Refund", text_en="Mine.", seen="1", status=409)
    assert "Mine.</textarea>" in page
    assert f'action="{PAGE}"' in page


def test_a_language_that_the_site_no_longer_offers_is_kept(sam: FlaskClient) -> None:
    refund = put_reply("Refund", "Five days.", ru="Пять дней.")
    begin_write()
    site.change(locales=("en", "es"))
    db.session.commit()
    sent(sam, f"{PAGE}/{refund}", name="Refund", text_en="Six days.", seen="1")
    assert texts() == {"Refund": {"ru": "Пять дней.", "en": "Six days."}}


def test_articles_are_offered_as_a_saved_reply_links_to_them(sam: FlaskClient) -> None:
    refunds = put_article("Refunds")
    put_article("Cards")
    (one,) = sam.get(f"{PAGE}/articles?q=refu").json["choices"]
    assert (one["title"], one["text"]) == ("Refunds", f"[Refunds](/articles/{refunds})")
