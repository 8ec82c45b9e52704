"""What is said in a conversation: by whoever wrote to us, by us, and among us."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.core.db import Model

LONGEST_MESSAGE = 10_000


class Kind(StrEnum):
    """incoming: from the writer; reply: public, by a person of ours; note: private, among us.

    automatic: what a program answered to a letter of ours, such as a holiday notice; among us too.
    """

    INCOMING = "incoming"
    REPLY = "reply"
    NOTE = "note"
    AUTOMATIC = "automatic"


@dataclass(frozen=True)
class ByMail:
    """How a message came by mail: from which address, under which Message-ID, and what was quoted in it."""

    sender: str
    mail_id: str = ""
    quoted: str = ""


class Message(Model):
    """`text` is as it was typed. `author_id` is whoever of us wrote it, or the account of the writer, if known.

    `sender` is the address a letter came from, '' for what was written here; `mail_id` its Message-ID; `quoted` what
    its mail program added below.
    """

    __tablename__ = "message"
    __table_args__ = (Index("ix_message_conversation", "conversation_id", "id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(10))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    text: Mapped[str] = mapped_column(Text)
    sent_at: Mapped[datetime]
    sender: Mapped[str] = mapped_column(String(320), default="")
    mail_id: Mapped[str] = mapped_column(Text, default="")
    quoted: Mapped[str] = mapped_column(Text, default="")


def made(
    conversation_id: int, kind: Kind, text: str, author_id: int | None, mail: ByMail | None, at: datetime
) -> Message:
    """A message that is still to be added; `mail` is None for what was written here."""
    came = mail or ByMail("")
    return Message(
        conversation_id=conversation_id,
        kind=kind,
        author_id=author_id,
        text=text,
        sent_at=at,
        sender=came.sender,
        mail_id=came.mail_id,
        quoted=came.quoted,
    )
