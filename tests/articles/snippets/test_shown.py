"""What a snippet says is read in every article that shows it, and changes there with it."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from helpcenter.accounts.viewer import STRANGER
from helpcenter.articles import rendering
from helpcenter.articles.folder.rerendering import Rerendered
from helpcenter.articles.folder.site_check import check_site
from helpcenter.articles.health.finding import Wanted, count
from helpcenter.articles.health.kind import Kind
from helpcenter.articles.publication import archive, publish
from helpcenter.articles.revision import Content, revise
from helpcenter.articles.snippets import changing, rerendering, use
from helpcenter.articles.snippets.snippet import Snippet, named
from helpcenter.articles.snippets.use import RevisionSnippet
from helpcenter.articles.studio.archival import bring_back
from helpcenter.core import jobs, site, worker
from helpcenter.core.db import begin_write, db
from helpcenter.search.drainer import drain
from helpcenter.search.finding import find
from tests.articles.folder.conftest import Folder
from tests.articles.folder.conftest import article as written
from tests.articles.folder.conftest import folder as folder
from tests.articles.health.conftest import found, said
from tests.articles.snippets.conftest import LINE, html_of, put_snippet
from tests.shelf import edition_named, edition_of, put_article


def set_languages(*codes: str) -> None:
    begin_write()
    site.change(locales=codes)
    changing.languages_changed()
    db.session.commit()


def test_an_article_shows_what_a_snippet_says(app: Flask) -> None:
    put_snippet(en="**Careful:** it is hot.")
    article = put_article("Boil water", f"First.\n\n{LINE}\n\nThen pour.")
    assert "<strong>Careful:</strong> it is hot." in html_of(article)


def test_a_changed_snippet_changes_every_article_that_shows_it(app: Flask) -> None:
    put_snippet(en="It is hot.")
    both = [put_article(title, LINE) for title in ("Boil water", "Boil an egg")]
    other = put_article("Freeze water", "Cold.")
    put_snippet(en="It is scalding.")
    assert all("scalding" in html_of(article) for article in both)
    assert "Cold." in html_of(other)
    assert rerendering.render_outdated() == 0


def test_work_that_was_interrupted_goes_on(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rerendering, "BATCH", 1)
    put_snippet(en="It is hot.")
    articles = [put_article(f"Boil {what}", LINE) for what in ("water", "an egg", "tea")]
    put_snippet(en="It is scalding.")
    rounds = iter([False, True])
    monkeypatch.setattr(jobs, "stop_asked", lambda: next(rounds))
    assert rerendering.render_outdated() == 1
    monkeypatch.setattr(jobs, "stop_asked", lambda: False)
    assert rerendering.render_outdated() == 2
    assert all("scalding" in html_of(article) for article in articles)


def test_what_is_published_with_the_words_of_before_is_made_anew(app: Flask) -> None:
    put_snippet(en="It is hot.")
    article = put_article("Boil water", "Old.")
    result = rendering.rendered(LINE, "en")
    put_snippet(en="It is scalding.")
    begin_write()
    edition = edition_of(article)
    publish(edition, revise(edition, Content("Boil water", LINE), by=None), result, by=None)
    db.session.commit()
    assert "scalding" in html_of(article)


def test_what_comes_back_shows_the_words_of_a_snippet_that_was_written_again(app: Flask) -> None:
    put_snippet(en="It is hot.")
    article = put_article("Boil water", LINE)
    begin_write()
    archive(edition_of(article), by=None)
    snippet = named("careful")
    assert snippet is not None
    changing.delete(snippet, by=None)
    db.session.commit()
    put_snippet(en="It is scalding.")
    begin_write()
    bring_back(edition_of(article), by=None)
    db.session.commit()
    assert html_of(article) == "<p>It is scalding.</p>"


def test_search_finds_an_article_by_words_of_its_snippet(app: Flask) -> None:
    put_snippet(en="Beware of the crocodile.")
    article = put_article("Cross the river", LINE)
    drain()
    assert [row.id for row in find("crocodile", "en", STRANGER).hits] == [article]
    put_snippet(en="Beware of the hippopotamus.")
    html_of(article)
    drain()
    assert [row.id for row in find("hippopotamus", "en", STRANGER).hits] == [article]


def test_a_language_that_lacks_it_shows_the_words_of_the_site(app: Flask) -> None:
    put_snippet(en="It is hot.", ru="Горячо.")
    article = put_article("Hervir agua", LINE, locale="es")
    assert '<section lang="en" dir="ltr">' in html_of(article, "es")
    put_snippet(es="Está caliente.")
    assert html_of(article, "es") == "<p>Está caliente.</p>"
    put_snippet(es="")
    set_languages("ru", "en", "es")
    assert "Горячо." in html_of(article, "es")


def test_without_words_in_the_language_of_the_site_another_one_stands_in(app: Flask) -> None:
    put_snippet(ar="ساخن.")
    assert '<section lang="ar" dir="rtl">' in html_of(put_article("Boil water", LINE))


def test_the_markdown_that_readers_copy_holds_what_it_says(app: Flask) -> None:
    put_snippet(en="It is hot.")
    article = put_article("Boil water", f"First.\n\n{LINE}\n\n```\n{LINE}\n```")
    text = app.test_client().get(f"/en/articles/{article}.md").get_data(as_text=True)
    assert text == f"# Boil water\n\nFirst.\n\nIt is hot.\n\n```\n{LINE}\n```\n"


def test_a_late_renderer_gives_readers_the_markdown_as_it_is_written(
    app: Flask, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.write("en/_snippets/careful.md", "See [the kettle](../billing/kettle.md).")
    folder.write("en/billing/kettle.md", written("Kettle"))
    folder.write("en/billing/boil.md", written("Boil water", LINE))
    folder.take_in()
    address = f"/en/articles/{edition_named('Boil water')}.md"
    assert f"See [the kettle](/en/articles/{edition_named('Kettle')}" in app.test_client().get(address).text

    def late(*_args: Any, **_named: Any) -> None:
        raise worker.WorkerTimedOut

    monkeypatch.setattr(worker, "call", late)
    answer = app.test_client().get(f"{address}?again")
    assert (answer.status_code, answer.text) == (200, f"# Boil water\n\n{LINE}\n")


def test_a_missing_snippet_is_told_to_the_team_and_not_to_readers(app: Flask) -> None:
    article = put_article("Boil water", f"First.\n\n{LINE}\n")
    assert html_of(article) == "<p>First.</p>"
    assert found(Kind.SNIPPETS) == [("Boil water", 3)]
    assert said(Kind.SNIPPETS) == ["The snippet “careful” does not exist; readers see nothing in its place."]
    (told,) = [one for one in check_site() if "careful" in one.message]
    assert (told.line, str(told.level)) == (3, "error")
    put_snippet(en="It is hot.")
    assert "It is hot." in html_of(article)
    assert found(Kind.SNIPPETS) == []


def test_a_text_that_becomes_too_long_keeps_the_words_of_before_and_is_listed(app: Flask) -> None:
    put_snippet(en="It is hot.")
    article = put_article("Boil water", f"{LINE}\n\n" * 300)
    put_snippet(en="It is hot. " * 100)
    assert "It is hot." in html_of(article)
    assert count(Kind.SNIPPETS, Wanted()) == 300
    assert said(Kind.SNIPPETS)[0].startswith("With the snippet “careful”, this text is too much for a page")
    # It is not tried again and again.
    assert use.outdated(0, 10) == []
    put_snippet(en="It is cold.")
    assert "It is cold." in html_of(article)
    assert found(Kind.SNIPPETS) == []


def test_what_changes_while_a_text_is_refused_is_tried_with_the_words_of_then(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_snippet(en="It is hot.")
    long, other = put_article("Boil water", f"{LINE}\n\n" * 300), put_article("Boil an egg", LINE)
    before = rendering.rendered(f"Look.\n\n{LINE}", "en")
    put_snippet(en="It is hot. " * 100)
    render = rerendering.render_editions

    def render_late(ids: list[int]) -> Rerendered:
        result = render(ids)
        monkeypatch.setattr(rerendering, "render_editions", render)
        begin_write()
        edition = edition_of(other)
        publish(edition, revise(edition, Content("Boil an egg", f"Look.\n\n{LINE}"), by=None), before, by=None)
        db.session.commit()
        return result

    monkeypatch.setattr(rerendering, "render_editions", render_late)
    rerendering.render_outdated()
    assert html_of(other).count("It is hot.") == 100
    put_snippet(en="It is warm. " * 100)

    def change_late(ids: list[int]) -> Rerendered:
        result = render(ids)
        monkeypatch.setattr(rerendering, "render_editions", render)
        put_snippet(en="It is cold.")
        return result

    monkeypatch.setattr(rerendering, "render_editions", change_late)
    rerendering.render_outdated()
    assert "It is cold." in html_of(long)


def test_used_in_names_published_words_and_drafts_and_nothing_else(app: Flask) -> None:
    put_snippet(en="It is hot.")
    shows = put_article("Boil water", LINE)
    put_article("Hervir agua", LINE, locale="es", of=shows)
    gone = put_article("Boil an egg", LINE)
    begin_write()
    archive(edition_of(gone), by=None)
    db.session.commit()
    put_article("In code", f"```\n{LINE}\n```")
    assert [(one.title, one.locale, one.is_published) for one in use.shown_in("careful")] == [
        ("Boil water", "en", True),
        ("Hervir agua", "es", True),
    ]
    assert use.counts(["careful", "other"]) == {"careful": 1}


def test_a_snippet_that_is_shown_can_not_be_deleted(app: Flask) -> None:
    put_snippet(en="It is hot.")
    put_article("Boil water", LINE)
    begin_write()
    snippet = named("careful")
    assert snippet is not None
    with pytest.raises(changing.InUse) as refused:
        changing.delete(snippet, by=None)
    db.session.rollback()
    assert [one.title for one in refused.value.shown] == ["Boil water"]
    assert db.session.scalars(select(Snippet.name)).all() == ["careful"]


def test_reading_a_text_anew_forgets_nothing_of_its_snippets(app: Flask) -> None:
    put_snippet(en="It is hot.")
    article = put_article("Boil water", LINE)
    check_site(anew=True)
    assert db.session.scalars(select(RevisionSnippet.name)).all() == ["careful"]
    assert "It is hot." in html_of(article)
