"""What a mail server reports of a letter of ours: that it was not delivered, and which one. RFC 3464, RFC 6522."""

from __future__ import annotations

from email.message import Message
from email.parser import HeaderParser

KIND = "multipart/report"


def has_failed(message: Message) -> bool:
    """Whether it says that a letter was given up; one that is only late, or was read, was not."""
    return any(
        str(block.get("action", "")).strip().casefold() == "failed"
        for part in message.walk()
        if part.get_content_type() == "message/delivery-status" and isinstance(blocks := part.get_payload(), list)
        for block in blocks
        if isinstance(block, Message)
    )


def returned(message: Message) -> str:
    """The Message-ID of the letter it is about, as its head comes along; '' for anything that is no report."""
    if message.get_content_type() != KIND:
        return ""
    for part in message.walk():
        if part.get_content_type() == "text/rfc822-headers":
            head = part.get_payload(decode=True)
            text = head.decode("utf-8", "replace") if isinstance(head, bytes) else ""
            return str(HeaderParser().parsestr(text).get("message-id", ""))
        inner = part.get_payload() if part.get_content_type() == "message/rfc822" else None
        if isinstance(inner, list) and inner and isinstance(inner[0], Message):
            return str(inner[0].get("message-id", ""))
    return ""
