"""Everything that the page of a question shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import current_app
from markupsafe import Markup

from helpcenter.accounts.viewer import Viewer
from helpcenter.community import (
    acceptance,
    answer,
    answer_list,
    beside,
    first_answer,
    mention,
    personal,
    question,
    suggestion,
    tag,
    trust,
)
from helpcenter.community.acceptance import Acceptance, Via
from helpcenter.community.address import answer_address, question_address
from helpcenter.community.answer_list import Ranked
from helpcenter.community.author import authors
from helpcenter.community.form import AnswerForm
from helpcenter.community.made_article import made_of
from helpcenter.community.moderation import panel
from helpcenter.community.personal import Standing
from helpcenter.community.question import Question
from helpcenter.community.structured_data import structured_data
from helpcenter.core import subjects
from helpcenter.core.refusals import NotFound
from helpcenter.core.subjects import Author
from helpcenter.feedback import ballot
from helpcenter.journeys import page_token
from helpcenter.journeys.actor import Actor
from helpcenter.journeys.constants import engaged_read_seconds
from helpcenter.topics.subject import address
from helpcenter.topics.tree import tree

MOST_SIMILAR = 3


@dataclass(frozen=True)
class Shown:
    """An answer as the page shows it. `mine` is the vote of whoever looks.

    `token` lets the asker's page say that it was seen; `asks_asker`: they are asked whether it solved their question.
    """

    id: int
    url: str
    html: Markup
    author: Author
    was_staff: bool
    was_partner: bool
    created_at: datetime
    yes: int
    ballot: str
    mine: bool | None
    may_vote: bool
    may_accept: bool
    asks_asker: bool
    may_flag: bool
    state: str
    token: str | None


@dataclass(frozen=True)
class Link:
    """A title and where it leads."""

    title: str
    url: str


def page(
    row: Question, locale: str, viewer: Viewer, by: Actor | None, form: AnswerForm, number: int = 1
) -> dict[str, Any]:
    """The words of the template, with what `by` did where that is to be shown. Raises NotFound past the last page."""
    if not 1 <= number <= answer_list.pages(row, viewer):
        raise NotFound
    ranked = answer_list.ranked(row, viewer, number)
    mine = personal.standing(row, [one.answer for one in ranked], by) if by else personal.NOBODY
    people = authors((row.author_id, *(one.answer.author_id for one in ranked)), locale)
    accepts = viewer.may("accept_answers") or trust.may_accept_for_others(row, viewer)
    shown = [_shown(one, row, viewer, mine, people, accepts) for one in ranked]
    solution = shown[0] if shown and shown[0].id == row.solution_id else None
    others = [one for one in shown if one is not solution]
    is_asker = viewer.id == row.author_id
    accepted = acceptance.standing(row.id) if solution else None
    acts = ("viewed", "read") if row.can_be_solved else ("viewed",)
    here = question_address(row, locale)
    return {
        "question": row,
        "html": Markup(row.html),  # noqa: S704 - the renderer makes it safe
        "author": people[row.author_id],
        "breadcrumb": _breadcrumb(row, locale),
        "tags": tag.of_questions([row.id]).get(row.id, []),
        "solution": solution,
        "accepted_via": accepted.via if accepted else "",
        "answers": others,
        "mine": mine,
        "namable": mention.offered(people, viewer),
        "follows": by is not None and personal.follows(row, viewer),
        "beside": beside.page(row, [one.answer for one in ranked], locale, viewer),
        "is_asker": is_asker,
        "may_accept": row.can_be_solved
        and row.can_change
        and (is_asker or accepts or _may_take_back(accepted, viewer)),
        "may_say_solved": solution is not None
        and row.can_change
        and not is_asker
        and ranked[0].answer.author_id != viewer.id,
        "made": made_of(row, locale, viewer),
        "usual_wait": first_answer.told() if row.can_be_solved and row.takes_answers and not ranked else "",
        "similar": [] if row.is_solved else _similar(row, viewer),
        "form": form,
        "previous_url": f"{here}?page={number - 1}" if number > 1 else None,
        "next_url": f"{here}?page={number + 1}" if number < answer_list.pages(row, viewer) else None,
        "here": here,
        "token": page_token.make(question.SUBJECT, row.id, None, row.locale, row.root_topic_id, acts),
        "read_seconds": engaged_read_seconds(row.reading_seconds) if row.can_be_solved else None,
        "structured_data": _structured(row, ranked, people),
        "may_flag": viewer.is_signed_in and row.is_shown,
        "moderation": panel.of(row, [one.answer for one in ranked], viewer, locale),
    }


def _shown(
    one: Ranked, row: Question, viewer: Viewer, mine: Standing, people: Mapping[int, Author], accepts: bool
) -> Shown:
    given = one.answer
    is_asker = viewer.id == row.author_id
    can_change = row.can_change and given.is_shown
    is_open = row.can_be_solved and can_change and given.id != row.solution_id
    detail = {"question": row.id}
    return Shown(
        given.id,
        answer_address(given.id),
        Markup(given.html),  # noqa: S704 - the renderer makes it safe
        people[given.author_id],
        given.was_staff,
        given.was_partner,
        given.created_at,
        one.yes,
        ballot.make((answer.SUBJECT, given.id), given.revision),
        mine.votes.get(given.id),
        row.can_be_solved and can_change and viewer.id != given.author_id,
        is_open and (is_asker or (accepts and (viewer.is_staff or viewer.id != given.author_id))),
        is_open and is_asker and not row.is_solved and given.not_yet_at is None and given.author_id != viewer.id,
        given.is_shown and viewer.id != given.author_id,
        given.state,
        page_token.make(answer.SUBJECT, given.id, None, row.locale, row.root_topic_id, ("answer_seen",), detail=detail)
        if given.id in mine.unseen and given.is_shown
        else None,
    )


def _may_take_back(accepted: Acceptance | None, viewer: Viewer) -> bool:
    """Whether it was this trusted member who accepted in place of the asker."""
    return accepted is not None and accepted.via == Via.TRUSTED and accepted.accepted_by == viewer.id


def _breadcrumb(row: Question, locale: str) -> list[Link]:
    nodes = tree().path(row.topic_id) if row.topic_id else []
    return [Link(node.text(locale).title, address(node, locale)) for node in nodes]


def _similar(row: Question, viewer: Viewer) -> list[Link]:
    found = suggestion.suggestions(row.title, row.plain_text, row.locale, viewer, MOST_SIMILAR + 1)
    others = [one for one in found if (one.kind, one.id) != (question.SUBJECT, row.id)][:MOST_SIMILAR]
    urls = subjects.addresses((one.kind, one.id, one.locale) for one in others)
    return [Link(one.title, urls[one.kind, one.id, one.locale]) for one in others]


def _structured(row: Question, ranked: Sequence[Ranked], people: Mapping[int, Author]) -> dict[str, Any] | None:
    base, shown = current_app.config["SETTINGS"].site_url, [one for one in ranked if one.answer.is_shown]
    is_told = bool(shown) and row.can_be_solved and row.is_shown
    return structured_data(row, shown, people, base) if is_told else None
