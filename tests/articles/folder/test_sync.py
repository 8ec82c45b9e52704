from __future__ import annotations

import pytest
from sqlalchemy import func, select

from helpcenter.articles.article import Article
from helpcenter.articles.edition import Status
from helpcenter.articles.folder.layout import Layout
from helpcenter.articles.folder.report import Outcome
from helpcenter.articles.folder.sync import FolderRefused
from helpcenter.articles.publication import Publication
from helpcenter.articles.revision import Revision, Significance
from helpcenter.core import content_version, site
from helpcenter.core.db import begin_write, db
from helpcenter.search.outbox import Outbox
from helpcenter.topics.topic import Topic
from tests.articles.folder.conftest import Folder, article, edition, said, shown


def everything() -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    db.session.rollback()
    return {
        table.name: sorted((tuple(row) for row in db.session.execute(select(table))), key=repr)
        for table in db.metadata.sorted_tables
        if table.name != "folder"
    }


def test_a_file_becomes_a_published_article_in_its_topic(folder: Folder) -> None:
    folder.write("en/billing/cards/lost.md", article("Lost cards", "Call **us**.", summary="What to do", order=3))
    report = folder.take_in()
    found = edition("Lost cards")
    assert report.counts() == {Outcome.IMPORTED: 1}
    assert (found.status, found.slug, found.summary, found.locale) == (Status.PUBLISHED, "lost", "What to do", "en")
    assert "<strong>us</strong>" in shown("Lost cards")
    row = db.session.get_one(Article, found.article_id)
    topic = db.session.get_one(Topic, row.topic_id)
    assert (topic.key, db.session.get_one(Topic, topic.parent_id).key, row.position) == ("cards", "billing", 3)


def test_importing_twice_changes_nothing(folder: Folder) -> None:
    folder.write("en/billing/refunds.md", article("Refunds", "See [cards](cards.md) and [nothing](nothing.md)."))
    folder.write("en/billing/cards.md", article("Cards", "![A card](card.png)"))
    folder.write("es/billing/refunds.md", article("Reembolsos", redirect_from="/viejo"))
    folder.write("en/billing/_topic.md", "---\ntitle: Billing\n---\n")
    folder.take_in()
    before = everything()
    report = folder.take_in()
    assert everything() == before
    assert report.counts() == {Outcome.UNCHANGED: 4}


def test_files_at_the_same_place_are_one_article_in_several_languages(folder: Folder) -> None:
    folder.write("ar/billing/refunds.md", article("استرداد"))
    folder.write("en/billing/refunds.md", article("Refunds"))
    folder.take_in()
    folder.write("es/billing/refunds.md", article("Reembolsos"))
    folder.take_in()
    assert len({edition(title).article_id for title in ("Refunds", "Reembolsos", "استرداد")}) == 1


def test_a_translation_knows_which_text_it_translates(folder: Folder) -> None:
    folder.write("es/billing/refunds.md", article("Reembolsos"))
    folder.write("en/billing/refunds.md", article("Refunds"))
    folder.take_in()
    translated = db.session.get_one(Revision, edition("Reembolsos").latest_revision_id)
    assert translated.source_revision_id == edition("Refunds").published_revision_id


def test_a_changed_file_publishes_a_new_revision(folder: Folder) -> None:
    folder.write("en/billing/refunds.md", article("Refunds", "Old."))
    folder.take_in()
    folder.write("en/billing/refunds.md", article("Refunds", "New."))
    report = folder.take_in(note="Clearer")
    revision = db.session.get_one(Revision, edition("Refunds").published_revision_id)
    assert report.counts() == {Outcome.UPDATED: 1}
    assert (revision.number, revision.body, revision.note) == (2, "New.", "Clearer")
    assert "New." in shown("Refunds")


def test_a_correction_is_marked_as_one(folder: Folder) -> None:
    folder.write("en/billing/refunds.md", article("Refunds", "Teh text."))
    folder.take_in()
    folder.write("en/billing/refunds.md", article("Refunds", "The text."))
    folder.take_in(is_typo=True)
    revision = db.session.get_one(Revision, edition("Refunds").published_revision_id)
    assert revision.significance == Significance.TYPO


