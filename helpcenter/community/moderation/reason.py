"""Why something was done, in code words: the log can be read by every member and holds no text about anybody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

NAMES: Mapping[str, Any] = {
    "spam": _l("Spam"),
    "rude": _l("Rude or hurtful"),
    "off_topic": _l("In the wrong place"),
    "private": _l("Contains private data"),
    "too_broad": _l("Too broad to be answered"),
    "unclear": _l("Unclear what is being asked"),
    "outdated": _l("No longer true"),
    "heated": _l("The discussion became too heated"),
    "other": _l("Another reason"),
}
HIDING = ("spam", "rude", "off_topic", "private", "other")
CLOSING = ("off_topic", "too_broad", "unclear", "outdated", "heated", "spam", "other")
FLAGGING = ("spam", "rude", "off_topic", "other")
REPORTING = ("spam", "rude", "other")


def name(code: str) -> str:
    """A reason in the language of the page; '' for none."""
    return str(NAMES[code]) if code in NAMES else ""
