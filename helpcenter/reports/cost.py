"""What the deflected conversations would have cost, as far as people said that they would have written.

Whoever had the contact form open would have written. Of others a part would have: how large it is was asked of those
who said that an article helped, and in a channel where nobody answered nothing is estimated. What is assumed or came
back counts nothing. Pure arithmetic.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from helpcenter.journeys.channel import CONTACT_SUGGESTION
from helpcenter.reports.share import Share


@dataclass(frozen=True)
class ChannelCost:
    """`answers` are those who would have written, of those asked; None in the contact form, where nobody need be asked.

    `saved` with its `low` and `high` end is money; None where it can not be estimated.
    """

    channel: str
    deflected: int
    answers: Share | None
    saved: Decimal | None
    low: Decimal | None
    high: Decimal | None


@dataclass(frozen=True)
class Cost:
    """What each channel saved."""

    channels: Sequence[ChannelCost]

    @property
    def is_estimated(self) -> bool:
        """Whether there is an estimate for any channel."""
        return any(one.saved is not None for one in self.channels)

    @property
    def is_whole(self) -> bool:
        """Whether there is one for each."""
        return all(one.saved is not None for one in self.channels)

    @property
    def is_few(self) -> bool:
        """Whether it rests on fewer answers than a percentage needs."""
        return any(one.answers is not None and one.answers.whole and one.answers.is_few for one in self.channels)

    @property
    def saved(self) -> Decimal:
        """All channels that are estimated."""
        return sum((one.saved for one in self.channels if one.saved is not None), Decimal(0))

    @property
    def interval(self) -> tuple[Decimal, Decimal]:
        """Its lowest and highest value: every channel at that end of its interval."""
        low = sum((one.low for one in self.channels if one.low is not None), Decimal(0))
        return low, sum((one.high for one in self.channels if one.high is not None), Decimal(0))


def saved(per_conversation: Decimal, deflected: Mapping[str, int], answers: Mapping[str, Share]) -> Cost:
    """The estimate for the deflected conversations of each channel, from what was answered there."""
    return Cost([_of(name, count, per_conversation, answers.get(name)) for name, count in deflected.items() if count])


def _of(name: str, count: int, per_conversation: Decimal, answers: Share | None) -> ChannelCost:
    whole = per_conversation * count
    if name == CONTACT_SUGGESTION:
        return ChannelCost(name, count, None, whole, whole, whole)
    if answers is None or not answers.whole:
        return ChannelCost(name, count, Share(0, 0), None, None, None)
    low, high = (whole * Decimal(end) for end in answers.interval)
    return ChannelCost(name, count, answers, whole * answers.part / answers.whole, low, high)


def amount(text: str) -> Decimal | None:
    """The cost of a conversation as the settings keep it; None where nobody named one."""
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    return found if found.is_finite() and found > 0 else None
