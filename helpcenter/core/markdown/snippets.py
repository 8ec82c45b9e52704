"""Snippets in a text: a line of its own that says {{ snippet: name }} stands for a passage written once elsewhere.

The form is one that Markdown has no meaning for, that says in words what it is, and that stays readable where another
program shows it. What a name stands for is given from outside; expansion.py puts it in.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

LONGEST_NAME = 40
NAME = re.compile(rf"[a-z][a-z0-9-]{{0,{LONGEST_NAME - 1}}}")
LINE = re.compile(
    # What stands before it: quotes it is in, items it begins, columns it stands in.
    r"(?P<lead>(?:[ \t]|>|[-*+](?=[ \t])|[0-9]{1,9}[.)](?=[ \t]))*)"
    rf"\{{\{{[ \t]*snippet:[ \t]*(?P<name>{NAME.pattern})[ \t]*\}}\}}[ \t]*"
)


@dataclass(frozen=True, slots=True)
class Passage:
    """What a snippet says. `language` and its `direction` are told where the text around it is in another one."""

    text: str
    language: str = ""
    direction: str = ""


Passages = Mapping[str, Passage]


@dataclass(frozen=True, slots=True)
class SnippetUse:
    """A snippet that a text shows: its name and the line it stands in, from 1."""

    name: str
    line: int


@dataclass(frozen=True, slots=True)
class Expanded:
    """A text with its snippets put in. `lines` holds, for each of its lines, the line of the source it comes from.

    `is_whole`: whatever the source opens it closes, so that nothing written below it would become a part of it.
    """

    text: str
    lines: tuple[int, ...]
    snippets: tuple[SnippetUse, ...]
    is_whole: bool = True


def is_name(text: str) -> bool:
    """Whether this can be the name of a snippet: small letters, digits and hyphens, at most 40, a letter first."""
    return NAME.fullmatch(text) is not None


def snippet_names(text: str) -> frozenset[str]:
    """The names that lines of a text may be about, those in code among them: all that has to be looked up for it."""
    if "{{" not in text:
        return frozenset()
    return frozenset(found["name"] for line in text.splitlines() if (found := LINE.fullmatch(line)))
