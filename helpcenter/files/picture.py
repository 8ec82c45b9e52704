"""What a picture may be and what is kept of it; why one was not taken: a reason, and a sentence for the person."""

from __future__ import annotations

from enum import StrEnum

from flask_babel import gettext as _

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


class PictureRefused(ValueError):
    """The upload is not a picture that can be kept; `reason` says why and `message` says it to a person."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = Reason(reason)

    @property
    def message(self) -> str:
        """One sentence for whoever chose the file, in their language."""
        megabytes, million = LARGEST_BYTES // 1024**2, LARGEST_PIXELS // 10**6
        return {
            Reason.NOTHING: lambda: _("Choose a picture first."),
            Reason.TOO_MANY_BYTES: lambda: _("The picture is larger than %(number)d MB. Save it smaller and try again.", number=megabytes),
            Reason.UNKNOWN_KIND: lambda: _("This is not a PNG, JPEG, WebP or GIF picture."),
            Reason.DRAWING: lambda: _("SVG drawings can carry scripts and are not taken. Export it as a PNG picture."),
            Reason.TOO_MANY_PIXELS: lambda: _("The picture has more than %(number)d million pixels. Make it smaller and try again.", number=million),
            Reason.TOO_MANY_FRAMES: lambda: _("The moving picture is too long. Cut it shorter or make it smaller."),
            Reason.BROKEN: lambda: _("The picture can not be read; the file may be damaged."),
            Reason.TOO_SLOW: lambda: _("The picture took too long to prepare. Make it smaller and try again."),
        }[self.reason]()
