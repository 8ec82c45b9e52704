"""Words in braces that a saved reply holds, such as {name}: filled in when it is inserted into a conversation.

A variable without a value goes, and with it the space and the comma that only stood there for it: "Hello {name}," is
"Hello," to somebody who left no name. Two braces on either side are braces: {{name}} is written as {name}.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from flask_babel import lazy_gettext as _l

VARIABLES: Mapping[str, Any] = {
    "name": _l("the name of the person who wrote; nothing if they left none"),
    "agent": _l("your name"),
    "number": _l("the number of the conversation"),
    "title": _l("the first line of what they wrote"),
    "link": _l("the address of the conversation, for the person who wrote"),
    "site": _l("the name of this site"),
}
_BRACES = re.compile(r"\{\{([^\W\d]\w*)\}\}|\{[ \t]*([^\W\d]\w*)[ \t]*\}")
_COMMAS = ",،"
_ENDS = ".,:;!?،؛؟…"
_DASHES = "-–—"


def unknown_in(text: str) -> list[tuple[str, str]]:
    """The variables in a text that there are not, each once, with the nearest one that there is, or ''."""
    names = dict.fromkeys(found[2] for found in _BRACES.finditer(text) if found[2])
    return [
        (name, next(iter(get_close_matches(name.lower(), VARIABLES, 1, 0.5)), ""))
        for name in names
        if name not in VARIABLES
    ]


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with its values in it. What a value says is never taken for a variable; one without a value goes."""
    done, rest_from = "", 0
    for found in _BRACES.finditer(text):
        if found.start() < rest_from:
            continue
        done += text[rest_from : found.start()]
        rest_from = found.end()
        if found[1]:
            done += f"{{{found[1]}}}"
        elif found[2] not in VARIABLES:
            done += found[0]
        elif value := " ".join(values.get(found[2], "").split()):
            done += value
        else:
            done, left_out = _closed_up(done, text[rest_from:])
            rest_from += left_out
            if left_out and text[rest_from : rest_from + 1].islower():
                done += text[rest_from].upper()
                rest_from += 1
    return done + text[rest_from:]


def _closed_up(before: str, after: str) -> tuple[str, int]:
    """What stands before a word that is missing, and how many of the letters after it go with that word."""
    line = before.rpartition("\n")[2]
    following = after.partition("\n")[0]
    if not line.strip():
        # The sentence began with it: what parted it from the rest goes, and the rest begins the sentence.
        return before, len(following) - len(following.lstrip(" \t" + _ENDS + _DASHES))
    before = before.rstrip(" \t")
    next_sign = following.lstrip(" \t")[:1]
    if before[-1:] in _COMMAS and (not next_sign or next_sign in _ENDS + _DASHES):
        before = before[:-1].rstrip(" \t")
    return before, len(following) - len(following.lstrip(" \t")) if next_sign in _ENDS else 0
