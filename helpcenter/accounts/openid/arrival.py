"""Who somebody is here, whom the provider sends: known by its word, else by an address that both sides confirmed.

Nobody gains an account by having been there first. One that was never confirmed loses the password somebody gave it; a
confirmed one opens by its address only when the provider says in words that the address is confirmed. An account of the
team, and one whose address only the rules of this site call confirmed, opens once with its password besides.
"""

from __future__ import annotations

from helpcenter.accounts import letters, session, user
from helpcenter.accounts.openid import identity, role_mapping
from helpcenter.accounts.openid.claims import Claims
from helpcenter.accounts.openid.identity import Anothers
from helpcenter.accounts.openid.rules import Rules
from helpcenter.accounts.role import TEAM
from helpcenter.accounts.user import User
from helpcenter.core import clock

NO_PASSWORD = ""
"""It fits no password; whoever wants one has a link sent."""


class NotWelcome(ValueError):
    """They may not come in this way; the subclass says why."""


class NoAddress(NotWelcome):
    """The provider tells no address, and an account needs one."""


class AddressNotConfirmed(NotWelcome):
    """The provider does not say that the address is theirs."""


class OtherDomain(NotWelcome):
    """Only addresses of other domains come in this way."""


class NoAccount(NotWelcome):
    """Nobody here has this address, and accounts are not made this way."""


class PasswordNeeded(Exception):
    """It is the account `user_id`, once somebody shows that they know its password."""

    def __init__(self, user_id: int) -> None:
        super().__init__(user_id)
        self.user_id = user_id


def welcome(claims: Claims, rules: Rules) -> User:
    """Whoever this is, with an account from now on. After begin_write().

    Raises NotWelcome, Anothers, PasswordNeeded.
    """
    check_domain(claims, rules)
    known = identity.holder(claims)
    if known is not None:
        return known
    if not claims.email:
        raise NoAddress
    if not claims.is_confirmed:
        raise AddressNotConfirmed
    person = user.by_email(claims.email)
    if person is None:
        if not rules.creates:
            raise NoAccount
        person = user.add(claims.name, claims.email, NO_PASSWORD, is_confirmed=True, locale=claims.locale)
    elif not person.is_confirmed:
        _take_over(person, claims)
    elif person.email.lower() != claims.email.lower() or identity.of(person.id) is not None:
        # Two addresses may count as one spelling, as ß and ss do, and still be those of two people.
        raise Anothers(person.id)
    elif not claims.says_confirmed or user.roles_of([person.id])[person.id] & TEAM:
        raise PasswordNeeded(person.id)
    else:
        letters.openid_connected(person)
    identity.connect(person.id, claims)
    return person


def check_domain(claims: Claims, rules: Rules) -> None:
    """Raises OtherDomain for whoever is not among those who may come in this way."""
    # Not folded: straße.example and strasse.example belong to two people.
    domain = claims.email.rpartition("@")[2].lower()
    if rules.domains and not (claims.is_confirmed and domain in rules.domains):
        raise OtherDomain


def enter(person: User, claims: Claims, rules: Rules) -> bool:
    """What each log-in does besides the session. After begin_write(); whether their address there is a new one."""
    role_mapping.apply(person.id, role_mapping.wanted(claims, rules), rules)
    return identity.note_use(person.id, claims)


def _take_over(person: User, claims: Claims) -> None:
    """Nothing of whoever made the account stays but its roles, which admins gave to the address."""
    session.end_all(person.id)
    person.name, person.email, person.locale = claims.name, claims.email, claims.locale
    person.password_hash, person.new_email = NO_PASSWORD, None
    user.confirm(person, at=clock.now())
