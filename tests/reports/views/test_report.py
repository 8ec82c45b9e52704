from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from html import unescape
from io import StringIO
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from helpcenter.core import clock
from helpcenter.core.db import begin_write, db
from helpcenter.core.locale import LANGUAGES
from helpcenter.feedback import vote
from tests.cast import Cast
from tests.journeys.acts import someone
from tests.journeys.story import MONDAY
from tests.reports.past import COUNTS, Past, month
from tests.reports.views.reading import Get, pages_at, text_of
from tests.shelf import edition_of, put_article, put_topic

NOW = MONDAY + timedelta(days=60, hours=2)
FIGURE = re.compile(r'<a class="figure" href="([^"]+)">([^<]+)</a>')
DEFLECTED = COUNTS["confirmed"] + COUNTS["participated"]


@pytest.fixture
def get(cast: Cast) -> Iterator[Get]:
    with pages_at(NOW, cast.browser("ada")) as page:
        yield page


@pytest.fixture
def shelves(app: Flask) -> tuple[int, int]:
    topic = put_topic("lockers", "Lockers", es="Taquillas")
    article = put_article("Open a locker", topic_id=topic)
    put_article("Abrir una taquilla", locale="es", of=article)
    return article, put_article("Close a locker", topic_id=topic)


def listed(get: Callable[..., str], path: str) -> int:
    """How many episodes, or searches and the like, stand behind a link, page by page, each once."""
    seen: list[str] = []
    while path:
        html = get(path)
        seen += re.findall(r'data-(?:episode|item)="(\d+)"', html)
        following = re.search(r'href="([^"]+)" rel="next"', html)
        path = unescape(following[1]) if following else ""
    assert len(seen) == len(set(seen))
    return len(seen)


def test_an_empty_site_says_what_will_appear_and_when(get: Callable[..., str]) -> None:
    html = text_of(get())
    assert "Nothing is counted yet." in html
    assert "Three days later it is decided" in html


def test_a_site_that_only_its_staff_has_seen_is_empty(get: Callable[..., str], cast: Cast) -> None:
    past = Past(NOW)
    past.search(2, someone(9, excluded_reason="staff"))
    past.settle()
    assert "Nothing is counted yet." in text_of(get())


def test_the_report_opens_with_a_sentence(get: Callable[..., str], shelves: tuple[int, int]) -> None:
    month(NOW, *shelves)
    html = text_of(get())
    assert f"{DEFLECTED} conversations did not need to happen in the last 28 days: 24 confirmed, 3 took part." in html
    assert "4 readers left in silence and are not counted." in html
    assert f"They are the outcome of {DEFLECTED} visits." in html
    assert "2 more are waiting" in html
    assert "1 has changed since publication" in html
    assert "Staff, authors and crawlers are not counted." in html
    assert html.index("did not need to happen") < html.index("Self-service success")


def test_every_figure_leads_to_exactly_as_many_as_it_counts(get: Callable[..., str], shelves: tuple[int, int]) -> None:
    month(NOW, *shelves)
    checked = 0
    for address in ("/reports", "/reports?range=90", "/reports?locale=es", "/reports?topic=1&range=month"):
        for url, count in FIGURE.findall(get(address)):
            assert (url, listed(get, unescape(url))) == (url, int(count.replace(",", "")))
            checked += 1
    assert checked > 100


def test_no_number_of_a_table_stands_without_its_way(get: Callable[..., str], shelves: tuple[int, int]) -> None:
    month(NOW, *shelves)
    html = get()
    for title in ("Days", "Channels", "Articles that deflect most", "Articles read last before writing to support"):
        (found,) = re.findall(rf"<caption[^>]*>{title}</caption>(.*?)</table>", html, re.DOTALL)
        cells = re.findall(r'<td class="number">(.*?)</td>', found)
        assert len(cells) > 1
        assert [cell for cell in cells if not re.match(r'<a class="figure"|<span class="figure">0<', cell)] == []


def test_the_figures_are_those_of_the_definition(get: Callable[..., str], shelves: tuple[int, int]) -> None:
    month(NOW, *shelves)
    html = text_of(get())
    eligible = DEFLECTED + sum(COUNTS[state] for state in ("assumed", "unresolved", "contacted", "revoked"))
    assert f"{DEFLECTED} of {eligible}" in html
    assert f"{DEFLECTED} of {DEFLECTED + COUNTS['contacted'] + COUNTS['revoked'] + COUNTS['direct']}" in html
    assert f"{COUNTS['revoked']} of {DEFLECTED + COUNTS['revoked']}" in html


def test_below_twenty_there_is_no_percentage(get: Callable[..., str], shelves: tuple[int, int]) -> None:
    past = Past(NOW)
    for number in range(4):
        past.helped(10 + number, shelves[0])
    past.settle()
    html = text_of(get())
    assert "4 of 4" in html
    assert "Few data" in html
    assert "%" not in html


def test_a_language_and_a_topic_narrow_everything(get: Callable[..., str], shelves: tuple[int, int]) -> None:
    month(NOW, *shelves)
    assert "4 conversations did not need to happen" in text_of(get("/reports?locale=es"))
    narrowed = text_of(get("/reports?locale=es&topic=1"))
    assert "0 conversations did not need to happen" in narrowed
    assert "5 conversations did not need to happen from 18 Mar 2026 to 22 Mar 2026" in text_of(
        get("/reports?from=2026-03-18&to=2026-03-22")
    )


