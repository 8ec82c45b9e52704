"""What a provider says of a person, in the shape this site uses. Names and addresses are taken as strangers' text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from helpcenter.accounts import email_address
from helpcenter.accounts.fields import one_line
from helpcenter.accounts.openid.rules import Rules
from helpcenter.accounts.user import LONGEST_NAME
from helpcenter.core.locale import LANGUAGES

MOST_VALUES = 1_000


@dataclass(frozen=True)
class Claims:
    """`issuer` and `subject` together name a person for good. `email` and `locale` may be ''.

    `is_confirmed` says whether the address counts as theirs by the rules of the site, `says_confirmed` whether the
    provider says so in words. `groups` is None where the provider has more of them than it tells.
    """

    issuer: str
    subject: str
    email: str
    says_confirmed: bool
    is_confirmed: bool
    name: str
    locale: str
    groups: frozenset[str] | None = frozenset()


def needed(rules: Rules) -> tuple[str, ...]:
    """The claims without which the provider is asked a second time."""
    return ("email", "email_verified", "name", *([rules.claim.partition(".")[0]] if rules.claim else []))


def read(token: Mapping[str, Any], userinfo: Mapping[str, Any], rules: Rules) -> Claims:
    """What the ID token and the answer of the userinfo endpoint say together; where both speak, the token counts."""
    email, verified = _address(token, userinfo)
    # Some write the truth as a word.
    says = verified is True or (isinstance(verified, str) and verified.lower() == "true")
    said = {**userinfo, **token}
    return Claims(
        issuer=token["iss"],
        subject=token["sub"],
        email=email,
        says_confirmed=bool(email) and says,
        is_confirmed=bool(email) and (says or (verified is None and rules.trusts_addresses)),
        name=_name(said, email),
        locale=_locale(said.get("locale")),
        groups=_groups(said, rules.claim) if rules.claim else frozenset(),
    )


def _address(*sources: Mapping[str, Any]) -> tuple[str, Any]:
    """An address, and what its own source says of it: never of one what another says of another."""
    found: tuple[str, Any] = ("", None)
    for source in sources:
        given = source.get("email")
        address = email_address.normalized(given) if isinstance(given, str) else None
        if address and (not found[0] or (address == found[0] and found[1] is None)):
            found = (address, source.get("email_verified"))
    return found


def _name(said: Mapping[str, Any], email: str) -> str:
    """As people call themselves there, without what would break a line; else the part of an address before the @."""
    both = " ".join(word for part in ("given_name", "family_name") if isinstance(word := said.get(part), str))
    for given in (
        said.get("name"),
        both,
        said.get("nickname"),
        said.get("preferred_username"),
        email.partition("@")[0],
    ):
        # An address is nothing that others may read.
        text = str(one_line(given))[:LONGEST_NAME].strip() if isinstance(given, str) and "@" not in given else ""
        if text:
            return text
    return str(_("Member"))


def _locale(given: Any) -> str:
    code = given.replace("_", "-").partition("-")[0].lower() if isinstance(given, str) else ""
    return code if code in LANGUAGES else ""


def _groups(said: Mapping[str, Any], claim: str) -> frozenset[str] | None:
    """The values of a claim: a text is one, a list holds several. A dot leads into an object."""
    elsewhere = said.get("_claim_names")
    if isinstance(elsewhere, Mapping) and claim in elsewhere:
        return None
    found: Any = said
    if claim in said:
        found = said[claim]
    else:
        for part in claim.split("."):
            found = found.get(part) if isinstance(found, Mapping) else None
    values = found if isinstance(found, list) else [found]
    return frozenset(one for one in values[:MOST_VALUES] if isinstance(one, str))
