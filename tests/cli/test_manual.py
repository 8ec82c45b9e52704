"""The manual names commands as they are: each with options it has, and none is left out."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator

import click
import pytest

from config import ROOT
from helpcenter.cli import commands

MANUAL = ROOT / "articles" / "en"
LINE = re.compile(r"(?:^|`)(?:\.venv/bin/)?helpcenter ([^\n`#]+)", re.MULTILINE)


def named() -> Iterator[tuple[str, str]]:
    """Every command line of the manual with the article it stands in."""
    for path in sorted(MANUAL.rglob("*.md")):
        for line in LINE.findall(path.read_text(encoding="utf-8")):
            yield line.strip(), path.name


def resolved(line: str) -> tuple[tuple[str, ...], click.Command, list[str]]:
    """The path of the command, the command, and what is left of the line."""
    words, path = shlex.split(line), []
    command: click.Command = commands
    while isinstance(command, click.Group) and words:
        found = command.get_command(click.Context(command), words[0])
        if found is None:
            break
        command, path, words = found, [*path, words[0]], words[1:]
    return tuple(path), command, words


def leaves(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The path of every command that is no mere group and not hidden."""
    if not isinstance(command, click.Group) or command.invoke_without_command:
        yield path
    if isinstance(command, click.Group):
        for name in command.list_commands(click.Context(command)):
            inner = command.get_command(click.Context(command), name)
            if inner is not None and not inner.hidden:
                yield from leaves(inner, (*path, name))


@pytest.mark.parametrize(("line", "article"), sorted(set(named())))
def test_a_command_of_the_manual_exists_with_its_options(line: str, article: str) -> None:
    path, command, rest = resolved(line)
    assert path, f"{article}: there is no `helpcenter {line}`"
    takes_words = any(isinstance(parameter, click.Argument) for parameter in command.params)
    known = {option for parameter in command.params for option in parameter.opts} | {"--help"}
    unknown = [word for word in rest if word.startswith("--") and word not in known]
    assert not unknown, f"{article}: `helpcenter {line}` has no {unknown}"
    plain = [word for word in rest if not word.startswith("-")]
    assert takes_words or len(plain) <= sum(word.startswith("--") for word in rest), f"{article}: {line}"


def test_every_command_is_in_the_manual() -> None:
    assert {resolved(line)[0] for line, _ in named()} >= set(leaves(commands))
