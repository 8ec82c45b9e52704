"""What an editor types is kept before it is saved, and two editors hear of each other."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from helpcenter.accounts import session
from helpcenter.accounts.erasure import erase
from helpcenter.articles import subject
from helpcenter.articles.studio import working_copy
from helpcenter.articles.studio.working_copy import WorkingCopy
from helpcenter.core import clock
from helpcenter.core.db import begin_write, db
from tests.articles.studio.conftest import count, hidden_fields, revisions, send


def keep(browser, address, **typed):
    """What an open page sends every few seconds."""
    return browser.post(f"{address}/working-copy", data={**hidden_fields(browser.get(address)), **typed})


def test_what_was_typed_stands_in_the_fields_when_the_page_is_opened_again(ada, written, words):
    said = keep(ada, written, **words(body="Half a sentence")).get_json()
    assert said["kept"].startswith("Kept ")
    page = ada.get(written).text
    assert "Half a sentence" in page
    assert "have not saved it yet" in page
    assert len(revisions()) == 1


def test_it_survives_the_end_of_the_session(ada, cast, written, words):
    keep(ada, written, **words(body="Half a sentence"))
    begin_write()
    session.end_all(cast.id_of("ada"))
    db.session.commit()
    assert ada.post(f"{written}/working-copy", data=words()).status_code == 401
    assert "Half a sentence" in cast.browser("ada").get(written).text


def test_nobody_else_sees_it(ada, cast, written, words):
    keep(ada, written, **words(body="Half a sentence"))
    page = cast.browser("root").get(written).text
    assert "Half a sentence" not in page
    assert "Ada has this page open too." in page


def test_saving_ends_it(ada, written, words):
    keep(ada, written, **words(body="Half a sentence"))
    send(ada, written, **words(body="A whole sentence."))
    page = ada.get(written).text
    assert "A whole sentence." in page
    assert "have not saved it yet" not in page


def test_a_page_that_tells_its_words_while_they_are_saved_keeps_nothing_of_them(ada, written, words):
    opened = ada.get(written)
    send(ada, written, opened, **words(body="A whole sentence."))
    late = ada.post(f"{written}/working-copy", data={**hidden_fields(opened), **words(body="A whole sentence.")})
    assert late.get_json()["kept"] == ""
    assert "have not saved it yet" not in ada.get(written).text


def test_it_can_be_put_aside_and_taken_back(ada, written, words):
    keep(ada, written, **words(body="Half a sentence"))
    ada.post(f"{written}/working-copy/exchange")
    page = ada.get(written).text
    assert "Half a sentence" not in page
    assert "Open **Billing**" in page
    assert "has been put aside" in page
    ada.post(f"{written}/working-copy/exchange")
    assert "Half a sentence" in ada.get(written).text


def test_an_article_without_a_number_is_kept_too(ada, words):
    ada.post("/studio/articles/new/working-copy", data=words(title="Begun", language="ar"))
    page = ada.get("/studio/articles/new?title=Another").text
    assert 'value="Begun"' in page
    assert '<option value="ar" lang="ar" data-dir="rtl" selected>' in page
    ada.post("/studio/articles/new/working-copy/exchange", data={"title": "Another"})
    assert 'value="Another"' in ada.get("/studio/articles/new?title=Another").text
    ada.post("/studio/articles", data=words(title="Saved"))
    assert "Begun" not in ada.get("/studio/articles/new").text


@pytest.mark.parametrize("sent", [{}, {"body": "Text alone"}, {"body": "x", "topic": "nonsense", "latest": "9" * 30}])
def test_a_garbled_page_is_kept_as_far_as_it_goes_or_only_seen(ada, written, sent):
    assert ada.post(f"{written}/working-copy", data=sent).status_code == 200
    assert ada.get(written).status_code == 200


def test_who_saves_first_is_told_to_who_has_the_page_open(ada, cast, written, words):
    opened = ada.get(written)
    send(cast.browser("root"), written, **words(body="The words of Root."))
    said = ada.post(f"{written}/working-copy", data=hidden_fields(opened)).get_json()
    assert "Root has saved revision 2 in the meantime." in said["company"]


def test_who_left_is_not_there_any_more(ada, cast, written):
    ada.post(f"{written}/working-copy")
    root = cast.browser("root")
    assert "Ada has this page open too." in root.get(written).text
    with clock.moved(clock.now() + timedelta(minutes=2)):
        assert "Ada has this page open too." not in root.get(written).text


def test_what_nobody_came_back_to_is_forgotten_and_words_are_kept_longer(ada, written, words, cast):
    keep(ada, written, **words(body="Half a sentence"))
    cast.browser("root").post(f"{written}/working-copy")
    with clock.moved(clock.now() + timedelta(days=2)):
        working_copy.forget_old()
        assert count(WorkingCopy) == 1
    with clock.moved(clock.now() + timedelta(days=181)):
        working_copy.forget_old()
        assert count(WorkingCopy) == 0


def test_it_is_handed_out_with_the_account_and_goes_with_it(ada, cast, written, words):
    keep(ada, written, **words(body="Half a sentence"))
    typed = subject.export(cast.id_of("ada"))["typed_and_not_saved"]
    assert typed[0]["typed"][0]["body"] == "Half a sentence"
    begin_write()
    erase(cast.id_of("ada"))
    db.session.commit()
    assert db.session.scalars(select(WorkingCopy)).all() == []


def test_what_was_put_aside_outlives_a_save(ada, written, words):
    keep(ada, written, **words(body="Half a sentence"))
    ada.post(f"{written}/working-copy/exchange")
    send(ada, written, **words(body="A quick fix."))
    assert "has been put aside" in ada.get(written).text
    ada.post(f"{written}/working-copy/exchange")
    assert "Half a sentence" in ada.get(written).text


def test_putting_aside_twice_shows_what_is_saved_each_time(ada, written, words):
    for typed in ("First half", "Second half"):
        keep(ada, written, **words(body=typed))
        ada.post(f"{written}/working-copy/exchange")
        assert "Open **Billing**" in ada.get(written).text
    ada.post(f"{written}/working-copy/exchange")
    assert "First half" in ada.get(written).text


def test_two_tabs_of_one_editor_lose_nothing_of_each_other(ada, written, words):
    one, other = ada.get(written), ada.get(written)
    for page, typed in ((one, "In one tab"), (other, "In another tab")):
        ada.post(f"{written}/working-copy", data={**hidden_fields(page), **words(body=typed)})
    send(ada, written, other, **words(body="In another tab, saved"))
    assert "has been put aside" in ada.get(written).text
    ada.post(f"{written}/working-copy/exchange")
    assert "In one tab" in ada.get(written).text


def test_typing_and_undoing_keeps_nothing(ada, written, words):
    opened = ada.get(written)
    for typed in ("Typed", "Open **Billing** and choose a payment."):
        ada.post(f"{written}/working-copy", data={**hidden_fields(opened), **words(body=typed)})
    assert "have not saved it yet" not in ada.get(written).text


def test_a_note_alone_is_kept(ada, written, words):
    keep(ada, written, **words(note="Why I change it"))
    assert "Why I change it" in ada.get(written).text


def test_words_that_come_too_late_are_not_kept_and_their_page_is_told(ada, written, words):
    opened = ada.get(written)
    send(ada, written, opened, **words(body="A whole sentence."))
    late = ada.post(f"{written}/working-copy", data={**hidden_fields(opened), **words(body="A whole sent")})
    assert late.get_json()["kept"] is None
    assert "A whole sentence." in ada.get(written).text
    again = {**hidden_fields(opened), **words(body="Typed after going back"), "page": "another name"}
    assert ada.post(f"{written}/working-copy", data=again).get_json()["kept"]
    assert "Typed after going back" in ada.get(written).text


@pytest.mark.parametrize(
    ("refused", "said"),
    [
        ({"title": ""}, "Give the article a title."),
        ({"old_addresses": "https://elsewhere.example/"}, "is not an address on this site"),
        ({"schedule": "1", "publish_at": ""}, "Say when it should be published."),
    ],
)
def test_what_was_refused_is_kept_on_the_server_too(ada, written, words, refused, said):
    typed = words(**{"body": "Words of an hour.", **refused})
    answer = send(ada, written, **typed)
    assert answer.status_code == 422
    assert said in answer.text
    assert "have not saved it yet" not in answer.text
    elsewhere = ada.get(written).text
    assert "Words of an hour." in elsewhere
    assert "have not saved it yet" in elsewhere


def test_an_address_of_another_article_refuses_the_form_and_keeps_it(ada, written, words):
    send(ada, written, **words(old_addresses="/old/refunds"))
    other = ada.post("/studio/articles", data=words(title="Pay later")).headers["Location"]
    assert send(ada, other, **words(body="Words of an hour.", old_addresses="/old/refunds")).status_code == 422
    assert "Words of an hour." in ada.get(other).text


def test_a_new_article_that_was_refused_is_kept_with_its_language(ada, words):
    typed = words(title="", body="Words of an hour.", language="es")
    assert ada.post("/studio/articles", data=typed).status_code == 422
    begun = ada.get("/studio/articles/new").text
    assert "Words of an hour." in begun
    assert '<option value="es" lang="es" data-dir="ltr" selected>' in begun


def test_a_form_that_was_refused_and_says_nothing_new_is_not_kept(ada, written, words):
    assert send(ada, written, **words(), schedule="1", publish_at="").status_code == 422
    assert "have not saved it yet" not in ada.get(written).text


def test_a_refused_form_of_a_page_that_was_saved_before_is_kept(ada, written, words):
    page = ada.get(written)
    send(ada, written, page, **words(body="Saved."))
    latest = str(revisions()[-1].id)
    sent = {**hidden_fields(page), **words(title="", body="Words of an hour."), "latest": latest}
    assert ada.post(written, data=sent).status_code == 422
    assert "Words of an hour." in ada.get(written).text


def test_the_moment_for_later_is_kept_and_shown(ada, written, words):
    keep(ada, written, **words(), publish_at="2099-01-02T10:30")
    page = ada.get(written).text
    assert 'value="2099-01-02T10:30"' in page
    assert '<details class="more-fields" open>' in page


def test_the_tick_of_a_translation_is_kept(ada, written, words):
    spanish = written.replace("/en", "/es")
    send(ada, spanish, **words(title="Reembolso", body="Hola."), publish="1")
    send(ada, written, **words(body="Another page.", significance="major"), publish="1")
    same = words(title="Reembolso", body="Hola.")
    keep(ada, spanish, **same, matches_source="y")
    assert re.search(
        r'<input[^>]* checked [^>]*name="matches_source"|name="matches_source"[^>]* checked', ada.get(spanish).text
    )
    keep(ada, spanish, **same)
    assert "have not saved it yet" not in ada.get(spanish).text
