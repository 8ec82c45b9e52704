from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from html import unescape

import pytest
from sqlalchemy import select

from helpcenter.core import clock
from helpcenter.core.db import db
from helpcenter.journeys import search_query
from helpcenter.journeys.constants import RULE_VERSION
from helpcenter.journeys.episode import EpisodeRow
from tests.cast import Cast, email_of
from tests.community.posts import put_answer, put_question
from tests.journeys.acts import someone
from tests.journeys.story import MONDAY
from tests.reports.past import COUNTS, Past, month
from tests.shelf import put_article

NOW = MONDAY + timedelta(days=60, hours=2)


def text_of(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", "", html)).split())


@pytest.fixture
def get(cast: Cast) -> Iterator[Callable[..., str]]:
    def page(path: str, who: str = "ada", status: int = 200) -> str:
        answer = cast.browser(who).get(path)
        assert answer.status_code == status
        return answer.text

    with clock.moved(NOW):
        yield page


@pytest.fixture
def article() -> int:
    return put_article("Open a locker")


@pytest.fixture
def past(cast: Cast) -> Past:
    return Past(NOW)


def episode(state: str | None = None) -> int:
    rows = db.session.scalars(select(EpisodeRow).order_by(EpisodeRow.id.desc()))
    return next(row.id for row in rows if state in (None, row.state))


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("state=confirmed", 24),
        ("state=confirmed&channel=help_center", 22),
        ("state=confirmed&channel=contact_suggestion", 2),
        ("state=confirmed&channel=community", 0),
        ("state=deflected", 27),
        ("state=deflected&channel=workshop", 3),
        ("state=deflected&locale=es", 4),
        ("state=deflected&article=1", 19),
        ("state=deflected&article=2", 5),
        ("state=confirmed&from=2026-03-01&to=2026-03-25", 5),
        ("state=pending", 2),
        ("state=reached_support", 7),
        ("left=2", 3),
        ("changed=1", 1),
        ("", sum(COUNTS.values())),
    ],
)
def test_a_list_holds_what_its_address_asks_for(get: Callable[..., str], query: str, count: int) -> None:
    month(NOW, put_article("Open a locker"), put_article("Close a locker"))
    html = text_of(get(f"/reports/episodes?{query}"))
    assert f"{count} episode{'' if count == 1 else 's'} ·" in html
    assert ("No episode matches." in html) == (count == 0)


def test_the_pages_of_a_list_follow_each_other_and_lose_none(get: Callable[..., str], past: Past) -> None:
    for number in range(70):
        past.search(5 + number / 10, someone())
    past.settle()
    path, found = "/reports/episodes?state=unresolved", []
    while path:
        html = get(path)
        found.append(re.findall(r'data-episode="(\d+)"', html))
        following = re.search(r'href="([^"]+)" rel="next"', html)
        path = unescape(following[1]) if following else ""
    assert [len(page) for page in found] == [30, 30, 10]
    ids = [int(one) for page in found for one in page]
    assert ids == sorted(set(ids), reverse=True)


def test_a_question_or_answer_that_is_credited_is_named(get: Callable[..., str], past: Past, cast: Cast) -> None:
    number = put_question(cast, title="How do I open a locker?")
    given, reader = put_answer(cast, number, "cleo"), someone()
    past.act(10, "voted", reader, subject=("answer", given), detail={"helpful": True})
    past.act(9, "solved_for_me", someone(), subject=("question", number))
    past.act(8, "solved_for_me", someone(), subject=("question", 999))
    past.settle()
    assert get("/reports/episodes?state=confirmed").count("<bdi>How do I open a locker?</bdi>") == 2
    assert "Something that is no longer here" in get("/reports/episodes?state=confirmed")


def test_a_timeline_tells_each_event_and_what_decided(get: Callable[..., str], past: Past, article: int) -> None:
    past.helped(10, article)
    past.settle()
    html = get(f"/reports/episodes/{episode()}")
    said = text_of(html)
    assert "Confirmed · Help center" in said
    assert "The reader said that it helped, and no one wrote to support about it within 72 hours." in said
    told = [
        "Searched for “locker” and found 3 results",
        "Read “Open a locker” to the end",
        "Said that “Open a locker” helped",
    ]
    assert [said.index(words) for words in told] == sorted(said.index(words) for words in told)
    (decisive,) = re.findall(r'<li id="event-\d+" class="decides">(.*?)</li>', html, re.S)
    assert text_of(decisive).endswith("Said that “Open a locker” helped Credited This decided")
    assert "Waiting" in said
    assert f"Version {RULE_VERSION}" in said
    assert re.search(r'href="/reports">Back to the report<', html)


