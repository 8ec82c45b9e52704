"""A text that a reader proposed, beside the one they read and the one that stands today."""

from __future__ import annotations

from dataclasses import replace

from flask_babel import gettext as _

from helpcenter.accounts.names import names_of
from helpcenter.articles.revision import Revision
from helpcenter.articles.studio import translation
from helpcenter.articles.studio.draft import Change
from helpcenter.articles.studio.opened import Opened
from helpcenter.articles.suggestion import Suggestion
from helpcenter.core.merge import merge


def merged(row: Suggestion, base: Revision, latest: Revision | None) -> str | None:
    """What the text becomes with what the reader changed in it, together with what was written since they read it.

    None without a text, and where both changed the same place: then a person takes over what they like.
    """
    if row.text is None or latest is None:
        return None
    both = merge(base.body, row.text, latest.body)
    return None if both.conflicts else both.text()


def change_of(row: Suggestion, text: str, opened: Opened, latest: Revision) -> Change:
    """What becomes of the latest revision when this text takes the place of its own."""
    name = names_of([row.user_id]).get(row.user_id or 0, "")
    return Change(
        replace(latest.content, body=text),
        latest.id,
        note=_("Suggested by %(name)s", name=name) if name else _("Suggested by a reader"),
        slug=opened.edition.slug if opened.edition else "",
        source_revision_id=translation.source_revision_id(opened, matches_now=False),
    )
