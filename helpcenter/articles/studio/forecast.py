"""What readers would get from the words in the form, as if they were published now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import func, select

from helpcenter.accounts.viewer import Viewer
from helpcenter.articles import rendering
from helpcenter.articles.article import Article
from helpcenter.articles.folder import record
from helpcenter.articles.search_document import document_of
from helpcenter.articles.studio.article_form import ArticleForm
from helpcenter.articles.studio.opened import Opened
from helpcenter.articles.studio.text_hints import Hint, hints_of
from helpcenter.core import subjects
from helpcenter.core.db import db
from helpcenter.core.markdown import MarkdownRefused, words
from helpcenter.core.row_id import row_id_or_none
from helpcenter.search.document import Document, DocumentRefused
from helpcenter.search.engine import EngineError
from helpcenter.search.rescue import Rescue, rescue
from helpcenter.search.wording import Wording
from helpcenter.topics.audience import Audience, narrowest
from helpcenter.topics.tree import tree


@dataclass(frozen=True)
class PushedDown:
    """A frequent search, and what would lose the first place for it."""

    wording: Wording
    title: str
    url: str


@dataclass(frozen=True)
class Forecast:
    """Hints on the text, and what search would make of it; without that `problem` says why."""

    hints: Sequence[Hint]
    rescue: Rescue | None = None
    pushed_down: Sequence[PushedDown] = ()
    is_for_all: bool = True
    problem: str = ""


def forecast(form: ArticleForm, language: str, found: Opened | None, viewer: Viewer) -> Forecast:
    """What would come of these words; `found` is the article they belong to, None for a new one. Writes nothing. Slow.

    At most some sixty searches.
    """
    hints = hints_of(form.body.data or "", language)
    if not form.content.title or not form.content.body.strip():
        return Forecast(hints, problem=_("This is checked as soon as there is a title and a text."))
    try:
        document = _document(form, language, found)
        rescued = rescue(document, viewer)
    except MarkdownRefused as refused:
        return Forecast(hints, problem=words.refusal(refused))
    except DocumentRefused:
        return Forecast(hints, problem=_("This text is too long for search. Please shorten or split it."))
    except EngineError:
        return Forecast(hints, problem=_("Search is being repaired. Please look here again in a few minutes."))
    return Forecast(hints, rescued, _pushed_down(rescued), document.audience == Audience.EVERYONE)


def _document(form: ArticleForm, language: str, found: Opened | None) -> Document:
    edition = found.edition if found else None
    result = rendering.rendered(form.body.data, language, record.source_path_of(edition.id) if edition else None)
    topic_id = row_id_or_none(form.topic.data or "")
    topic = tree().nodes.get(topic_id or 0)
    own = form.audience.data if form.audience.data in list(Audience) else Audience.EVERYONE
    return document_of(
        form.content,
        result.plain_text,
        article_id=found.article.id if found else _next_id(),
        locale=language,
        topic_id=topic.id if topic else None,
        audience=narrowest(own, topic.audience) if topic else Audience(own),
    )


def _next_id() -> int:
    """A number that no article has."""
    return (db.session.scalar(select(func.max(Article.id))) or 0) + 1


def _pushed_down(rescued: Rescue) -> list[PushedDown]:
    hits = [one.hit for one in rescued.displaced]
    urls = subjects.addresses((hit.kind, hit.id, hit.locale) for hit in hits)
    return [
        PushedDown(one.wording, one.hit.title, urls[one.hit.kind, one.hit.id, one.hit.locale])
        for one in rescued.displaced
    ]
