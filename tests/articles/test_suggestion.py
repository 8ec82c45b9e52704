"""A reader suggests an improvement, by plain form: what is kept, what is refused, and who may."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from helpcenter.accounts import erasure as accounts_erasure
from helpcenter.articles import suggestion
from helpcenter.core import clock, form_moment, jobs, mail
from helpcenter.core.db import begin_write, db
from helpcenter.feedback.one_letter import KEPT_DAYS
from helpcenter.topics.audience import Audience
from tests.articles.suggested import DIA, form_of, kept, only_one, send
from tests.cast import Cast
from tests.shelf import change_article, edition_of, put_article

BODY = "Open **Billing**.\n\nPress the red button.\n"
BETTER = "Open **Billing**.\n\nPress the green button.\n"


def test_the_way_to_it_stands_beside_the_vote_for_everybody_but_whoever_edits(
    app: Flask, cast: Cast, stranger: FlaskClient
) -> None:
    article = put_article("Refunds", BODY)
    for browser in (stranger, cast.browser("ben"), cast.browser("sam")):
        page = browser.get(f"/en/articles/{article}-refunds").text
        assert f"/en/articles/{article}/suggestions/new" in page
    assert "suggestions/new" not in cast.browser("ada").get(f"/en/articles/{article}-refunds").text


def test_the_form_shows_the_text_as_it_was_written_and_no_search_engine_keeps_it(
    app: Flask, stranger: FlaskClient
) -> None:
    page = stranger.get(f"/en/articles/{put_article('Refunds', BODY)}/suggestions/new")
    assert "Press the red button." in page.text
    assert '<meta name="robots" content="noindex">' in page.text
    assert "no-store" in page.headers["Cache-Control"]


def test_a_strangers_words_are_kept_for_the_editors(app: Flask, stranger: FlaskClient) -> None:
    article = put_article("Refunds", BODY)
    sent = send(stranger, article, words="  The button is\r\ngreen.  ", text=BODY)
    assert sent.status_code == 303
    assert "The editors have it now." in stranger.get(sent.location).text
    row = only_one()
    assert (row.words, row.text, row.state, row.user_id) == ("The button is\ngreen.", None, "new", None)
    assert (row.article_id, row.revision_id) == (article, edition_of(article).published_revision_id)


@pytest.mark.parametrize("sent", [BETTER, BETTER.replace("\n", "\r\n"), BETTER.rstrip(), f"{BETTER}\n\n "])
def test_a_changed_text_is_kept_as_a_whole_whatever_the_browser_does_to_its_lines(
    app: Flask, stranger: FlaskClient, sent: str
) -> None:
    send(stranger, put_article("Refunds", BODY), text=sent)
    assert only_one().text == BETTER


@pytest.mark.parametrize("fields", [{}, {"words": "  "}, {"text": BODY}, {"text": BODY.replace("\n", "\r\n") + " "}])
def test_with_nothing_said_and_nothing_changed_there_is_nothing_to_send(
    app: Flask, stranger: FlaskClient, fields: dict[str, str]
) -> None:
    sent = send(stranger, put_article("Refunds", BODY), **fields)
    assert sent.status_code == 422
    assert "there is nothing new so far" in sent.text
    assert kept() == []


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"words": "Green. " * 200}, "Use at most 1000 characters."),
        ({"words": "Green.", "text": BETTER + "long " * 5000}, "much longer than the article"),
        ({"words": "Green.", "email": "nobody"}, "Enter an email address"),
        ({"words": "Green.", "revision": "made up"}, "The article has changed in the meantime"),
        ({"words": "Green.", "website": "https://example.org"}, "That was faster than anyone types"),
    ],
)
def test_what_is_refused_says_why_and_keeps_every_word(
    app: Flask, stranger: FlaskClient, fields: dict[str, str], said: str
) -> None:
    sent = send(stranger, put_article("Refunds", BODY), **{"text": BETTER, **fields})
    assert sent.status_code == 422
    assert said in sent.text
    assert "Green." in sent.text and "Press the green button." in sent.text
    assert fields.get("email", "") in sent.text
    assert kept() == []


def test_a_refused_form_can_be_sent_once_more(app: Flask, stranger: FlaskClient) -> None:
    article = put_article("Refunds", BODY)
    refused = send(stranger, article, words="Green.", website="x")
    fields = dict(re.findall(r'<input id="(\w+)" name="\1" type="hidden" value="([^"]*)">', refused.text))
    sent = stranger.post(f"/en/articles/{article}/suggestions", data={**fields, "words": "Green."})
    assert sent.status_code == 303


def test_what_comes_faster_than_people_type_is_refused(app: Flask, stranger: FlaskClient, limited: None) -> None:
    article = put_article("Refunds", BODY)
    assert "faster than anyone types" in send(stranger, article, words="Buy this.").text
    with clock.moved(clock.now() + timedelta(seconds=form_moment.LEAST_SECONDS + 1)):
        later = {**form_of(stranger, article), "words": "Green."}
    with clock.moved(clock.now() + timedelta(seconds=2 * form_moment.LEAST_SECONDS + 2)):
        assert stranger.post(f"/en/articles/{article}/suggestions", data=later).status_code == 303


def test_who_sends_very_many_is_asked_to_wait_and_loses_no_word(
    app: Flask, stranger: FlaskClient, limited: None
) -> None:
    article = put_article("Refunds", BODY)
    form = form_of(stranger, article)
    with clock.moved(clock.now() + timedelta(minutes=1)):
        for number in range(20):
            data = {**form, "words": f"Number {number}."}
            assert stranger.post(f"/en/articles/{article}/suggestions", data=data).status_code == 303
        one_more = stranger.post(f"/en/articles/{article}/suggestions", data={**form, "words": "One more."})
    assert one_more.status_code == 429
    assert "One more." in one_more.text
    assert len(kept()) == 20


def test_sent_twice_it_is_one(app: Flask, stranger: FlaskClient) -> None:
    article = put_article("Refunds", BODY)
    for _ in range(2):
        send(stranger, article, words="Green.", email=DIA)
    send(stranger, article, words="Blue.", email=DIA)
    assert [row.words for row in kept()] == ["Green.", "Blue."]


def test_an_article_that_was_published_anew_meanwhile_keeps_what_the_reader_read_as_the_base(
    app: Flask, stranger: FlaskClient
) -> None:
    article = put_article("Refunds", BODY)
    read = edition_of(article).published_revision_id
    form = form_of(stranger, article)
    change_article(article, body="All of it is new.")
    sent = stranger.post(f"/en/articles/{article}/suggestions", data={**form, "text": BETTER})
    assert sent.status_code == 303
    assert (only_one().revision_id, only_one().text) == (read, BETTER)


def test_the_form_of_one_article_opens_no_other(app: Flask, stranger: FlaskClient) -> None:
    article, other = put_article("Refunds", BODY), put_article("Invoices", BODY)
    form = form_of(stranger, other)
    sent = stranger.post(f"/en/articles/{article}/suggestions", data={**form, "words": "Green."})
    assert sent.status_code == 422
    assert kept() == []


@pytest.mark.parametrize("audience", [Audience.MEMBERS, Audience.TEAM])
def test_what_one_may_not_read_can_not_be_improved(app: Flask, stranger: FlaskClient, audience: Audience) -> None:
    article, open_to_all = put_article("Secret", BODY, audience=audience), put_article("Refunds", BODY)
    for path in ("new", "thanks"):
        assert stranger.get(f"/en/articles/{article}/suggestions/{path}").status_code == 404
    data = {**form_of(stranger, open_to_all), "words": "Green."}
    assert stranger.post(f"/en/articles/{article}/suggestions", data=data).status_code == 404
    draft = put_article("Draft", BODY, published=False)
    assert stranger.get(f"/en/articles/{draft}/suggestions/new").status_code == 404


def test_in_another_language_than_the_text_has_it_is_for_the_text_that_is_shown(
    app: Flask, stranger: FlaskClient
) -> None:
    article = put_article("Refunds", BODY)
    sent = stranger.post(
        f"/es/articles/{article}/suggestions", data={**form_of(stranger, article, "es"), "words": "Es verde."}
    )
    assert sent.status_code == 303
    assert (only_one().locale, only_one().said_in) == ("en", "es")


def test_a_member_gives_no_address_and_reads_their_own_suggestion(
    app: Flask, cast: Cast, stranger: FlaskClient
) -> None:
    article, ben = put_article("Refunds", BODY), cast.browser("ben")
    assert (
        "email" not in ben.get(f"/en/articles/{article}/suggestions/new").text.split("<form", 2)[-1].split("footer")[0]
    )
    sent = send(ben, article, words="The button is green.", email=DIA)
    row = only_one()
    assert (row.user_id, row.address) == (cast.id_of("ben"), "")
    assert "The button is green." in ben.get(sent.location).text
    for other in (stranger, cast.browser("cleo"), cast.browser("ada")):
        assert other.get(sent.location).status_code == 404


def test_an_address_is_forgotten_after_three_months(app: Flask, stranger: FlaskClient) -> None:
    send(stranger, put_article("Refunds", BODY), words="Green.", email=DIA)
    assert only_one().address == DIA
    with clock.moved(clock.now() + timedelta(days=KEPT_DAYS - 1)):
        jobs.run_due(app)
        assert only_one().address == DIA
    with clock.moved(clock.now() + timedelta(days=KEPT_DAYS + 1)):
        jobs.run_due(app)
    assert (only_one().address, only_one().address_key, only_one().words) == ("", "", "Green.")


def test_an_address_that_is_forgotten_elsewhere_is_forgotten_here(app: Flask, stranger: FlaskClient) -> None:
    send(stranger, put_article("Refunds", BODY), words="Green.", email=DIA.upper())
    begin_write()
    mail.forget(DIA)
    db.session.commit()
    assert only_one().address == ""


def test_a_person_can_take_their_suggestions_along_and_erasing_deletes_them(app: Flask, cast: Cast) -> None:
    article = put_article("Refunds", BODY)
    send(cast.browser("ben"), article, words="Green.", text=BETTER)
    send(cast.browser("cleo"), article, words="Blue.")
    (held,) = accounts_erasure.export(cast.id_of("ben"))["suggestion"]["suggestions"]
    assert (held["article"], held["words"], held["text"], held["state"]) == (article, "Green.", BETTER, "new")
    assert "suggestion" not in accounts_erasure.export(cast.id_of("mia"))
    begin_write()
    accounts_erasure.erase(cast.id_of("ben"))
    db.session.commit()
    assert [row.words for row in kept()] == ["Blue."]


def test_open_ones_are_counted_for_each_article(app: Flask, stranger: FlaskClient) -> None:
    article, other = put_article("Refunds", BODY), put_article("Invoices", BODY)
    for words in ("One.", "Two."):
        send(stranger, article, words=words)
    assert (suggestion.open_of(article), suggestion.open_of(other)) == (2, 0)


def test_it_is_for_the_language_that_was_on_the_page_though_a_translation_was_published_meanwhile(
    app: Flask, stranger: FlaskClient
) -> None:
    article = put_article("Refunds", BODY)
    carried = form_of(stranger, article, "es")
    put_article("Reembolso", "Abre **Facturación**.\n", locale="es", of=article)
    address = f"/es/articles/{article}/suggestions"
    refused = stranger.post(address, data={**carried, "text": BETTER, "email": "nobody"})
    assert refused.status_code == 422
    assert 'lang="en"' in refused.text.split("<textarea")[2]
    assert stranger.post(address, data={**carried, "text": BETTER}).status_code == 303
    row = only_one()
    assert (row.locale, row.revision_id) == ("en", edition_of(article).published_revision_id)
    assert row.text == BETTER
