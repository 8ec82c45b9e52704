"""A translation beside its original, and what is told of one that fell behind."""

import pytest

from helpcenter.articles.studio.coverage import coverage
from tests.articles.studio.conftest import edition, send
from tests.journeys.acts import act, someone


@pytest.fixture
def spanish(ada, written, words) -> str:
    """The address of its Spanish edition, which is published."""
    address = written.replace("/en", "/es")
    send(ada, address, **words(title="Reembolso", body="Abre **Facturación**."), publish="1")
    return address


def change_original(ada, written, words, significance, body="Open the new page and press **Refund**."):
    send(ada, written, **words(body=body, significance=significance), publish="1")


def read_page(browser, language="es"):
    return browser.get(f"/{language}/articles/{edition().article_id}", follow_redirects=True).text


def test_the_original_stands_beside_the_translation_as_readers_have_it(ada, written, words):
    send(ada, written, **words(body="A draft of the original."))
    page = ada.get(written.replace("/en", "/ar")).text
    assert 'class="source-words"' in page
    assert "Open **Billing** and choose a payment." in page
    assert "A draft of the original." not in page


def test_what_changed_in_the_original_since_is_shown_as_a_diff(ada, written, words, spanish):
    assert "What changed in it" not in ada.get(spanish).text
    change_original(ada, written, words, "medium")
    page = ada.get(spanish).text
    assert "What changed in it since this translation matched it" in page
    assert "<ins>" in page and "<del>" in page


@pytest.mark.parametrize(("significance", "is_told"), [("typo", False), ("medium", False), ("major", True)])
def test_readers_are_told_only_after_a_major_change(ada, stranger, written, words, spanish, significance, is_told):
    change_original(ada, written, words, significance)
    page = read_page(stranger)
    notices = (
        page.split('<div class="notices">')[1].split("article-frame")[0] if '<div class="notices">' in page else ""
    )
    assert ("/en/articles/" in notices) is is_told
    assert '<div class="notices">' not in read_page(stranger, "en")


def test_a_translation_that_caught_up_is_not_behind(ada, stranger, written, words, spanish):
    change_original(ada, written, words, "major")
    assert edition("es").behind == "major"
    caught = words(title="Reembolso", body="Abre la página nueva.")
    send(ada, spanish, **caught, matches_source="y", publish="1")
    assert edition("es").behind == ""


def test_saying_that_it_matches_clears_the_notice_without_a_changed_word(ada, stranger, written, words, spanish):
    change_original(ada, written, words, "major")
    same = words(title="Reembolso", body="Abre **Facturación**.")
    send(ada, spanish, **same, matches_source="y")
    assert edition("es").behind == ""
    assert '<div class="notices">' not in read_page(stranger)


def test_a_translation_matches_the_original_that_stood_beside_it(ada, cast, written, words):
    spanish = written.replace("/en", "/es")
    opened = ada.get(spanish)
    change_original(cast.browser("root"), written, words, "major")
    send(ada, spanish, opened, **words(title="Reembolso", body="Hola."), publish="1")
    assert edition("es").behind == "major"


def test_an_archived_original_puts_nobody_behind(ada, written, words, spanish):
    change_original(ada, written, words, "major")
    ada.post(f"{written}/archival")
    assert edition("es").behind == ""
    ada.post(f"{written}/return")
    assert edition("es").behind == "major"


def read_by(count, article_id):
    """So many people see an article."""
    for _ in range(count):
        act("viewed", by=someone(), subject=("article", article_id), locale="en")


def test_coverage_is_weighed_by_readers(ada, written, words, spanish):
    popular = edition().article_id
    answer = ada.post("/studio/articles", data=words(title="Rare", publish="1"))
    rare = int(answer.headers["Location"].split("/")[-2])
    read_by(3, popular)
    read_by(1, rare)
    found = {one.code: one for one in coverage("es").languages}
    assert (found["es"].covered, found["es"].readers) == (3, 4)
    assert (found["en"].covered, found["ar"].covered) == (4, 0)
    assert [row.article_id for row in coverage("ar").wanted] == [popular, rare]
    assert [row.article_id for row in coverage("es").wanted] == [rare]
    page = ada.get("/studio/translations?in=es").text
    assert "Rare" in page and "75%" in page


def test_what_is_behind_does_not_count_as_covered(ada, written, words, spanish):
    read_by(2, edition().article_id)
    change_original(ada, written, words, "medium")
    found = {one.code: one for one in coverage("es").languages}
    assert (found["es"].covered, found["es"].outdated) == (0, 1)
    assert [row.state for row in coverage("es").wanted] == ["medium"]


def test_a_site_without_a_reader_says_so(ada, written):
    assert "no readers yet" in ada.get("/studio/translations").text
