"""A solved question becomes the draft of an article. Both stay, and each leads to the other."""

from __future__ import annotations

from flask_babel import force_locale
from flask_babel import gettext as _

from helpcenter.accounts.viewer import Viewer
from helpcenter.articles import rendering
from helpcenter.articles.article import Article
from helpcenter.articles.rendering import RenderedArticle
from helpcenter.articles.revision import Content
from helpcenter.articles.studio import draft
from helpcenter.articles.subject import made_from
from helpcenter.community import tag
from helpcenter.community.answer import SUBJECT as ANSWER
from helpcenter.community.answer import Answer
from helpcenter.community.question import Question
from helpcenter.core import site
from helpcenter.core.refusals import Conflict
from helpcenter.topics.audience import Audience
from helpcenter.topics.tree import tree


def words_of(question: Question, solution: Answer) -> Content:
    """The question and its solution as the text of an article, in the language they were written in."""
    with force_locale(question.locale):
        heading = _("Solution")
    body = f"{question.text.strip()}\n\n## {heading}\n\n{solution.text.strip()}\n"
    return Content(question.title, body, tags=tuple(tag.of_questions([question.id]).get(question.id, ())))


def rendered(question: Question, content: Content) -> RenderedArticle:
    """The text as readers would see it. Raises core.markdown.MarkdownRefused. Slow: call it before begin_write()."""
    return rendering.rendered(content.body, language_of(question))


def make_article(
    question: Question, solution_id: int, content: Content, result: RenderedArticle, viewer: Viewer
) -> int:
    """The draft made of a solved question, with the locked row; its number. One that was made already is that one.

    To be called after begin_write(). Raises Conflict where another solution stands by now, or the site has no topic.
    """
    if question.solution_id != solution_id:
        raise Conflict(question.id)
    if made := made_from(ANSWER, solution_id):
        return made[0]
    article = _article(question, solution_id, viewer)
    change = draft.Change(content, None, note=_("From the community"))
    draft.save(article.id, language_of(question), change, result, by=viewer.id or 0)
    return article.id


def language_of(question: Question) -> str:
    """The language to write the article in: that of the question, where the site still has it."""
    offered = site.current().locales
    return question.locale if question.locale in offered else offered[0]


def _article(question: Question, solution_id: int, viewer: Viewer) -> Article:
    topic_id = question.topic_id or next((node.id for node in tree().roots(viewer)), None)
    if topic_id is None:
        raise Conflict(question.id)
    return draft.new_article(topic_id, Audience.EVERYONE, by=viewer.id or 0, origin=(ANSWER, solution_id))
