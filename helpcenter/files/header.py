"""What the first bytes of an upload say it is, read without any decoder: its kind and its size in pixels.

A decoder allocates what a header asks for (20 kB of PNG can ask for 857 MB), so the size is judged here first.
"""

from __future__ import annotations

from dataclasses import dataclass
from struct import error, unpack_from

from helpcenter.files.picture import LARGEST_BYTES, LARGEST_PIXELS, PictureRefused, Reason

# Start-of-frame markers of JPEG carry the size; C4, C8 and CC lie between them and mean something else.
_FRAME_MARKERS = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_BARE_MARKERS = frozenset({0x01, *range(0xD0, 0xD8)})


@dataclass(frozen=True)
class Header:
    """`kind` is the decoder's name for it: PNG, JPEG, WEBP or GIF. Width and height are in pixels."""

    kind: str
    width: int
    height: int


def checked(data: bytes) -> Header:
    """The header of a picture that may be decoded. Raises PictureRefused for anything else."""
    if not data:
        raise PictureRefused(Reason.NOTHING)
    if len(data) > LARGEST_BYTES:
        raise PictureRefused(Reason.TOO_MANY_BYTES)
    header = _read(data)
    if header.width < 1 or header.height < 1:
        raise PictureRefused(Reason.BROKEN)
    if header.width * header.height > LARGEST_PIXELS:
        raise PictureRefused(Reason.TOO_MANY_PIXELS)
    return header


def _read(data: bytes) -> Header:
    try:
        if data.startswith(b"\x89PNG\r\n\x1a\n"):
            return Header("PNG", *unpack_from(">II", data, 16))
        if data.startswith((b"GIF87a", b"GIF89a")):
            return Header("GIF", *unpack_from("<HH", data, 6))
        if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
            return Header("WEBP", *_webp_size(data))
        if data.startswith(b"\xff\xd8\xff"):
            return Header("JPEG", *_jpeg_size(data))
    except (error, IndexError):
        raise PictureRefused(Reason.BROKEN) from None
    raise PictureRefused(Reason.DRAWING if b"<svg" in data[:4096].lower() else Reason.UNKNOWN_KIND)


def _webp_size(data: bytes) -> tuple[int, int]:
    chunk = data[12:16]
    if chunk == b"VP8X":
        return (int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1)
    if chunk == b"VP8L":
        (bits,) = unpack_from("<I", data, 21)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if chunk == b"VP8 ":
        width, height = unpack_from("<HH", data, 26)
        return width & 0x3FFF, height & 0x3FFF
    raise PictureRefused(Reason.BROKEN)


def _jpeg_size(data: bytes) -> tuple[int, int]:
    at = 2
    while True:
        if data[at] != 0xFF:
            raise PictureRefused(Reason.BROKEN)
        marker = data[at + 1]
        if marker == 0xFF or marker in _BARE_MARKERS:
            at += 1 if marker == 0xFF else 2
        elif marker in _FRAME_MARKERS:
            height, width = unpack_from(">HH", data, at + 5)
            return width, height
        else:
            at += 2 + max(2, unpack_from(">H", data, at + 2)[0])
