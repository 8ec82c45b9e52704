"""Registers the community: its two kinds, and the jobs that keep its counts and drafts."""

from __future__ import annotations

from flask import Flask, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from helpcenter.accounts.notifications import digest, kind
from helpcenter.community import (
    answer,
    comment,
    counting,
    draft,
    erasure,
    likely,
    question,
    reminder,
    reminder_letter,
    rerendering,
    subject,
    tag_subject,
    telling,
    waiting_questions,
)
from helpcenter.community.views import (
    acceptances,
    answer_surveys,
    answer_votes,
    answers,
    asking,
    cleanups,
    comments,
    community,
    duplicates,
    edits,
    feeds,
    flags,
    given_articles,
    histories,
    me_toos,
    merges,
    moderation_log,
    moderations,
    pictures,
    profiles,
    questions,
    reminders,
    reviews,
    solved_for_mes,
    staff_queues,
    tags,
)
from helpcenter.core import jobs, locale, subjects
from helpcenter.journeys import erasure as journeys_erasure

SHOW_SECONDS = 30
DAY_SECONDS = 24 * 3600
REMIND_SECONDS = 1800
PAGES = (
    community,
    feeds,
    questions,
    asking,
    answers,
    acceptances,
    answer_votes,
    me_toos,
    solved_for_mes,
    tags,
    profiles,
    moderations,
    moderation_log,
    flags,
    reviews,
    staff_queues,
    cleanups,
    edits,
    histories,
    comments,
    duplicates,
    merges,
    reminders,
    pictures,
    given_articles,
    answer_surveys,
)


def register(app: Flask) -> None:
    """Questions and answers as others may ask about them, and their pages."""
    for page in PAGES:
        app.register_blueprint(page.blueprint)
    subjects.register(app, question.SUBJECT, subject.QUESTION)
    subjects.register(app, answer.SUBJECT, subject.ANSWER)
    subjects.register(app, comment.SUBJECT, subject.COMMENT)
    subjects.register(app, tag_subject.KIND, tag_subject.SUBJECT)
    telling.register(app)
    kind.register_letter(app, reminder_letter.LETTER, _l("Reminders to say which answer solved my question"))
    digest.add(app, waiting_questions.section)
    journeys_erasure.follow(app, erasure.forget)
    app.extensions.setdefault("account_pages", []).append(_own_pages)
    jobs.every(app, "community: show new counts", SHOW_SECONDS, counting.show_changes)
    jobs.every(app, "community: forget old drafts", DAY_SECONDS, draft.forget_old)
    jobs.every(app, "community: ask askers again", REMIND_SECONDS, reminder.send_due)
    jobs.every(app, "community: show what is likely answered", likely.LOOK_SECONDS, likely.show_quiet)
    jobs.every(app, "community: render what is old", rerendering.EVERY_SECONDS, rerendering.render_old)


def _own_pages() -> dict[str, str]:
    return {"title": _("My questions and answers"), "url": url_for("community.own", locale=locale.current())}
