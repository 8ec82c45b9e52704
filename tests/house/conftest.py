"""What several tests of the house stand on."""

from __future__ import annotations

import pytest

from tests.cast import Cast
from tests.house.hidden_articles import Site, plant


@pytest.fixture
def planted(cast: Cast) -> Site:
    """A site with articles for everybody, for members and for the team."""
    return plant(cast)
