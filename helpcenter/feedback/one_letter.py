"""The one letter to an address that somebody typed and nobody confirmed: bounded, in the reader's language.

It may be the address of a person who never was here. So such a letter says where the address was given and what
became of it, never what was written; one goes for each thing, and only a few a day to an address.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import current_app, render_template

from helpcenter.accounts.letters import in_language
from helpcenter.accounts.user import email_key
from helpcenter.core import limits, mail, site
from helpcenter.core.refusals import TooMany

MOST = "3 per day"
KEPT_DAYS = 90
"""An address that no letter went to is forgotten after this."""


@dataclass(frozen=True)
class OneLetter:
    """A written letter."""

    kind: str
    to: str
    subject: str
    text: str


def may_go_to(address: str) -> bool:
    """Count a letter to an address; False where it had its share of today. To be called before begin_write()."""
    try:
        limits.spend(MOST, "one letter", email_key(address))
    except TooMany:
        return False
    return True


def write(package: str, letter: str, to: str, locale: str, path: str, **words: Any) -> OneLetter:
    """A letter of a package, from its template, with a link to a path. To be called in a request."""
    kind = f"{package}_{letter}"
    with in_language(locale):
        link = f"{current_app.config['SETTINGS'].site_url}{path}"
        text = render_template(f"mail/{kind}.txt", site=site.current(), link=link, **words)
    subject, _blank, body = text.strip().partition("\n")
    return OneLetter(kind, to, subject.strip(), body.strip() + "\n")


def send(letter: OneLetter, about_id: int) -> bool:
    """Queue it, once for each thing it is about; False where one went before. To be called after begin_write()."""
    about = (letter.kind, about_id)
    key = f"{letter.kind}:{about_id}"
    return mail.queue(letter.to, letter.subject, letter.text, kind=letter.kind, dedupe_key=key, about=about)
