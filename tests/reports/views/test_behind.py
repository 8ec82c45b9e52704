"""The lists behind the figures that no episode holds, and the parts of the report that lead to them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest

from helpcenter.core import clock, site
from helpcenter.core.db import begin_write, db
from helpcenter.feedback import survey
from tests.cast import Cast
from tests.journeys.acts import someone
from tests.reports.past import Past, month
from tests.reports.views.reading import Get, pages_at, text_of
from tests.shelf import put_article

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)


@pytest.fixture
def get(cast: Cast) -> Iterator[Get]:
    with pages_at(NOW, cast.browser("ada")) as page:
        yield page


def test_the_words_of_one_person_are_not_listed(get: Callable[..., str]) -> None:
    past = Past(NOW)
    past.search(5, someone(), "sso", 0)
    past.rebuild()
    told = text_of(get("/reports/searches?part=nothing"))
    assert "1 search ·" in told
    assert "sso" not in told


def test_each_leads_to_the_episode_that_holds_it(get: Callable[..., str]) -> None:
    past, article = Past(NOW), put_article("Open a locker")
    who = past.helped(5, article)
    past.form(4.9, who, solved_by=article)
    past.rebuild()
    for kind in ("searches", "forms", "votes"):
        (link,) = re.findall(r'href="(/reports/episodes/\d+)"', get(f"/reports/{kind}"))
        assert "Said that “Open a locker” helped" in text_of(get(link))


def test_the_readers_of_an_article_and_those_who_then_wrote_lead_to_their_episodes(get: Callable[..., str]) -> None:
    past, article = Past(NOW), put_article("Open a locker")
    past.helped(6, article)
    past.wrote(5, 1, article)
    past.rebuild()
    everybody = get(f"/reports/readers?article={article}")
    assert "2 people ·" in text_of(everybody) and "Open a locker" in everybody
    (link,) = re.findall(r'href="(/reports/episodes/\d+)"', get(f"/reports/readers?article={article}&part=wrote"))
    assert link in everybody
    assert "Wrote to support" in text_of(get(link))


def test_only_whoever_answers_reads_the_title_of_a_conversation(get: Callable[..., str], cast: Cast) -> None:
    Past(NOW).conversation(5, "one")
    assert "How?" not in text_of(get("/reports/conversations"))
    assert "How?" in text_of(get("/reports/conversations", cast.browser("sam")))


def test_one_topic_has_no_searches_and_no_forms(get: Callable[..., str]) -> None:
    month(NOW, put_article("Open a locker"), put_article("Close a locker"))
    whole, narrowed = text_of(get()), text_of(get("/reports?topic=1"))
    for figure in ("Found nothing", "Solved in the form"):
        assert figure in whole and figure not in narrowed
    assert "Searches and contact forms belong to no topic" in narrowed


@pytest.mark.parametrize("kind", ["searches", "forms", "votes", "readers", "conversations"])
def test_nonsense_in_the_address_is_left_out(get: Callable[..., str], kind: str) -> None:
    month(NOW)
    asked = "range=x&part=x&article=x&locale=xx&topic=-1"
    assert text_of(get(f"/reports/{kind}?{asked}")) == text_of(get(f"/reports/{kind}"))
    assert "Nothing matches." in text_of(get(f"/reports/{kind}?from=2001-01-01&to=2001-01-02"))


def test_without_a_cost_nothing_is_estimated(get: Callable[..., str], cast: Cast) -> None:
    month(NOW)
    assert "Not estimated: no one has said what a conversation costs." in text_of(get())
    assert "/settings" not in get().split('id="cost"')[1].split("</section>")[0]
    assert "Enter it in the site settings" in get("/reports", cast.browser("root"))


def test_what_was_saved_rests_on_what_people_said(get: Callable[..., str]) -> None:
    article = put_article("Open a locker")
    month(NOW, article)
    begin_write()
    site.change(cost_per_conversation="8", currency="€")
    with clock.moved(NOW - timedelta(days=3)):
        for number in range(20):
            who = someone()
            survey.ask(("article", article), 1, who)
            survey.answer(("article", article), 1, who, would_have_written=number < 5)
    db.session.commit()
    told = text_of(get().split('id="cost"')[1].split("</section>")[0])
    # 22 in the help center at a quarter, 2 in the form, and 3 in workshops where nobody was asked.
    assert "60 €" in told
    assert "not of every channel" in told
    assert "5 of 20" in told
    assert "no one was asked" in told
