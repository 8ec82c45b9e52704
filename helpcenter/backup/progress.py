"""How far a copy has come, for whoever watches."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""Called with the step, how much is done and how much there is."""


def no_progress(_step: str, _done: int, _total: int) -> None:
    """For whoever does not watch."""
