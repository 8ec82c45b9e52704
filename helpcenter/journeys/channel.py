"""The scalable channels that can resolve a doubt, and which one an act happened in. A later one joins here."""

from __future__ import annotations

HELP_CENTER = "help_center"
COMMUNITY = "community"
WORKSHOP = "workshop"
IN_PRODUCT = "in_product"
CONTACT_SUGGESTION = "contact_suggestion"

CHANNELS = (HELP_CENTER, COMMUNITY, WORKSHOP, IN_PRODUCT, CONTACT_SUGGESTION)
_OF_SUBJECT: dict[str | None, str] = {
    "article": HELP_CENTER,
    "question": COMMUNITY,
    "answer": COMMUNITY,
    "workshop": WORKSHOP,
}


def of_subject(subject_kind: str | None) -> str | None:
    """The channel a subject belongs to; None for an act without one, or a subject of no channel."""
    return _OF_SUBJECT.get(subject_kind)
