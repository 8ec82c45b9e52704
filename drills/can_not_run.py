"""Said where a drill needs more than this machine has."""

from __future__ import annotations


class CanNotRun(RuntimeError):
    """This machine lacks what is needed; the message says what."""
