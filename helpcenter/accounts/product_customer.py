"""People whom the product knows as its customers, and the tokens that said so, each of which counts once."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ForeignKey, String, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.accounts import session, user
from helpcenter.accounts.product_token import LIFETIME, LONGEST_ID, Claims
from helpcenter.accounts.role import TEAM
from helpcenter.accounts.user import User
from helpcenter.core import clock
from helpcenter.core.db import Model, db, upsert
from helpcenter.core.locale import LANGUAGES

NO_PASSWORD = ""  # nosec B105  # no password at all
"""It fits no password; whoever wants one has a link sent."""


class ProductCustomer(Model):
    """`product_id` is the product's own word for the person: it stays when their address changes."""

    __tablename__ = "product_customer"
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    product_id: Mapped[str] = mapped_column(String(LONGEST_ID), unique=True)
    known_since: Mapped[datetime]


class UsedProductToken(Model):
    """Kept until it is over for certain."""

    __tablename__ = "used_product_token"
    id_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    expires_at: Mapped[datetime] = mapped_column(index=True)


class UsedBefore(ValueError):
    """A token counts once."""


class Anothers(ValueError):
    """The account with this address belongs to another customer of the product, or to an address that looks like it."""


class OfTheTeam(ValueError):
    """Whoever may do more than a customer shows it with a password: the product's secret opens no door of the team."""


def welcome(claims: Claims) -> User:
    """Whoever this is, with an account from now on. After begin_write(). Raises UsedBefore, OfTheTeam, Anothers.

    Who is known by the product's word stays who they are, whatever their address is there now. An account that somebody
    made with this address and never confirmed becomes theirs: nothing of whoever made it stays.
    """
    _use_up(claims)
    known = _known_as(claims.product_id)
    person = known or user.by_email(claims.email)
    if person is None:
        person = user.add(claims.name, claims.email, NO_PASSWORD, is_confirmed=True, locale=_locale(claims))
    elif user.roles_of([person.id])[person.id] & TEAM:
        raise OfTheTeam(person.id)
    elif not person.is_confirmed:
        session.end_all(person.id)
        person.name, person.email, person.locale = claims.name, claims.email, _locale(claims)
        person.password_hash = NO_PASSWORD
        user.confirm(person, at=clock.now())
    elif known is None and person.email.lower() != claims.email.lower():
        # Two addresses may count as one spelling, as ß and ss do, and still be those of two people.
        raise Anothers(person.id)
    if product_id_of(person.id) not in (None, claims.product_id):
        raise Anothers(person.id)
    row = upsert(ProductCustomer).values(user_id=person.id, product_id=claims.product_id, known_since=clock.now())
    db.session.execute(row.on_conflict_do_nothing())
    return person


def join_team(user_id: int) -> None:
    """Whoever may do more than a customer from now on comes in with a password. To be called after begin_write()."""
    if product_id_of(user_id) is not None:
        forget(user_id)
        session.end_all(user_id)


def known_of(user_ids: Collection[int]) -> set[int]:
    """Those of these people whom the product named."""
    return set(db.session.scalars(select(ProductCustomer.user_id).where(ProductCustomer.user_id.in_(user_ids))))


def product_id_of(user_id: int) -> str | None:
    """The product's word for somebody."""
    return db.session.scalar(select(ProductCustomer.product_id).where(ProductCustomer.user_id == user_id))


def forget(user_id: int) -> None:
    """They are nobody's customer here. To be called after begin_write()."""
    db.session.execute(delete(ProductCustomer).where(ProductCustomer.user_id == user_id))


def _known_as(product_id: str) -> User | None:
    user_id = db.session.scalar(select(ProductCustomer.user_id).where(ProductCustomer.product_id == product_id))
    return user.by_id(user_id) if user_id is not None else None


def _locale(claims: Claims) -> str:
    return claims.locale if claims.locale in LANGUAGES else ""


def _use_up(claims: Claims) -> None:
    # Kept a while longer than they hold: one that was just good may have waited for its turn to write.
    over = UsedProductToken.expires_at < clock.now() - LIFETIME
    db.session.execute(delete(UsedProductToken).where(over))
    id_hash = hashlib.sha256(claims.token_id.encode()).hexdigest()
    row = upsert(UsedProductToken).values(id_hash=id_hash, expires_at=claims.expires_at)
    if not db.session.execute(row.on_conflict_do_nothing().returning(UsedProductToken.id_hash)).first():
        raise UsedBefore(claims.token_id)
