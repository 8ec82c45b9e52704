from __future__ import annotations

import pytest

from helpcenter.core import shipped


@pytest.mark.parametrize("name", shipped.FOLDERS)
def test_what_ships_lies_somewhere(name: str) -> None:
    assert any(shipped.folder(name).iterdir())


@pytest.mark.parametrize("name", ["tests", "../etc", ""])
def test_nothing_else_ships(name: str) -> None:
    with pytest.raises(ValueError, match="does not ship"):
        shipped.folder(name)
