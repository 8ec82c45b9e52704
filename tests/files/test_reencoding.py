from io import BytesIO

import pytest
from PIL import Image

from helpcenter.files.picture import SMALL_WIDTH, PictureRefused, Reason
from helpcenter.files.reencoding import LONGEST_SIDE, encode
from tests.files.pictures import (
    bomb,
    moving_gif,
    on_screen,
    opened,
    photograph_on_its_side,
    picture,
    profile_that_swaps_red_and_blue,
)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_every_kind_becomes_webp_of_the_same_size(kind):
    encoded = encode(picture(kind, (120, 80)), kind)
    shown = opened(encoded.data)
    assert (shown.format, shown.size) == ("WEBP", (120, 80)) == ("WEBP", (encoded.width, encoded.height))


def test_a_photograph_is_turned_upright_and_forgets_where_it_was_taken():
    encoded = encode(photograph_on_its_side(), "JPEG")
    shown = opened(encoded.data)
    assert shown.size == (20, 40)
    red, _green, blue = shown.convert("RGB").getpixel((10, 5))
    assert red > 150 > blue
    assert b"secret" not in encoded.data
    assert b"home" not in encoded.data
    assert not shown.getexif()


def test_colours_of_a_drawn_picture_stay_exact():
    assert opened(encode(picture("PNG", color=(201, 31, 61)), "PNG").data).convert("RGB").getpixel((5, 5)) == (
        201,
        31,
        61,
    )


def test_what_is_transparent_stays_transparent():
    shown = opened(encode(picture("PNG", mode="RGBA", color=(10, 20, 30, 0)), "PNG").data)
    assert shown.convert("RGBA").getpixel((5, 5))[3] == 0


def test_sixteen_bits_a_pixel_are_scaled_and_not_cut():
    shown = opened(encode(picture("PNG", mode="I;16", color=0x8000), "PNG").data)
    assert abs(shown.convert("L").getpixel((5, 5)) - 0x80) <= 1


def test_a_print_picture_in_cmyk_is_shown_in_rgb():
    assert opened(encode(picture("JPEG", mode="CMYK", color=(0, 0, 0, 0)), "JPEG").data).convert("RGB").getpixel(
        (5, 5)
    ) >= (250, 250, 250)


@pytest.mark.parametrize(("mode", "color"), [("RGB", (200, 0, 0)), ("RGBA", (200, 0, 0, 255))])
def test_colours_look_as_on_the_screen_they_were_made_for(mode, color):
    data = picture("PNG", mode=mode, color=color, icc_profile=profile_that_swaps_red_and_blue())
    encoded = encode(data, "PNG").data
    red, _green, blue = opened(encoded).convert("RGB").getpixel((5, 5))
    assert red < 20 < 150 < blue
    assert "icc_profile" not in opened(encoded).info


@pytest.mark.parametrize("profile", [b"no profile", profile_that_swaps_red_and_blue()], ids=["junk", "of a screen"])
def test_a_profile_that_does_not_fit_the_picture_changes_nothing(profile):
    data = picture("PNG", mode="L", color=128, icc_profile=profile)
    assert opened(encode(data, "PNG").data).convert("RGB").getpixel((5, 5)) == (128, 128, 128)


def test_a_drawing_as_busy_as_a_photograph_is_kept_as_one():
    kept = encode(noise("PNG"), "PNG").data
    assert kept[12:16] == b"VP8 "
    assert len(kept) < len(noise("WEBP", lossless=True))


