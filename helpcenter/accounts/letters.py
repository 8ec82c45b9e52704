"""The mails this package sends, each in the language of whoever reads it.

A letter is a template in templates/mail: its first line is the subject. Links stand on the address of the settings.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote

from flask import current_app, g, render_template
from flask_babel import force_locale

from helpcenter.accounts.openid import rules
from helpcenter.accounts.token import Purpose, make
from helpcenter.accounts.user import User
from helpcenter.core import mail, site
from helpcenter.core.locale import current as current_locale


def confirm(person: User, next_url: str = "") -> None:
    """Ask a new person whether the address is theirs."""
    _send("confirmation", person, link=_link("/confirm/", make(Purpose.CONFIRM, person), next_url))


def known_already(person: User) -> None:
    """Tell somebody who registers again that they have an account."""
    _send("known_already", person, link=f"{_site_url()}/login", reset_link=f"{_site_url()}/reset")


def reset(person: User) -> None:
    """Send the link that sets a new password."""
    _send("reset", person, link=reset_link(person))


def reset_link(person: User) -> str:
    """The link itself, for whoever hands it over in another way."""
    return _link("/reset/", make(Purpose.RESET, person))


def unknown_address(address: str) -> None:
    """Tell whoever asked for a new password that this address has no account: they may have used another one."""
    _queue("unknown_address", address, current_locale(), None, {"link": f"{_site_url()}/register"})


def password_changed(person: User) -> None:
    """Tell a person that their password is another one now."""
    _send("password_changed", person, reset_link=f"{_site_url()}/reset")


def openid_connected(person: User) -> None:
    """Tell a person that their account opens by way of the provider from now on."""
    _send("openid_connected", person, provider=rules.provider_name(), reset_link=f"{_site_url()}/reset")


def confirm_new_address(person: User) -> None:
    """Ask at the new address whether it is theirs."""
    link = _link("/preferences/email/", make(Purpose.CHANGE_EMAIL, person))
    _queue("new_address", person.new_email or "", _locale_of(person), person, {"link": link})


def address_taken(owner: User) -> None:
    """Tell whoever has the address that somebody wanted it; the page said the same as ever."""
    _send("address_taken", owner, link=f"{_site_url()}/login")


def address_changed(person: User, old_address: str) -> None:
    """Tell the old address that the account left it."""
    _queue("address_changed", old_address, _locale_of(person), person, {})


def second_step_on(person: User) -> None:
    """Tell a person that they log in with two steps from now on."""
    _send("second_step_on", person, reset_link=f"{_site_url()}/reset")


def second_step_off(person: User) -> None:
    """Tell a person that their password alone opens their account again."""
    _send("second_step_off", person, reset_link=f"{_site_url()}/reset")


def second_step_reset(person: User) -> None:
    """The same, where somebody who runs the site did it."""
    _send("second_step_reset", person, link=f"{_site_url()}/preferences/second-step")


def second_step_failed(person: User) -> None:
    """Tell a person that somebody knows their password and had no code."""
    _send("second_step_failed", person, reset_link=f"{_site_url()}/reset")


def recovery_codes_made(person: User) -> None:
    """Tell a person that their recovery codes are other ones now."""
    _send("recovery_codes_made", person, reset_link=f"{_site_url()}/reset")


def recovery_code_used(person: User, left: int, are_few: bool) -> None:
    """Tell a person that somebody came in with a recovery code, and how many are left."""
    link = f"{_site_url()}/preferences/recovery-codes"
    _send("recovery_code_used", person, left=left, are_few=are_few, link=link, reset_link=f"{_site_url()}/reset")


def _send(letter: str, person: User, **words: Any) -> None:
    _queue(letter, person.email, _locale_of(person), person, words)


def _queue(letter: str, to: str, locale: str, person: User | None, words: dict[str, Any]) -> None:
    with in_language(locale):
        text = render_template(f"mail/accounts_{letter}.txt", person=person, site=site.current(), **words)
    subject, _blank, body = text.strip().partition("\n")
    # Every asking is an event of its own: who asks twice for a link waits for two letters, of which both work.
    key = f"accounts_{letter}:{secrets.token_hex(12)}"
    about = ("user", person.id) if person else None
    mail.queue(to, subject.strip(), body.strip() + "\n", kind=f"accounts_{letter}", dedupe_key=key, about=about)


def _locale_of(person: User) -> str:
    return person.locale if person.locale in site.current().locales else current_locale()


def _link(path: str, token: str, next_url: str = "") -> str:
    query = f"?next={quote(next_url, safe='')}" if next_url else ""
    return f"{_site_url()}{path}{token}{query}"


def _site_url() -> str:
    return str(current_app.config["SETTINGS"].site_url)


@contextmanager
def in_language(code: str) -> Iterator[None]:
    """Both the translations and everything that asks core.locale speak the reader's language within the block."""
    before = g.get("locale")
    g.locale = code
    try:
        with force_locale(code):
            yield
    finally:
        g.pop("locale")
        if before is not None:
            g.locale = before
