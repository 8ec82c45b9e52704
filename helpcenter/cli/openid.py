"""`helpcenter openid`: whether the provider answers, and ways in for the day it does not."""

from __future__ import annotations

import sys

import click

from helpcenter.cli.context import with_app


@click.group("openid")
def command() -> None:
    """Logging in by way of a provider of OpenID Connect."""


@command.command("check")
@with_app
def check() -> None:
    """Ask the provider what a log-in needs, and say how it is. Ends with 1 when something is missing."""
    from helpcenter.accounts.openid import provider
    from helpcenter.accounts.openid.failure import ProviderFailed

    if not provider.is_set_up():
        click.echo("No provider is set: people log in with a password.")
        return
    its = provider.of_site()
    try:
        about = its.metadata(provider.deadline(), is_fresh=True)
        keys = its.keys(provider.deadline(), is_fresh=True)
    except ProviderFailed as problem:
        click.echo(f"{its.client.issuer} is of no use: {problem.reason}")
        sys.exit(1)
    click.echo(f"{its.client.issuer} answers. Keys it signs with: {len(keys)}.")
    click.echo(f"People log in at {about.authorization_endpoint}")
    click.echo(f"It must know this redirect address: {its.client.redirect_uri}")


@command.command("allow-passwords")
@with_app
def allow_passwords() -> None:
    """Let the team log in with passwords again, until an admin decides otherwise."""
    from dataclasses import replace

    from helpcenter.accounts.openid import rules
    from helpcenter.core import journal
    from helpcenter.core.db import begin_write, db

    begin_write()
    before = rules.current()
    if before.only_for_team:
        rules.change(replace(before, only_for_team=False))
        journal.note("openid_changed", by=None, settings=["only_for_team"])
    db.session.commit()
    click.echo("The team may log in with passwords. A link for a new one: helpcenter people link EMAIL")


@command.command("disconnect")
@click.argument("email")
@with_app
def disconnect(email: str) -> None:
    """Forget how a person is known at the provider; at their next log-in they are recognised anew."""
    from helpcenter.accounts import user
    from helpcenter.accounts.openid import identity
    from helpcenter.core.db import begin_write, db

    begin_write()
    person = user.by_email(email)
    was_connected = person is not None and identity.disconnect(person.id, by=None)
    db.session.commit()
    if person is None:
        raise click.ClickException(f"nobody has the address {email}")
    click.echo(f"{person.email}: {'disconnected' if was_connected else 'was not connected'}")
