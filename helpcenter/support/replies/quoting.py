"""Saved replies that name an article: whoever sends one tells what that article said when the text was written."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from helpcenter.accounts.viewer import Viewer
from helpcenter.core import subjects
from helpcenter.core.db import db
from helpcenter.core.locale import LANGUAGES
from helpcenter.core.subjects import Overtaken, Quote
from helpcenter.support.replies import article_link
from helpcenter.support.replies.saved_reply import SUBJECT as KIND
from helpcenter.support.replies.saved_reply import SavedReply, SavedReplyText

EDITS = "edit_saved_replies"
PAGE = "/inbox/replies"


def quoting(kind: str, article_ids: Sequence[int] | None) -> list[Quote]:
    """Each text that names an article, once for each of these, as it was when somebody last said that it is right."""
    if kind != article_link.KIND:
        return []
    return [quote for _reply_id, quote in _quotes(article_ids)]


def outdated() -> dict[int, list[Overtaken]]:
    """By saved reply: what its texts name that changed since, but for what somebody found right as it is."""
    quotes = _quotes(None)
    owners = {quote.id: reply_id for reply_id, quote in quotes}
    article = dict(subjects.kinds()).get(article_link.KIND)
    found: dict[int, list[Overtaken]] = {}
    for one in article.overtaken(KIND, [quote for _owner, quote in quotes]) if article and quotes else ():
        found.setdefault(owners[one.quote.id], []).append(one)
    return found


def _quotes(article_ids: Collection[int] | None) -> list[tuple[int, Quote]]:
    rows = db.session.execute(
        select(SavedReplyText, SavedReply.name)
        .join(SavedReply, SavedReply.id == SavedReplyText.reply_id)
        .where(SavedReplyText.text.contains("/articles/"))
        .order_by(SavedReplyText.id)
    ).all()
    return [
        (text.reply_id, _quote(text, name, number))
        for text, name in rows
        for number in article_link.articles_in(text.text)
        if article_ids is None or number in article_ids
    ]


def _quote(text: SavedReplyText, name: str, number: int) -> Quote:
    language = LANGUAGES[text.locale].endonym if text.locale in LANGUAGES else text.locale
    said = _("The saved reply “%(name)s” (%(language)s)", name=name, language=language)
    return Quote(text.id, number, text.locale, said, _url(text.reply_id), text.right_at, _("Edit the saved reply"))


def _url(reply_id: int) -> str:
    # Commands ask for it too, where no request tells the site.
    return f"{PAGE}/{reply_id}"


def _titles(reply_ids: Sequence[int], _locale: str) -> Mapping[int, str]:
    wanted = select(SavedReply.id, SavedReply.name).where(SavedReply.id.in_(list(reply_ids)))
    return dict(db.session.execute(wanted).all())


def _visible(reply_ids: Iterable[int], viewer: Viewer, _locale: str) -> set[int]:
    return set(_titles(list(reply_ids), "")) if viewer.may(EDITS) else set()


def _export(user_id: int) -> Mapping[str, Any]:
    """The replies that a person changed last, with every language: who wrote which of them is not kept."""
    rows = db.session.execute(
        select(SavedReply.name, SavedReply.changed_at, SavedReplyText.locale, SavedReplyText.text)
        .join(SavedReply, SavedReply.id == SavedReplyText.reply_id)
        .where(SavedReply.changed_by == user_id)
        .order_by(SavedReplyText.id)
    )
    held = [
        {"at": row.changed_at.isoformat(), "name": row.name, "language": row.locale, "text": row.text} for row in rows
    ]
    return {"saved_replies": held} if held else {}


SUBJECT = subjects.Subject(
    url=lambda reply_id, _locale: _url(reply_id), titles=_titles, visible=_visible, quoting=quoting, export=_export
)
