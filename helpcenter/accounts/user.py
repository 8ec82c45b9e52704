"""A person with an account: the row, how it is found, and the roles it holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Select, String, delete, false, select, true
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.accounts.role import Role
from helpcenter.core import clock, journal
from helpcenter.core.db import Model, db, is_writing, upsert

LONGEST_NAME = 80
LONGEST_EMAIL = 254
UNCONFIRMED_LIFETIME = timedelta(days=30)
THEMES = ("auto", "light", "dark")
GIVEN_ROLES = tuple(role for role in Role if role is not Role.MEMBER)


class User(Model):
    """A person. `email` is as typed, `email_key` as compared; both are empty once the person is erased.

    `new_email` waits for its confirmation. `locale`, `time_zone` and `theme` are preferences; '' follows the site.
    """

    __tablename__ = "user"
    __table_args__ = (CheckConstraint("theme IN ('auto', 'light', 'dark')", name="theme"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    email: Mapped[str] = mapped_column(String(LONGEST_EMAIL))
    email_key: Mapped[str | None] = mapped_column(String(LONGEST_EMAIL), unique=True)
    new_email: Mapped[str | None] = mapped_column(String(LONGEST_EMAIL))
    password_hash: Mapped[str] = mapped_column(String(255))
    locale: Mapped[str] = mapped_column(String(8), default="", server_default="")
    time_zone: Mapped[str] = mapped_column(String(64), default="", server_default="")
    theme: Mapped[str] = mapped_column(String(8), default="auto", server_default="auto")
    shortcuts: Mapped[bool] = mapped_column(Boolean(), default=True, server_default=true())
    weekly_report: Mapped[bool] = mapped_column(Boolean(), default=False, server_default=false())
    created_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]

    @property
    def shown_name(self) -> str:
        """The name that stands beside what this person wrote."""
        return _("former member") if self.erased_at else self.name

    @property
    def is_confirmed(self) -> bool:
        """Whether the address was shown to be theirs."""
        return self.confirmed_at is not None


class UserRole(Model):
    """A role that was given, with who gave it and when. Every account is a member without a row."""

    __tablename__ = "user_role"
    __table_args__ = (CheckConstraint("role IN ('partner', 'editor', 'agent', 'moderator', 'admin')", name="role"),)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[str] = mapped_column(String(16), primary_key=True)
    given_at: Mapped[datetime]
    given_by: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))


def email_key(email: str) -> str:
    """What two spellings of one address have in common."""
    return email.strip().casefold()


def by_email(email: str) -> User | None:
    """Whoever has the address, in any spelling of its letters; locked like `by_id`."""
    found = select(User).where(User.email_key == email_key(email))
    if is_writing(db.session()):
        found = found.with_for_update().execution_options(populate_existing=True)
    return db.session.execute(found).scalar_one_or_none()


def by_id(user_id: int) -> User | None:
    """A person who was not erased; inside a writing transaction the row stays locked until the commit."""
    found = select(User).where(User.id == user_id, User.erased_at.is_(None))
    if is_writing(db.session()):
        found = found.with_for_update().execution_options(populate_existing=True)
    return db.session.execute(found).scalar_one_or_none()


def add(name: str, email: str, password_hash: str, *, is_confirmed: bool = False, locale: str = "") -> User:
    """A new person, written but not committed; to be called after begin_write()."""
    now = clock.now()
    user = User(
        name=name,
        email=email.strip(),
        email_key=email_key(email),
        password_hash=password_hash,
        locale=locale,
        created_at=now,
        confirmed_at=now if is_confirmed else None,
    )
    db.session.add(user)
    db.session.flush()
    return user


def roles_of(user_ids: Iterable[int]) -> Mapping[int, frozenset[Role]]:
    """The roles of each person, member among them."""
    held: dict[int, set[Role]] = {user_id: {Role.MEMBER} for user_id in user_ids}
    rows = db.session.execute(select(UserRole.user_id, UserRole.role).where(UserRole.user_id.in_(held)))
    for user_id, role in rows:
        held[user_id].add(Role(role))
    return {user_id: frozenset(roles) for user_id, roles in held.items()}


def holders(role: Role) -> Select[User]:
    """Everyone who holds a given role."""
    return (
        select(User).join(UserRole, UserRole.user_id == User.id).where(UserRole.role == role, User.erased_at.is_(None))
    )


def has_admin() -> bool:
    """Whether anybody can run the site."""
    return db.session.execute(holders(Role.ADMIN).limit(1)).first() is not None


def weekly_readers() -> Select[User]:
    """Everyone with a confirmed address who asked for the report each week; who may read it is another matter."""
    return select(User).where(User.weekly_report, User.confirmed_at.is_not(None), User.erased_at.is_(None))


def give_role(user_id: int, role: Role, *, by: int | None, way: str = "") -> None:
    """Give a role; twice is once. Raises ValueError for member.

    `by` is None for the command line and the set-up, and where `way` is a word for whatever else gave it.
    """
    if role not in GIVEN_ROLES:
        raise ValueError(f"{role} is not given")
    row = upsert(UserRole).values(user_id=user_id, role=role.value, given_at=clock.now(), given_by=by)
    if db.session.execute(row.on_conflict_do_nothing()).rowcount:  # type: ignore[attr-defined]
        journal.note("role_given", by=by, subject=("user", user_id), role=role.value, **_by_way(way))


class LastAdmin(ValueError):
    """Without this person nobody could run the site."""


def take_role(user_id: int, role: Role, *, by: int | None, way: str = "") -> None:
    """Take a role back. `by` and `way` as in give_role(). Raises LastAdmin when nobody else could run the site."""
    if role is Role.ADMIN:
        refuse_last_admin(user_id)
    taken = delete(UserRole).where(UserRole.user_id == user_id, UserRole.role == role.value)
    if db.session.execute(taken).rowcount:  # type: ignore[attr-defined]
        journal.note("role_taken", by=by, subject=("user", user_id), role=role.value, **_by_way(way))


def _by_way(way: str) -> dict[str, str]:
    return {"way": way} if way else {}


def refuse_last_admin(user_id: int) -> None:
    """Raises LastAdmin when this person is the only admin; to be called after begin_write()."""
    # The rows stay locked until the commit: two admins who resign at the same moment would each see the other.
    admins = db.session.scalars(
        select(UserRole.user_id).where(UserRole.role == Role.ADMIN.value).with_for_update()
    ).all()
    if list(admins) == [user_id]:
        raise LastAdmin(user_id)


def confirm(person: User, *, at: datetime) -> None:
    """The address is theirs. The moment of the first confirmation stays."""
    person.confirmed_at = person.confirmed_at or at


def forget_unconfirmed() -> int:
    """Delete people who registered a month ago and never confirmed; how many. To be called after begin_write()."""
    over = (
        User.confirmed_at.is_(None) & User.erased_at.is_(None) & (User.created_at < clock.now() - UNCONFIRMED_LIFETIME)
    )
    return int(db.session.execute(delete(User).where(over)).rowcount)  # type: ignore[attr-defined]
