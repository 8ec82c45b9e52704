"""Where a site wants a second person, nobody changes alone what readers see through a snippet."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from helpcenter.accounts import erasure
from helpcenter.articles import planned_act, rendering, review
from helpcenter.articles.planned_act import Act
from helpcenter.articles.review import Decision
from helpcenter.articles.revision import Content, revise
from helpcenter.articles.snippets.snippet import named, said_by
from helpcenter.core import clock, site
from helpcenter.core.db import begin_write, db
from tests.articles.snippets.conftest import LINE, html_of, names, put_snippet
from tests.articles.snippets.test_pages import acts, fields_of, save, text_of
from tests.cast import Cast
from tests.shelf import edition_of, put_article

SEEN = re.compile(r'name="seen" value="([^"]+)"')


@pytest.fixture
def root(cast: Cast) -> FlaskClient:
    """The browser of the one who runs the site, and edits too."""
    return cast.browser("root")


@pytest.fixture
def shown(ada: FlaskClient, second_person: None) -> tuple[int, int]:
    """A snippet and a published article that shows it."""
    return put_snippet(en="It is hot.", es="Está caliente."), put_article("Boil water", LINE)


def seen_on(browser: FlaskClient, snippet_id: int) -> str:
    found = SEEN.search(text_of(browser.get(f"/studio/snippets/{snippet_id}")))
    return found[1] if found else ""


def approve(browser: FlaskClient, snippet_id: int, seen: str = "") -> int:
    """Approve what the page shows, or what it showed earlier; the status."""
    sent = {"seen": seen or seen_on(browser, snippet_id)}
    return browser.post(f"/studio/snippets/{snippet_id}/proposal/approval", data=sent).status_code


def says(code: str = "en") -> str:
    db.session.rollback()
    snippet = named("careful")
    assert snippet is not None
    return said_by(snippet).get(code, "")


def test_a_change_waits_until_somebody_else_approves_it(
    ada: FlaskClient, root: FlaskClient, shown: tuple[int, int]
) -> None:
    one, article = shown
    answer = save(ada, one, words_en="It is scalding.")
    assert "has to approve it" in text_of(ada.get(answer.headers["Location"]))
    assert html_of(article) == "<p>It is hot.</p>"
    assert "A change is waiting for a second person" in text_of(root.get(f"/studio/snippets/{one}"))
    assert approve(ada, one) == 400
    assert html_of(article) == "<p>It is hot.</p>"
    assert approve(root, one) == 303
    assert html_of(article) == "<p>It is scalding.</p>"
    assert says("es") == "Está caliente."
    assert acts() == ["snippet_created", "snippet_proposed", "snippet_changed", "snippet_approved"]


def test_who_adds_to_a_change_approves_it_neither(ada: FlaskClient, root: FlaskClient, shown: tuple[int, int]) -> None:
    one, _article = shown
    save(ada, one, words_en="It is scalding.")
    save(root, one, words_es="Quema.")
    assert approve(root, one) == 400
    assert approve(ada, one) == 400
    assert says() == "It is hot."


def test_only_what_was_seen_is_approved(ada: FlaskClient, root: FlaskClient, shown: tuple[int, int]) -> None:
    one, _article = shown
    save(ada, one, words_en="It is scalding.")
    seen = seen_on(root, one)
    save(ada, one, words_en="It is cold.")
    assert approve(root, one, seen) == 409
    put_snippet(en="It is boiling.")
    assert says() == "It is boiling."
    assert approve(root, one) == 303
    assert says() == "It is cold."
    assert approve(root, one, seen) == 409


def test_what_was_seen_and_discarded_approves_no_other_change(
    ada: FlaskClient, root: FlaskClient, shown: tuple[int, int]
) -> None:
    one, _article = shown
    save(ada, one, words_en="It is scalding.")
    seen = seen_on(root, one)
    assert ada.post(f"/studio/snippets/{one}/proposal/removal", data={"seen": seen}).status_code == 303
    save(ada, one, words_en="It is cold.")
    assert approve(root, one, seen) == 409
    assert says() == "It is hot."


def test_a_change_is_discarded(ada: FlaskClient, root: FlaskClient, shown: tuple[int, int]) -> None:
    one, _article = shown
    save(ada, one, words_en="It is scalding.")
    sent = {"seen": seen_on(ada, one)}
    assert ada.post(f"/studio/snippets/{one}/proposal/removal", data=sent).status_code == 303
    assert fields_of(ada.get(f"/studio/snippets/{one}"))["words_en"].strip() == "It is hot."
    assert root.post(f"/studio/snippets/{one}/proposal/removal", data=sent).status_code == 409
    assert acts() == ["snippet_created", "snippet_proposed", "snippet_discarded"]


def test_who_asks_for_what_is_held_of_them_gets_the_words_that_wait(
    cast: Cast, ada: FlaskClient, root: FlaskClient, shown: tuple[int, int]
) -> None:
    one, _article = shown
    save(ada, one, words_en="It is scalding.")
    save(root, one, words_es="Quema.")
    db.session.rollback()
    (held,) = erasure.export(cast.id_of("ada"))["snippet"]["proposed_snippets"]
    assert (held["name"], held["language"], held["text"]) == ("careful", "en", "It is scalding.")
    assert "snippet" not in erasure.export(cast.id_of("mia"))


def test_what_no_reader_sees_waits_for_nobody(ada: FlaskClient, second_person: None) -> None:
    one = put_snippet(en="It is hot.")
    put_article("Boil water", LINE, published=False)
    save(ada, one, words_en="It is scalding.")
    assert says() == "It is scalding."


def put_draft(cast: Cast) -> int:
    """A published article without a snippet, and Ada's draft of it that shows one; the number of the article."""
    article, result = put_article("Boil water", "Plain."), rendering.rendered(LINE, "en")
    begin_write()
    revision = revise(edition_of(article), Content("Boil water", LINE), by=cast.id_of("ada"))
    rendering.keep(revision.id, result)
    db.session.commit()
    return article