@pytest.mark.parametrize(
    "query",
    ["range=x", "from=x&to=y", "topic=99999999999999", "topic=-1", "locale=xx"],
)
def test_nonsense_in_the_address_is_left_out(get: Callable[..., str], query: str) -> None:
    assert text_of(get(f"/reports?{query}")) == text_of(get("/reports"))
    assert get(f"/reports/episodes?{query}&state=x&channel=x&article=x&left=x&after=1")
    assert len(get(f"/reports/days.csv?{query}").splitlines()) == 29


def test_a_range_that_ends_before_it_begins_is_the_day_it_begins(get: Callable[..., str]) -> None:
    days = get("/reports/days.csv?from=2026-05-01&to=1000-01-01").splitlines()[1:]
    assert [day.partition(",")[0] for day in days] == ["2026-05-01"]


def test_the_days_come_as_a_file(get: Callable[..., str], shelves: tuple[int, int]) -> None:
    month(NOW, *shelves)
    rows = list(csv.DictReader(StringIO(get("/reports/days.csv"))))
    assert len(rows) == 28
    assert {name: sum(int(row[name]) for row in rows) for name in COUNTS} == COUNTS
    assert [row["provisional"] for row in rows] == ["no"] * 19 + ["yes"] * 9


def test_three_things_to_do_each_with_people_and_an_action(get: Callable[..., str], shelves: tuple[int, int]) -> None:
    month(NOW, *shelves)
    article, other = shelves
    with clock.moved(NOW - timedelta(days=3)):
        for number in range(24):
            _vote(article, helpful=number < 4)
    html = get()
    said = text_of(html)
    assert "3 people read “Close a locker” last before writing to support." in said
    assert "4 people searched for “sso” and found nothing." in said
    assert "20 readers said that “Open a locker” did not help." in said
    assert "3 things to do this week" in said
    assert f"/studio/articles/{other}/en" in html
    assert "words=sso" in html


def _vote(article: int, helpful: bool) -> None:
    begin_write()
    vote.cast_vote(
        subject=("article", article),
        revision_id=edition_of(article).published_revision_id or 0,
        helpful=helpful,
        by=someone(),
    )
    db.session.commit()


@pytest.mark.parametrize("locale", LANGUAGES)
def test_the_page_speaks_four_languages(get: Callable[..., str], shelves: tuple[int, int], locale: str) -> None:
    month(NOW, *shelves)
    html = get(f"/reports?lang={locale}")
    words = {
        "en": "27 conversations did not need to happen",
        "es": "27 conversaciones escaladas en los últimos 28 días",
        "ru": "27 разговоров не понадобились за последние 28 дней",
        "ar": "27 محادثة لم تعد لازمة",
    }
    assert words[locale] in text_of(html)
    assert f'dir="{LANGUAGES[locale].direction}"' in html


def test_spanish_says_what_its_word_means(get: Callable[..., str], shelves: tuple[int, int]) -> None:
    month(NOW, *shelves)
    assert "Una conversación escalada es la que una persona habría necesitado" in get("/reports?lang=es")


def test_in_english_nothing_is_escalated(get: Callable[..., str], shelves: tuple[int, int]) -> None:
    month(NOW, *shelves)
    assert "escalat" not in (get() + get("/reports/episodes") + get("/reports/days.csv")).lower()


@pytest.mark.parametrize("locale", ["en", "ar"])
def test_time_on_the_chart_runs_from_the_left(get: Callable[..., str], shelves: tuple[int, int], locale: str) -> None:
    month(NOW, *shelves)
    charts = re.findall(r"<svg class=\"chart.*?</svg>", get(f"/reports?lang={locale}"), re.S)
    assert len(charts) == 2
    for chart in charts:
        places = [float(x) for x in re.findall(r"<rect[^>]* x=\"([\d.]+)\"", chart)]
        assert places == sorted(places) and len(places) > 10
        assert 'direction="ltr"' in chart and chart.count("&#x2068;") == chart.count("&#x2069;") == 2
        lighter = [float(x) for x in re.findall(r"<rect class=\"[^\"]*is-provisional\"[^>]* x=\"([\d.]+)\"", chart)]
        assert lighter and min(lighter) > max(set(places) - set(lighter))
        assert "style" not in chart


@pytest.fixture
def statements(app: Flask) -> Iterator[list[str]]:
    asked: list[str] = []

    def note(*given: Any) -> None:
        asked.append(str(given[2]))

    event.listen(db.engine, "before_cursor_execute", note)
    yield asked
    event.remove(db.engine, "before_cursor_execute", note)


def test_more_days_or_episodes_take_no_more_statements(
    get: Callable[..., str], shelves: tuple[int, int], statements: list[str]
) -> None:
    def cost(path: str) -> int:
        get(path)
        statements.clear()
        get(path)
        return len(statements)

    lists = [f"/reports/{kind}?range=90" for kind in ("episodes", "searches", "forms", "votes", "conversations")]
    paths = ("/reports", "/reports?from=2024-01-01&to=2026-12-31", *lists)
    past = month(NOW, *shelves)
    few = [cost(path) for path in paths]
    for number in range(40):
        past.wrote(4 + number / 2, 100 + number, shelves[number % 2])
        past.form(4 + number / 2 - 0.01, past.helped(4 + number / 2, shelves[number % 2]), shelves[0])
        past.conversation(4 + number / 2, f"more {number}")
    past.settle()
    assert [cost(path) for path in paths] == few
    assert few[1] == few[0]


def test_an_agent_reads_the_report_and_is_led_where_an_agent_may_go(
    get: Callable[..., str], cast: Cast, shelves: tuple[int, int]
) -> None:
    month(NOW, *shelves)
    html = get("/reports", cast.browser("sam"))
    assert "/studio/" not in html
    assert "Read the article" in html
