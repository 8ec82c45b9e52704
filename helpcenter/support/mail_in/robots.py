"""Which letters no person wrote: holiday notices, bounces, newsletters, and our own that come back."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Robot(StrEnum):
    """Why no person is behind a letter; NONE where one may be."""

    NONE = ""
    OWN = "own"
    BOUNCE = "bounce"
    REPLY = "reply"
    BULK = "bulk"


_SENDERS = ("mailer-daemon", "postmaster", "mail-daemon")
_NO_REPLY = ("no-reply", "noreply", "do-not-reply", "donotreply")
# RFC 3834, 5 gives Auto-Submitted; the others are what programs sent before it and beside it.
_ANSWERS = ("x-autoreply", "x-autorespond", "x-autoresponse", "x-auto-reply-from", "x-ms-exchange-inbox-rules-loop")
_SUBJECTS = (
    *("automatic reply", "auto-reply", "autoreply", "out of office", "out of the office"),
    *("respuesta automática", "fuera de la oficina"),
    *("автоответ", "автоматический ответ", "нет на месте"),
    *("رد تلقائي", "رد آلي", "خارج المكتب"),
)


def robot(headers: Mapping[str, str], sender: str, kind: str, ours: str, own_addresses: frozenset[str]) -> Robot:
    """What wrote a letter. Headers by their names in small letters; `kind` is its media type.

    `ours` is what our own letters carry in X-Loop, `own_addresses` those that we write from.
    """
    name = sender.partition("@")[0].casefold()
    if ours in _words(headers.get("x-loop", "")) or sender.casefold() in own_addresses:
        return Robot.OWN
    if kind == "multipart/report" or name in _SENDERS or headers.get("return-path", "").strip() == "<>":
        return Robot.BOUNCE if kind == "multipart/report" or name in _SENDERS else Robot.REPLY
    submitted = headers.get("auto-submitted", "no").partition(";")[0].strip().casefold()
    if submitted not in ("no", "") or any(one in headers for one in _ANSWERS):
        return Robot.REPLY
    precedence = headers.get("precedence", "").strip().casefold()
    if precedence == "auto_reply" or headers.get("subject", "").strip().casefold().startswith(_SUBJECTS):
        return Robot.REPLY
    # Not "list", and no other sign of a list: where a group's address leads to us, every customer's letter has them.
    if precedence in ("bulk", "junk") or name in _NO_REPLY:
        return Robot.BULK
    return Robot.NONE


def _words(value: str) -> list[str]:
    return value.replace(",", " ").split()
