"""A part of a site in a folder of its own: what lies outside of the part is no file that was deleted."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpcenter.articles.edition import Status
from helpcenter.articles.folder.export import export_folder
from helpcenter.articles.folder.layout import Layout
from helpcenter.articles.folder.report import Outcome
from helpcenter.articles.snippets.snippet import named, said_by
from helpcenter.core.db import db
from tests.articles.folder.conftest import Folder, article, edition, shown

BILLING = Layout("en", "billing")


@pytest.fixture
def site(folder: Folder) -> Folder:
    """Two languages with two topics each, and a snippet."""
    for code in ("en", "ru"):
        folder.write(f"{code}/billing/refunds.md", article(f"Refunds {code}"))
        folder.write(f"{code}/billing/old.md", article(f"Old {code}"))
        folder.write(f"{code}/cards/cards.md", article(f"Cards {code}"))
        folder.write(f"{code}/_snippets/careful.md", f"Careful {code}.\n")
    folder.take_in()
    return folder


@pytest.fixture
def part(site: Folder, tmp_path: Path) -> Folder:
    """One topic in one language, in another directory of the same name."""
    other = Folder(tmp_path / "part" / "docs")
    other.root.mkdir(parents=True)
    export_folder(other.root, layout=BILLING)
    return other


def statuses() -> set[str]:
    return {
        f"{title} {code}"
        for title in ("Refunds", "Old", "Cards")
        for code in ("en", "ru")
        if edition(f"{title} {code}").status == Status.PUBLISHED
    }


def careful() -> dict[str, str]:
    db.session.rollback()
    snippet = named("careful")
    return said_by(snippet) if snippet else {}


def test_a_part_that_is_exported_and_imported_again_archives_nothing_of_the_rest(part: Folder) -> None:
    everything = statuses()
    part.write("refunds.md", article("Refunds en", "Changed."))
    report = part.take_in(layout=BILLING)
    assert report.of(Outcome.ARCHIVED) == report.of(Outcome.REMOVED) == []
    assert "Changed." in shown("Refunds en")
    assert statuses() == everything
    assert careful() == {"en": "Careful en.", "ru": "Careful ru."}


def test_what_is_deleted_from_the_part_is_archived_and_nothing_else(site: Folder, part: Folder) -> None:
    everything = statuses()
    part.take_in(layout=BILLING)
    part.delete("old.md")
    part.delete("_snippets/careful.md")
    report = part.take_in(layout=BILLING)
    assert (report.of(Outcome.ARCHIVED), report.of(Outcome.REMOVED)) == (["old.md"], ["_snippets/careful.md"])
    assert statuses() == everything - {"Old en"}
    assert careful() == {"ru": "Careful ru."}


def test_a_snippet_of_the_part_that_can_not_be_taken_is_no_deleted_one(part: Folder) -> None:
    part.write("_snippets/careful.md", "```\nnever closed\n")
    report = part.take_in(layout=BILLING)
    assert report.of(Outcome.LEFT_OUT) == ["_snippets/careful.md"]
    assert careful()["en"] == "Careful en."


def test_a_part_of_another_program_is_told_by_its_topic(site: Folder, tmp_path: Path) -> None:
    everything = statuses()
    foreign = Layout("en", "Billing", is_foreign=True)
    other = Folder(tmp_path / "foreign" / "docs")
    other.write("refunds.md", article("Refunds en"))
    report = other.take_in(layout=foreign)
    assert report.of(Outcome.ARCHIVED) == ["en/billing/old.md"]
    assert statuses() == everything - {"Old en"}
    assert careful() == {"en": "Careful en.", "ru": "Careful ru."}
