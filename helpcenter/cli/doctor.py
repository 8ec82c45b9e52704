"""`helpcenter doctor`: what is wrong with a site, why it matters, and what puts it right."""

from __future__ import annotations

import json
import sys

import click

import config


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="The findings as JSON.")
@click.option(
    "--skip", multiple=True, metavar="NAME", help="Leave out what is found under this name; as often as needed."
)
@click.pass_context
def command(context: click.Context, as_json: bool, skip: tuple[str, ...]) -> None:
    """Look at everything a site needs, while it runs or does not. Ends with 1 when something is wrong.

    Changes nothing. Each finding is one line: what is wrong, why it matters, and the command or setting that puts it
    right.
    """
    from helpcenter.doctor.examination import examine
    from helpcenter.doctor.ground import Ground, become_the_owner

    app = context.find_root().obj
    if app is not None:
        ground = Ground(app.config["SETTINGS"])
    else:
        settings, problems = config.examine()
        ground = Ground(settings, config.surroundings(), tuple(problems))
    become_the_owner(ground)
    result = examine(ground, app)
    result.findings = [one for one in result.findings if one.name not in skip]
    if as_json:
        told = {"findings": [one.as_json() for one in result.findings], "left_out": result.left_out}
        click.echo(json.dumps({**told, "checks": result.checks}, ensure_ascii=False, indent=2))
    else:
        for finding in sorted(result.findings, key=lambda one: one.level, reverse=True):
            click.echo(finding)
        if result.left_out:
            click.echo(f"Left out: {result.left_out}.")
        if not result.is_wrong:
            click.echo(f"{result.checks} checks, nothing is wrong.")
    sys.exit(1 if result.is_wrong else 0)
