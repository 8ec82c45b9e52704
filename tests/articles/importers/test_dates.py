"""When a text was written and last verified there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from helpcenter.articles.verification import verify
from helpcenter.core.db import begin_write, db
from tests.articles.importers.conftest import Export, editions, zendesk, zendesk_article
from tests.cast import Cast


def test_what_is_years_old_was_not_verified_today(export: Export, cast: Cast) -> None:
    zendesk(export, zendesk_article(1, "Light it"))
    export.bring_in(by=cast.id_of("ada"))
    edition = editions()["Light it"]
    assert (edition.verified_at, edition.verified_by) == (datetime(2022, 3, 4, 5, 6, 7, tzinfo=UTC), None)


def test_what_was_verified_here_since_stays_so(export: Export, cast: Cast) -> None:
    zendesk(export, zendesk_article(1, "Light it"))
    export.bring_in()
    edition = editions()["Light it"]
    begin_write()
    verify(db.session.merge(edition), by=cast.id_of("ada"))
    db.session.commit()
    export.bring_in()
    assert editions()["Light it"].verified_by == cast.id_of("ada")


@pytest.mark.parametrize("never", ["0001-01-01T00:00:00Z", "1989-12-31T00:00:00Z", "9999-12-31T23:59:59Z", 1, 1e18])
def test_a_date_that_is_none_is_not_taken(export: Export, never: object) -> None:
    zendesk(export, zendesk_article(1, "Light it", created_at=never, edited_at=never))
    export.bring_in()
    edition = editions()["Light it"]
    assert edition.published_at is not None and edition.updated_at is not None
    assert datetime.now(UTC) - edition.published_at < timedelta(minutes=5)
    assert datetime.now(UTC) - edition.updated_at < timedelta(minutes=5)
