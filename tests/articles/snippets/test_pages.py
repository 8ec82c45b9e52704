"""The pages on which editors keep snippets."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from helpcenter.articles.snippets import preparing, subject
from helpcenter.articles.snippets.snippet import SnippetText, named, said_by
from helpcenter.core import clock, site
from helpcenter.core.db import begin_write, db
from helpcenter.core.journal import JournalEntry
from tests.articles.snippets.conftest import LINE, html_of, names, put_snippet
from tests.cast import Cast
from tests.shelf import change_article, put_article, put_topic

OPENED = re.compile(r'name="(opened_\w\w)" type="hidden" value="(\w+)"')
WORDS = re.compile(r'<textarea[^>]* name="(words_\w\w)"[^>]*>\r?\n?(.*?)</textarea>', re.DOTALL)


def fields_of(page: TestResponse) -> dict[str, str]:
    """What the form of a page would send."""
    text = page.get_data(as_text=True)
    return {name: unescape(value) for name, value in (*OPENED.findall(text), *WORDS.findall(text))}


def text_of(page: TestResponse) -> str:
    return unescape(page.get_data(as_text=True))


def save(browser: FlaskClient, snippet_id: int, opened: TestResponse | None = None, **typed: Any) -> TestResponse:
    """Open the page, type and save; `opened` is a page that stood open since earlier."""
    page = opened or browser.get(f"/studio/snippets/{snippet_id}")
    return browser.post(f"/studio/snippets/{snippet_id}", data={**fields_of(page), **typed})


def saying() -> dict[str, str]:
    db.session.rollback()
    snippet = named("careful")
    return said_by(snippet) if snippet else {}


def acts() -> list[str]:
    db.session.rollback()
    wanted = select(JournalEntry.act).where(JournalEntry.act.like("snippet%")).order_by(JournalEntry.id)
    return list(db.session.scalars(wanted))


def test_an_editor_writes_a_snippet_and_finds_it_in_the_list(ada: FlaskClient) -> None:
    assert "There are no snippets yet." in text_of(ada.get("/studio/snippets"))
    sent = {**fields_of(ada.get("/studio/snippets/new")), "name": "Careful", "words_en": "\r\nIt is **hot**.\r\n\r\n"}
    answer = ada.post("/studio/snippets", data=sent)
    assert answer.status_code == 303
    assert saying() == {"en": "It is **hot**."}
    page = text_of(ada.get("/studio/snippets"))
    assert "<code>careful</code>" in page
    assert "{{ snippet: careful }}" in text_of(ada.get(answer.headers["Location"]))
    assert acts() == ["snippet_created"]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"name": "2 words", "words_en": "x"}, "A name begins with a letter"),
        ({"name": "", "words_en": "x"}, "A name begins with a letter"),
        ({"name": "careful", "words_en": " \r\n "}, "Write what it says"),
        ({"name": "careful", "words_en": "{{ snippet: other }}"}, "cannot contain another snippet"),
        ({"name": "careful", "words_en": "```\r\nnever closed"}, "opened and never closed"),
        ({"name": "careful", "words_ar": "x" * 20_001}, "at most 20,000 characters"),
        ({"name": "careful", "words_en": ">" * 50}, "nested too deeply"),
    ],
)
def test_what_can_not_be_kept_is_told_and_stays_in_the_form(ada: FlaskClient, typed: dict[str, str], told: str) -> None:
    answer = ada.post("/studio/snippets", data={**fields_of(ada.get("/studio/snippets/new")), **typed})
    assert answer.status_code == 422
    assert told in text_of(answer)
    assert all(value.strip() in text_of(answer) for value in typed.values())
    assert names() == []


def test_a_name_is_given_once(ada: FlaskClient) -> None:
    put_snippet(en="It is hot.")
    sent = {**fields_of(ada.get("/studio/snippets/new")), "name": "careful", "words_en": "Other."}
    answer = ada.post("/studio/snippets", data=sent)
    assert answer.status_code == 422
    assert "There is already a snippet with this name." in text_of(answer)
    assert saying() == {"en": "It is hot."}


def test_code_may_show_how_a_snippet_is_written(ada: FlaskClient) -> None:
    assert preparing.prepare("```\n{{ snippet: other }}\n```", "en").text.startswith("```")


def test_the_page_says_how_many_articles_change_before_it_is_saved(ada: FlaskClient) -> None:
    one = put_snippet(en="It is hot.")
    assert ">Save</button>" in text_of(ada.get(f"/studio/snippets/{one}"))
    put_article("Boil water", LINE)
    put_article("Boil an egg", LINE)
    put_article("Boil tea", LINE, published=False)
    page = text_of(ada.get(f"/studio/snippets/{one}"))
    assert "2 articles show this, and change with it." in page
    assert "Save, and change 2 articles" in page


def test_used_in_leads_to_each_article_and_language(ada: FlaskClient) -> None:
    one = put_snippet(en="It is hot.")
    article = put_article("Boil water", LINE)
    put_article("Hervir agua", LINE, locale="es", of=article)
    page = text_of(ada.get(f"/studio/snippets/{one}"))
    assert f'href="/studio/articles/{article}/en"' in page
    assert f'href="/studio/articles/{article}/es"' in page


def test_a_change_is_read_everywhere(ada: FlaskClient) -> None:
    one = put_snippet(en="It is hot.")
    article = put_article("Boil water", LINE)
    answer = save(ada, one, words_en="It is scalding.")
    assert "1 article that shows it changes within a minute." in text_of(ada.get(answer.headers["Location"]))
    assert html_of(article) == "<p>It is scalding.</p>"
    assert acts()[-1] == "snippet_changed"


def test_saving_what_is_there_changes_nothing(ada: FlaskClient) -> None:
    one = put_snippet(en="It is hot.")
    answer = save(ada, one)
    assert "Nothing was changed" in text_of(ada.get(answer.headers["Location"]))
    assert acts() == ["snippet_created"]


def test_an_emptied_language_is_taken_away_and_the_last_one_is_not(ada: FlaskClient) -> None:
    one = put_snippet(en="It is hot.", es="Está caliente.")
    save(ada, one, words_es="")
    assert saying() == {"en": "It is hot."}
    assert save(ada, one, words_en="").status_code == 422
    assert saying() == {"en": "It is hot."}


def test_a_language_that_the_site_gave_up_keeps_its_words(ada: FlaskClient) -> None:
    one = put_snippet(en="It is hot.", es="Está caliente.")
    begin_write()
    site.change(locales=("en", "ru"))
    db.session.commit()
    save(ada, one, words_en="")
    assert saying() == {"es": "Está caliente."}


def test_what_a_colleague_saved_in_another_language_is_kept(ada: FlaskClient, cast: Cast) -> None:
    one = put_snippet(en="It is hot.", es="Está caliente.")
    opened = ada.get(f"/studio/snippets/{one}")
    save(cast.browser("root"), one, words_es="Quema.")
    assert save(ada, one, opened, words_en="It burns.").status_code == 303
    assert saying() == {"en": "It burns.", "es": "Quema."}


def test_what_a_colleague_saved_in_the_same_language_comes_back_with_what_was_typed(
    ada: FlaskClient, cast: Cast
) -> None:
    one = put_snippet(en="It is hot.", es="Está caliente.")
    opened = ada.get(f"/studio/snippets/{one}")
    save(cast.browser("root"), one, words_en="It burns <you>.", words_es="Quema.")
    met = save(ada, one, opened, words_en="It is scalding.")
    assert met.status_code == 409
    assert saying() == {"en": "It burns <you>.", "es": "Quema."}
    assert fields_of(met)["words_en"].strip() == "It is scalding."
    assert fields_of(met)["words_es"].strip() == "Quema."
    assert "It burns <you>." in text_of(met)
    assert save(ada, one, met).status_code == 303
    assert saying() == {"en": "It is scalding.", "es": "Quema."}


def test_both_who_typed_the_same_are_at_one(ada: FlaskClient, cast: Cast) -> None:
    one = put_snippet(en="It is hot.")
    opened = ada.get(f"/studio/snippets/{one}")
    save(cast.browser("root"), one, words_en="It burns.")
    assert save(ada, one, opened, words_en="It burns.").status_code == 303


def test_deleting_one_in_use_is_refused_with_what_shows_it(ada: FlaskClient) -> None:
    one = put_snippet(en="It is hot.")
    put_article("Boil water", LINE)
    answer = ada.post(f"/studio/snippets/{one}/removal")
    assert answer.status_code == 409
    assert "It was not deleted: 1 text shows it." in text_of(answer)
    assert "Boil water" in text_of(answer)
    assert names() == ["careful"]


def test_one_that_nothing_shows_is_deleted(ada: FlaskClient) -> None:
    one = put_snippet(en="It is hot.")
    assert ada.post(f"/studio/snippets/{one}/removal").status_code == 303
    assert names() == []
    assert acts()[-1] == "snippet_deleted"
    assert ada.get(f"/studio/snippets/{one}").status_code == 404
    assert ada.post(f"/studio/snippets/{one}/removal").status_code == 404


def test_the_journal_names_the_snippet_and_leads_there(ada: FlaskClient, cast: Cast) -> None:
    one = put_snippet(en="It is hot.", by=cast.id_of("ada"))
    page = text_of(cast.browser("root").get("/settings/journal"))
    assert f'href="/studio/snippets/{one}"' in page


def choices(browser: FlaskClient, **asked: str) -> list[dict[str, str]]:
    answer = browser.get("/studio/snippets/choices", query_string=asked).get_json()
    return list(answer["snippets"])


def test_snippets_are_offered_by_name_and_by_what_they_say(ada: FlaskClient) -> None:
    put_snippet(en="It is hot.", es="Está caliente.")
    put_snippet("opening-hours", en="From nine to five.")
    assert [one["name"] for one in choices(ada)] == ["careful", "opening-hours"]
    assert choices(ada, q="OPEN") == [{"name": "opening-hours", "about": "From nine to five.", "lang": "en"}]
    assert choices(ada, q="caliente", **{"in": "es"}) == [{"name": "careful", "about": "Está caliente.", "lang": "es"}]
    assert choices(ada, q="nothing like it") == []


def test_the_editor_offers_them_once_there_is_one(ada: FlaskClient) -> None:
    assert "data-snippets" not in text_of(ada.get("/studio/articles/new"))
    put_snippet(en="It is hot.")
    assert "data-snippets" in text_of(ada.get("/studio/articles/new"))
    article = put_article("Boil water", "Words.")
    assert "data-snippets" in text_of(ada.get(f"/studio/articles/{article}/en"))


def test_the_preview_shows_what_a_snippet_says(ada: FlaskClient) -> None:
    put_snippet(en="It is **hot**.")
    page = ada.post("/studio/preview?in=en", data={"body": f"First.\r\n{LINE}\r\n"})
    assert "<strong>hot</strong>" in text_of(page)


def test_the_editor_is_told_of_a_snippet_that_is_missing(ada: FlaskClient) -> None:
    typed = {"title": "Boil water", "body": f"First.\n\n{LINE}\n", "topic": str(put_topic("kitchen", "Kitchen"))}
    about = {"audience": "everyone", "significance": "medium", "language": "en"}
    answer = ada.post("/studio/articles", data={**typed, **about})
    page = text_of(ada.get(answer.headers["Location"]))
    assert 'data-line="3"' in page
    assert "The snippet “careful” does not exist; readers see nothing in its place." in page


def test_a_snippet_that_names_an_article_which_changed_is_listed(ada: FlaskClient) -> None:
    target = put_article("Refunds", "Words.")
    one = put_snippet(en=f"See [how](/articles/{target}).")
    assert "The snippet “careful”" not in text_of(ada.get("/studio/health?kind=quotes"))
    with clock.moved(clock.now() + timedelta(days=3)):
        change_article(target, body="Other words.")
        page = text_of(ada.get("/studio/health?kind=quotes"))
        assert "The snippet “careful” links to this article, which changed on" in page
        assert f'href="/studio/snippets/{one}"' in page
        save(ada, one, words_en=f"See [how it is now](/articles/{target}).")
        assert "The snippet “careful”" not in text_of(ada.get("/studio/health?kind=quotes"))
    assert db.session.scalars(select(SnippetText.article_ids)).all() == [[target]]


def test_whoever_writes_may_see_a_snippet_that_is_named_to_them_and_nobody_else(cast: Cast) -> None:
    careful = put_snippet(en="It is hot.")
    seen = {
        name: subject.visible([careful, careful + 1], cast.viewer(name), "en") for name in ("ada", "root", "sam", "ben")
    }
    assert seen == {"ada": {careful}, "root": {careful}, "sam": set(), "ben": set()}
