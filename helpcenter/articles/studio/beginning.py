"""What a new article can begin with: the frame of a kind of article, in the language it is written in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import force_locale
from flask_babel import lazy_gettext as _l

NAMES: Mapping[str, Any] = {
    "how-to": _l("How to do something"),
    "trouble": _l("When something does not work"),
    "question": _l("A question and its answer"),
}
_FRAMES: Mapping[str, Any] = {
    "how-to": _l(
        "Say in one sentence what readers have at the end.\n\n"
        "## Do it\n\n"
        "1. Open **…**.\n"
        "2. Press **…**. The page says “…”.\n\n"
        "## When something goes wrong\n\n"
        "- *The words of the error*: say why it comes and what helps.\n"
    ),
    "trouble": _l(
        "Say in the readers’ words what they see.\n\n"
        "## Try this first\n\n"
        "1. Open **…** and look whether …\n"
        "2. Press **…**.\n\n"
        "## Why it happens\n\n"
        "Say it in two sentences.\n\n"
        "## When it still does not work\n\n"
        "Say what to tell support, and what to leave out.\n"
    ),
    "question": _l(
        "Answer in one sentence: yes, no, or how much.\n\n"
        "## More about it\n\n"
        "Say when the answer is another one.\n\n"
        '??? note "A question that often follows"\n'
        "    Its answer.\n"
    ),
}


def frame(name: str, language: str) -> str:
    """The text to begin with in this language; '' for a name that none has."""
    if name not in _FRAMES:
        return ""
    with force_locale(language):
        return str(_FRAMES[name])
