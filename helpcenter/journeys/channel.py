"""The scalable channels that can resolve a doubt, and which one an act happened in."""

from __future__ import annotations

HELP_CENTER = "help_center"
COMMUNITY = "community"
WORKSHOP = "workshop"
IN_PRODUCT = "in_product"
CONTACT_SUGGESTION = "contact_suggestion"

CHANNELS: list[str] = [HELP_CENTER, COMMUNITY, WORKSHOP, IN_PRODUCT, CONTACT_SUGGESTION]
_OF_SUBJECT: dict[str, str] = {
    "article": HELP_CENTER,
    "question": COMMUNITY,
    "answer": COMMUNITY,
    "workshop": WORKSHOP,
}


def add(name: str, *subject_kinds: str) -> None:
    """Let a later channel join, with the kinds of subject that belong to it. Raises ValueError when it is known."""
    if name in CHANNELS:
        raise ValueError(f"{name} is a channel already")
    CHANNELS.append(name)
    _OF_SUBJECT.update(dict.fromkeys(subject_kinds, name))


def of_subject(subject_kind: str | None) -> str | None:
    """The channel a subject belongs to; None for an act without one, or a subject of no channel."""
    return _OF_SUBJECT.get(subject_kind or "")
