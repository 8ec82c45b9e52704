from __future__ import annotations

import pytest

from helpcenter.journeys.channel import CHANNELS, of_subject
from helpcenter.journeys.constants import engaged_read_seconds
from tests.journeys.story import did


def test_the_channels_bear_the_names_of_the_definition() -> None:
    assert CHANNELS == ("help_center", "community", "workshop", "in_product", "contact_suggestion")


@pytest.mark.parametrize(
    ("subject", "channel"),
    [
        ("article:1", "help_center"),
        ("question:1", "community"),
        ("answer:1", "community"),
        ("workshop:1", "workshop"),
        ("conversation:1", None),
        (None, None),
    ],
)
def test_the_subject_says_which_channel_it_was(subject: str | None, channel: str | None) -> None:
    assert did("viewed", 0, subject).place == channel
    assert of_subject((subject or "").partition(":")[0]) == channel


@pytest.mark.parametrize(("estimated", "seconds"), [(0, 10), (33, 10), (36, 11), (100, 30), (600, 180)])
def test_reading_takes_thirty_percent_of_the_estimate_and_ten_seconds_at_least(estimated: int, seconds: int) -> None:
    assert engaged_read_seconds(estimated) == seconds
