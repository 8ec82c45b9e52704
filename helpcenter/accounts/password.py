"""Passwords: how they are kept, compared and refused.

Argon2id with 19 MiB, two passes and one lane: the smallest cost that the OWASP password storage sheet still advises.
The library's own default takes 64 MiB and half a second on a small machine, so a few sign-ins at once would stop it.
Hash before begin_write(): nothing slow belongs under the write lock.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from threading import BoundedSemaphore
from urllib.parse import urlsplit

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import current_app
from flask_babel import gettext as _
from flask_babel import ngettext

from helpcenter.accounts import leaked_passwords
from helpcenter.core import site

SHORTEST = 10
LONGEST = 128
HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
# With one for each thread of a process, strangers who log in all at once would make it take more than a gigabyte.
AT_ONCE = 4
_places = BoundedSemaphore(AT_ONCE)
_COST = f"m={HASHER.memory_cost},t={HASHER.time_cost},p={HASHER.parallelism}"
_OF_NOBODY = f"$argon2id$v=19${_COST}${'A' * 22}${'A' * 43}"
"""A hash of no password that is compared like any other. To make one would take its time, once in each process."""


def hashed(password: str) -> str:
    """The hash to keep; about 50 ms."""
    with _places:
        return HASHER.hash(password)


def matches(password: str, kept: str | None) -> bool:
    """Whether it is the password. Without a kept hash it answers no after the same work, so that time tells nothing."""
    try:
        with _places:
            return HASHER.verify(kept or _OF_NOBODY, password) and bool(kept)
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(kept: str) -> bool:
    """Whether the hash was made at another cost than today's."""
    return HASHER.check_needs_rehash(kept)


def objection(password: str, *others: str) -> str | None:
    """Why the password is refused, in the reader's language; None when it will do. `others` are their own words."""
    if len(password) < SHORTEST:
        return str(ngettext("Use at least %(num)d character.", "Use at least %(num)d characters.", SHORTEST))
    if len(password) > LONGEST:
        return str(ngettext("Use at most %(num)d character.", "Use at most %(num)d characters.", LONGEST))
    folded = password.strip().casefold()
    if folded in {other.strip().casefold() for other in others}:
        return str(_("Your name and address are easy to guess. Choose something else."))
    kernel = _kernel(folded)
    if {folded, kernel} & common() or len(set(folded)) < 3 or kernel in common_words() or kernel in _words_of_site():
        return str(_("This password is one of the first anyone would try. Choose something else."))
    if leaked_passwords.are_known(current_app.config["SETTINGS"].leaked_passwords, password):
        return str(_("This password leaked from another site, so others know it. Choose something else."))
    return None


@cache
def common() -> frozenset[str]:
    """Passwords of ten characters and more that people choose again and again, in lower case."""
    return _lines("common_passwords.txt")


@cache
def common_words() -> frozenset[str]:
    """Words that no digits and signs around them make a password of, in lower case."""
    return _lines("common_words.txt")


def _words_of_site() -> frozenset[str]:
    """What the site is called, and the parts of its address: whoever guesses at an account here tries them first."""
    host = urlsplit(current_app.config["SETTINGS"].site_url).hostname or ""
    return frozenset({_kernel(site.current().name.casefold()), *map(_kernel, host.split("."))} - {""})


def _kernel(folded: str) -> str:
    """What is left of a password without blanks, and without digits and signs around the rest; a word said twice, once.

    '' for digits and signs alone.
    """
    letters = "".join(folded.split())
    places = [at for at, letter in enumerate(letters) if letter.isalpha()]
    core = letters[places[0] : places[-1] + 1] if places else ""
    half = len(core) // 2
    return core[:half] if half and core == core[:half] * 2 else core


def _lines(name: str) -> frozenset[str]:
    lines = (Path(__file__).parent / name).read_text(encoding="utf-8").split("\n")
    return frozenset(line for line in lines if line and not line.startswith("#"))
