"""`helpcenter mail`: whether letters can leave and come in."""

from __future__ import annotations

import sys

import click

from config import Settings
from helpcenter.cli.context import with_app


@click.group("mail")
def command() -> None:
    """The mail server and the mailbox."""


@command.command("check")
@with_app
def check() -> None:
    """Open both once, send nothing, read nothing, and say how they are. Ends with 1 when one does not open."""
    from flask import current_app

    settings = current_app.config["SETTINGS"]
    ways = [_mail_server(settings), _mailbox(settings)]
    sys.exit(0 if all(ways) else 1)


def _mail_server(settings: Settings) -> bool:
    from helpcenter.core import mail, mail_outbox

    if not mail.is_sent():
        click.echo("No mail server is set: letters wait where admins read them.")
        return True
    try:
        mail_outbox.try_server()
    except Exception as problem:
        click.echo(f"The mail server does not open: {_told(problem, settings)}")
        return False
    click.echo("The mail server takes letters.")
    return True


def _mailbox(settings: Settings) -> bool:
    from helpcenter.core import mailbox

    if not settings.mailbox_server:
        click.echo("No mailbox is set: people answer by the link in each letter.")
        return True
    try:
        with mailbox.opened(settings) as box:
            there = len(box.after(0))
    except Exception as problem:
        click.echo(f"The mailbox does not open: {_told(problem, settings)}")
        return False
    click.echo(f"The mailbox of {settings.mailbox_address} opens. Letters in it: {there}.")
    return True


def _told(problem: Exception, settings: Settings) -> str:
    """The error on one line, without a password in it."""
    from helpcenter.core import logs

    text = logs.clean(f"{type(problem).__name__}: {problem}")[:500]
    for name in ("mail_password", "mailbox_password"):
        secret = getattr(settings, name)
        text = text.replace(secret, "…") if secret else text
    return text
