"""The people of the demo, each with a random password that is printed and kept beside the data."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from helpcenter.accounts import password, user
from helpcenter.accounts.role import Role
from helpcenter.core.db import begin_write, db


@dataclass(frozen=True)
class Person:
    """Somebody to sign in as."""

    name: str
    email: str
    roles: tuple[Role, ...]
    what: str


PEOPLE = (
    Person("Ada", "ada@demo.example", (Role.EDITOR, Role.ADMIN), "edits and runs the site"),
    Person("Sam", "sam@demo.example", (Role.AGENT,), "answers customers"),
    Person("Ben", "ben@demo.example", (), "asks"),
    Person("Cleo", "cleo@demo.example", (), "answers other users"),
)


def settle_in() -> dict[str, str]:
    """Make everybody; their passwords by address. Commits."""
    passwords = {person.email: secrets.token_urlsafe(9) for person in PEOPLE}
    hashes = {email: password.hashed(words) for email, words in passwords.items()}
    begin_write()
    for person in PEOPLE:
        made = user.add(person.name, person.email, hashes[person.email], is_confirmed=True)
        for role in person.roles:
            user.give_role(made.id, role, by=None)
    db.session.commit()
    return passwords
