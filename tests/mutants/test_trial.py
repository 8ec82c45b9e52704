"""A rule with a defect, in a process that imports it instead of ours."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest

from helpcenter.journeys import channel
from mutants.trial import FOUND, HANGS, NOT_TESTED, SURVIVED, Trial

CHANNEL = Path(channel.__file__)
# A server of forks would be the one of the product, which other tests may have started with all its modules.
FRESH = multiprocessing.get_context("spawn")
ITS_TESTS = ("tests/journeys/test_channel.py",)


@pytest.mark.parametrize(
    ("old", "new", "tests", "outcome"),
    [
        ("", "", ITS_TESTS, SURVIVED),
        ('"in_product"', '"in_products"', ITS_TESTS, FOUND),
        ("HELP_CENTER =", "raise SystemExit\nHELP_CENTER =", ITS_TESTS, FOUND),
        ("HELP_CENTER =", "import time\ntime.sleep(600)\nHELP_CENTER =", ITS_TESTS, HANGS),
        ("", "", ("tests/journeys/test_nothing.py",), NOT_TESTED),
        ("", "", (*ITS_TESTS, "-k", "nothing"), NOT_TESTED),
    ],
)
def test_what_became_of_it_is_told(old: str, new: str, tests: tuple[str, ...], outcome: str) -> None:
    source = CHANNEL.read_text().replace(old, new, 1)
    seconds = 5.0 if outcome == HANGS else 120.0
    assert Trial(channel.__name__, CHANNEL, source, [tests], seconds).outcome(FRESH) == outcome


@pytest.mark.parametrize(
    ("first", "second", "outcome"),
    [
        ("tests/mutants/test_change.py", ITS_TESTS[0], FOUND),
        (ITS_TESTS[0], "tests/mutants/test_nothing.py", FOUND),
        ("tests/mutants/test_change.py", "tests/mutants/test_change.py", SURVIVED),
    ],
)
def test_what_one_stage_does_not_find_the_next_may(first: str, second: str, outcome: str) -> None:
    source = CHANNEL.read_text().replace('"in_product"', '"in_products"', 1)
    assert Trial(channel.__name__, CHANNEL, source, [(first,), (second,)], 120.0).outcome(FRESH) == outcome


def test_a_process_that_begins_with_the_rule_tells_nothing_of_its_defect() -> None:
    source = CHANNEL.read_text().replace('"in_product"', '"in_products"', 1)
    knowing = multiprocessing.get_context("fork")
    trial = Trial(channel.__name__, CHANNEL, source, [ITS_TESTS], 120.0)
    assert trial.outcome(knowing) == NOT_TESTED
