"""What a code from an app is worth at a moment: a pure rule over RFC 6238, no database.

A step is a span of 30 seconds, counted since 1970. The code of the step before and the step after is taken too, and
each step counts once.
"""

from __future__ import annotations

import hmac
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

import pyotp

STEP_SECONDS = 30
DIGITS = 6
DRIFT = 1
"""How many steps a phone's clock, or a slow hand, may be off."""
FAR_DRIFT = 10
"""How many steps off a code is still known for one of a clock that is wrong: five minutes."""
LONGEST_TYPED = 60
_JOINERS = frozenset({"Zs", "Cf", "Pd", "Cc"})


class Verdict(Enum):
    """SKEWED: it would be right at another time. A code that was used is WRONG like any other."""

    RIGHT = "right"
    WRONG = "wrong"
    SKEWED = "skewed"


@dataclass(frozen=True)
class Judgement:
    """`step` is the one whose code was typed; for a WRONG one it is None."""

    verdict: Verdict
    step: int | None = None


def step_at(moment: datetime) -> int:
    """The step a moment lies in."""
    return int(moment.timestamp()) // STEP_SECONDS


def digits_of(typed: str) -> str:
    """What was typed without spaces and hyphens, its digits as 0 to 9 in whatever script they were typed."""
    signs = (sign for sign in typed if unicodedata.category(sign) not in _JOINERS)
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in signs)


def at(key: str, step: int) -> str:
    """The code of a step."""
    return pyotp.TOTP(key, digits=DIGITS, interval=STEP_SECONDS).generate_otp(step)


def judge(key: str, typed: str, now: datetime, *, used: int, refused: int | None = None) -> Judgement:
    """What a typed code is worth. `used` is the last step that let somebody in, and nothing up to it counts again.

    `refused` is a step that is no more taken: whoever was told that a code belongs to a later minute could wait for it.
    """
    asked, here = digits_of(typed[:LONGEST_TYPED]), step_at(now)
    near = _matching(key, asked, range(here - DRIFT, here + DRIFT + 1))
    free = [step for step in near if step > used and step != refused]
    if free:
        return Judgement(Verdict.RIGHT, free[0])
    far = _matching(key, asked, (here + off for off in range(-FAR_DRIFT, FAR_DRIFT + 1) if abs(off) > DRIFT))
    if far and not near:
        # Of two that fit, the later one is what somebody could wait for.
        return Judgement(Verdict.SKEWED, far[-1])
    return Judgement(Verdict.WRONG)


def minutes_off(judgement: Judgement, now: datetime) -> int:
    """How far the clock of a SKEWED code seems to be off, in whole minutes, at least one; below zero it is behind."""
    steps = (judgement.step or 0) - step_at(now)
    minutes = max(1, round(abs(steps) * timedelta(seconds=STEP_SECONDS) / timedelta(minutes=1)))
    return minutes if steps > 0 else -minutes


def _matching(key: str, asked: str, steps: Iterable[int]) -> list[int]:
    """Those of the steps whose code it is. Each is compared, so that time does not tell which."""
    return [step for step in steps if hmac.compare_digest(at(key, step).encode(), asked.encode())]
