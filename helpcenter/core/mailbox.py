"""The mailbox people write to, read over IMAP by the job process. Nothing is taken away: it reads and marks as read."""

from __future__ import annotations

import imaplib
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from time import mktime
from typing import TYPE_CHECKING, Any

from config import Settings

if TYPE_CHECKING:
    from imap_tools import BaseMailBox

PATIENCE_SECONDS = 30
LARGEST_BYTES = 25 * 1024 * 1024
"""Of a larger letter only the head is read: mail servers themselves rarely let more through."""
HEAD, WHOLE = "BODY.PEEK[HEADER]", "BODY.PEEK[]"
_UID = re.compile(rb"UID (\d+)")
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")


class MailboxUnreadable(RuntimeError):
    """The server answered, and not with what was asked for."""


@dataclass(frozen=True)
class Arrived:
    """A letter in the mailbox: its number there, its size in bytes, and when the server of the mailbox took it."""

    uid: int
    bytes: int
    at: datetime

    @property
    def is_whole(self) -> bool:
        """Whether all of it may be read."""
        return self.bytes <= LARGEST_BYTES


class Mailbox:
    """An open mailbox. `validity` names the numbering of its letters: with another one every number means another."""

    def __init__(self, box: BaseMailBox, folder: str) -> None:
        self._box = box
        status = box.folder.status(folder, ["UIDVALIDITY", "UIDNEXT"])
        self.validity = int(status["UIDVALIDITY"])
        self.next_uid = int(status["UIDNEXT"])

    def after(self, uid: int) -> list[Arrived]:
        """What came after the letter of this number, the oldest first."""
        # A range that ends with * always holds the newest letter, also one that was asked for already.
        return [one for one in self._listed(f"{uid + 1}:*") if one.uid > uid]

    def since(self, day: date) -> list[Arrived]:
        """What came on this day of the server or later, the oldest first."""
        from imap_tools import AND

        uids = self._box.uids(AND(date_gte=day))
        return self._listed(",".join(uids)) if uids else []

    def raw(self, letter: Arrived) -> bytes:
        """The letter as it came; of a very large one its head. Raises MailboxUnreadable."""
        for part in self._fetched(str(letter.uid), WHOLE if letter.is_whole else HEAD):
            if isinstance(part, tuple):
                return bytes(part[1])
        raise MailboxUnreadable(f"letter {letter.uid} is no longer there")

    def mark_read(self, letter: Arrived) -> None:
        """Show people who look into the mailbox that it was taken."""
        self._box.flag(str(letter.uid), "\\Seen", True)

    def _listed(self, uids: str) -> list[Arrived]:
        found = [_arrived(part) for part in self._fetched(uids, "INTERNALDATE RFC822.SIZE")]
        return sorted((one for one in found if one), key=lambda one: one.uid)

    def _fetched(self, uids: str, what: str) -> list[Any]:
        kind, parts = self._box.client.uid("fetch", uids, f"(UID {what})")
        if kind != "OK":
            raise MailboxUnreadable(f"the server would not hand out {what}")
        return list(parts)


@contextmanager
def opened(settings: Settings) -> Iterator[Mailbox]:
    """The mailbox of the settings. Raises OSError, imaplib.IMAP4.error or imap_tools' errors when it does not open."""
    with _connected(settings) as box:
        username = settings.mailbox_username or settings.mailbox_address
        box.login(username, settings.mailbox_password, initial_folder=settings.mailbox_folder)
        yield Mailbox(box, settings.mailbox_folder)


def _connected(settings: Settings) -> BaseMailBox:
    # Web processes never read mail, so they do not carry the library.
    from imap_tools import MailBox, MailBoxStartTls, MailBoxUnencrypted

    where = {"host": settings.mailbox_server, "port": settings.mailbox_port, "timeout": PATIENCE_SECONDS}
    if settings.mailbox_security == "none":
        return MailBoxUnencrypted(**where)
    kind = MailBox if settings.mailbox_security == "tls" else MailBoxStartTls
    return kind(**where, ssl_context=ssl.create_default_context())


def _arrived(part: Any) -> Arrived | None:
    line = part[0] if isinstance(part, tuple) else part
    uid, size = _UID.search(line or b""), _SIZE.search(line or b"")
    at = imaplib.Internaldate2tuple(line) if uid and size else None
    if uid is None or size is None or at is None:
        return None
    # The library gives the parts of local time with whether summer counts, and the same clock turns them back.
    return Arrived(int(uid[1]), int(size[1]), datetime.fromtimestamp(mktime(at), UTC))
