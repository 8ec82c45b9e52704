"""`helpcenter demo`: a living site to try, in a folder of its own that production refuses."""

from __future__ import annotations

import os
import sys
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import click

import config
from helpcenter.cli import port as ports
from helpcenter.cli import supervisor

PORT_PATIENCE_SECONDS = 1
OF_THE_MACHINE = frozenset(
    ("host", "workers", "threads", "proxy_count", "log_level", "limits_enabled", "page_store_pages", "leaked_passwords")
)
"""The only settings of the environment that a demo takes over: the others lead to a real site's mail and people."""
MADE = ("assets", "files", "index", "staged")
BEGUN = "DEMO-BEGUN"
"""Lies in the folder while a demo is made there."""


@click.command("demo")
@click.option("--port", type=int, default=8000, show_default=True, help="Where to listen on this machine.")
@click.option("--folder", type=click.Path(path_type=Path), default=config.HOME / "demo", help="Where the demo is kept.")
@click.option(
    "--days", type=click.IntRange(1, 365), default=120, show_default=True, help="For how long readers have come."
)
@click.option("--base-url", default="", help="The address people open, where that is another one.")
@click.option("--build-only", is_flag=True, help="Make the demo and stop.")
def command(port: int, folder: Path, days: int, base_url: str, build_only: bool) -> None:
    """Make the demo when it is not there yet, say how to log in, and serve it.

    It sends no mail, reads no mailbox, and touches no folder in which there is a site that is no demo.
    """
    plain: dict[str, Any] = {one.name: one.default for one in fields(config.Settings) if one.name not in OF_THE_MACHINE}
    plain |= {"data_dir": folder.resolve(), "port": port, "demo": True, "base_url": base_url}
    settings = config.load(None, **plain)
    if settings.log_level == "INFO":
        # Whoever tries it out reads the terminal: a line for each request would push their passwords out of sight.
        settings = replace(settings, log_level="WARNING")
    if not build_only:
        ports.wait_for(settings.host, port, patience=PORT_PATIENCE_SECONDS, choice="--port")
    _prepare(settings, days)
    if not build_only:
        # The site itself is a process of the usual kind: it reads these settings as any other does.
        os.execve(sys.executable, supervisor.command_line("serve"), config.environment_for(settings))  # noqa: S606


def _prepare(settings: config.Settings, days: int) -> None:
    from helpcenter.app import create_app
    from helpcenter.core import migration
    from helpcenter.demo import building, people

    if not building.is_built(settings.data_dir):
        _clear(settings.data_dir)
        (settings.data_dir / BEGUN).touch()
        click.echo("Making a demo site; this takes about half a minute.")
    app = create_app(settings)
    with app.app_context():
        migration.upgrade()
        if building.is_built(settings.data_dir):
            building.bring_up_to_date(_say)
        else:
            building.build(settings.data_dir, _say, days)
            (settings.data_dir / BEGUN).unlink()
        secrets = building.passwords(settings.data_dir)
    click.echo("\nLog in as one of these people:\n")
    for person in people.PEOPLE:
        click.echo(f"  {person.email:22} {secrets[person.email]:16} {person.name} {person.what}")
    click.echo("")


def _say(step: str) -> None:
    click.echo(f"  {step}")


def _clear(folder: Path) -> None:
    """Take away what an interrupted building left, and nothing that a demo did not make itself."""
    import shutil

    databases = list(folder.glob(f"{config.SQLITE_FILE}*"))
    if not (folder / BEGUN).exists() and (databases or any((folder / name).exists() for name in MADE)):
        raise click.ClickException(
            f"{folder} holds a site that is no demo; nothing was touched. Name another folder with --folder"
        )
    for name in MADE:
        shutil.rmtree(folder / name, ignore_errors=True)
    for path in databases:
        path.unlink()
