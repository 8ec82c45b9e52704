"""What a picture may be and what is kept of it; why one was not taken: a reason, and a sentence for the person."""

from __future__ import annotations

from enum import StrEnum

from flask_babel import lazy_gettext as _l

LARGEST_BYTES = 5 * 1024 * 1024
LARGEST_PIXELS = 25_000_000
LARGEST_MOVIE_PIXELS = 100_000_000
"""Of all frames of a moving picture together."""
SMALL_WIDTH = 800
"""Pixels across of the smaller variant of a wide picture."""
MEDIA_TYPE = "image/webp"
"""Of everything kept."""


class Reason(StrEnum):
    """What was wrong with it."""

    NOTHING = "nothing"
    TOO_MANY_BYTES = "too_many_bytes"
    UNKNOWN_KIND = "unknown_kind"
    DRAWING = "drawing"
    TOO_MANY_PIXELS = "too_many_pixels"
    TOO_MANY_FRAMES = "too_many_frames"
    BROKEN = "broken"
    TOO_SLOW = "too_slow"


MESSAGES = {
    Reason.NOTHING: _l("Choose a picture first."),
    Reason.TOO_MANY_BYTES: _l("The picture is larger than %(megabytes)d MB. Save it smaller and try again."),
    Reason.UNKNOWN_KIND: _l("This is not a PNG, JPEG, WebP or GIF picture."),
    Reason.DRAWING: _l("SVG drawings can carry scripts and are not accepted. Export it as a PNG picture."),
    Reason.TOO_MANY_PIXELS: _l("The picture has more than %(millions)d million pixels. Make it smaller and try again."),
    Reason.TOO_MANY_FRAMES: _l("The moving picture is too long. Cut it shorter or make it smaller."),
    Reason.BROKEN: _l("The picture cannot be read; the file may be damaged."),
    Reason.TOO_SLOW: _l("The picture took too long to prepare. Make it smaller and try again."),
}


class PictureRefused(ValueError):
    """The upload is not a picture that can be kept; `reason` says why and `message` says it to a person."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = Reason(reason)

    @property
    def message(self) -> str:
        """One sentence for whoever chose the file, in their language."""
        limits = {"megabytes": LARGEST_BYTES // 1024**2, "millions": LARGEST_PIXELS // 10**6}
        return str(MESSAGES[self.reason]) % limits
