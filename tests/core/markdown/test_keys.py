"""Keys between plus signs."""

from __future__ import annotations

import pytest

from helpcenter.core.markdown import render


@pytest.mark.parametrize(
    ("written", "shown"),
    [("arrow-down", "↓"), ("arrow-up", "↑"), ("arrow-left", "←"), ("arrow-right", "→"), ("up", "↑")],
)
def test_an_arrow_key_shows_what_stands_on_it_in_any_language(written: str, shown: str) -> None:
    assert f">{shown}</kbd>" in render(f"Press ++{written}++", "article").html
