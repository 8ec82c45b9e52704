from __future__ import annotations

import signal

import pytest
from flask import Flask
from sqlalchemy import func, select

from config import Settings
from helpcenter.articles.edition import Edition, Status
from helpcenter.articles.folder.report import Outcome
from helpcenter.articles.importers.imported_article import ImportedArticle
from helpcenter.articles.publication import Publication
from helpcenter.articles.rendering import Rendering
from helpcenter.articles.revision import Revision
from helpcenter.core.db import db
from helpcenter.topics.topic import Topic
from tests import another_process
from tests.articles.importers import interrupted_import
from tests.articles.importers.conftest import Export, zendesk, zendesk_article
from tests.articles.importers.test_importing import png

# What one transaction leaves of an import is for tests/articles/folder/test_interruption.py to say of each database.
pytestmark = pytest.mark.alike


def bring_in_and_be_killed(settings: Settings, export: Export, at_commit: int, moment: str) -> int:
    db.session.rollback()
    arguments = (str(settings.data_dir), settings.database_uri, str(export.root), at_commit, moment)
    return another_process.ended(another_process.begun(interrupted_import.main, *arguments))


@pytest.mark.parametrize(
    ("at_commit", "moment"), [(1, "after"), (2, "before"), (4, "after"), (5, "before"), (7, "after"), (9, "before")]
)
def test_a_run_that_was_killed_at_any_moment_is_completed_by_starting_it_again(
    app: Flask, settings: Settings, export: Export, at_commit: int, moment: str
) -> None:
    export.write("x.png", png())
    articles = [
        zendesk_article(
            number,
            f"Page {number}",
            f'<p><a href="/hc/en-us/articles/{(number + 1) % 6 + 1}">next</a> <img src="/a/x.png" alt="x"></p>',
            vote_count=4,
            vote_sum=2,
            draft=number == 6,
        )
        for number in range(1, 7)
    ]
    zendesk(export, *articles)
    assert bring_in_and_be_killed(settings, export, at_commit, moment) == -signal.SIGKILL
    assert not export.bring_in().has_problems
    db.session.rollback()
    statuses = sorted(db.session.scalars(select(Edition.status)))
    assert statuses == [Status.DRAFT, *[Status.PUBLISHED] * 5]
    counted = [db.session.scalar(select(func.count()).select_from(one)) for one in (Revision, Publication, Topic)]
    assert counted == [6, 5, 2]
    assert {(one.yes, one.no) for one in db.session.scalars(select(ImportedArticle))} == {(3, 1)}
    html = db.session.scalars(select(Rendering.html)).all()
    assert len([one for one in html if "/en/articles/" in one and "/files/" in one]) == 5
    assert all(one.year == 2022 for one in db.session.scalars(select(Edition.updated_at)) if one)
    assert export.bring_in().counts() == {Outcome.UNCHANGED: 6}
