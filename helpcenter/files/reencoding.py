"""Decode what somebody uploaded and encode it anew: what comes out was written by us and carries nothing but pixels.

Runs in the killable worker only. No web process imports this module, because it imports the decoders.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO

from PIL import Image, ImageCms, ImageOps, ImageSequence

from helpcenter.files.picture import LARGEST_MOVIE_PIXELS, LARGEST_PIXELS, SMALL_WIDTH, PictureRefused, Reason

LONGEST_SIDE = 2000
MOVING_SIDE = 1200
QUALITY = 82
_PIXELS = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH"})
"""The parts of a picture that stands still; each frame of a moving one would have parts of its own."""
MOVING_KINDS = frozenset({"GIF", "WEBP", "PNG"})


@dataclass(frozen=True)
class Encoded:
    """A picture of ours. `small` is the same at SMALL_WIDTH, or None when the picture is hardly wider."""

    data: bytes
    width: int
    height: int
    small: bytes | None


def encode(data: bytes, kind: str, *, keeps_plain: bool = False) -> Encoded:
    """The upload as WebP: upright, in sRGB, without metadata, at most LONGEST_SIDE long; a moving one still moves.

    `kind` is the only decoder allowed to look at it. With `keeps_plain` a still WebP of that size that holds nothing
    but pixels, as ours do, stays byte for byte: encoding it again would lose a little each time. Raises PictureRefused.
    """
    Image.MAX_IMAGE_PIXELS = LARGEST_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        with Image.open(BytesIO(data), formats=[kind]) as picture:
            frames = getattr(picture, "n_frames", 1) if kind in MOVING_KINDS else 1
            encoded = _moving(picture, frames) if frames > 1 else _still(picture, is_exact=_is_exact(data, kind))
            is_kept = keeps_plain and kind == "WEBP" and (encoded.width, encoded.height) == picture.size
            return replace(encoded, data=data) if is_kept and _is_plain(data) else encoded
    except PictureRefused:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise PictureRefused(Reason.TOO_MANY_PIXELS) from None
    except (OSError, ValueError, SyntaxError, IndexError, KeyError, EOFError, MemoryError, TypeError) as error:
        raise PictureRefused(Reason.BROKEN) from error


def _is_exact(data: bytes, kind: str) -> bool:
    """Whether the upload keeps every pixel as drawn, as screenshots do; then so does ours."""
    return kind in ("PNG", "GIF") or (kind == "WEBP" and data[12:16] == b"VP8L")


def _is_plain(data: bytes) -> bool:
    """Whether a WebP picture stands still and is made of pixels alone, with nothing before, between or behind."""
    if int.from_bytes(data[4:8], "little") + 8 != len(data):
        return False
    at = 12
    while at + 8 <= len(data):
        if data[at : at + 4] not in _PIXELS:
            return False
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        at += 8 + size + size % 2
    return at == len(data)


def _still(picture: Image.Image, *, is_exact: bool) -> Encoded:
    if picture.format == "JPEG":
        picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    clean = _fitted(_plain(picture), LONGEST_SIDE, LONGEST_SIDE)
    small = _fitted(clean, SMALL_WIDTH, clean.height) if clean.width > SMALL_WIDTH * 1.25 else None
    return Encoded(_webp(clean, is_exact), *clean.size, _webp(small, is_exact) if small else None)


def _plain(picture: Image.Image) -> Image.Image:
    """Its pixels alone: turned as the camera meant, colours in sRGB, RGB or RGBA."""
    profile = picture.info.get("icc_profile")
    upright = ImageOps.exif_transpose(picture)
    if upright.mode.startswith("I"):
        # Sixteen bits a pixel: converting would cut everything above 255 instead of scaling it.
        upright = upright.convert("I").point(lambda value: value / 256).convert("L")
    has_alpha = upright.has_transparency_data
    if profile and upright.mode in ("RGB", "RGBA", "CMYK", "L"):
        upright = _in_srgb(upright, profile)
    return upright.convert("RGBA" if has_alpha else "RGB")


def _in_srgb(picture: Image.Image, profile: bytes) -> Image.Image:
    mode = picture.mode if picture.mode == "RGBA" else "RGB"
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        return ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode=mode) or picture
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture


def _fitted(picture: Image.Image, width: int, height: int) -> Image.Image:
    if picture.width <= width and picture.height <= height:
        return picture
    return ImageOps.contain(picture, (width, height), Image.Resampling.LANCZOS)


def _webp(picture: Image.Image, is_exact: bool) -> bytes:
    # A scaled screenshot has soft edges everywhere, so exactness buys nothing but bytes there: the smaller one wins.
    out = BytesIO()
    picture.save(out, "WEBP", lossless=is_exact, quality=60 if is_exact else QUALITY, method=2 if is_exact else 4)
    if is_exact and out.tell() > picture.width * picture.height // 2:
        lossy = BytesIO()
        picture.save(lossy, "WEBP", quality=90, method=4)
        return min(out.getvalue(), lossy.getvalue(), key=len)
    return out.getvalue()


def _moving(picture: Image.Image, count: int) -> Encoded:
    if picture.width * picture.height * count > LARGEST_MOVIE_PIXELS:
        raise PictureRefused(Reason.TOO_MANY_FRAMES)
    durations = []

    def frames() -> Iterator[Image.Image]:
        for frame in ImageSequence.Iterator(picture):
            durations.append(int(frame.info.get("duration", 100)) or 100)
            yield _fitted(frame.convert("RGBA"), MOVING_SIDE, MOVING_SIDE)

    kept = [frame.copy() for frame in frames()]
    loop = int(picture.info.get("loop", 1) or 0)
    out = BytesIO()
    kept[0].save(
        out,
        "WEBP",
        save_all=True,
        append_images=kept[1:],
        duration=durations,
        loop=loop,
        quality=QUALITY,
        method=2,
        allow_mixed=True,
    )
    return Encoded(out.getvalue(), *kept[0].size, None)
