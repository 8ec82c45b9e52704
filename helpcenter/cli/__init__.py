"""The command line: `helpcenter NOUN VERB`.

Each module here, named after its noun, offers `command`: a click command or group. Nothing else registers it.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pkgutil import iter_modules

import click

from config import SettingsRefused

NOT_COMMANDS = frozenset(
    {
        "context",
        "folder",
        "import_from",
        "listening",
        "port",
        "progress",
        "renewal",
        "reporting",
        "supervisor",
        "trouble",
        "watch",
        "web_server",
    }
)


class Commands(click.Group):
    """Imports the module of a command when it is asked for, so that none waits for the imports of another."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The noun of each module."""
        names = {module.name for module in iter_modules(__path__) if not module.name.startswith("_")}
        return sorted(names - NOT_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a noun."""
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = import_module(f"{__name__}.{cmd_name}").command
        return command


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
def commands() -> None:
    """A self-service help center and community."""


def main() -> None:
    """Run the command line. A wrong setting, and whatever an operator can put right, ends it with one clear line."""
    try:
        commands(prog_name="helpcenter")
    except SettingsRefused as refusal:
        click.echo(f"helpcenter: {refusal}", err=True)
        sys.exit(2)
    except Exception as problem:
        from helpcenter.cli import trouble

        told = trouble.told(problem)
        if not told:
            raise
        click.echo(f"helpcenter: {told}", err=True)
        sys.exit(1)
