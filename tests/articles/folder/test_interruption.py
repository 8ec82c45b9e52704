from __future__ import annotations

import signal
from pathlib import Path
from time import sleep

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from config import Settings
from helpcenter.articles.edition import Edition, Status
from helpcenter.articles.folder.record import FolderFile
from helpcenter.articles.folder.report import Outcome
from helpcenter.articles.publication import Publication
from helpcenter.articles.rendering import Rendering
from helpcenter.articles.revision import Revision
from helpcenter.core.db import db
from tests import another_process
from tests.articles.folder import interrupted_import
from tests.articles.folder.conftest import Folder, article, png


def count(column: object) -> int:
    return db.session.scalar(select(func.count(column))) or 0  # type: ignore[arg-type]


def import_and_be_killed(settings: Settings, folder: Folder, at_commit: int, moment: str) -> int:
    db.session.rollback()
    arguments = (str(settings.data_dir), settings.database_uri, str(folder.root), at_commit, moment)
    code = another_process.ended(another_process.begun(interrupted_import.main, *arguments))
    _wait_until_the_server_noticed()
    return code


def _wait_until_the_server_noticed() -> None:
    """On a busy machine PostgreSQL takes a moment to see that somebody is gone, and holds their lock until then."""
    held = "SELECT count(*) FROM pg_locks JOIN pg_database ON oid = database WHERE locktype = 'advisory' AND datname = "
    for _ in range(600 if db.engine.dialect.name == "postgresql" else 0):
        db.session.rollback()
        if not db.session.scalar(text(f"{held} current_database()")):
            return
        sleep(0.05)


@pytest.mark.parametrize(
    ("at_commit", "moment"), [(1, "after"), (3, "before"), (4, "after"), (6, "before"), (7, "after")]
)
def test_an_import_killed_at_any_moment_is_completed_by_starting_it_again(
    app: Flask, settings: Settings, folder: Folder, at_commit: int, moment: str
) -> None:
    for number in range(6):
        link = f"[next](page-{(number + 1) % 6}.md) ![x](x.png)"
        folder.write(f"en/billing/page-{number}.md", article(f"Page {number}", link, redirect_from=f"/old/{number}"))
    folder.write("en/billing/x.png", png())
    assert import_and_be_killed(settings, folder, at_commit, moment) == -signal.SIGKILL
    report = folder.take_in()
    assert not report.has_problems
    db.session.rollback()
    editions = db.session.scalars(select(Edition)).all()
    assert [one.status for one in editions] == [Status.PUBLISHED] * 6
    assert all(one.published_revision_id == one.latest_revision_id for one in editions)
    assert (count(Revision.id), count(Publication.id), count(FolderFile.id)) == (6, 6, 6)
    html = db.session.scalars(select(Rendering.html)).all()
    assert len([one for one in html if "/en/articles/" in one and "/files/" in one]) == 6
    assert folder.take_in().counts() == {Outcome.UNCHANGED: 6}


def test_an_interrupted_change_is_completed_too(app: Flask, settings: Settings, folder: Folder) -> None:
    for number in range(4):
        folder.write(f"en/billing/page-{number}.md", article(f"Page {number}", "Old."))
    folder.take_in()
    for number in range(3):
        folder.write(f"en/billing/page-{number}.md", article(f"Page {number}", "New."))
    folder.delete("en/billing/page-3.md")
    assert import_and_be_killed(settings, folder, 4, "before") == -signal.SIGKILL
    folder.take_in()
    db.session.rollback()
    bodies = select(Revision.body).join(Edition, Edition.published_revision_id == Revision.id)
    assert list(db.session.scalars(bodies.where(Edition.status == Status.PUBLISHED))) == ["New."] * 3
    assert count(Revision.id) == 7


def test_the_interrupted_process_was_really_at_work(
    app: Flask, settings: Settings, folder: Folder, tmp_path: Path
) -> None:
    folder.write("en/billing/page.md", article("Page"))
    assert import_and_be_killed(settings, folder, 999, "before") == 0
    assert count(Edition.id) == 1
