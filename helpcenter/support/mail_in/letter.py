"""A letter as it came over the wire, and what can be understood of it.

Strangers choose every byte, so `read` runs in a process that can be killed (core.worker).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from email.utils import getaddresses
from hashlib import sha256
from typing import Any

from helpcenter.core.typed_text import without_controls
from helpcenter.support.mail_in import encoding, quotes, report
from helpcenter.support.mail_in.robots import Robot, robot

LONGEST_TEXT = 100_000
LONGEST_ADDRESS = 320
LONGEST_ID = 998
"""Characters of a line of a letter. RFC 5322, 2.1.1."""
MOST_REFERENCES = 30
MOST_FILES = 20
_ID = re.compile(r"<[^<>\s]+>")
_GOES_TO = ("delivered-to", "x-original-to", "envelope-to", "to", "cc")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Part:
    """A file that came with a letter."""

    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True)
class Letter:
    """`key` is the same for the same letter, however often it comes. `references` begin with what it answers.

    `text` is what is new, `quoted` what their mail program added. `answers_to` is where they want an answer. Only the
    head could be read of a letter that is not `is_whole`. `is_undelivered`: a mail server says that it gave up on one
    of ours.
    """

    key: str
    message_id: str
    sender: str
    sender_name: str
    subject: str
    text: str
    quoted: str
    robot: Robot
    answers_to: str = ""
    is_whole: bool = True
    is_undelivered: bool = False
    recipients: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    files: tuple[Part, ...] = field(default=())


def read_head(raw: bytes, ours: str, own_addresses: frozenset[str]) -> Letter:
    """Who wrote and about what, of a letter whose body is too large or can not be read."""
    head = re.split(rb"\r?\n\r?\n", raw, maxsplit=1)[0] + b"\r\n\r\n"
    return replace(read(head, ours, own_addresses), is_whole=False)


def read(raw: bytes, ours: str, own_addresses: frozenset[str]) -> Letter:
    """What the letter says. `ours` and `own_addresses` as robots.robot takes them."""
    from imap_tools import MailMessage

    message = MailMessage.from_bytes(raw)
    headers = {name: _clean(str(values[0])) for name, values in message.headers.items()}
    sender_name, sender = _first_address(headers.get("from", ""))
    subject = _line(encoding.of_header(headers.get("subject", "")))
    text = _clean(_body(message)).strip()
    new, quoted = quotes.split(text if len(text) <= LONGEST_TEXT else f"{text[: LONGEST_TEXT - 1]}…")
    kind = message.obj.get_content_type()
    ids = _ids(headers.get("message-id", ""))
    return Letter(
        key=_key(ids, headers.get("date", ""), raw),
        message_id=ids[-1] if ids else "",
        sender=sender,
        sender_name=_line(sender_name),
        subject=subject,
        text=new,
        quoted=quoted,
        robot=robot({**headers, "subject": subject}, sender, kind, ours, own_addresses),
        answers_to=_first_address(headers.get("reply-to", ""))[1] or sender,
        recipients=_recipients(message.headers),
        references=(*_references(headers), *_ids(report.returned(message.obj))),
        is_undelivered=report.has_failed(message.obj),
        files=tuple(_files(message)),
    )


def _key(ids: list[str], date: str, raw: bytes) -> str:
    # With its date: some programs give every letter the same Message-ID.
    return sha256(f"{ids[-1]}\n{date.strip()}".encode() if ids else raw).hexdigest()


def _body(message: Any) -> str:
    plain = "\n\n".join(encoding.decoded(*one) for one in _parts(message, "text/plain", "text/"))
    if plain.strip():
        return plain
    html = "".join(encoding.of_html(*one) for one in _parts(message, "text/html"))
    # Only for letters without a plain text: the library is large.
    from helpcenter.support.mail_in.html_text import text_of

    return text_of(html) if html else ""


def _parts(message: Any, *kinds: str) -> list[tuple[bytes, str | None]]:
    """What is to be read, each with the encoding it names; what has a name is a file."""
    return [
        (part.get_payload(decode=True) or b"", part.get_content_charset())
        for part in message.obj.walk()
        if part.get_content_type() in kinds and not part.is_multipart() and not part.get_filename()
    ]


def _recipients(headers: Any) -> tuple[str, ...]:
    values = [_clean(str(value)) for name in _GOES_TO for value in headers.get(name, ())]
    return tuple(address.casefold() for _name, address in getaddresses(values) if address)


def _references(headers: dict[str, str]) -> tuple[str, ...]:
    answered, before = _ids(headers.get("in-reply-to", "")), _ids(headers.get("references", ""))
    return tuple(dict.fromkeys([*answered, *reversed(before)]))[:MOST_REFERENCES]


def _ids(value: str) -> list[str]:
    return [one for one in _ID.findall(_clean(value)) if len(one) <= LONGEST_ID]


def _first_address(value: str) -> tuple[str, str]:
    found = [(name, address) for name, address in getaddresses([value]) if "@" in address]
    name, address = found[0] if found else ("", "")
    return encoding.of_header(name), _clean(address)[:LONGEST_ADDRESS]


def _line(value: str) -> str:
    return _SPACE.sub(" ", _clean(value)).strip()


def _clean(value: str) -> str:
    """Without signs that no keyboard makes. Bare bytes in a head are UTF-8 or become question marks."""
    try:
        data = value.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        data = value.encode("utf-8", "replace")
    plain: str = without_controls(data.decode("utf-8", "replace"))
    return plain


def _files(message: Any) -> list[Part]:
    return [
        Part(_line(one.filename) or one.content_type.replace("/", "."), one.content_type, one.payload)
        for one in message.attachments[:MOST_FILES]
    ]
