from __future__ import annotations

import pytest

from helpcenter.search.freshness import Freshness, freshness


@pytest.mark.parametrize(
    ("index", "database", "newest", "state"),
    [
        (0, 0, 0, Freshness.CURRENT),
        (9, 9, 0, Freshness.CURRENT),
        (9, 9, 12, Freshness.BEHIND),
        (0, 0, 3, Freshness.BEHIND),
        (12, 9, 12, Freshness.BEHIND),  # killed after the commit of the index, before that of the database
        (11, 9, 12, Freshness.BEHIND),
        (13, 9, 12, Freshness.FOREIGN),  # an older database was restored
        (9, 0, 0, Freshness.FOREIGN),  # a new database with an old index
        (5, 9, 0, Freshness.FOREIGN),  # an older index was restored
        (5, 9, 12, Freshness.FOREIGN),
    ],
)
def test_an_index_is_current_behind_or_foreign(index: int, database: int, newest: int, state: Freshness) -> None:
    assert freshness(index, database, newest) is state
