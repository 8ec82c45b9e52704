import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpcenter.files import header
from helpcenter.files.picture import LARGEST_BYTES, PictureRefused, Reason
from tests.files.pictures import bomb, moving_gif, photograph_on_its_side, picture


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
@pytest.mark.parametrize("size", [(1, 1), (120, 80), (3, 2000)])
def test_kind_and_size_are_read_as_the_encoder_wrote_them(kind, size):
    assert header.checked(picture(kind, size)) == header.Header(kind, *size)


def test_every_form_of_webp_is_read():
    for options in ({"lossless": True}, {"quality": 50}, {"mode": "RGBA", "color": (1, 2, 3, 9)}):
        assert header.checked(picture("WEBP", (321, 123), **options)) == header.Header("WEBP", 321, 123)


def test_a_jpeg_with_segments_before_its_frame_is_read():
    assert header.checked(photograph_on_its_side()) == header.Header("JPEG", 40, 20)


def test_a_jpeg_with_fill_bytes_and_bare_markers_before_its_frame_is_read():
    data = picture("JPEG")
    assert header.checked(data[:2] + b"\xff\xff\xff\x01\xff\xd0" + data[2:]) == header.Header("JPEG", 120, 80)


def test_a_moving_gif_has_the_size_of_its_screen():
    assert header.checked(moving_gif(size=(60, 40))) == header.Header("GIF", 60, 40)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", Reason.NOTHING),
        (b"hello", Reason.UNKNOWN_KIND),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", Reason.DRAWING),
        (b"<?xml version='1.0'?>\n<!-- a drawing --><SVG onload='alert(1)'/>", Reason.DRAWING),
        (b"%PDF-1.7", Reason.UNKNOWN_KIND),
        (b"BM" + b"\0" * 60, Reason.UNKNOWN_KIND),
        (b"\x89PNG\r\n\x1a\n", Reason.BROKEN),
        (b"\xff\xd8\xff\xe0\0\x04ab", Reason.BROKEN),
        (b"\xff\xd8\xff\xe0\0\x02junk", Reason.BROKEN),
        (b"RIFF\0\0\0\0WEBPJUNK", Reason.BROKEN),
        (picture("PNG")[:16] + b"\0\0\0\0\0\0\0\x09" + b"\0" * 9, Reason.BROKEN),
        (picture("PNG") + b"\0" * LARGEST_BYTES, Reason.TOO_MANY_BYTES),
    ],
)
def test_anything_else_is_refused_with_its_reason(data, reason):
    with pytest.raises(PictureRefused) as refused:
        header.checked(data)
    assert refused.value.reason == reason


def test_a_small_file_that_asks_for_too_many_pixels_is_refused_before_any_decoder_sees_it():
    data = bomb()
    assert len(data) < 100_000
    with pytest.raises(PictureRefused) as refused:
        header.checked(data)
    assert refused.value.reason == Reason.TOO_MANY_PIXELS


MAGIC = st.sampled_from(
    [
        b"",
        b"\x89PNG\r\n\x1a\n",
        b"GIF89a",
        b"RIFF1234WEBPVP8X",
        b"RIFF1234WEBPVP8 ",
        b"RIFF1234WEBPVP8L",
        b"\xff\xd8\xff",
    ]
)


@given(MAGIC, st.binary(max_size=200))
def test_no_bytes_whatever_make_it_fail_otherwise(start, rest):
    try:
        found = header.checked(start + rest)
    except PictureRefused:
        return
    assert 0 < found.width * found.height <= 25_000_000
