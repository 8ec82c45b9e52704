from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from helpcenter.articles.article import Article
from helpcenter.articles.edition import Edition
from helpcenter.articles.folder.export import export_folder
from helpcenter.articles.folder.report import Outcome, Report
from helpcenter.articles.publication import archive, publish
from helpcenter.articles.rendering import rendered
from helpcenter.articles.revision import Content, Revision, revise
from helpcenter.core import clock, content_version
from helpcenter.core.db import begin_write, db
from helpcenter.files.upload import store_picture
from helpcenter.topics import topic as topics
from tests.articles.folder.conftest import Folder, article, edition, png, said, shown

ODD = "---\ntitle:   'Refunds'   # a remark\nredirect_from: [/old]\n---\n\n\n\nText with  spaces \r\n\r\n\r\n"


def files(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def export(root: Path) -> Report:
    db.session.rollback()
    return export_folder(root)


def write_article(
    title: str, body: str, topic: str = "billing", locale: str = "en", article_id: int | None = None
) -> Edition:
    """An editor writes and publishes an article on the web."""
    db.session.rollback()
    result = rendered(body, locale)
    begin_write()
    if article_id is None:
        row = Article(topic_id=topics.find_or_make(topic).id, position=1, created_at=clock.now())
        db.session.add(row)
        db.session.flush()
        article_id = row.id
    found = Edition(article_id=article_id, locale=locale, slug="", title=title)
    db.session.add(found)
    db.session.flush()
    publish(found, revise(found, Content(title, body), by=None), result, by=None)
    db.session.commit()
    return found


def change(title: str, body: str) -> None:
    found = edition(title)
    result = rendered(body, found.locale)
    begin_write()
    publish(found, revise(found, Content(title, body), by=None), result, by=None)
    db.session.commit()


def empty_site(app: Flask) -> None:
    db.session.rollback()
    db.session.remove()
    from tests.conftest import _empty_tables

    _empty_tables()
    content_version.ensure_row()
    assert app


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def test_a_file_nobody_changed_comes_back_byte_for_byte(folder: Folder, out: Path) -> None:
    folder.write("en/billing/refunds.md", ODD)
    folder.write("es/billing/cards/lost.md", "\ufeff" + article("Perdida", "Texto"))
    folder.write("en/billing/_topic.md", "---\ntitle:  Billing   # odd\norder: 3\n---\n")
    folder.take_in()
    report = export(out)
    assert files(out) == files(folder.root)
    assert report.counts() == {Outcome.EXPORTED: 3}
    assert export(out).counts() == {Outcome.UNCHANGED: 3}


def test_an_export_onto_its_own_folder_changes_nothing(folder: Folder) -> None:
    folder.write("en/billing/refunds.md", article("Refunds", "![x](x.png)"))
    folder.write("en/billing/x.png", png())
    folder.take_in()
    before = files(folder.root)
    assert export(folder.root).counts() == {Outcome.UNCHANGED: 1}
    assert files(folder.root) == before


def test_importing_an_export_changes_nothing(folder: Folder, out: Path) -> None:
    folder.write("en/billing/refunds.md", article("Refunds", "![x](x.png) and [cards](cards.md)"))
    folder.write("en/billing/cards.md", article("Cards"))
    folder.write("en/billing/x.png", png())
    folder.take_in()
    write_article("From the web", "Text")
    export(out)
    revisions, html = db.session.scalar(select(func.count(Revision.id))), shown("Refunds")
    report = Folder(out).take_in()
    assert report.counts() == {Outcome.UNCHANGED: 3}
    assert (db.session.scalar(select(func.count(Revision.id))), shown("Refunds")) == (revisions, html)


def test_an_export_fills_an_empty_site_and_is_exported_from_it_the_same(app: Flask, folder: Folder, out: Path) -> None:
    folder.write("en/billing/refunds.md", ODD)
    folder.write("ru/billing/refunds.md", article("Возврат", "![Форма](form.png)"))
    folder.write("ru/billing/form.png", png())
    folder.take_in()
    target = edition("Refunds")
    picture = store_picture(png("green"), by=None)
    written = write_article(
        "From the web",
        f"See [refunds](/en/articles/{target.article_id}-refunds#h-part) and `/en/articles/{target.article_id}-refunds`.\n\n"
        f"![Green]({picture.url})",
    )
    write_article("Из сети", "Текст", locale="ru", article_id=written.article_id)
    export(out)
    first = files(out)
    assert {"en/billing/from-the-web.md", "ru/billing/from-the-web.md", "ru/billing/form.png"} < first.keys()
    text = first["en/billing/from-the-web.md"].decode()
    assert "[refunds](refunds.md#part)" in text
    assert f"`/en/articles/{target.article_id}-refunds`" in text
    assert re.search(r"!\[Green\]\(\.\./\.\./pictures/[\w-]{22}\.webp\)", text)
    empty_site(app)
    report = Folder(out).take_in()
    assert report.counts() == {Outcome.IMPORTED: 4}
    assert said(report) == []
    assert edition("From the web").article_id == edition("Из сети").article_id
    assert f"/en/articles/{edition('Refunds').article_id}-refunds#h-part" in shown("From the web")
    again = out.parent / "again"
    export(again)
    texts = {path: data for path, data in first.items() if path.endswith(".md")}
    assert {path: data for path, data in files(again).items() if path.endswith(".md")} == texts
    assert {path for path in files(again) if not path.endswith(".md")} == {
        path for path in first if not path.endswith(".md")
    }


def test_what_was_changed_on_the_web_is_written_in_canonical_form(folder: Folder) -> None:
    folder.write("en/billing/refunds.md", article("Refunds", "Old [cards](cards.md)", order=2, tags="[b, a]"))
    folder.write("en/billing/cards.md", article("Cards"))
    folder.take_in()
    change("Refunds", "New [cards](cards.md)\r\n")
    assert export(folder.root).counts() == {Outcome.EXPORTED: 1, Outcome.UNCHANGED: 1}
    assert (
        files(folder.root)["en/billing/refunds.md"].decode()
        == "---\ntitle: Refunds\norder: 2\n---\n\nNew [cards](cards.md)\n"
    )
    folder.write("en/billing/refunds.md", article("Refunds", "Newer [cards](cards.md)", order=2))
    assert folder.take_in().counts() == {Outcome.UPDATED: 1, Outcome.UNCHANGED: 1}


def test_an_article_that_was_exported_is_edited_in_its_file(app: Flask, out: Path) -> None:
    written = write_article("From the web", "Old.")
    export(out)
    path = out / "en/billing/from-the-web.md"
    path.write_text(path.read_text().replace("Old.", "New."))
    assert Folder(out).take_in().counts() == {Outcome.UPDATED: 1}
    assert edition("From the web").id == written.id
    assert "New." in shown("From the web")


def test_an_export_elsewhere_does_not_make_the_folder_itself_look_new(folder: Folder, out: Path) -> None:
    folder.write("en/billing/refunds.md", article("Refunds", "Old."))
    folder.take_in()
    change("Refunds", "From the web.")
    export(out)
    assert folder.take_in().counts() == {Outcome.UNCHANGED: 1}
    assert "From the web." in shown("Refunds")


def test_a_file_that_waits_to_be_imported_is_never_overwritten(folder: Folder) -> None:
    folder.write("en/billing/refunds.md", article("Refunds", "Old."))
    folder.take_in()
    change("Refunds", "From the web.")
    folder.write("en/billing/refunds.md", article("Refunds", "From the file."))
    report = export(folder.root)
    assert report.counts() == {Outcome.CONFLICT: 1}
    assert b"From the file." in files(folder.root)["en/billing/refunds.md"]


def test_what_is_not_published_is_not_exported(folder: Folder, out: Path) -> None:
    folder.write("en/billing/refunds.md", article("Refunds"))
    folder.write("en/billing/secret.md", article("Secret"))
    folder.take_in()
    found = edition("Secret")
    begin_write()
    archive(found, by=None)
    draft = Edition(article_id=found.article_id, locale="es", slug="borrador", title="Borrador")
    db.session.add(draft)
    db.session.commit()
    export(out)
    assert list(files(out)) == ["en/billing/refunds.md"]


def test_two_articles_of_one_name_become_two_files(app: Flask, out: Path) -> None:
    write_article("Same", "One")
    second = write_article("Same", "Two")
    export(out)
    assert [path for path in files(out) if not path.endswith("_topic.md")] == [
        f"en/billing/same-{second.article_id}.md",
        "en/billing/same.md",
    ]


def test_a_foreign_page_is_exported_as_one_of_ours(folder: Folder, out: Path) -> None:
    folder.write(
        "goals.md",
        "---\ntitle: Goals\nsidebar_label: x\n---\n\n<Box />\n\nSee [it](/custom/events#a) or `[it](/custom/events)`.\n",
    )
    folder.write("custom/events.md", "---\ntitle: Events\n---\n\nBack to [goals](../goals).\n")
    folder.take_in_foreign()
    export(out)
    assert {path: data.decode() for path, data in files(out).items()} == {
        "en/general/goals.md": "---\ntitle: Goals\n---\n\nSee [it](custom/events.md#a) or `[it](/custom/events)`.\n",
        "en/general/custom/events.md": "---\ntitle: Events\n---\n\nBack to [goals](../goals.md).\n",
    }


def test_a_link_in_the_target_folder_that_leads_out_is_not_followed(folder: Folder, out: Path) -> None:
    folder.write("en/billing/refunds.md", article("Refunds"))
    folder.take_in()
    outside = out.parent / "outside"
    outside.mkdir()
    out.mkdir()
    (out / "en").symlink_to(outside)
    report = export(out)
    assert report.has_problems
    assert list(outside.iterdir()) == []


def test_a_video_comes_and_goes_byte_for_byte_and_takes_its_poster_along(folder: Folder, tmp_path: Path) -> None:
    video = '<video src="https://youtu.be/a?b=1&c=2" title="A &quot;tour&quot;" poster="../pictures/tour.png"></video>'
    text = article("Shelf", f"1. Drill\n\n   {video}\n\n2. Hang it")
    folder.write("en/general/shelf.md", text)
    folder.write("en/pictures/tour.png", png())
    folder.take_in()
    assert re.search(r'<span class="poster"><img src="/files/[^"]+" alt="" width="12" height="8"', shown("Shelf"))
    export(tmp_path / "out")
    written = files(tmp_path / "out")
    assert written["en/general/shelf.md"] == text.encode() and "en/pictures/tour.png" in written


def test_a_poster_that_was_uploaded_lies_beside_the_exported_text(app: Flask, tmp_path: Path) -> None:
    url = store_picture(png(), by=None).url
    write_article("Shelf", f'<video src="https://youtu.be/a" title="A tour" poster="{url}"></video>')
    export(tmp_path)
    written = files(tmp_path)
    poster = "pictures/" + url.rsplit("/", 1)[1]
    assert poster in written
    assert f'poster="../../{poster}"'.encode() in next(text for path, text in written.items() if path.endswith(".md"))
