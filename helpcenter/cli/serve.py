"""`helpcenter serve`: the whole site with one command, on the settings of the environment. It never seeds anything."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress
from functools import partial
from typing import Any

import click

import config
from helpcenter.cli import port, supervisor
from helpcenter.cli.context import reading_code, with_app
from helpcenter.cli.listening import Listening
from helpcenter.cli.renewal import Renewal, web_words
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
    config.make_folder(settings.data_dir)
    _refuse_half_a_site(settings)
    logs.configure(settings.log_level)
    port.wait_for(settings.host, settings.port, patience=PORT_PATIENCE_SECONDS, choice="HELPCENTER_PORT")
    listening = Listening(settings.host, settings.port, settings.workers)
    parent = str(os.getpid())
    web = Child("web", web_words(parent, listening), listening.numbers)
    jobs = Child("jobs", ("jobs", "run", "--parent", parent))
    # The web processes read their code while the database is brought up to date, and wait for the word to go.
    web.adopt(supervisor.start(*web.words, "--wait", stdin=subprocess.PIPE, pass_fds=web.pass_fds))
    # Before the supervisor knows what to do with it, this signal would end it.
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    prepared = supervisor.start("serve", "prepare", parent).wait()
    if prepared:
        web.stop()
        sys.exit(prepared)
    listening.open()
    web.tell(b"go\n")
    renewal = partial(Renewal, web, jobs, listening)
    supervisor.supervise([web, jobs], listening.answers, partial(_say_where, settings.site_url), renewal)
    listening.close()


def _refuse_half_a_site(settings: config.Settings) -> None:
    from helpcenter.backup import data_folder

    if told := data_folder.half_a_site(settings):
        raise click.ClickException(told)


def _say_where(url: str) -> None:
    click.echo(f"The help center is at {url}\nCtrl+C stops it.")


@command.command("prepare", hidden=True)
@click.argument("parent", type=int)
@with_app
def prepare(parent: int) -> None:
    """Bring the tables up to date, and print the way in when nobody can get in yet."""
    supervisor.end_with_parent(parent)
    from flask import current_app

    from helpcenter import upgrading
    from helpcenter.accounts import setup
    from helpcenter.backup import moving

    app = current_app._get_current_object()  # type: ignore[attr-defined]
    if paused := moving.state_at_start(app):
        click.echo(f"{paused}\n", err=True)
        return
    try:
        upgrading.upgrade_tables(app, click.echo)
    except upgrading.Stopped as stopped:
        raise click.ClickException(str(stopped)) from None
    link = setup.link()
    if link:
        click.echo(f"Nobody runs this site yet. Open this link once to become its admin:\n\n    {link}\n")


@command.command("web", hidden=True)
@click.argument("parent", type=int)
@click.option("--sockets", required=True, help="The descriptors on which they listen, one for each.")
@click.option("--ready", type=int, help="The descriptor to which each writes a byte once it can answer.")
@click.option("--wait", is_flag=True, help="Serve once a line is read from standard input.")
def web(parent: int, sockets: str, ready: int | None, wait: bool) -> None:
    """The web processes, below one that starts them again."""
    supervisor.end_with_parent(parent)
    _read_code()
    if wait and not sys.stdin.readline():
        return
    from granian.constants import HTTPModes, Interfaces
    from granian.http import HTTP1Settings
    from granian.log import LogLevels

    from helpcenter.cli.web_server import WebServer
    from helpcenter.core import logs

    settings = config.load()
    numbers = [int(number) for number in sockets.split(",")]
    server = WebServer(
        "helpcenter.wsgi:app",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        # A process without a socket would do nothing, and a socket without a process would keep people waiting.
        workers=len(numbers),
        blocking_threads=settings.threads,
        # Browsers speak nothing else to a server without a certificate, and neither do proxies.
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(max_buffer_size=LARGEST_HEAD_BYTES),
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_SECONDS,
        log_level=LogLevels(logs.level_of_others(settings.log_level).lower()),
        log_dictconfig=logs.granian_config(),
    )
    server.sockets = numbers
    server.serve(target_loader=partial(_load, os.getpid(), numbers, ready), wrap_loader=False)


def _read_code() -> None:
    """Read the product before the web processes are forked: they share its memory and start at once."""
    import gc
    from importlib import import_module

    with reading_code():
        from helpcenter.app import PACKAGES, templates

        templates()
        for package in PACKAGES:
            import_module(f"helpcenter.{package}.registration")
        # Pages that garbage left in between would be copied in each of them.
        gc.collect()


def _load(parent: int, sockets: list[int], ready: int | None) -> Any:
    """What a web process runs first."""
    supervisor.end_with_parent(parent)
    from helpcenter.cli.web_server import Leaving
    from helpcenter.wsgi import app

    leaving = Leaving(app, sockets)
    leaving.listen()
    if ready is not None:
        # One that takes the place of another is awaited by nobody any more.
        with suppress(OSError):
            os.write(ready, b".")
    return leaving