def test_words_that_were_approved_are_changed_by_nobody_alone(
    cast: Cast, ada: FlaskClient, root: FlaskClient, second_person: None
) -> None:
    one, article = put_snippet(en="It is hot."), put_draft(cast)
    save(ada, one, words_en="It is warm.")
    assert says() == "It is warm."
    begin_write()
    edition = edition_of(article)
    review.ask(edition, by=cast.id_of("ada"), reviewer_id=None, words="")
    seen = edition.latest_revision_id
    review.decide(edition, Decision.APPROVED, by=cast.id_of("root"), seen_revision_id=seen, answer="")
    db.session.commit()
    answer = save(ada, one, words_en="Drink it boiling.")
    assert "has to approve it" in text_of(ada.get(answer.headers["Location"]))
    assert says() == "It is warm."
    assert approve(ada, one) == 400
    assert approve(root, one) == 303
    assert says() == "Drink it boiling."


def test_words_that_have_their_moment_are_changed_by_nobody_alone(
    cast: Cast, ada: FlaskClient, second_person: None
) -> None:
    one, article = put_snippet(en="It is hot."), put_draft(cast)
    begin_write()
    edition = edition_of(article)
    latest = edition.latest_revision_id
    planned_act.plan(edition.id, Act.PUBLISH, clock.now(), by=cast.id_of("root"), revision_id=latest)
    db.session.commit()
    save(ada, one, words_en="Drink it boiling.")
    assert says() == "It is hot."


def test_a_new_snippet_that_published_articles_name_already_waits_too(
    ada: FlaskClient, root: FlaskClient, second_person: None
) -> None:
    article = put_article("Boil water", LINE)
    sent = {**fields_of(ada.get("/studio/snippets/new")), "name": "careful", "words_en": "It is hot."}
    assert ada.post("/studio/snippets", data=sent).status_code == 303
    assert names() == ["careful"]
    assert html_of(article) == ""
    snippet = named("careful")
    assert snippet is not None
    assert approve(root, snippet.id) == 303
    assert html_of(article) == "<p>It is hot.</p>"


def test_a_site_that_wants_nobody_any_more_takes_the_change_along(ada: FlaskClient, shown: tuple[int, int]) -> None:
    one, _article = shown
    save(ada, one, words_en="It is scalding.")
    begin_write()
    site.change(second_person=False)
    db.session.commit()
    save(ada, one, words_es="Quema.")
    assert (says(), says("es")) == ("It is scalding.", "Quema.")
    assert "A change is waiting" not in text_of(ada.get(f"/studio/snippets/{one}"))
