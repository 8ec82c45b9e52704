"""How sure a share of yes votes is."""

from __future__ import annotations

from math import sqrt

Z_95 = 1.959963984540054


def interval(yes: int, total: int, z: float = Z_95) -> tuple[float, float]:
    """Both ends of the Wilson interval for a share of yes votes, each 0.0 to 1.0; 95 % for the default z.

    total 0 gives (0.0, 1.0), because nothing is known; yes < 0 or yes > total raises ValueError.
    Source: Wilson 1927, JASA 22:209.
    """
    if not 0 <= yes <= total:
        raise ValueError(f"{yes} of {total} is no share")
    if total == 0:
        return 0.0, 1.0
    share = yes / total
    weight = 1 + z * z / total
    middle = (share + z * z / (2 * total)) / weight
    half = z * sqrt(share * (1 - share) / total + z * z / (4 * total * total)) / weight
    # At the very ends rounding would leave a hair beyond them.
    low = 0.0 if yes == 0 else max(0.0, middle - half)
    high = 1.0 if yes == total else min(1.0, middle + half)
    return low, high


def lower(yes: int, total: int) -> float:
    """Lower end of the 95 % interval, 0.0 to 1.0; total 0 gives 0.0. Raises and comes from where `interval` does."""
    return interval(yes, total)[0]


def upper(yes: int, total: int) -> float:
    """Upper end of the 95 % interval, 0.0 to 1.0; total 0 gives 1.0. Raises and comes from where `interval` does."""
    return interval(yes, total)[1]
