from __future__ import annotations

from decimal import Decimal

import pytest

from helpcenter.reports import cost
from helpcenter.reports.share import Share

DEFLECTED = {"help_center": 5, "community": 2, "workshop": 1, "in_product": 1, "contact_suggestion": 1}
"""The table of worked cases: a headline of 10, one of them in the form."""
QUARTER = dict.fromkeys(("help_center", "community", "workshop", "in_product"), Share(5, 20))


def test_the_worked_figure() -> None:
    found = cost.saved(Decimal(8), DEFLECTED, QUARTER)
    assert found.saved == Decimal("26.00"), "8 × (1 + 9 × .25)"
    assert found.is_whole and not found.is_few


def test_the_interval_is_that_of_the_answers_and_in_the_form_there_is_none() -> None:
    low, high = cost.saved(Decimal(8), DEFLECTED, QUARTER).interval
    ends = Share(5, 20).interval
    assert [float(low), float(high)] == pytest.approx([8 * (1 + 9 * end) for end in ends])
    alone = cost.saved(Decimal(8), {"contact_suggestion": 3}, {})
    assert (alone.saved, *alone.interval) == (24, 24, 24)


def test_a_channel_where_nobody_answered_is_not_estimated() -> None:
    found = cost.saved(Decimal(8), DEFLECTED, {"help_center": Share(5, 20)})
    assert found.saved == 8 + 8 * 5 / Decimal(4)
    assert found.is_estimated and not found.is_whole
    assert [one.channel for one in found.channels if one.saved is None] == ["community", "workshop", "in_product"]


def test_without_any_answer_and_form_nothing_is_estimated() -> None:
    assert not cost.saved(Decimal(8), {"help_center": 5}, {}).is_estimated


def test_a_few_answers_are_told_to_be_few() -> None:
    assert cost.saved(Decimal(8), {"help_center": 5}, {"help_center": Share(1, 4)}).is_few


@pytest.mark.parametrize(("text", "amount"), [("8", 8), ("7.50", Decimal("7.5"))])
def test_the_cost_of_a_conversation_is_a_number(text: str, amount: Decimal) -> None:
    assert cost.amount(text) == amount


@pytest.mark.parametrize("text", ["", "0", "-1", "NaN", "Infinity", "much"])
def test_without_a_cost_there_is_none(text: str) -> None:
    assert cost.amount(text) is None
