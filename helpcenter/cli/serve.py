"""`helpcenter serve`: the whole site with one command, on the settings of the environment. It never seeds anything."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import partial
from typing import Any

import click

import config
from helpcenter.cli import port, supervisor
from helpcenter.cli.context import reading_code, with_app
from helpcenter.cli.supervisor import Child

PORT_PATIENCE_SECONDS = 5
STOP_SECONDS = 10
# Address, headers and cookies of one request. What is longer comes from no browser, and reading it costs everybody.
LARGEST_HEAD_BYTES = 32 * 1024


@click.group("serve", invoke_without_command=True)
@click.pass_context
def command(context: click.Context) -> None:
    """Bring the database up to date, then serve the site and do its jobs until stopped."""
    if context.invoked_subcommand is not None:
        return
    from helpcenter.core import logs

    settings = config.load()
    logs.configure(settings.log_level)
    port.wait_for(settings.host, settings.port, patience=PORT_PATIENCE_SECONDS, choice="HELPCENTER_PORT")
    parent = str(os.getpid())
    web, jobs = Child("web", ("serve", "web", parent)), Child("jobs", ("jobs", "run", "--parent", parent))
    # The web processes read their code while the database is brought up to date, and wait for the word to go.
    web.adopt(supervisor.start("serve", "web", parent, "--wait", stdin=subprocess.PIPE))
    prepared = supervisor.start("serve", "prepare", parent).wait()
    if prepared:
        web.stop()
        sys.exit(prepared)
    web.tell(b"go\n")
    answers = partial(port.answers, settings.host, settings.port)
    supervisor.supervise([web, jobs], answers, partial(_say_where, settings.site_url))


def _say_where(url: str) -> None:
    click.echo(f"The help center is at {url}\nCtrl+C stops it.")


@command.command("prepare", hidden=True)
@click.argument("parent", type=int)
@with_app
def prepare(parent: int) -> None:
    """Migrate, and print the way in when nobody can get in yet."""
    supervisor.end_with_parent(parent)
    from helpcenter.accounts import setup
    from helpcenter.core import migration

    migration.upgrade()
    link = setup.link()
    if link:
        click.echo(f"Nobody runs this site yet. Open this link once to become its admin:\n\n    {link}\n")


@command.command("web", hidden=True)
@click.argument("parent", type=int)
@click.option("--wait", is_flag=True, help="Serve once a line is read from standard input.")
def web(parent: int, wait: bool) -> None:
    """The web processes, below one that starts them again."""
    supervisor.end_with_parent(parent)
    _read_code()
    if wait and not sys.stdin.readline():
        return
    from granian import Granian
    from granian.constants import HTTPModes, Interfaces
    from granian.http import HTTP1Settings
    from granian.log import LogLevels

    from helpcenter.core import logs

    settings = config.load()
    Granian(
        "helpcenter.wsgi:app",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=settings.workers,
        blocking_threads=settings.threads,
        # Browsers speak nothing else to a server without a certificate, and neither do proxies.
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(max_buffer_size=LARGEST_HEAD_BYTES),
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_SECONDS,
        log_level=LogLevels(logs.level_of_others(settings.log_level).lower()),
        log_dictconfig=logs.granian_config(),
    ).serve(target_loader=partial(_load, os.getpid()), wrap_loader=False)


def _read_code() -> None:
    """Import the product before the web processes are forked: they share its memory and start at once."""
    import gc
    from importlib import import_module

    with reading_code():
        from helpcenter.app import PACKAGES

        for package in PACKAGES:
            import_module(f"helpcenter.{package}.registration")
        # Pages that garbage left in between would be copied in each of them.
        gc.collect()


def _load(parent: int) -> Any:
    """What a web process runs first."""
    supervisor.end_with_parent(parent)
    from helpcenter.wsgi import app

    return app
