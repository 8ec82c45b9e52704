"""What can be refused, by the word a person would use; one table in web/errors.py turns each into a page."""

from __future__ import annotations


class Refusal(Exception):
    """A rule said no. The subclass decides the status and the page."""


class NotFound(Refusal):
    """It does not exist, or this viewer may not know that it does."""


class Forbidden(Refusal):
    """The viewer may see it, and may not do this to it."""


class SignInNeeded(Refusal):
    """Nobody is signed in, and this needs somebody."""


class CrossSiteWrite(Refusal):
    """A write came from another site."""


class Gone(Refusal):
    """It was here and was taken away; `successor` is the address of what replaces it, if anything does."""

    def __init__(self, title: str = "", successor: str | None = None) -> None:
        super().__init__(title)
        self.title = title
        self.successor = successor


class MovedTo(Refusal):
    """It lives at another address now."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.url = url


class Paused(Refusal):
    """Nothing can be saved for now, though everything can be read: the site is moving to another database."""


class TooMany(Refusal):
    """A limit was reached; `retry_after` is in seconds."""

    def __init__(self, retry_after: int = 60) -> None:
        super().__init__(retry_after)
        self.retry_after = retry_after


class TooLarge(Refusal):
    """What was sent is larger than it may be."""


class Conflict(Refusal):
    """It changed meanwhile."""