def test_a_contact_that_took_it_back_is_told(get: Callable[..., str], past: Past, article: int) -> None:
    who = past.helped(20, article)
    past.contact(16, who, 3)
    past.settle()
    said = text_of(get(f"/reports/episodes/{episode('revoked')}"))
    assert "Came back to support · Help center" in said
    assert "The person came back to support about the same topic within seven days." in said
    assert "Wrote to support This decided" in said


def test_a_contact_that_was_none_is_told_with_what_made_it_none(
    get: Callable[..., str], past: Past, article: int
) -> None:
    who = past.helped(20, article)
    past.contact(19.9, who, 3)
    past.act(19, "contact_voided", someone(9), subject=("conversation", 3), detail={"reason": "spam"})
    past.settle()
    said = text_of(get(f"/reports/episodes/{episode('confirmed')}"))
    assert said.index("Wrote to support") < said.index("That turned out not to be a contact")


def test_a_direct_contact_is_told_alone(get: Callable[..., str], past: Past) -> None:
    past.contact(10, someone(), 3)
    past.settle()
    said = text_of(get(f"/reports/episodes/{episode('direct')}"))
    assert "A contact that followed no search for help." in said


def test_what_changed_after_publication_is_told(get: Callable[..., str], past: Past, article: int) -> None:
    who = past.helped(20, article)
    past.settle(3)
    past.act(2, "vote_withdrawn", who, subject=("article", article), topic_id=1)
    past.settle()
    said = text_of(get(f"/reports/episodes/{episode()}"))
    assert "Its day was published with “Confirmed” and stays that way." in said
    assert "since then: Left in silence" in text_of(get("/reports/episodes?changed=1"))


def test_what_came_when_its_day_was_frozen_is_shown_beside_it(get: Callable[..., str], past: Past) -> None:
    past.act(2, "contacted", someone(), subject=("conversation", 3), occurred_at=NOW - timedelta(days=20))
    past.settle()
    assert "1 has changed since publication." in text_of(get("/reports"))
    assert "0 episodes" in text_of(get("/reports/episodes?state=direct"))
    assert "Not counted since then: Wrote to support directly" in text_of(get("/reports/episodes?changed=1"))
    said = text_of(get(f"/reports/episodes/{episode()}"))
    assert "Its day was published with “Not counted” and stays that way." in said
    assert "may still change" not in said
    assert {line.split(",")[1] for line in get("/reports/days.csv?from=2026-04-01&to=2026-04-20").split()[1:]} == {"no"}


def test_an_episode_that_is_gone_keeps_its_page(get: Callable[..., str], past: Past) -> None:
    past.contact(20, someone(), 3)
    past.settle(3)
    past.act(2, "contact_voided", someone(9), subject=("conversation", 3), detail={"reason": "spam"})
    past.settle()
    said = text_of(get(f"/reports/episodes/{episode('gone')}"))
    assert "its contact turned out not to be one" in said


def test_somebody_is_nobody_unless_one_may_see_people(get: Callable[..., str], past: Past, cast: Cast) -> None:
    ben = someone(cast.id_of("ben"))
    past.search(10, ben, "my secret words")
    past.settle()
    path = f"/reports/episodes/{episode()}"
    for who in ("ada", "sam"):
        html = get(path, who)
        assert "Someone" in html
        assert email_of("ben") not in html and ">Ben<" not in html
    assert f"/settings/people/{cast.id_of('ben')}" in get(path, "root")
    assert email_of("ben") not in get("/reports/episodes", "root")


def test_words_that_were_forgotten_are_not_told(get: Callable[..., str], past: Past) -> None:
    past.search(100, someone(), "some old words")
    past.settle()
    path = f"/reports/episodes/{episode()}"
    assert "some old words" in get(path)
    search_query.forget_old()
    assert "Searched and found 3 results" in text_of(get(path))


def test_an_unknown_episode_is_not_found(get: Callable[..., str]) -> None:
    assert "Episode 77" not in get("/reports/episodes/77", status=404)


@pytest.mark.parametrize("locale", ["es", "ru", "ar"])
def test_a_timeline_speaks_the_language_of_the_page(
    get: Callable[..., str], past: Past, article: int, locale: str
) -> None:
    past.helped(10, article)
    past.settle()
    said = text_of(get(f"/reports/episodes/{episode()}?lang={locale}"))
    words = {
        "es": "Dijo que «Open a locker» le sirvió",
        "ru": "Сказано: «Open a locker» помогло",
        "ar": "قال إن «Open a locker» أفاده",
    }
    assert words[locale] in said
