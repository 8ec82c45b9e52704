"""How an answer by mail finds its conversation: a word in the address it goes to, or in the Message-ID it answers.

The word holds the number of the conversation and a proof made from its key, so nobody writes into the conversation of
somebody else by counting. It is small letters and digits alone, because some servers know no others in an address.
"""

from __future__ import annotations

import hmac
import re
from base64 import b32encode
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from itertools import islice

from flask import current_app

from helpcenter.core.db import db
from helpcenter.support.conversation import Conversation

LONGEST_LOCAL = 64
"""Characters before the @. RFC 5321, 4.5.3.1.1."""
MOST_WORDS = 100
"""Words of a letter that are looked up: an honest one has a few, a hostile head has room for many thousands."""
_WORD = re.compile(r"(?<![0-9a-z])([ct])([0-9]{1,9})-([a-z2-7]{26})(?![0-9a-z])")


class Side(StrEnum):
    """For whom the word is: the customer, or the team."""

    CUSTOMER = "c"
    TEAM = "t"


@dataclass(frozen=True)
class Found:
    """A conversation, and whose word led to it."""

    conversation: Conversation
    side: Side


def word(row: Conversation, side: Side) -> str:
    """The word of this side, for an address or a Message-ID."""
    proof = hmac.digest(row.key.encode(), f"{side}{row.id}".encode(), sha256)[:16]
    return f"{side}{row.id}-{b32encode(proof).decode().rstrip('=').lower()}"


def address(row: Conversation, side: Side) -> str:
    """Where an answer goes: the mailbox with the word; the mailbox alone where that can not be; '' without one."""
    settings = current_app.config["SETTINGS"]
    if not settings.mailbox_server:
        return ""
    local, _at, host = settings.mailbox_address.rpartition("@")
    with_word = f"{local}+{word(row, side)}"
    fits = settings.mailbox_plus and len(with_word) <= LONGEST_LOCAL
    return f"{with_word if fits else local}@{host}"


def find(recipients: Iterable[str], references: Iterable[str]) -> Found | None:
    """The conversation that a letter is about: by the addresses it went to, else by the letters it answers."""
    words = (one for text in (*recipients, *references) for one in _WORD.findall(text.casefold()))
    for side, number, proof in islice(words, MOST_WORDS):
        row = db.session.get(Conversation, int(number))
        if row is not None and hmac.compare_digest(word(row, Side(side)), f"{side}{number}-{proof}"):
            return Found(row, Side(side))
    return None
