"""Contrast of two colours."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpcenter.web.settings.contrast import contrast

COLORS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#777777", "#ffffff", 4.478),
        ("#0000ff", "#ffffff", 8.592),
    ],
)
def test_known_contrasts(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.001)


@given(COLORS, COLORS)
def test_contrast_has_no_direction_and_stays_in_its_range(one: str, other: str) -> None:
    assert contrast(one, other) == contrast(other, one)
    assert 1.0 <= contrast(one, other) <= 21.0
    assert contrast(one, one) == 1.0


@pytest.mark.parametrize("color", ["", "red", "#fff", "#gggggg", "#1234567", "123456"])
def test_another_spelling_is_no_colour(color: str) -> None:
    with pytest.raises(ValueError, match="rrggbb"):
        contrast(color, "#ffffff")
