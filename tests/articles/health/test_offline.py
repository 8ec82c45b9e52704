"""Dead sites are told from a machine that is cut off, and from a look that went wrong."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from helpcenter.articles.health.kind import Kind
from helpcenter.articles.health.outside_address import OutsideAddress
from helpcenter.core.db import db
from helpcenter.core.outside.look import Answer, Look
from tests.articles.health.conftest import found
from tests.articles.health.internet import DEAD, FINE, GONE, Internet
from tests.articles.health.internet import internet as internet
from tests.articles.health.internet import travel as travel
from tests.shelf import put_article

GOOD = "https://good.example/"
HOUR = {"hours": 1}


def sites(count: int) -> list[str]:
    return [f"https://site{number}.example/" for number in range(count)]


def link_to(title: str, *urls: str) -> None:
    put_article(title, " ".join(f"[a]({url})" for url in urls))


@pytest.mark.parametrize("count", [1, 2, 3, 5])
def test_a_machine_that_is_cut_off_says_nothing_about_others(
    internet: Internet, travel: Callable[..., None], count: int
) -> None:
    link_to("Cards", GOOD)
    internet.look()
    link_to("Refunds", *sites(count))
    internet.is_cut_off = True
    assert internet.look() == [*sites(count), GOOD]
    for _hour in range(60):
        travel(**HOUR)
        internet.look()
    assert found(Kind.OUTSIDE) == []
    assert db.session.scalars(select(OutsideAddress.failures)).all() == [0] * (count + 1)


def test_what_was_put_off_together_comes_due_one_after_the_other(
    internet: Internet, travel: Callable[..., None]
) -> None:
    link_to("Cards", GOOD)
    internet.look()
    link_to("Refunds", *sites(4))
    internet.is_cut_off = True
    internet.look()
    times = db.session.scalars(select(OutsideAddress.next_at).where(OutsideAddress.url != GOOD)).all()
    assert len(set(times)) == 4


def test_dead_sites_that_come_due_alone_are_listed_where_another_one_answers(
    internet: Internet, travel: Callable[..., None]
) -> None:
    link_to("Cards", GOOD, *sites(3))
    internet.looks = dict.fromkeys(sites(3), DEAD)
    assert len(internet.look()) == 4
    travel(days=1)
    assert internet.look() == [*sites(3), GOOD]
    assert len(found(Kind.OUTSIDE)) == 3


@pytest.mark.parametrize("answer", [GONE, Look(Answer.CLOSED, 403)])
def test_a_witness_that_answers_anything_shows_that_the_way_is_open_and_was_looked_at(
    internet: Internet, travel: Callable[..., None], answer: Look
) -> None:
    link_to("Cards", GOOD, *sites(1))
    internet.looks = {sites(1)[0]: DEAD}
    internet.look()
    internet.looks[GOOD] = answer
    travel(days=1)
    assert internet.look() == [*sites(1), GOOD]
    assert len(found(Kind.OUTSIDE)) == 1
    assert answer.answer in db.session.scalars(select(OutsideAddress.answer)).all()


def test_without_a_site_known_to_answer_a_failure_counts(internet: Internet, travel: Callable[..., None]) -> None:
    link_to("Cards", *sites(3))
    internet.is_cut_off = True
    internet.look()
    travel(days=1)
    internet.look()
    assert len(found(Kind.OUTSIDE)) == 3


def test_two_sites_that_died_do_not_vouch_for_each_other_for_ever(
    internet: Internet, travel: Callable[..., None]
) -> None:
    link_to("Cards", sites(2)[0])
    internet.look()
    travel(days=1)
    link_to("Refunds", sites(2)[1])
    internet.look()
    internet.looks = dict.fromkeys(sites(2), DEAD)
    for _hour in range(24 * 14):
        travel(**HOUR)
        internet.look()
    assert len(found(Kind.OUTSIDE)) == 2


def test_nobody_is_asked_as_a_witness_where_something_answered_or_nothing_was_asked(
    internet: Internet, travel: Callable[..., None]
) -> None:
    link_to("Cards", GOOD)
    internet.look()
    link_to("Refunds", *sites(2))
    internet.looks = {sites(2)[0]: DEAD}
    assert internet.look() == sites(2)
    link_to("Limits", "http://wiki.internal/")
    internet.looks = {"http://wiki.internal/": Look(Answer.REFUSED)}
    assert internet.look() == ["http://wiki.internal/"]


def test_a_look_that_goes_wrong_is_a_failed_one_and_holds_up_no_other(
    internet: Internet, travel: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    link_to("Cards", *sites(2))

    def stumble(_internet: Internet, url: str, _agent: str) -> Look:
        if url == sites(2)[0]:
            raise RuntimeError("nobody thought of that")
        return FINE

    monkeypatch.setattr(Internet, "__call__", stumble)
    internet.look()
    answers = dict(db.session.execute(select(OutsideAddress.url, OutsideAddress.answer)).all())
    assert answers == dict(zip(sites(2), (Answer.NO_CONNECTION, Answer.FINE), strict=True))
    travel(**HOUR)
    assert internet.look() == []
