"""The vote below an article: where it is posted to, and the ways on for somebody who was not helped."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import url_for
from flask_babel import gettext as _

from helpcenter.accounts.member_page import OwnRows
from helpcenter.accounts.viewer import Viewer
from helpcenter.articles.visibility import Reading
from helpcenter.core import contact
from helpcenter.feedback import box, tally, vote
from helpcenter.feedback.box import Box
from helpcenter.feedback.form import VoteForm
from helpcenter.feedback.tally import Subject
from helpcenter.journeys.actor import Actor
from helpcenter.topics.tree import tree


@dataclass(frozen=True)
class Door:
    """A way on."""

    title: str
    url: str


def subject_of(reading: Reading) -> Subject:
    """The article as a vote names it."""
    return "article", reading.article_id


def public(reading: Reading, locale: str) -> Box:
    """The box of the public page: it knows nothing about the reader."""
    ways = doors(reading, locale)
    return box.public(subject_of(reading), reading.revision_id, url=_url(reading, locale), doors=ways)


def personal(reading: Reading, locale: str, by: Actor) -> Box:
    """The box with the vote this person cast."""
    ways = doors(reading, locale)
    return box.personal(subject_of(reading), reading.revision_id, by, url=_url(reading, locale), doors=ways)


def answered(article_id: int, revision_id: int) -> OwnRows:
    """What makes the page of an article somebody's own: their vote on the revision it shows."""
    return OwnRows(vote.STANDING, tally.key_of(("article", article_id), revision_id))


def refused(reading: Reading, locale: str, form: VoteForm) -> Box:
    """The box of a vote that could not be counted, with every word that was typed."""
    ways = doors(reading, locale)
    return box.refused(subject_of(reading), reading.revision_id, form, url=_url(reading, locale), doors=ways)


def with_suggestions(found: Box, reading: Reading, locale: str, viewer: Viewer) -> Box:
    """The box with the way to suggest an improvement; whoever edits needs none."""
    if viewer.may("edit_articles"):
        return found
    return replace(found, suggest_url=url_for("suggestions.new", locale=locale, article_id=reading.article_id))


def doors(reading: Reading, locale: str, step: int | None = None) -> list[Door]:
    """Search again or ask others, with the title to begin from; write to support, with the article and the step."""
    found = [Door(_("Search again"), url_for("search.index", locale=locale, q=reading.title))]
    root = tree().root_of(reading.topic_id)
    ask = url_for("questions.new", locale=locale, title=reading.title, topic=root)
    found.append(Door(_("Ask the community"), ask))
    if way := contact.url(article=reading.article_id, step=step):
        found.append(Door(_("Write to support"), way))
    return found


def _url(reading: Reading, locale: str) -> str:
    return url_for("votes.create", locale=locale, article_id=reading.article_id)
