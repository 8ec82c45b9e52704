from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from helpcenter.support.mail_in.encoding import decoded, of_header
from helpcenter.support.mail_in.letter import read

RUSSIAN = "Страница счёта не открывается, и я не знаю, что делать."
ARABIC = "صفحة الفاتورة بيضاء و لا أعرف ماذا أفعل في هذا"
GERMAN = "Die Seite ist weiß, schöne Grüße"


def body(data: bytes, kind: str = "text/plain") -> str:
    head = f"From: ben@example.org\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    return read(head.encode() + data, "help.example.org", frozenset()).text


@pytest.mark.parametrize("named", ["", "; charset=utf-8", "; charset=us-ascii", "; charset=no-such-one"])
@pytest.mark.parametrize(
    ("text", "written"),
    [
        (RUSSIAN, "windows-1251"),
        (RUSSIAN, "koi8-r"),
        (ARABIC, "windows-1256"),
        (GERMAN, "windows-1252"),
        (RUSSIAN, "utf-8"),
    ],
)
def test_a_letter_that_names_none_or_another_encoding_keeps_every_word(named: str, text: str, written: str) -> None:
    assert body(text.encode(written), f"text/plain{named}") == text


def test_a_page_may_name_its_encoding_itself() -> None:
    html = f'<html><head><meta charset="koi8-r"></head><body>{RUSSIAN}</body></html>'
    assert body(html.encode("koi8-r"), "text/html") == RUSSIAN


def test_quotes_and_the_euro_of_windows_stay_where_a_letter_says_latin() -> None:
    assert body(b"\x93It\x92s\x94 5 \x80", "text/plain; charset=iso-8859-1") == "“It’s” 5 €"


def test_one_sign_cut_in_the_middle_leaves_the_others_as_they_are() -> None:
    assert decoded("Белая страница".encode()[:-1], "utf-8") == "Белая страниц\ufffd"


def test_few_words_without_a_name_are_cyrillic_where_most_letters_are_not_latin() -> None:
    assert decoded("Белая".encode("cp1251"), None) == "Белая"
    assert decoded("Grüße".encode("cp1252"), None) == "Grüße"


@pytest.mark.parametrize("named", ["punycode", "idna", "unicode_escape", "Unicode-Escape", "raw unicode escape"])
def test_what_only_python_calls_an_encoding_changes_no_word(named: str) -> None:
    assert decoded(rb"C:\new\u0041-xn--bcher-kva", named) == r"C:\new\u0041-xn--bcher-kva"


@pytest.mark.parametrize("name", ["utf-16", "UTF-16LE", "unicode"])
def test_a_page_in_signs_of_one_byte_is_read_so_whatever_it_says(name: str) -> None:
    page = f'<meta http-equiv="Content-Type" content="text/html; charset={name}"><p>Grüße aus Köln</p>'
    assert body(page.encode(), "text/html") == "Grüße aus Köln"


def test_parts_of_a_letter_do_not_run_into_each_other() -> None:
    parts = "--a\r\nContent-Type: text/plain\r\n\r\nIt is white.\r\n--a\r\n\r\nHere too.\r\n--a--\r\n"
    assert body(parts.encode(), "multipart/mixed; boundary=a") == "It is white.\n\nHere too."


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("=?utf-8?B?0JHQtdC70LDRjw==?= =?no-such?Q?_page?=", "Белая page"),
        ("=?utf-8?Q?Gr=FC=DFe?= from Ben", "Grüße from Ben"),
        ("White page in C:\\users", "White page in C:\\users"),
        ("Белая =?utf-8?Q?page?=", "Белая page"),
        ("=?utf-8?B?x?=", "=?utf-8?B?x?="),
    ],
)
def test_a_line_of_the_head_is_read_as_far_as_it_goes(value: str, text: str) -> None:
    assert of_header(value) == text


@given(some.binary(max_size=60), some.sampled_from([None, "", "utf-8", "latin1", "hex", "undefined", "idna", "\0"]))
def test_no_bytes_and_no_name_make_the_reading_fail(data: bytes, named: str | None) -> None:
    assert isinstance(decoded(data, named), str)
