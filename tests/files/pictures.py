"""Pictures as people upload them, drawn where they are needed."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import Any

from PIL import Image, ImageCms


def picture(kind: str = "PNG", size: tuple[int, int] = (120, 80), color: Any = (200, 30, 60), **options: Any) -> bytes:
    """A picture of one colour, encoded as `kind`."""
    out = BytesIO()
    Image.new(options.pop("mode", "RGB"), size, color).save(out, kind, **options)
    return out.getvalue()


def photograph_on_its_side() -> bytes:
    """A JPEG 40 wide and 20 high, red at the start, that its camera says to turn; with a place and a comment in it."""
    image = Image.new("RGB", (40, 20), (0, 0, 200))
    image.paste((220, 0, 0), (0, 0, 20, 20))
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = "taken at home, 52.5 N"
    out = BytesIO()
    image.save(out, "JPEG", exif=exif.tobytes(), comment=b"a secret comment", quality=95)
    return out.getvalue()


def profile_that_swaps_red_and_blue() -> bytes:
    """A colour profile of a screen whose red is the blue of others, and the other way round."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return profile.replace(b"rXYZ", b"?XYZ").replace(b"bXYZ", b"rXYZ").replace(b"?XYZ", b"bXYZ")


def moving_gif(frames: int = 3, size: tuple[int, int] = (60, 40)) -> bytes:
    """A GIF with frames of different colours, each shown for 120 ms, for ever."""
    images = [Image.new("RGB", size, (40 * index % 255, 90, 200)) for index in range(frames)]
    out = BytesIO()
    images[0].save(out, "GIF", save_all=True, append_images=images[1:], duration=120, loop=0)
    return out.getvalue()


def on_screen(gif: bytes, width: int, height: int) -> bytes:
    """The same GIF, its small frames drawn onto a screen of this size."""
    return gif[:6] + struct.pack("<HH", width, height) + gif[10:]


def bomb(width: int = 15_000, height: int = 15_000) -> bytes:
    """A valid PNG of a few kilobytes that asks for width × height pixels."""
    row = b"\0" + b"\0" * (width // 8 + 1)
    packed = zlib.compressobj(9)
    body = b"".join(packed.compress(row) for _ in range(height)) + packed.flush()
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
        + _chunk(b"IDAT", body)
        + _chunk(b"IEND", b"")
    )


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def opened(data: bytes) -> Image.Image:
    """What a browser would show."""
    return Image.open(BytesIO(data))
