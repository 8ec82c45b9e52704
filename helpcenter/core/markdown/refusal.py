"""Why a text is refused."""

from enum import StrEnum


class Reason(StrEnum):
    """The ways a text can be too much."""

    TOO_LONG = "too_long"
    TOO_TANGLED = "too_tangled"
    TOO_SLOW = "too_slow"
    TOO_LARGE = "too_large"
    UNREADABLE = "unreadable"


MESSAGES = {
    Reason.TOO_LONG: "This text is too long. It can have at most %(limit)d KB; please shorten or split it.",
    Reason.TOO_TANGLED: "This text is nested too deeply or repeats a sign too often. Please simplify it.",
    Reason.TOO_SLOW: "This text takes too long to prepare. Please simplify or split it.",
    Reason.TOO_LARGE: "This text becomes too large as a page. Please shorten or split it.",
    Reason.UNREADABLE: "This text cannot be prepared for reading. Please simplify it.",
}
"""In English, with `limit` in KB (1,024 bytes): what a translation is looked up by."""


class MarkdownRefused(ValueError):
    """A text that will not be rendered. `reason` says why; its text is fit for a form, in English.

    `limit` is the most the text may have, in KB, where the reason is its length.
    """

    def __init__(self, reason: Reason, limit: int = 0) -> None:
        super().__init__(reason, limit)
        self.reason = Reason(reason)
        self.limit = limit

    def __str__(self) -> str:
        return MESSAGES[self.reason] % {"limit": self.limit}