def test_another_way_to_write_the_same_makes_no_revision(folder: Folder) -> None:
    folder.write("en/billing/refunds.md", article("Refunds", "Text."))
    folder.take_in()
    folder.write("en/billing/refunds.md", '---\ntitle:   "Refunds"\n---\nText.\r\n\r\n')
    assert folder.take_in().counts() == {Outcome.UNCHANGED: 1}
    assert db.session.scalar(select(func.count(Revision.id))) == 1
    assert folder.take_in().counts() == {Outcome.UNCHANGED: 1}


def test_a_deleted_file_archives_its_article_and_destroys_nothing(folder: Folder) -> None:
    folder.write("en/billing/refunds.md", article("Refunds"))
    folder.take_in()
    folder.delete("en/billing/refunds.md")
    assert folder.take_in().counts() == {Outcome.ARCHIVED: 1}
    assert edition("Refunds").status == Status.ARCHIVED
    assert db.session.scalar(select(func.count(Revision.id))) == 1
    assert folder.take_in().counts() == {}


def test_a_deleted_file_that_comes_back_brings_its_article_back(folder: Folder) -> None:
    folder.write("en/billing/refunds.md", article("Refunds"))
    folder.take_in()
    first = edition("Refunds").id
    folder.delete("en/billing/refunds.md")
    folder.take_in()
    folder.write("en/billing/refunds.md", article("Refunds"))
    assert folder.take_in().counts() == {Outcome.RETURNED: 1}
    assert (edition("Refunds").id, edition("Refunds").status) == (first, Status.PUBLISHED)
    assert folder.take_in().counts() == {Outcome.UNCHANGED: 1}


def test_a_renamed_file_keeps_its_article(folder: Folder) -> None:
    folder.write("en/billing/refunds.md", article("Refunds"))
    folder.take_in()
    before = edition("Refunds")
    folder.rename("en/billing/refunds.md", "en/orders/money-back.md")
    assert folder.take_in().counts() == {Outcome.RENAMED: 1}
    after = edition("Refunds")
    row = db.session.get_one(Article, after.article_id)
    assert (after.id, after.slug, after.status) == (before.id, "money-back", Status.PUBLISHED)
    assert db.session.get_one(Topic, row.topic_id).key == "orders"
    assert db.session.scalar(select(func.count(Publication.id))) == 1
    assert folder.take_in().counts() == {Outcome.UNCHANGED: 1}


def test_a_file_that_says_what_two_vanished_files_said_is_a_new_article(folder: Folder) -> None:
    folder.write("en/billing/a.md", article("Same"))
    folder.write("en/billing/b.md", article("Same"))
    folder.take_in()
    folder.delete("en/billing/a.md")
    folder.rename("en/billing/b.md", "en/billing/c.md")
    assert folder.take_in().counts() == {Outcome.IMPORTED: 1, Outcome.ARCHIVED: 2}


def test_a_file_that_can_not_be_taken_leaves_the_others_and_its_article_alone(folder: Folder) -> None:
    folder.write("en/billing/refunds.md", article("Refunds", "Old."))
    folder.take_in()
    folder.write("en/billing/refunds.md", "---\ntitle: Refunds\ntitel: x\n---\n\nNew.\n")
    folder.write("en/billing/cards.md", article("Cards"))
    folder.write("en/billing/broken.md", b"---\ntitle: B\n---\n\nfine\n\xff\xfe\n")
    folder.write("en/billing/empty.md", "---\ntitle: Empty\n---\n")
    report = folder.take_in()
    assert report.counts() == {Outcome.IMPORTED: 1, Outcome.LEFT_OUT: 3}
    assert said(report) == [
        "en/billing/broken.md:6: not UTF-8: byte 0xff",
        "en/billing/empty.md: there is no text",
        "en/billing/refunds.md:3: titel is not a key here; did you mean title?",
    ]
    assert (edition("Refunds").status, edition("Cards").status) == (Status.PUBLISHED, Status.PUBLISHED)
    assert "Old." in shown("Refunds")


