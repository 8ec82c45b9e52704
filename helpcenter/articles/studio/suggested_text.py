"""A text that a reader proposed, beside the one they read and the one that stands today."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from helpcenter.accounts.names import names_of
from helpcenter.articles.revision import Revision
from helpcenter.articles.studio import translation
from helpcenter.articles.studio.draft import Change
from helpcenter.articles.studio.opened import Opened
from helpcenter.articles.suggestion import Suggestion
from helpcenter.core import word_diff
from helpcenter.core.word_diff import Change as Kind
from helpcenter.core.word_diff import Piece

AROUND = 2
"""Lines that are shown before and after what changed."""


@dataclass(frozen=True)
class Passage:
    """Some neighbouring pieces; `skips` tells whether unchanged lines were left out before it."""

    pieces: Sequence[Piece]
    skips: bool


def passages(base: str, proposed: str) -> list[Passage]:
    """What changed, word by word, with two lines around it."""
    pieces, found, current, skips = word_diff.diff(base, proposed), [], [], False
    for at, piece in enumerate(pieces):
        if piece.change is not Kind.SAME:
            current.append(piece)
            continue
        before, after = _around(piece.text, is_first=at == 0, is_last=at == len(pieces) - 1)
        if after is None:
            current.append(Piece(Kind.SAME, before))
            continue
        if current:
            found.append(Passage([*current, Piece(Kind.SAME, before)] if before else current, skips))
        current, skips = ([Piece(Kind.SAME, after)] if after else []), True
    if any(piece.change is not Kind.SAME for piece in current):
        found.append(Passage(current, skips))
    return found


def fits(row: Suggestion, base: Revision, opened: Opened) -> bool:
    """Whether the proposed text can become the draft as it is: the text is still the one that the reader read."""
    return row.text is not None and opened.latest is not None and opened.latest.body == base.body


def change_of(row: Suggestion, opened: Opened, latest: Revision) -> Change:
    """What becomes of the latest revision when the proposed text takes the place of its own."""
    name = names_of([row.user_id]).get(row.user_id or 0, "")
    content = latest.content
    return Change(
        type(content)(content.title, row.text or "", content.summary, content.tags, content.keywords),
        latest.id,
        note=_("Suggested by %(name)s", name=name) if name else _("Suggested by a reader"),
        slug=opened.edition.slug if opened.edition else "",
        source_revision_id=translation.source_revision_id(opened, matches_now=False),
    )


def _around(text: str, *, is_first: bool, is_last: bool) -> tuple[str, str | None]:
    """The lines of an unchanged piece that stand by what is before and after it; None: it is short and stays whole."""
    lines = text.splitlines(keepends=True)
    before = "" if is_first else "".join(_head(lines))
    after = "" if is_last else "".join(lines[-AROUND - 1 :])
    return (text, None) if len(before) + len(after) >= len(text) else (before, after)


def _head(lines: Sequence[str]) -> Iterator[str]:
    # The first line is the rest of one that changed.
    yield from lines[: AROUND + 1]
