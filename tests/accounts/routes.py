"""Who may use the routes of accounts."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import delete

from helpcenter.accounts import session, setup, token, user
from helpcenter.accounts.role import Role
from helpcenter.accounts.token import Purpose
from helpcenter.accounts.user import UserRole
from helpcenter.core.db import begin_write, db
from tests.cast import PASSWORD, Cast
from tests.house.access import Route, everyone, only, signed_in


def ben(cast: Cast) -> dict[str, Any]:
    return {"user_id": cast.id_of("ben")}


def session_of_ben(cast: Cast) -> dict[str, Any]:
    cast.browser("ben")
    return {"session_id": session.open_sessions(cast.id_of("ben"))[0].id}


def reset_of_ben(cast: Cast) -> dict[str, Any]:
    return {"secret": token.make(Purpose.RESET, user.by_id(cast.id_of("ben")))}  # type: ignore[arg-type]


def newcomer(cast: Cast) -> dict[str, Any]:
    begin_write()
    person = user.by_email("dora@example.org") or user.add("Dora", "dora@example.org", "x")
    secret = token.make(Purpose.CONFIRM, person)
    db.session.commit()
    return {"secret": secret}


def new_address_of_ben(cast: Cast) -> dict[str, Any]:
    ben_id = cast.id_of("ben")
    begin_write()
    person = user.by_id(ben_id)
    assert person is not None
    person.new_email = "new@example.org"
    db.session.commit()
    return {"secret": token.make(Purpose.CHANGE_EMAIL, person)}


def setup_link(_cast: Cast) -> dict[str, Any]:
    """It is there as long as there is no admin."""
    begin_write()
    db.session.execute(delete(UserRole).where(UserRole.role == Role.ADMIN.value))
    db.session.commit()
    return {"secret": urlsplit(setup.link() or "/none").path.split("/")[-1]}


def filled(**words: str) -> Any:
    return lambda _cast: words


# People who are signed in are sent on from the pages that sign in.
ROUTES: dict[str, Route] = {
    "registrations.new": everyone(302).but(stranger=200),
    "registrations.create": everyone(422),
    "registrations.show": everyone(),
    "confirmations.new": everyone(args=newcomer),
    "confirmations.create": everyone(422, args=newcomer),
    "sessions.new": everyone(302).but(stranger=200),
    "sessions.create": everyone(422),
    "sessions.destroy": everyone(303),
    # Without a secret of the product there is no way in from there.
    "product_sessions.new": everyone(404),
    "product_sessions.create": everyone(404),
    # Without a provider nobody comes in by way of one; what admins decide about it can be decided before.
    "openid_sessions.new": everyone(404),
    "openid_sessions.create": everyone(404),
    "openid_accounts.new": everyone(404),
    "openid_accounts.create": everyone(404),
    "openid_identities.show": signed_in(404),
    "openid_identities.create": signed_in(404),
    "openid_identities.destroy": signed_in(404),
    "openid_rules.edit": only("admin"),
    "openid_rules.update": only("admin", status=303),
    "resets.new": everyone(),
    "resets.create": everyone(422),
    "resets.show": everyone(),
    "resets.edit": everyone(args=reset_of_ben),
    "resets.update": everyone(422, args=reset_of_ben),
    "setups.new": everyone(args=setup_link),
    "setups.create": everyone(422, args=setup_link),
    "preferences.edit": signed_in(),
    "preferences.update": signed_in(303, data=filled(name="Someone", locale="", time_zone="", theme="auto")),
    "passwords.edit": signed_in(),
    "passwords.create": signed_in(303),
    "passwords.update": signed_in(303, data=filled(current=PASSWORD, password="another long password")),
    "emails.edit": signed_in(),
    "emails.update": signed_in(303, data=filled(email="new@example.org", password=PASSWORD)),
    "emails.new": everyone(args=new_address_of_ben),
    "emails.create": everyone(303, args=new_address_of_ben),
    "open_sessions.index": signed_in(),
    "open_sessions.destroy": signed_in(303, args=session_of_ben),
    "open_sessions.destroy_all": signed_in(303),
    "exports.show": signed_in(),
    "erasures.new": signed_in(),
    "erasures.show": everyone(302).but(stranger=200),
    "erasures.create": signed_in(303, data=filled(password=PASSWORD)).but(admin=422),
    "people.index": only("admin"),
    "people.edit": only("admin", args=ben),
    "people.update": only("admin", status=303, args=ben),
}
