from __future__ import annotations

from datetime import UTC, datetime

import pytest
from flask import Flask

from helpcenter.core import clock
from helpcenter.core.db import begin_write, db
from helpcenter.journeys.actor import Actor
from helpcenter.journeys.channel import CONTACT_SUGGESTION
from helpcenter.journeys.identity import Identities
from helpcenter.reports import contact_forms
from helpcenter.reports.contact_forms import FormFigures
from helpcenter.reports.range import Range
from helpcenter.reports.scope import Scope
from helpcenter.reports.share import Share
from helpcenter.support import conversation
from helpcenter.support.status import Ending
from tests.journeys.acts import someone
from tests.reports.past import Past

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
MINUTE = 1 / 24 / 60


@pytest.fixture
def past(app: Flask) -> Past:
    return Past(NOW)


def opened(past: Past, ago: float, by: Actor) -> None:
    past.act(ago, "contact_opened", by)


def solved(past: Past, ago: float, by: Actor, form: str = "contact") -> None:
    channel = CONTACT_SUGGESTION if form == "contact" else None
    past.act(ago, "suggestion_solved", by, subject=("article", 1), channel_name=channel, detail={"form": form})


def figures(locale: str = "") -> FormFigures:
    with clock.moved(NOW):
        scope = Scope(Range.named("28", NOW.date()), locale)
        return contact_forms.figures(contact_forms.forms(scope, Identities.known()))


def test_a_form_is_solved_sent_or_left(past: Past) -> None:
    for number in range(3):
        who = someone()
        opened(past, 5 + number, who)
        if number == 0:
            solved(past, 5 + number - MINUTE, who)
        if number == 1:
            past.contact(5 + number - MINUTE, who, 1)
    assert figures() == FormFigures(solved=Share(1, 3), left=Share(1, 3))


def test_a_page_opened_twice_in_a_visit_is_one_form_and_on_another_day_another(past: Past) -> None:
    who = someone()
    for ago in (5, 5 - 10 * MINUTE, 5 - 20 * MINUTE, 4):
        opened(past, ago, who)
    assert figures().left == Share(2, 2)


def test_what_is_sent_in_the_end_was_not_solved(past: Past) -> None:
    who = someone()
    opened(past, 5, who)
    solved(past, 5 - MINUTE, who)
    past.contact(5 - 2 * MINUTE, who, 1)
    assert figures() == FormFigures(solved=Share(0, 1), left=Share(0, 1))


def test_without_scripts_what_somebody_does_in_the_form_shows_that_it_was_opened(past: Past) -> None:
    solved(past, 5, someone())
    assert figures().solved == Share(1, 1)


def test_a_suggestion_of_another_form_is_none_of_these(past: Past) -> None:
    solved(past, 5, someone(), form="ask")
    assert figures().solved == Share(0, 0)


def test_spam_is_no_form(past: Past) -> None:
    who = someone()
    begin_write()
    with clock.moved(NOW):
        row = conversation.open_with("Buy!", by=who, email="x@example.org", locale="en", submission="one")
        conversation.close(row, Ending.SPAM, by=who)
    db.session.commit()
    assert figures().left.whole == 0


def test_a_form_around_midnight_counts_once_on_the_day_it_was_opened(past: Past) -> None:
    who = someone()
    midnight = 0.5
    opened(past, midnight + 5 * MINUTE, who)
    solved(past, midnight - 5 * MINUTE, who)
    with clock.moved(NOW):
        days = [Range.of({"from": day, "to": day}, NOW.date()) for day in ("2026-04-30", "2026-05-01")]
        found = [contact_forms.figures(contact_forms.forms(Scope(one), Identities.known())) for one in days]
    assert [one.solved for one in found] == [Share(1, 1), Share(0, 0)]


def test_a_language_narrows_the_forms(past: Past) -> None:
    opened(past, 5, someone())
    past.act(5, "contact_opened", someone(), locale="es")
    assert (figures("es").left, figures("ru").left.whole) == (Share(1, 1), 0)
