"""Bringing in an export once, twice, after it changed there, and after it changed here."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from sqlalchemy import select

from helpcenter.articles import rendering
from helpcenter.articles.article import Article, OldAddress
from helpcenter.articles.edition import Status
from helpcenter.articles.folder.export import export_folder
from helpcenter.articles.folder.record import FolderFile, is_managed, source_path_of
from helpcenter.articles.folder.report import Outcome
from helpcenter.articles.folder.sync import Options, import_folder
from helpcenter.articles.importers.imported_article import ImportedArticle
from helpcenter.articles.publication import publish
from helpcenter.articles.revision import Content, Revision, revise
from helpcenter.core.db import begin_write, db
from helpcenter.files.file import FileSource
from helpcenter.topics.topic import Topic, TopicText
from tests.articles.importers.conftest import (
    ZENDESK,
    Export,
    body,
    count,
    editions,
    said,
    shown,
    zendesk,
    zendesk_article,
)

CONFLICT = "changed here and on the web; this version waits as a draft"


def write_here(title: str, words: str, *, and_publish: bool = True) -> None:
    """What an editor does on the web."""
    edition = editions()[title]
    result = rendering.rendered(words, edition.locale)
    begin_write()
    edition = db.session.merge(edition)
    revision = revise(edition, Content(title, words), by=None)
    if and_publish:
        publish(edition, revision, result, by=None)
    db.session.commit()


def png() -> bytes:
    out = BytesIO()
    Image.new("RGB", (12, 8), "red").save(out, "PNG")
    return out.getvalue()


def test_bringing_it_in_twice_changes_nothing(export: Export) -> None:
    zendesk(
        export,
        zendesk_article(1, "Light it", f'<a href="{ZENDESK}/hc/en-us/articles/2">x</a>', vote_count=3, vote_sum=1),
        zendesk_article(2, "Put it out", draft=True),
    )
    assert export.bring_in().counts() == {Outcome.IMPORTED: 2}
    tables = (Article, Revision, FolderFile, OldAddress, ImportedArticle, Topic, TopicText)
    before = [count(table) for table in tables]
    assert export.bring_in().counts() == {Outcome.UNCHANGED: 2}
    assert [count(table) for table in tables] == before


def test_saying_what_would_be_done_does_nothing(export: Export) -> None:
    zendesk(export, zendesk_article(1, "Light it", '<img src="/x/gone.png">'))
    report = export.bring_in(is_dry=True)
    assert report.counts() == {Outcome.IMPORTED: 1}
    assert any("the picture is not in the folder" in line for line in said(report))
    assert [count(table) for table in (Article, Topic, FolderFile, ImportedArticle)] == [0, 0, 0, 0]


def test_what_changed_there_is_a_new_revision_here(export: Export) -> None:
    zendesk(export, zendesk_article(1, "Light it"), zendesk_article(2, "Put it out"))
    export.bring_in()
    zendesk(export, zendesk_article(1, "Light it at once", "<p>Other words.</p>"), zendesk_article(2, "Put it out"))
    assert export.bring_in().counts() == {Outcome.UPDATED: 1, Outcome.UNCHANGED: 1}
    assert "Other words." in shown("Light it at once")
    assert editions()["Light it at once"].slug == "light-it"
    assert count(Revision) == 3


def test_what_was_changed_here_is_not_overwritten(export: Export) -> None:
    zendesk(export, zendesk_article(1, "Light it"))
    export.bring_in()
    write_here("Light it", "Written here.")
    zendesk(export, zendesk_article(1, "Light it", "<p>Written there.</p>"))
    report = export.bring_in()
    assert said(report) == [f"1 Light it (en): {CONFLICT}"]
    assert report.has_problems
    assert "Written here." in shown("Light it")
    assert body("Light it") == "Written there."
    # Told once: nothing changed there since.
    assert export.bring_in().counts() == {Outcome.UNCHANGED: 1}


def test_a_draft_there_is_a_draft_here_until_it_is_published_there(export: Export) -> None:
    zendesk(export, zendesk_article(1, "Light it", draft=True))
    export.bring_in()
    assert editions()["Light it"].status == Status.DRAFT
    zendesk(export, zendesk_article(1, "Light it", "<p>More words.</p>", draft=True))
    assert export.bring_in().counts() == {Outcome.UPDATED: 1}
    assert (editions()["Light it"].status, body("Light it")) == (Status.DRAFT, "More words.")
    zendesk(export, zendesk_article(1, "Light it", "<p>More words.</p>"))
    assert export.bring_in().counts() == {Outcome.UPDATED: 1}
    assert editions()["Light it"].status == Status.PUBLISHED
    assert count(Revision) == 2


def test_a_draft_that_was_changed_here_is_not_published_from_there(export: Export) -> None:
    zendesk(export, zendesk_article(1, "Light it", draft=True))
    export.bring_in()
    write_here("Light it", "Written here.", and_publish=False)
    zendesk(export, zendesk_article(1, "Light it", "<p>Written there.</p>"))
    report = export.bring_in()
    assert report.of(Outcome.CONFLICT) == ["1 Light it (en)"]
    assert editions()["Light it"].status == Status.DRAFT


def test_what_was_withdrawn_there_stays_published_here(export: Export) -> None:
    zendesk(export, zendesk_article(1, "Light it"))
    export.bring_in()
    zendesk(export, zendesk_article(1, "Light it", "<p>Half a word</p>", draft=True))
    report = export.bring_in()
    assert "1 Light it (en): is a draft there now; what is published here stays" in said(report)
    assert "Some words." in shown("Light it")


def test_what_is_missing_in_a_later_export_stays(export: Export) -> None:
    zendesk(export, zendesk_article(1, "Light it"), zendesk_article(2, "Put it out"))
    export.bring_in()
    zendesk(export, zendesk_article(1, "Light it"))
    assert export.bring_in().counts() == {Outcome.UNCHANGED: 1}
    assert editions()["Put it out"].status == Status.PUBLISHED


def test_a_picture_in_the_folder_comes_along_also_that_of_a_draft(export: Export) -> None:
    export.write("pictures/my lamp.png", png())
    export.write("900/lamp.png", png())
    export.write("901/lamp.png", png())
    html = f'<p><img src="{ZENDESK}/hc/article_attachments/900/lamp.png" alt="A lamp"></p>'
    zendesk(
        export,
        zendesk_article(1, "Light it", html),
        zendesk_article(2, "Put it out", '<img src="/x/my%20lamp.png" alt="Mine">', draft=True),
    )
    assert said(export.bring_in()) == []
    assert body("Light it") == "![A lamp](/900/lamp.png)"
    assert 'src="/files/' in shown("Light it")
    keys = set(db.session.scalars(select(FileSource.key)))
    assert keys == {"folder/zendesk-import/900/lamp.png", "folder/zendesk-import/pictures/my lamp.png"}
    write_here_as_it_stands("Put it out")
    assert 'src="/files/' in shown("Put it out")


def write_here_as_it_stands(title: str) -> None:
    """An editor publishes the draft."""
    edition = editions()[title]
    words = body(title)
    result = rendering.rendered(words, edition.locale, source_path_of(edition.id))
    begin_write()
    publish(edition, db.session.get_one(Revision, edition.latest_revision_id), result, by=None)
    db.session.commit()


def test_a_page_asks_no_other_host_for_a_picture(export: Export) -> None:
    zendesk(export, zendesk_article(1, "Light it", f'<img src="{ZENDESK}/x/lamp.png" alt="A lamp">'))
    export.bring_in()
    assert "<img" not in shown("Light it")
    assert f'href="{ZENDESK}/x/lamp.png"' in shown("Light it")


def test_what_is_years_old_does_not_look_new(export: Export) -> None:
    zendesk(export, zendesk_article(1, "Light it"))
    export.bring_in()
    edition = editions()["Light it"]
    assert edition.published_at == datetime(2021, 2, 3, 4, 5, 6, tzinfo=UTC)
    assert edition.updated_at == datetime(2022, 3, 4, 5, 6, 7, tzinfo=UTC)
    write_here("Light it", "Written here.")
    export.bring_in()
    assert editions()["Light it"].updated_at != datetime(2022, 3, 4, 5, 6, 7, tzinfo=UTC)


def test_an_article_that_moved_is_no_file_of_a_folder_for_its_editors(export: Export) -> None:
    zendesk(export, zendesk_article(1, "Light it"))
    export.bring_in()
    assert not is_managed(editions()["Light it"].id)


def test_what_a_folder_speaks_for_since_is_left_alone(export: Export, tmp_path) -> None:  # type: ignore[no-untyped-def]
    zendesk(export, zendesk_article(1, "Light it"))
    export.bring_in()
    out = tmp_path / "docs"
    export_folder(out)
    file = out / "en/light/lamps/light-it.md"
    file.write_text(file.read_text().replace("Some words.", "Words of the folder."))
    import_folder(out, Options(takes_over=True))
    zendesk(export, zendesk_article(1, "Light it", "<p>Words from there.</p>"))
    report = export.bring_in()
    assert said(report) == ["1 Light it: is managed in a folder since, and was not looked at"]
    assert "Words of the folder." in shown("Light it")
    assert count(Article) == 1


def test_an_article_that_can_not_be_drawn_is_told_and_the_others_come(export: Export) -> None:
    huge = "<p>" + "word " * 60_000 + "</p>"
    zendesk(export, zendesk_article(1, "Light it", huge), zendesk_article(2, "Put it out"))
    report = export.bring_in()
    assert report.counts() == {Outcome.IMPORTED: 1, Outcome.LEFT_OUT: 1}
    assert report.has_problems


WORDS = st.text("ab *_<#-", min_size=1, max_size=8)
ARTICLES = st.lists(
    st.builds(
        lambda title, words, section, draft, place: (title, words, section, draft, place),
        st.sampled_from(["Light", "Dark", "light!", "Лампа", "???"]),
        WORDS,
        st.sampled_from([20, 21, 99]),
        st.booleans(),
        st.integers(0, 3),
    ),
    max_size=4,
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=ARTICLES, second=ARTICLES)
def test_whatever_changes_there_the_second_run_finds_nothing_to_do(
    app: Flask,
    tmp_path_factory: pytest.TempPathFactory,
    first: list[tuple],
    second: list[tuple],  # type: ignore[type-arg]
) -> None:
    export = Export(tmp_path_factory.mktemp("export"))
    other = {"id": 21, "category_id": 10, "name": "Lamps", "locale": "en-us", "position": 1}
    for articles in (first, second):
        if not articles:
            continue
        made = [
            zendesk_article(number, title, f"<p>x {words}</p>", section_id=section, draft=draft, position=place)
            for number, (title, words, section, draft, place) in enumerate(articles, start=1)
        ]
        zendesk(export, *made, sections=[other])
        export.bring_in()
        assert set(export.bring_in().counts()) == {Outcome.UNCHANGED}
