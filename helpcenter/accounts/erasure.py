"""Taking one's data along, and leaving: every package says what it holds of a person and forgets it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete

from helpcenter.accounts import product_customer, session, user
from helpcenter.accounts.openid import identity
from helpcenter.accounts.second_step import recovery_code, second_step
from helpcenter.accounts.user import UserRole
from helpcenter.core import clock, mail, subjects
from helpcenter.core.db import db


def export(user_id: int) -> dict[str, Any]:
    """Everything the site holds of a person, by kind; what a kind does not hold is left out."""
    held = {kind: dict(subject.export(user_id)) for kind, subject in subjects.kinds()}
    return {kind: what for kind, what in held.items() if what}


def erase(user_id: int) -> None:
    """Forget a person in every package; what they wrote stays under "former member". Raises LastAdmin.

    To be called after begin_write().
    """
    user.refuse_last_admin(user_id)
    for _kind, subject in subjects.kinds():
        subject.erase(user_id)


def export_user(user_id: int) -> Mapping[str, Any]:
    """What this package holds: the account and where it is signed in."""
    person = user.by_id(user_id)
    if person is None:
        return {}
    return {
        "name": person.name,
        "email": person.email,
        "new_email": person.new_email,
        "roles": sorted(user.roles_of([user_id])[user_id]),
        "language": person.locale,
        "time_zone": person.time_zone,
        "theme": person.theme,
        "shortcuts": person.shortcuts,
        "weekly_report": person.weekly_report,
        "second_step": _second_step(user_id),
        "product_id": product_customer.product_id_of(user_id),
        "openid": [
            {
                "issuer": one.issuer,
                "subject": one.subject,
                "email": one.email,
                "connected_at": one.connected_at.isoformat(),
                "used_at": one.used_at.isoformat(),
            }
            for one in identity.all_of(user_id)
        ],
        "created_at": person.created_at.isoformat(),
        "confirmed_at": person.confirmed_at and person.confirmed_at.isoformat(),
        "sessions": [
            {"browser": one.browser, "began_at": one.created_at.isoformat(), "seen_at": one.last_seen_at.isoformat()}
            for one in session.open_sessions(user_id)
        ],
    }


def _second_step(user_id: int) -> Mapping[str, Any] | None:
    """That there is one. Its key and the codes are secrets, and no data of the person."""
    row = second_step.of(user_id)
    if row is None:
        return None
    return {"turned_on_at": row.turned_on_at.isoformat(), "recovery_codes_left": recovery_code.left(user_id)}


def erase_user(user_id: int) -> None:
    """Empty the account. The row stays, so that what the person wrote still belongs to somebody."""
    person = user.by_id(user_id)
    if person is None:
        return
    for address in filter(None, (person.email, person.new_email)):
        mail.forget(address)
    mail.forget_name(person.name, _("former member"))
    session.end_all(user_id)
    product_customer.forget(user_id)
    identity.forget(user_id)
    second_step.forget(user_id)
    db.session.execute(delete(UserRole).where(UserRole.user_id == user_id))
    person.name = person.email = person.password_hash = person.locale = person.time_zone = ""  # nosec B105
    person.email_key = person.new_email = None
    person.theme, person.shortcuts, person.weekly_report = "auto", True, False
    person.erased_at = clock.now()
