"""`helpcenter demo`: a living site to try, in a folder of its own that production refuses."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path

import click

import config
from helpcenter.cli import port as ports
from helpcenter.cli import supervisor

PORT_PATIENCE_SECONDS = 1


@click.command("demo")
@click.option("--port", type=int, default=8000, show_default=True, help="Where to listen on this machine.")
@click.option("--folder", type=click.Path(path_type=Path), default=config.HOME / "demo", help="Where the demo is kept.")
@click.option(
    "--days", type=click.IntRange(1, 365), default=120, show_default=True, help="For how long readers have come."
)
@click.option("--build-only", is_flag=True, help="Make the demo and stop.")
def command(port: int, folder: Path, days: int, build_only: bool) -> None:
    """Make the demo when it is not there yet, say how to log in, and serve it."""
    settings = config.load(data_dir=folder.resolve(), port=port, demo=True, production=False, database_url="")
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
        click.echo("Making a demo site; this takes about half a minute.")
    app = create_app(settings)
    with app.app_context():
        migration.upgrade()
        if building.is_built(settings.data_dir):
            building.bring_up_to_date(_say)
        else:
            building.build(settings.data_dir, _say, days)
        secrets = building.passwords(settings.data_dir)
    click.echo("\nLog in as one of these people:\n")
    for person in people.PEOPLE:
        click.echo(f"  {person.email:22} {secrets[person.email]:16} {person.name} {person.what}")
    click.echo("")


def _say(step: str) -> None:
    click.echo(f"  {step}")


def _clear(folder: Path) -> None:
    """Take away what an interrupted building left; only what a demo makes itself."""
    import shutil

    for name in ("assets", "files", "index", "staged"):
        shutil.rmtree(folder / name, ignore_errors=True)
    for path in folder.glob("helpcenter.sqlite3*"):
        path.unlink()
