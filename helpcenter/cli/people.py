"""`helpcenter people`: who has an account, and what they may do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from helpcenter.accounts.role import Role
from helpcenter.cli.context import with_app

if TYPE_CHECKING:
    from helpcenter.accounts.user import User

ROLES = tuple(role.value for role in Role if role is not Role.MEMBER)
"""Those that are given; everyone with an account is a member."""


@click.group("people")
def command() -> None:
    """Add people, and give or take their roles."""


@command.command("add")
@click.argument("email")
@click.option("--name", default="", help="What to call them; the part before the @ when left out.")
@click.option("--role", "roles", multiple=True, type=click.Choice(ROLES), help="A role to give; may be repeated.")
@with_app
def add(email: str, name: str, roles: tuple[str, ...]) -> None:
    """Add a person and print the link with which they choose their password. It works for an hour."""
    from helpcenter.accounts import email_address, user
    from helpcenter.core.db import begin_write, db

    address = email_address.normalized(email)
    if address is None:
        raise click.BadParameter("this is no e-mail address", param_hint="EMAIL")
    called = _name(name) or address.partition("@")[0][: user.LONGEST_NAME]
    begin_write()
    if user.by_email(address) is not None:
        raise click.ClickException(f"{address} has an account already")
    # No password fits an empty hash: the link is the only way in.
    person = user.add(called, address, "", is_confirmed=True)
    for role in roles:
        user.give_role(person.id, Role(role), by=None)
    db.session.commit()
    click.echo(_password_link(person))


@command.command("link")
@click.argument("email")
@with_app
def link(email: str) -> None:
    """Print a link with which a person chooses a new password. It works for an hour."""
    click.echo(_password_link(_person(email)))


@command.command("role")
@click.argument("email")
@click.argument("role", type=click.Choice(ROLES))
@click.option("--take", is_flag=True, help="Take the role away instead of giving it.")
@with_app
def role(email: str, role: str, take: bool) -> None:
    """Give a person a role, or take it away."""
    from helpcenter.accounts import product_customer, user
    from helpcenter.accounts.role import TEAM
    from helpcenter.core.db import begin_write, db

    person = _person(email)
    begin_write()
    try:
        if take:
            user.take_role(person.id, Role(role), by=None)
        else:
            user.give_role(person.id, Role(role), by=None)
            if Role(role) in TEAM:
                product_customer.join_team(person.id)
    except user.LastAdmin:
        raise click.ClickException(f"{person.email} is the only admin") from None
    db.session.commit()
    click.echo(f"{person.email}: {', '.join(sorted(user.roles_of([person.id])[person.id]))}")


@command.command("reset-two-factor")
@click.argument("email")
@with_app
def reset_two_factor(email: str) -> None:
    """Turn off the two-step login of a person who has lost the phone and the recovery codes.

    They are logged out everywhere, told by email, and log in with the password alone.
    """
    from flask import current_app

    from helpcenter.accounts import letters, session
    from helpcenter.accounts.second_step import second_step
    from helpcenter.core.db import begin_write, db

    # A letter is a page that somebody reads; here nobody asks for one.
    with current_app.test_request_context(base_url=current_app.config["SETTINGS"].site_url):
        begin_write()
        person = _person(email)
        if not second_step.turn_off(person.id, by=None):
            raise click.ClickException(f"{person.email} does not log in with two steps")
        session.end_all(person.id)
        letters.second_step_reset(person)
        db.session.commit()
    click.echo(f"{person.email} logs in with the password alone until they turn it on again")


@command.command("log-out")
@click.argument("email", required=False)
@click.option("--everyone", is_flag=True, help="Everyone with an account, instead of one person.")
@with_app
def log_out(email: str | None, everyone: bool) -> None:
    """Log a person out everywhere, or everyone; whoever comes back logs in again."""
    from helpcenter.accounts import session
    from helpcenter.core.db import begin_write, db

    if bool(email) == everyone:
        raise click.UsageError("say an address, or --everyone")
    begin_write()
    if email:
        session.end_all(_person(email).id)
    else:
        session.end_everyone()
    db.session.commit()
    click.echo("everyone is logged out" if everyone else f"{email} is logged out everywhere")


@command.command("list")
@click.option("--role", type=click.Choice(ROLES), help="Only those who hold it.")
@with_app
def index(role: str | None) -> None:
    """Everyone with an account, one a line: address, name, roles."""
    from sqlalchemy import select

    from helpcenter.accounts import user
    from helpcenter.accounts.user import User
    from helpcenter.core.db import db

    found = user.holders(Role(role)) if role else select(User).where(User.erased_at.is_(None))
    for people in db.session.scalars(found.order_by(User.id)).partitions(500):
        roles = user.roles_of(person.id for person in people)
        for person in people:
            state = "" if person.is_confirmed else "\t(not confirmed)"
            click.echo(f"{person.email}\t{person.name}\t{', '.join(sorted(roles[person.id]))}{state}")


def _name(typed: str) -> str:
    """A name as a form takes it: one line without anything that can not be seen."""
    from helpcenter.accounts.fields import one_line
    from helpcenter.accounts.user import LONGEST_NAME

    name = str(one_line(typed))
    if len(name) > LONGEST_NAME:
        raise click.BadParameter(f"use at most {LONGEST_NAME} characters", param_hint="--name")
    return name


def _person(email: str) -> User:
    from helpcenter.accounts import user

    # A byte that is no UTF-8 can not even be asked for.
    person = user.by_email(email) if email.isprintable() else None
    if person is None:
        raise click.ClickException(f"nobody has the address {email}")
    return person


def _password_link(person: User) -> str:
    from helpcenter.accounts import letters

    return letters.reset_link(person)
