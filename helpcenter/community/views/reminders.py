"""Where the letter to an asker leads: a page whose buttons say what solved it, also for whoever is signed out.

A mail program that has a button of its own posts to the address that stops the letters (RFC 8058).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Blueprint, make_response, redirect, render_template, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from helpcenter.accounts.viewer import STRANGER, Viewer
from helpcenter.community import acceptance, reminder
from helpcenter.community.acceptance import Via
from helpcenter.community.address import question_address
from helpcenter.community.author import authors
from helpcenter.community.given_article import cards
from helpcenter.community.question import Question
from helpcenter.community.reminder_letter import read_token
from helpcenter.community.visibility import locked, readable_answer
from helpcenter.core import limits, locale
from helpcenter.core.db import begin_write, db
from helpcenter.core.refusals import NotFound
from helpcenter.journeys import actor, exclusion
from helpcenter.journeys.actor import Actor

RATE = "60 per hour"
blueprint = Blueprint("reminders", __name__, url_prefix="/reminders/<secret>")


@blueprint.get("")
def show(secret: str) -> Response:
    """The answers, each with its button. It changes nothing."""
    opened = _opened(secret)
    return _over() if opened is None else _page(opened[0], secret)


@blueprint.post("/answers/<int:answer_id>/acceptance")
@limits.limit(RATE, scope="reminder-link")
def create(secret: str, answer_id: int) -> Response:
    """This answer solved it."""
    opened = _opened(secret)
    if opened is None:
        return _over()
    row, asker = opened
    by = _acting(asker)
    begin_write()
    row, answer = locked(row.id, asker), readable_answer(answer_id, asker, row.id)
    if answer.author_id == row.author_id:
        raise NotFound
    acceptance.accept(row, answer, by=by, user_id=row.author_id, via=Via.ASKER)
    db.session.commit()
    return _back(secret)


@blueprint.post("/not-yet")
@limits.limit(RATE, scope="reminder-link")
def refuse(secret: str) -> Response:
    """None of them did so far; no letter until somebody answers again."""
    opened = _opened(secret)
    if opened is None:
        return _over()
    row, asker = opened
    by = _acting(asker)
    begin_write()
    reminder.say_not_yet(locked(row.id, asker), by=by)
    db.session.commit()
    return _back(secret)


@blueprint.get("/stop")
def show_stop(secret: str) -> Response:
    """The page with the button that stops the letters."""
    opened = _opened(secret)
    return _over() if opened is None else _page(opened[0], secret, asks_to_stop=True)


@blueprint.post("/stop")
@limits.limit(RATE, scope="reminder-link")
def destroy(secret: str) -> Response:
    """No further letter about this question; twice is once."""
    opened = _opened(secret)
    if opened is None:
        return _over()
    begin_write()
    reminder.stop(opened[0].id)
    db.session.commit()
    return _page(opened[0], secret, is_stopped=True)


def _opened(secret: str) -> tuple[Question, Viewer] | None:
    """The question and whoever asked it; None for a link that is no good any more."""
    found = read_token(secret)
    row = db.session.get(Question, found[0]) if found else None
    if row is None or found is None or row.author_id != found[1] or not row.can_be_solved:
        return None
    asker = reminder.asker_of(row)
    return (row, asker) if asker else None


def _acting(asker: Viewer) -> Actor:
    # Whoever holds the letter is the asker, whoever is signed in here.
    by = replace(actor.of_request(), user_id=asker.id)
    return replace(by, excluded_reason=exclusion.STAFF) if asker.is_staff else by


def _page(row: Question, secret: str, **state: Any) -> Response:
    here = locale.current()
    answers = reminder.pending_answers(row)
    people = authors((one.author_id for one in answers), here)
    given = cards((one.article_id for one in answers if one.article_id), reminder.asker_of(row) or STRANGER, here)
    shown = [
        {
            "id": one.id,
            "author": people[one.author_id],
            "html": Markup(one.html),  # noqa: S704 - the renderer makes it safe
            "created_at": one.created_at,
            "article": given.get(one.article_id or 0),
        }
        for one in answers
    ]
    words = {"question": row, "answers": shown, "secret": secret, "question_url": question_address(row, here)}
    return _private(render_template("community/reminder.html", **words, **state), 200)


def _over() -> Response:
    return _private(render_template("community/reminder.html", question=None), 410)


def _back(secret: str) -> Response:
    return redirect(url_for("reminders.show", secret=secret, lang=locale.current()), 303)


def _private(page: str, status: int) -> Response:
    response = make_response(page, status)
    response.cache_control.no_store = True
    return response