def test_a_text_the_renderer_refuses_is_reported_and_the_article_keeps_its_last(folder: Folder) -> None:
    folder.write("en/billing/refunds.md", article("Refunds", "Old."))
    folder.take_in()
    folder.write("en/billing/refunds.md", article("Refunds", "[" * 5000))
    folder.write("en/billing/cards.md", article("Cards"))
    report = folder.take_in()
    assert report.counts() == {Outcome.IMPORTED: 1, Outcome.LEFT_OUT: 1}
    assert "Old." in shown("Refunds")
    folder.write("en/billing/refunds.md", article("Refunds", "New."))
    assert folder.take_in().counts() == {Outcome.UPDATED: 1, Outcome.UNCHANGED: 1}
    assert "New." in shown("Refunds")


def test_pages_change_at_most_once_for_each_step_of_a_batch(folder: Folder) -> None:
    for number in range(30):
        folder.write(f"en/billing/page-{number}.md", article(f"Page {number}"))
    before = content_version.current()
    folder.take_in()
    db.session.rollback()
    assert content_version.current() - before == 2


def test_a_dry_run_says_what_it_would_do_and_does_nothing(folder: Folder) -> None:
    folder.write("en/billing/refunds.md", article("Refunds"))
    folder.write("en/billing/old.md", article("Old"))
    folder.take_in()
    folder.write("en/billing/refunds.md", article("Refunds", "New."))
    folder.write("en/billing/new.md", article("New"))
    folder.delete("en/billing/old.md")
    before = everything()
    report = folder.take_in(is_dry=True)
    assert report.counts() == {Outcome.IMPORTED: 1, Outcome.UPDATED: 1, Outcome.ARCHIVED: 1}
    assert everything() == before


def test_a_page_written_for_another_program_needs_the_word_foreign(folder: Folder) -> None:
    folder.write("a.md", "---\ntitle: A\nsidebar_label: B\n---\nText")
    with pytest.raises(FolderRefused, match="--locale en --topic general --foreign"):
        folder.take_in()
    report = folder.take_in(layout=Layout("en", "general"))
    assert "if the folder was written for another program, import it with --foreign" in said(report)[0]
    assert folder.take_in_foreign().counts() == {Outcome.IMPORTED: 1}


def test_a_foreign_page_keeps_what_people_wrote(folder: Folder) -> None:
    page = """---
title: Goals
description: How to count
displayed_sidebar: docs
---

import CtaBox from '@site/src/components/CtaBox';

<CtaBox link="x" />

<div className="browser">
    <img alt="The list" src={useBaseUrl('img/list.png')} />
</div>

See [custom events](/docs/custom/events#first-step).
"""
    folder.write("goals.md", page)
    folder.write("custom/events.md", "---\ntitle: Events\n---\n## First step\n\nText")
    report = folder.take_in_foreign()
    html = shown("Goals")
    target = edition("Events")
    assert f'href="/en/articles/{target.article_id}-events#h-first-step"' in html
    assert "The list" in html
    assert "<img" not in html
    assert "CtaBox" not in html
    assert "import" not in html
    assert said(report) == [
        "goals.md:12: the picture /img/list.png is missing; its alt text is shown",
        "goals.md:4: left out: displayed_sidebar (not a key of ours)",
        "goals.md:9: left out: a part that the page draws (<CtaBox>)",
    ]


def test_a_language_the_folder_began_is_reported_where_it_is_missing(folder: Folder) -> None:
    folder.write("en/billing/refunds.md", article("Refunds"))
    folder.write("en/billing/cards.md", article("Cards"))
    folder.write("ru/billing/cards.md", article("Карты"))
    assert said(folder.take_in()) == ["en/billing/refunds.md: not translated yet: it would be ru/billing/refunds.md"]


def test_search_is_told_of_each_article_once_and_of_none_again(folder: Folder) -> None:
    folder.write("en/billing/refunds.md", article("Refunds"))
    folder.take_in()
    noted = set(db.session.execute(select(Outbox.kind, Outbox.subject_id)).all())
    count = db.session.scalar(select(func.count(Outbox.id)))
    assert noted == {("article", edition("Refunds").article_id)}
    folder.take_in()
    db.session.rollback()
    assert db.session.scalar(select(func.count(Outbox.id))) == count


def test_a_language_the_site_does_not_offer_is_reported(folder: Folder) -> None:
    begin_write()
    site.change(locales=["en"])
    db.session.commit()
    folder.write("ru/billing/cards.md", article("Карты"))
    report = folder.take_in()
    assert report.counts() == {Outcome.IMPORTED: 1}
    assert said(report)[0].startswith("ru: the site does not offer this language")
