"""The words of a letter out of its bytes, also where it names no encoding, an unknown one, or one that it is not in.

Nothing is left out: what can not be read is a question mark in a box, so that whoever reads it knows of the gap.
"""

from __future__ import annotations

import re
from email.errors import HeaderParseError
from email.header import decode_header

from helpcenter.search.stop_words import STOP_WORDS

BROKEN = "\ufffd"
# Programs that say "Latin 1" write the quotes, dashes and the euro of Windows.
_MEANT = dict.fromkeys(("iso-8859-1", "iso8859-1", "latin1", "latin-1"), "cp1252")
# Python decodes these too, but nobody writes letters in them: words would change, or take minutes.
_NO_TEXT = frozenset({"idna", "punycode", "raw-unicode-escape", "unicode-escape"})
_LATIN, _CYRILLIC, _OLD_CYRILLIC, _ARABIC = "cp1252", "cp1251", "koi8-r", "cp1256"
_LITTLE_WORDS = frozenset(word for words in STOP_WORDS.values() for word in words)
_WORD = re.compile(r"[^\W\d_]+")
_HTML_CHARSET = re.compile(rb"""(?i)<meta[^>]+charset=["']?([\w-]+)""")


def decoded(data: bytes, named: str | None) -> str:
    """The text. `named` is the encoding that the letter says it is in."""
    name = (named or "").strip().lower()
    if re.sub("[^a-z0-9]+", "-", name) in _NO_TEXT:
        name = ""
    tried = ["utf-8", _MEANT[name]] if name in _MEANT else [name, "utf-8"]
    for how in ("strict", "replace"):
        for one in filter(None, tried):
            try:
                text = data.decode(one, how)
            except (LookupError, ValueError):
                continue
            # One sign cut in the middle does not make it another encoding.
            if how == "strict" or _is_mostly_sound(text):
                return text
    return _guessed(data)


def of_html(data: bytes, named: str | None) -> str:
    """The same for a page, which may name its encoding itself."""
    found = None if named else _HTML_CHARSET.search(data[:4096])
    own = found[1].decode("ascii").lower() if found else ""
    # What can be found in the bytes is not written in signs of two or four: so browsers read it too.
    return decoded(data, "utf-8" if own.startswith(("utf-16", "utf-32")) else own or named)


def of_header(value: str) -> str:
    """A line of the head, with what is encoded in it as it was typed."""
    try:
        parts = decode_header(value)
    except (HeaderParseError, ValueError):
        return value
    return "".join(part if isinstance(part, str) else _of_part(part, name) for part, name in parts)


def _of_part(part: bytes, name: str | None) -> str:
    if name is not None:
        return decoded(part, name)
    try:
        # So the library puts what stands between the encoded parts.
        return part.decode("raw-unicode-escape")
    except UnicodeError:
        return part.decode("latin-1")


def _is_mostly_sound(text: str) -> bool:
    return 2 * text.count(BROKEN) <= sum(sign > "\x7f" for sign in text)


def _guessed(data: bytes) -> str:
    """By the little words that every text has; without any, Cyrillic where most letters are beyond ASCII."""
    beyond = sum(byte > 0x7F for byte in data)
    is_latin = beyond <= sum(chr(byte).isalpha() for byte in data if byte <= 0x7F)
    order = (_LATIN, _CYRILLIC, _OLD_CYRILLIC, _ARABIC) if is_latin else (_CYRILLIC, _OLD_CYRILLIC, _ARABIC, _LATIN)
    return max((data.decode(one, "replace") for one in order), key=_little_words)


def _little_words(text: str) -> int:
    return sum(word.lower() in _LITTLE_WORDS for word in _WORD.findall(text[:4_000]))
