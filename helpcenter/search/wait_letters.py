"""The two letters of the waiting list: is this address yours, and here is an answer. Links stand on BASE_URL."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from flask import current_app, render_template

from helpcenter.accounts.letters import in_language
from helpcenter.core import mail, site
from helpcenter.search import wait_token
from helpcenter.search.waiting import SearchWait


@dataclass(frozen=True)
class Letter:
    """A written letter to whoever waits."""

    kind: str
    subject: str
    text: str


def ask(row: SearchWait) -> None:
    """Ask whether the address is theirs. To be called in a request, after begin_write()."""
    letter = _written("wait_ask", row, link=_link(f"/search/waiting/{wait_token.make(row)}"))
    _queue(letter, row, f"search_wait_ask:{secrets.token_hex(12)}")


def answer(row: SearchWait, title: str, path: str) -> Letter:
    """The letter that tells of the answer. To be called outside of a request, before begin_write()."""
    # Templates ask for the request they are made for; here there is none.
    with current_app.test_request_context(base_url=current_app.config["SETTINGS"].site_url):
        return _written("wait_found", row, title=title, link=_link(path))


def tell(row: SearchWait, letter: Letter) -> None:
    """Send it, once. To be called after begin_write()."""
    _queue(letter, row, f"search_wait_found:{row.id}:{int(row.created_at.timestamp())}")


def _written(letter: str, row: SearchWait, **words: str) -> Letter:
    with in_language(row.locale):
        text = render_template(f"mail/search_{letter}.txt", words=row.words, site=site.current(), **words)
    subject, _blank, body = text.strip().partition("\n")
    return Letter(f"search_{letter}", subject.strip(), body.strip() + "\n")


def _queue(letter: Letter, row: SearchWait, key: str) -> None:
    about = (letter.kind, row.id)
    mail.queue(row.address, letter.subject, letter.text, kind=letter.kind, dedupe_key=key, about=about)


def _link(path: str) -> str:
    return f"{current_app.config['SETTINGS'].site_url}{path}"
