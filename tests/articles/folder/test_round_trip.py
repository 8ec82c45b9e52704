"""An export that is imported again changes nothing, on the site it came from and on an empty one."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import func, select

from helpcenter.articles.article import Article, OldAddress
from helpcenter.articles.edition import Status
from helpcenter.articles.folder.export import export_folder
from helpcenter.articles.folder.layout import Layout
from helpcenter.articles.folder.record import FolderFile
from helpcenter.articles.folder.report import Outcome, Report
from helpcenter.articles.folder.rerendering import render_all
from helpcenter.articles.publication import Publication, archive
from helpcenter.articles.renaming import rename
from helpcenter.articles.revision import Content, Revision, revise
from helpcenter.core.db import begin_write, db
from helpcenter.files.upload import store_picture
from helpcenter.topics import topic as topics
from helpcenter.topics.topic import Topic
from tests.articles.folder.conftest import Folder, article, edition, png, said, shown
from tests.articles.folder.test_export import change, empty_site, export, files, write_article


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def photograph() -> bytes:
    """A picture that loses a little whenever it is encoded."""
    data = BytesIO()
    Image.effect_noise((300, 200), 60).convert("RGB").save(data, "JPEG")
    return data.getvalue()


def counts() -> tuple[int, int]:
    """How many revisions and publications there are."""
    db.session.rollback()
    return tuple(db.session.scalar(select(func.count(table.id))) for table in (Revision, Publication))  # type: ignore[return-value]


def goes_round(app: Flask, out: Path) -> Report:
    """Export, import, export again; and the same by way of an empty site. Every folder is the same."""
    export(out)
    first, before = files(out), counts()
    report = Folder(out).take_in(takes_over=True)
    assert set(report.counts()) == {Outcome.UNCHANGED}, report.as_json()
    assert counts() == before
    again, fresh = out.parent / "again", out.parent / "fresh"
    assert set(export(out).counts()) == {Outcome.UNCHANGED}
    export(again)
    assert files(again) == first
    empty_site(app)
    assert set(Folder(out).take_in().counts()) == {Outcome.IMPORTED}
    export(fresh)
    assert files(fresh) == first
    return report


def of_another_program(folder: Folder) -> None:
    folder.write(
        "goals.md",
        "---\ntitle: Goals\nsidebar_label: x\n---\n\nSee [it](/custom/events#a) and [in](custom/deep/far).\n",
    )
    folder.write("custom/events.md", "---\ntitle: Events\n---\n\n## A\n\nBack to [goals](../goals).\n")
    folder.write(
        "custom/deep/far.md",
        "---\ntitle: Far\n---\n\nBack to [goals](../../goals), [events](../events.md) and [one].\n\n[one]: ../events\n",
    )
    folder.take_in_foreign()


def test_pages_of_another_program_go_round(app: Flask, folder: Folder, out: Path) -> None:
    of_another_program(folder)
    goes_round(app, out)


def test_pages_of_another_program_that_were_edited_here_go_round(app: Flask, folder: Folder, out: Path) -> None:
    of_another_program(folder)
    events = edition("Events").article_id
    change("Goals", f'See [events](/articles/{events}#h-a) again.\r\n\r\n=== "One"\r\n\r\n    Text\r\n')
    goes_round(app, out)


def test_pages_of_another_program_lead_to_each_other_by_number(folder: Folder) -> None:
    of_another_program(folder)
    goals, events = edition("Goals"), edition("Events")
    body = db.session.get_one(Revision, goals.published_revision_id).body
    assert body.startswith(f"See [it](/articles/{events.article_id}#a)")
    folder.write(
        "goals.md",
        "---\ntitle: Goals\nsidebar_label: y\n---\n\nSee [it](/custom/events#a) and [in](custom/deep/far).\n",
    )
    assert folder.take_in_foreign().counts() == {Outcome.UNCHANGED: 3}
    folder.write("goals.md", "---\ntitle: Goals\n---\n\nNow see [it](/custom/events#a).\n")
    assert folder.take_in_foreign().counts() == {Outcome.UNCHANGED: 2, Outcome.UPDATED: 1}
    assert f"/en/articles/{events.article_id}-events#h-a" in shown("Goals")


def test_links_lead_where_they_led_after_an_export_was_taken_over(app: Flask, folder: Folder, out: Path) -> None:
    of_another_program(folder)
    before = {title: shown(title) for title in ("Goals", "Events", "Far")}
    export(out)
    Folder(out).take_in(takes_over=True)
    render_all(only_old=False)
    assert {title: shown(title) for title in before} == before
    assert set(db.session.scalars(select(FolderFile.folder))) == {"out"}


def test_a_folder_that_was_taken_over_notices_a_deleted_file(folder: Folder, out: Path) -> None:
    of_another_program(folder)
    export(out)
    Folder(out).take_in(takes_over=True)
    (out / "en/general/goals.md").unlink()
    assert Folder(out).take_in().of(Outcome.ARCHIVED) == ["en/general/goals.md"]
    assert folder.take_in_foreign().of(Outcome.ARCHIVED) == []


def test_an_export_that_nobody_takes_over_is_left_to_its_folder(folder: Folder, out: Path) -> None:
    of_another_program(folder)
    change("Goals", f"See [events](/articles/{edition('Events').article_id}).")
    export(out)
    assert Folder(out).take_in().counts() == {Outcome.UNCHANGED: 3}
    assert set(db.session.scalars(select(FolderFile.folder))) == {"docs"}
    (out / "en/general/custom/events.md").write_text(article("Events", "New words."))
    report = Folder(out).take_in()
    assert report.counts() == {Outcome.UNCHANGED: 2, Outcome.LEFT_OUT: 1}
    assert said(report) == [
        "en/general/custom/events.md: kept in the folder docs; import with --folder docs, or with --take-over"
    ]
    assert Folder(out).take_in(takes_over=True).counts() == {Outcome.UNCHANGED: 2, Outcome.UPDATED: 1}


def test_a_dry_run_foretells_that_nothing_changes(folder: Folder, out: Path) -> None:
    of_another_program(folder)
    export(out)
    assert Folder(out).take_in(takes_over=True, is_dry=True).counts() == {Outcome.UNCHANGED: 3}


def test_a_folder_without_topics_of_its_own_goes_round(app: Flask, folder: Folder, out: Path) -> None:
    folder.write("a.md", article("A", "See [b](/deep/b), [b](deep/b.md) and ![p](/img/p.png)."))
    folder.write("deep/b.md", article("B", "Back to [a](../a)."))
    folder.write("img/p.png", png())
    folder.take_in(layout=Layout("en", "general"))
    before = shown("A")
    goes_round(app, out)
    assert before.count("/en/articles/") == shown("A").count("/en/articles/") == 2


def test_pictures_go_round_whatever_they_were(app: Flask, folder: Folder, out: Path) -> None:
    kept = store_picture(photograph(), by=None)
    db.session.commit()
    write_article("Shown", f"![A list](/files/{kept.name})")
    folder.write("en/billing/cards.md", article("Cards", "![A card](card.png)"))
    folder.write("en/billing/card.png", png())
    folder.take_in()
    goes_round(app, out)


def test_what_was_moved_and_renamed_here_is_so_after_the_way_round(app: Flask, folder: Folder, out: Path) -> None:
    folder.write("en/billing/refunds.md", article("Refunds", "See [cards](cards.md)."))
    folder.write("es/billing/refunds.md", article("Reembolsos"))
    folder.write("en/billing/cards.md", article("Cards", "See [refunds](refunds.md)."))
    folder.take_in()
    english, spanish = edition("Refunds"), edition("Reembolsos")
    begin_write()
    row = db.session.get_one(Article, english.article_id)
    row.topic_id, row.position = topics.find_or_make("taxes", topics.find_or_make("orders").id).id, 7
    db.session.add(OldAddress(path="/old/refunds", article_id=row.id))
    rename(english, "money-back")
    rename(spanish, "dinero")
    db.session.commit()
    export(out)
    assert (
        files(out)["en/billing/refunds.md"]
        .decode()
        .startswith("---\ntitle: Refunds\ntopic: orders/taxes\naddress: money-back\norder: 7\nredirect_from:\n")
    )
    goes_round(app, out)
    found = edition("Refunds")
    topic = db.session.get_one(Topic, db.session.get_one(Article, found.article_id).topic_id)
    assert (topic.key, found.slug, edition("Reembolsos").slug) == ("taxes", "money-back", "dinero")
    assert f"/en/articles/{found.article_id}-money-back" in shown("Cards")


def test_a_file_says_where_its_article_stands(folder: Folder) -> None:
    folder.write("en/billing/refunds.md", article("Refunds", topic="orders/taxes", address="money-back"))
    folder.take_in()
    assert edition("Refunds").slug == "money-back"
    folder.write("en/billing/refunds.md", article("Refunds"))
    assert folder.take_in().counts() == {Outcome.UPDATED: 1}
    found = edition("Refunds")
    assert found.slug == "refunds"
    assert db.session.get_one(Topic, db.session.get_one(Article, found.article_id).topic_id).key == "billing"
    folder.write("en/billing/refunds.md", article("Refunds", address="Money back"))
    assert said(folder.take_in()) == [
        "en/billing/refunds.md:3: address: small letters, digits and hyphens are expected, as in money-back, "
        "not 'Money back'"
    ]


def test_words_that_look_like_an_address_stay_words(app: Flask, out: Path) -> None:
    other = write_article("Other", "Text.").article_id
    words = f'Type /articles/{other} or "other", see [other](/articles/{other}), `[x](/articles/{other})`\n\n[ref]: /articles/{other}'
    write_article("Words", words)
    export(out)
    assert files(out)["en/billing/words.md"].decode().partition("---\n\n")[2] == (
        f'Type /articles/{other} or "other", see [other](other.md), `[x](/articles/{other})`\n\n[ref]: other.md\n'
    )
    goes_round(app, out)


def test_a_draft_of_the_web_and_an_archived_article_are_no_part_of_it(app: Flask, folder: Folder, out: Path) -> None:
    folder.write("en/billing/refunds.md", article("Refunds", "Old."))
    folder.write("en/billing/cards.md", article("Cards", "See [refunds](refunds.md) and [gone](gone.md)."))
    folder.write("en/billing/gone.md", article("Gone"))
    folder.take_in()
    refunds, gone = edition("Refunds"), edition("Gone")
    begin_write()
    revise(refunds, Content("Refunds", "Half a thought"), by=None)
    archive(gone, by=None)
    db.session.commit()
    export(out)
    assert Folder(out).take_in(takes_over=True).counts() == {Outcome.UNCHANGED: 2}
    assert edition("Gone").status == Status.ARCHIVED


def test_a_file_that_came_to_its_place_by_another_layout_is_not_taken_for_deleted(folder: Folder) -> None:
    folder.write("refunds.md", article("Refunds"))
    folder.take_in(layout=Layout("en", "billing"))
    folder.rename("refunds.md", "en/billing/refunds.md")
    assert folder.take_in().counts() == {Outcome.UNCHANGED: 1}
    assert edition("Refunds").status == Status.PUBLISHED


def test_a_topic_that_says_the_same_is_no_update(folder: Folder, out: Path) -> None:
    folder.write("en/billing/_topic.md", "---\ntitle: Billing\n---\n")
    folder.write("en/billing/refunds.md", article("Refunds"))
    folder.take_in()
    begin_write()
    topics.describe(topics.find_or_make("billing"), "en", "Money", "All of it")
    db.session.commit()
    export(out)
    assert Folder(out).take_in(takes_over=True).counts() == {Outcome.UNCHANGED: 2}


def test_a_folder_without_topics_is_exported_into_as_it_is_laid_out(folder: Folder) -> None:
    layout = Layout("en", "general")
    folder.write("a.md", article("A", "Old."))
    folder.write("deep/b.md", article("B"))
    folder.take_in(layout=layout)
    change("A", f"See [b](/articles/{edition('B').article_id}).")
    write_article("New", f"See [b](/articles/{edition('B').article_id}).", topic="general")
    write_article("Elsewhere", "Text.", topic="billing")
    db.session.rollback()
    report = export_folder(folder.root, layout=layout)
    assert report.counts() == {Outcome.EXPORTED: 2, Outcome.UNCHANGED: 1}
    assert list(files(folder.root)) == ["a.md", "deep/b.md", "new.md"]
    assert b"See [b](deep/b.md)." in files(folder.root)["new.md"]
    assert folder.take_in(layout=layout).counts() == {Outcome.UNCHANGED: 3}


def test_pages_that_still_have_the_links_of_another_program_stay_where_they_lead(
    app: Flask, folder: Folder, out: Path
) -> None:
    of_another_program(folder)
    far = db.session.get_one(Revision, edition("Far").published_revision_id)
    begin_write()
    far.body = "Back to [goals](../../goals) and [events](../events.md)."
    db.session.commit()
    render_all(only_old=False)
    before = shown("Far")
    export(out)
    report = Folder(out).take_in(takes_over=True)
    assert report.counts() == {Outcome.UNCHANGED: 3}
    assert said(report) == [
        "en/general/custom/far.md: its links would lead elsewhere from here, so all of the folder docs stays its own"
    ]
    render_all(only_old=False)
    assert shown("Far") == before
    export(out.parent / "again")
    assert files(out.parent / "again") == files(out)


def test_pictures_of_another_program_are_shown_after_an_export_was_taken_over(
    app: Flask, folder: Folder, out: Path
) -> None:
    folder.write("deep/a.md", "---\ntitle: A\n---\n\n![One](/img/one.png) and ![two](two.png)\n")
    folder.write("img/one.png", photograph())
    folder.write("deep/two.png", png())
    folder.take_in_foreign()
    before = shown("A")
    export(out)
    Folder(out).take_in(takes_over=True)
    render_all(only_old=False)
    assert shown("A") == before
    assert before.count("<img") == 2
    goes_round(app, out)


def test_a_link_to_what_is_not_published_stands_by_its_place(app: Flask, out: Path) -> None:
    gone = write_article("Gone", "Text.")
    write_article("Here", f"See [it](/articles/{gone.article_id}).")
    gone = edition("Gone")
    begin_write()
    archive(gone, by=None)
    db.session.commit()
    export(out)
    assert files(out)["en/billing/here.md"].decode().endswith("See [it](gone.md).\n")
    goes_round(app, out)
