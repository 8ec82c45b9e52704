"""Several folders, and one that moved: each speaks for its own files."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpcenter.articles.edition import Status
from helpcenter.articles.folder.layout import Layout
from helpcenter.articles.folder.report import Outcome
from helpcenter.articles.folder.sync import FolderRefused, Options, import_folder
from tests.articles.folder.conftest import Folder, article, edition, said, shown
from tests.articles.snippets.conftest import names


def test_a_folder_of_the_same_name_elsewhere_archives_nothing(folder: Folder, tmp_path: Path) -> None:
    folder.write("en/billing/refunds.md", article("Refunds"))
    folder.take_in()
    other = Folder(tmp_path / "elsewhere" / "docs")
    other.write("en/orders/other.md", article("Other"))
    with pytest.raises(FolderRefused, match="--folder NAME"):
        other.take_in()
    other.take_in(name="others")
    assert edition("Refunds").status == Status.PUBLISHED


def test_a_folder_of_the_same_name_elsewhere_takes_no_snippet_away(folder: Folder, tmp_path: Path) -> None:
    folder.write("en/_snippets/careful.md", "Words.")
    folder.take_in()
    other = Folder(tmp_path / "elsewhere" / "docs")
    other.write("en/orders/other.md", article("Other"))
    for is_dry in (True, False):
        with pytest.raises(FolderRefused, match="--folder NAME"):
            other.take_in(is_dry=is_dry)
    assert names() == ["careful"]
    other.write("en/_snippets/careful.md", "Other words.")
    assert other.take_in().counts() == {Outcome.IMPORTED: 1, Outcome.UPDATED: 1}


def test_a_file_at_the_place_of_a_third_folder_makes_no_other_folder_this_one(folder: Folder, tmp_path: Path) -> None:
    folder.write("en/billing/refunds.md", article("Refunds"))
    folder.take_in()
    third = Folder(tmp_path / "third")
    third.write("en/orders/other.md", article("Other"))
    third.take_in()
    other = Folder(tmp_path / "elsewhere" / "docs")
    other.write("en/orders/other.md", article("Other", "Changed."))
    with pytest.raises(FolderRefused, match="--folder NAME"):
        other.take_in()
    assert edition("Refunds").status == Status.PUBLISHED


def test_a_folder_that_moved_goes_on_where_it_was(folder: Folder, tmp_path: Path) -> None:
    folder.write("en/billing/refunds.md", article("Refunds"))
    folder.write("en/billing/old.md", article("Old"))
    folder.take_in()
    folder.delete("en/billing/old.md")
    (tmp_path / "moved").mkdir()
    folder.root.rename(tmp_path / "moved" / "docs")
    report = import_folder(tmp_path / "moved" / "docs", Options())
    assert report.counts() == {Outcome.UNCHANGED: 1, Outcome.ARCHIVED: 1}


def test_a_file_of_another_folder_is_taken_over_only_when_asked(folder: Folder, tmp_path: Path) -> None:
    folder.write("en/billing/refunds.md", article("Refunds", "Old."))
    folder.take_in()
    copy = Folder(tmp_path / "copy")
    copy.write("en/billing/refunds.md", article("Refunds", "New."))
    report = copy.take_in()
    assert report.counts() == {Outcome.LEFT_OUT: 1}
    assert "--folder docs, or with --take-over" in said(report)[0]
    assert copy.take_in(takes_over=True).counts() == {Outcome.UPDATED: 1}
    assert "New." in shown("Refunds")


def test_a_folder_imported_as_another_language_is_not_mixed_up_with_itself(folder: Folder) -> None:
    folder.write("refunds.md", article("Refunds"))
    folder.take_in(layout=Layout("en", "general"))
    report = folder.take_in(layout=Layout("es", "general"))
    assert said(report) == [
        "refunds.md: was imported as en/general/refunds.md; give the folder another name with --folder to import it as es"
    ]
    assert edition("Refunds").locale == "en"


def test_a_folder_that_moves_to_another_topic_moves_its_articles(folder: Folder) -> None:
    folder.write("refunds.md", article("Refunds"))
    folder.write("cards.md", article("Cards"))
    folder.take_in(layout=Layout("en", "general"))
    Folder(folder.root.parent / "other").write("en/billing/cards.md", article("Other cards"))
    Folder(folder.root.parent / "other").take_in()
    report = folder.take_in(layout=Layout("en", "billing"))
    assert report.counts() == {Outcome.RENAMED: 1, Outcome.LEFT_OUT: 1}
    assert (
        "cards.md: can not move to en/billing/cards.md: en/billing/cards.md of the folder other stands there"
        in said(report)
    )
