"""A text that was changed in its file and on the web: nothing is overwritten."""

from __future__ import annotations

from helpcenter.articles.edition import Status
from helpcenter.articles.folder.report import Outcome
from helpcenter.articles.publication import archive
from helpcenter.articles.revision import Content, Revision, revise
from helpcenter.core.db import begin_write, db
from tests.articles.folder.conftest import Folder, article, edition, said, shown, write_on_web
from tests.shelf import put_article


def test_what_changed_on_both_sides_waits_as_a_draft(folder: Folder) -> None:
    folder.write("en/billing/refunds.md", article("Refunds", "Old."))
    folder.take_in()
    web = write_on_web("Refunds", "From the web.")
    folder.write("en/billing/refunds.md", article("Refunds", "From the file."))
    report = folder.take_in()
    found = edition("Refunds")
    assert report.counts() == {Outcome.CONFLICT: 1}
    assert report.has_problems
    assert said(report) == ["en/billing/refunds.md: changed here and on the web; this version waits as a draft"]
    assert found.published_revision_id == web.id
    assert db.session.get_one(Revision, found.latest_revision_id).body == "From the file."
    assert "From the web." in shown("Refunds")
    assert folder.take_in().counts() == {Outcome.UNCHANGED: 1}


def test_a_conflict_lasts_until_somebody_decides(folder: Folder) -> None:
    folder.write("en/billing/refunds.md", article("Refunds", "Old."))
    folder.take_in()
    write_on_web("Refunds", "From the web.")
    folder.write("en/billing/refunds.md", article("Refunds", "First."))
    folder.take_in()
    folder.write("en/billing/refunds.md", article("Refunds", "Second."))
    assert folder.take_in().counts() == {Outcome.CONFLICT: 1}
    assert "From the web." in shown("Refunds")
    write_on_web("Refunds", "Second.")
    folder.write("en/billing/refunds.md", article("Refunds", "Third."))
    assert folder.take_in().counts() == {Outcome.UPDATED: 1}
    assert "Third." in shown("Refunds")


def test_a_draft_begun_on_the_web_is_not_published_over(folder: Folder) -> None:
    folder.write("en/billing/refunds.md", article("Refunds", "Old."))
    folder.take_in()
    found = edition("Refunds")
    begin_write()
    revise(found, Content("Refunds", "Half a thought"), by=None)
    db.session.commit()
    folder.write("en/billing/refunds.md", article("Refunds", "New."))
    assert folder.take_in().counts() == {Outcome.CONFLICT: 1}
    assert "Old." in shown("Refunds")


def test_the_same_change_on_both_sides_is_no_conflict(folder: Folder) -> None:
    folder.write("en/billing/refunds.md", article("Refunds", "Old."))
    folder.take_in()
    write_on_web("Refunds", "New.")
    folder.write("en/billing/refunds.md", article("Refunds", "New."))
    assert folder.take_in().counts() == {Outcome.UNCHANGED: 1}
    folder.write("en/billing/refunds.md", article("Refunds", "Newer."))
    assert folder.take_in().counts() == {Outcome.UPDATED: 1}


def test_a_file_deleted_here_and_edited_on_the_web_stays_published(folder: Folder) -> None:
    folder.write("en/billing/refunds.md", article("Refunds", "Old."))
    folder.take_in()
    write_on_web("Refunds", "From the web.")
    folder.delete("en/billing/refunds.md")
    report = folder.take_in()
    assert report.counts() == {Outcome.CONFLICT: 1}
    assert edition("Refunds").status == Status.PUBLISHED


def test_an_article_retired_on_the_web_is_not_brought_back_by_a_change_of_its_file(folder: Folder) -> None:
    folder.write("en/billing/refunds.md", article("Refunds", "Old."))
    folder.take_in()
    found = edition("Refunds")
    begin_write()
    archive(found, by=None)
    db.session.commit()
    folder.write("en/billing/refunds.md", article("Refunds", "New."))
    assert folder.take_in().counts() == {Outcome.CONFLICT: 1}
    assert edition("Refunds").status == Status.ARCHIVED


def test_a_language_that_was_written_on_the_web_before_its_file_came_is_never_overwritten(folder: Folder) -> None:
    folder.write("en/billing/refunds.md", article("Refunds", "Old."))
    folder.take_in()
    put_article("Reembolsos", "De la web.", of=edition("Refunds").article_id, locale="es")
    folder.write("es/billing/refunds.md", article("Reembolsos", "Del archivo."))
    report = folder.take_in()
    assert report.counts() == {Outcome.UNCHANGED: 1, Outcome.CONFLICT: 1}
    assert said(report) == ["es/billing/refunds.md: changed here and on the web; this version waits as a draft"]
    assert "De la web." in shown("Reembolsos")
    assert db.session.get_one(Revision, edition("Reembolsos").latest_revision_id).body == "Del archivo."


def test_a_file_that_says_what_was_written_on_the_web_before_it_goes_on_from_there(folder: Folder) -> None:
    folder.write("en/billing/refunds.md", article("Refunds", "Old."))
    folder.take_in()
    put_article("Reembolsos", "Lo mismo.", of=edition("Refunds").article_id, locale="es")
    before = edition("Reembolsos").latest_revision_id
    folder.write("es/billing/refunds.md", article("Reembolsos", "Lo mismo."))
    assert folder.take_in().counts() == {Outcome.UNCHANGED: 2}
    assert edition("Reembolsos").latest_revision_id == before
    folder.write("es/billing/refunds.md", article("Reembolsos", "Lo nuevo."))
    assert folder.take_in().counts() == {Outcome.UNCHANGED: 1, Outcome.UPDATED: 1}
    assert "Lo nuevo." in shown("Reembolsos")


def test_a_file_that_comes_back_with_the_words_of_the_web_is_no_conflict(folder: Folder) -> None:
    folder.write("en/billing/refunds.md", article("Refunds", "Old."))
    folder.write("en/billing/other.md", article("Other"))
    folder.take_in()
    folder.delete("en/billing/refunds.md")
    folder.take_in()
    assert edition("Refunds").status == Status.ARCHIVED
    web = write_on_web("Refunds", "New.")
    folder.write("en/billing/refunds.md", article("Refunds", "New."))
    assert folder.take_in().counts() == {Outcome.UNCHANGED: 2}
    assert edition("Refunds").latest_revision_id == web.id and "New." in shown("Refunds")
    folder.write("en/billing/refunds.md", article("Refunds", "Newer."))
    assert folder.take_in().counts() == {Outcome.UNCHANGED: 1, Outcome.UPDATED: 1}
