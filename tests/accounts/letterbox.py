"""What a person would find in their mail."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from sqlalchemy import select

from helpcenter.core.db import db
from helpcenter.core.mail import OutgoingMail


def letters_to(address: str) -> list[OutgoingMail]:
    """Letters to an address, the oldest first."""
    db.session.rollback()
    return list(
        db.session.scalars(select(OutgoingMail).where(OutgoingMail.to_address == address).order_by(OutgoingMail.id))
    )


def link_in(letter: OutgoingMail) -> str:
    """The first link of a letter as a path of the site."""
    found = re.search(r"https?://\S+", letter.text)
    assert found, letter.text
    parts = urlsplit(found.group())
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def newest_link(address: str) -> str:
    """The link of the last letter to an address."""
    return link_in(letters_to(address)[-1])
