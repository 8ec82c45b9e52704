"""What a copy can not be made from, or brought into."""

from __future__ import annotations


class Refused(Exception):
    """It can not be done, and nothing was changed; the message is one clear line without a password in it."""