def test_a_large_picture_is_made_smaller_and_gets_a_small_variant():
    encoded = encode(picture("JPEG", (5000, 2500)), "JPEG")
    assert opened(encoded.data).size == (LONGEST_SIDE, LONGEST_SIDE // 2)
    assert opened(encoded.small).size == (SMALL_WIDTH, SMALL_WIDTH // 2)


def test_a_picture_hardly_wider_than_the_small_variant_has_none():
    assert encode(picture("PNG", (SMALL_WIDTH + 100, 50)), "PNG").small is None


def test_a_moving_picture_still_moves_at_the_same_pace():
    shown = opened(encode(moving_gif(3), "GIF").data)
    assert (shown.format, shown.n_frames, shown.info["loop"]) == ("WEBP", 3, 0)
    shown.seek(1)
    shown.load()
    assert shown.info["duration"] == 120


def test_a_moving_picture_with_too_many_pixels_in_all_is_refused():
    with pytest.raises(PictureRefused) as refused:
        encode(on_screen(moving_gif(30), 2000, 2000), "GIF")
    assert refused.value.reason == Reason.TOO_MANY_FRAMES


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_a_damaged_picture_is_refused(kind):
    data = picture(kind, (300, 300))
    with pytest.raises(PictureRefused) as refused:
        encode(data[: len(data) // 3], kind)
    assert refused.value.reason == Reason.BROKEN


def test_only_the_decoder_of_its_kind_may_look_at_it():
    with pytest.raises(PictureRefused):
        encode(picture("BMP"), "PNG")


def test_the_decoder_refuses_a_bomb_by_itself():
    with pytest.raises(PictureRefused) as refused:
        encode(bomb(), "PNG")
    assert refused.value.reason == Reason.TOO_MANY_PIXELS


def test_a_picture_of_ours_stays_byte_for_byte_where_that_is_wanted() -> None:
    once = encode(noise("JPEG"), "JPEG").data
    assert encode(once, "WEBP", keeps_plain=True).data == once
    assert encode(once, "WEBP").data != once


def test_a_picture_with_more_than_pixels_is_encoded_anew_even_then() -> None:
    out = BytesIO()
    Image.open(BytesIO(noise("JPEG"))).save(out, "WEBP", exif=Image.Exif().tobytes() + b"a secret")
    with_more = out.getvalue()
    trailing = encode(noise("JPEG"), "JPEG").data + b"<script>"
    for data in (with_more, trailing, noise("WEBP", size=(2400, 20))):
        assert encode(data, "WEBP", keeps_plain=True).data != data


@pytest.mark.parametrize("frames", [1, 3])
def test_a_moving_picture_keeps_nothing_that_is_hidden_in_a_frame(frames: int) -> None:
    out = BytesIO()
    kept = [Image.effect_noise((60, 40), 60).convert("RGB") for _ in range(frames)]
    kept[0].save(out, "WEBP", save_all=True, append_images=kept[1:], duration=120, loop=0)
    data = with_secret_in_each_frame(out.getvalue() if frames > 1 else as_one_frame(out.getvalue()))
    assert getattr(opened(data), "n_frames", 1) == frames
    encoded = encode(data, "WEBP", keeps_plain=True)
    assert b"secret" in data
    assert b"secret" not in encoded.data
    assert getattr(opened(encoded.data), "n_frames", 1) == frames


def chunk(kind: bytes, data: bytes) -> bytes:
    return kind + len(data).to_bytes(4, "little") + data + b"\0" * (len(data) % 2)


def riff(chunks: bytes) -> bytes:
    return chunk(b"RIFF", b"WEBP" + chunks)


def as_one_frame(still: bytes) -> bytes:
    """A still picture of 60 by 40 as a moving one with a single frame."""
    size = (59).to_bytes(3, "little") + (39).to_bytes(3, "little")
    frame = bytes(6) + size + (120).to_bytes(3, "little") + b"\0" + still[12:]
    return riff(chunk(b"VP8X", b"\2\0\0\0" + size) + chunk(b"ANIM", bytes(6)) + chunk(b"ANMF", frame))


def with_secret_in_each_frame(data: bytes) -> bytes:
    chunks, at = b"", 12
    while at < len(data):
        kind, size = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        inside = data[at + 8 : at + 8 + size]
        chunks += chunk(kind, inside + chunk(b"MORE", b"a secret") if kind == b"ANMF" else inside)
        at += 8 + size + size % 2
    return riff(chunks)


def noise(kind: str, size: tuple[int, int] = (300, 200), **options: bool) -> bytes:
    """A picture that loses a little whenever it is encoded."""
    out = BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(out, kind, **options)
    return out.getvalue()
