from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import settings as example_settings
from hypothesis import strategies as some

from helpcenter.support.mail_in.letter import LONGEST_TEXT, Letter, read, read_head
from helpcenter.support.mail_in.robots import Robot
from tests.support.mail_in.post import TEXT, letter

NOBODY: frozenset[str] = frozenset()


def understood(raw: bytes) -> Letter:
    return read(raw, "help.example.org", NOBODY)


def test_who_wrote_what_to_whom_about_what() -> None:
    made = letter(
        sender="Бен <ben@example.org>",
        to="Help <help+c1-abc@example.org>, x@example.org",
        subject="Белая страница",
        In_Reply_To="<2@x>",
        References="<1@x> <2@x>",
    )
    found = understood(made.as_bytes())
    assert (found.sender_name, found.sender, found.subject) == ("Бен", "ben@example.org", "Белая страница")
    assert found.recipients == ("help+c1-abc@example.org", "x@example.org")
    assert found.references == ("<2@x>", "<1@x>")
    assert (found.text, found.quoted, found.robot, found.is_whole) == (TEXT, "", Robot.NONE, True)


def test_the_same_letter_has_the_same_key_whoever_delivers_it() -> None:
    made = letter(Message_ID="<one@example.org>")
    again = letter(Message_ID="<one@example.org>", Received="from elsewhere")
    assert understood(made.as_bytes()).key == understood(again.as_bytes()).key
    assert understood(letter().as_bytes()).key != understood(letter().as_bytes()).key


def test_a_letter_without_a_message_id_has_a_key_too() -> None:
    bare = letter(Message_ID=None).as_bytes()
    assert understood(bare).key == understood(bare).key
    assert understood(bare).key != understood(letter("Other words.", Message_ID=None).as_bytes()).key


def test_html_alone_is_read_as_its_words() -> None:
    html = """<html><head><title>x</title><style>p { color: red }</style></head><body>
    <p>The page is <b>white</b>_today_.</p><div>Line one<br>line two</div>
    <script>alert(1)</script><img src="http://tracker.example/x.gif">
    <div>On Mon, 3 Nov 2026 Sam &lt;help@example.org&gt; wrote:</div><blockquote><p>Press it.</p></blockquote></body></html>"""
    found = understood(letter("", html=html).as_bytes())
    assert found.text.split() == ["The", "page", "is", "white_today_.", "Line", "one", "line", "two"]
    assert "Line one\nline two" in found.text
    assert "> Press it." in found.quoted


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ('See <a href="https://shop.example/a">the bill</a>.', "See the bill <https://shop.example/a>."),
        ('<a href="https://shop.example">https://shop.example</a>', "https://shop.example"),
        ('Mail <a href="mailto:ben@example.org">ben@example.org</a>', "Mail ben@example.org"),
        ("<table><tr><th>Bill</th><th>Sum</th></tr><tr><td>7</td><td>5 €</td></tr></table>", "Bill | Sum\n7 | 5 €"),
        ("<table><tr><td><p>Hello,</p><p>it is white.</p></td></tr></table>", "Hello,\n\nit is white."),
    ],
)
def test_links_and_tables_of_html_read_as_in_plain_text(html: str, text: str) -> None:
    assert understood(letter("", html=html).as_bytes()).text == text


def test_plain_text_is_taken_before_html() -> None:
    assert understood(letter("Plain.", html="<p>Rich.</p>").as_bytes()).text == "Plain."


@pytest.mark.parametrize(("more", "end"), [(0, "z"), (1, "…")])
def test_a_text_without_end_shows_where_it_was_cut(more: int, end: str) -> None:
    found = understood(letter("z" * (LONGEST_TEXT + more)).as_bytes())
    assert len(found.text) == LONGEST_TEXT and found.text.endswith(end)


def test_files_come_along_with_their_names() -> None:
    found = understood(
        letter(files=(("снимок.png", b"\x89PNG", "image/png"), ("a.log", b"x", "text/plain"))).as_bytes()
    )
    assert [(one.name, one.media_type) for one in found.files] == [("снимок.png", "image/png"), ("a.log", "text/plain")]
    assert found.text == TEXT


@pytest.mark.parametrize("charset", ["koi8-r", "windows-1251", "iso-8859-5", "utf-16", "no-such-charset"])
def test_old_and_unknown_encodings_are_read_as_far_as_they_go(charset: str) -> None:
    known = charset if charset != "no-such-charset" else "utf-8"
    raw = f"From: ben@example.org\r\nContent-Type: text/plain; charset={charset}\r\n\r\n".encode() + "Белая".encode(
        known
    )
    found = understood(raw)
    assert found.text == "Белая" or charset == "no-such-charset"
    found.text.encode()


def test_the_head_of_a_letter_says_who_wrote_about_what() -> None:
    found = read_head(letter(subject="Huge").as_bytes(), "x", NOBODY)
    assert (found.sender, found.subject, found.text, found.is_whole) == ("ben@example.org", "Huge", "", False)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00\xff\xfe",
        b"From: \xff\xfe <\xff>\r\nSubject: =?utf-8?b?\xff?=\r\n\r\n\x00",
        b"From: a@b.c\r\nSubject: =?no-such?q?=ff?=\r\nMessage-ID: <\xff>\r\n\r\nx",
        b"Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n--a\r\n--a--",
        b"Content-Type: multipart/mixed\r\n\r\nno boundary",
        b"From: a@b.c\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!!",
        b"From: " + b"a" * 2000 + b"@example.org\r\n\r\nx",
    ],
)
def test_odd_bytes_are_read_as_far_as_they_go(raw: bytes) -> None:
    found = understood(raw)
    for text in (found.text, found.subject, found.sender, found.sender_name, found.message_id, *found.references):
        text.encode()
        assert "\x00" not in text
    assert len(found.sender) <= 320


@example_settings(max_examples=60)
@given(some.binary(max_size=300))
def test_no_bytes_make_the_reading_fail(raw: bytes) -> None:
    found = understood(b"From: a@b.c\r\n" + raw)
    assert found.sender == "a@b.c"
    assert found.text.encode().decode() == found.text and "\x00" not in found.text


def test_a_letter_of_boxes_in_boxes_still_gives_its_words() -> None:
    made = letter("", html="<div>" * 600 + "It is white." + "</div>" * 600)
    assert understood(made.as_bytes()).text == "It is white."


def test_a_letter_of_thousands_of_cells_in_cells_is_read_in_a_moment() -> None:
    made = letter("", html="<td>It is white. " * 3_000).as_bytes()
    begun = process_time()
    assert understood(made).text.count("It is white.") == 3_000
    assert process_time() - begun < 2
