"""What a code is worth: rules that hold at every moment and for every key."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from helpcenter.accounts.second_step import code, recovery_code
from helpcenter.accounts.second_step.code import DRIFT, FAR_DRIFT, Verdict, at, digits_of, judge, step_at

KEYS = st.binary(min_size=20, max_size=20).map(
    lambda some: pyotp.TOTP(pyotp.random_base32()).secret if not some else _base32(some)
)
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))


def _base32(some: bytes) -> str:
    import base64

    return base64.b32encode(some).decode()


def test_codes_are_those_of_the_standard() -> None:
    # RFC 6238, appendix B: the secret of its tests, and the last six of its eight digits.
    key = _base32(b"12345678901234567890")
    assert [at(key, step_at(datetime.fromtimestamp(moment, UTC))) for moment in (59, 1111111109, 1234567890)] == [
        "287082",
        "081804",
        "005924",
    ]


@given(KEYS, MOMENTS, st.integers(-DRIFT, DRIFT))
def test_a_code_of_now_or_a_step_beside_it_is_right_and_counts_once(key: str, now: datetime, off: int) -> None:
    typed = at(key, step_at(now) + off)
    first = judge(key, typed, now, used=0)
    assert first.verdict is Verdict.RIGHT and first.step is not None
    again = judge(key, typed, now, used=step_at(now) + off)
    # Two steps beside each other may share a code, once in a million.
    assume(typed != at(key, step_at(now) + off + 1))
    assert again.verdict is Verdict.WRONG


@given(KEYS, MOMENTS, st.integers(DRIFT + 1, FAR_DRIFT), st.booleans())
def test_a_code_of_a_few_steps_away_tells_of_a_wrong_clock(key: str, now: datetime, off: int, is_late: bool) -> None:
    steps = -off if is_late else off
    typed = at(key, step_at(now) + steps)
    assume([at(key, step_at(now) + other) for other in range(-FAR_DRIFT, FAR_DRIFT + 1)].count(typed) == 1)
    found = judge(key, typed, now, used=0)
    assert (found.verdict, found.step) == (Verdict.SKEWED, step_at(now) + steps)
    minutes = code.minutes_off(found, now)
    assert (minutes < 0) is is_late and abs(abs(minutes) - off / 2) <= 0.5
    # Whoever waits for its time finds that it is not taken.
    later = now + timedelta(seconds=30 * off)
    assert is_late or judge(key, typed, later, used=0, refused=found.step).verdict is Verdict.WRONG


@given(KEYS, MOMENTS, st.text(max_size=30))
def test_anything_else_is_wrong(key: str, now: datetime, typed: str) -> None:
    assume(digits_of(typed) not in {at(key, step_at(now) + off) for off in range(-FAR_DRIFT, FAR_DRIFT + 1)})
    assert judge(key, typed, now, used=0) == code.Judgement(Verdict.WRONG)


@pytest.mark.parametrize(
    "typed",
    [
        "012345",
        " 012 345 ",
        "012-345",
        "٠١٢٣٤٥",
        "۰۱۲ ۳۴۵",
        "０１２３４５",
        "\u2066012345\u2069",
        "0\u00a01 2\u20093\u202f4–5",
    ],
)
def test_spaces_and_digits_of_other_scripts_are_taken(typed: str) -> None:
    assert digits_of(typed) == "012345"


@given(st.text(max_size=100))
def test_whatever_is_typed_folds_to_itself(typed: str) -> None:
    assert digits_of(digits_of(typed)) == digits_of(typed)
    assert recovery_code.folded(recovery_code.folded(typed)) == recovery_code.folded(typed)


@pytest.mark.parametrize("typed", ["0a1B-c2d1", " 0A1b c2d1 ", "oaib c2dl", "٠a١b-c٢d١"])
def test_a_recovery_code_forgives_what_people_misread(typed: str) -> None:
    assert recovery_code.folded(typed) == "0a1bc2d1"
