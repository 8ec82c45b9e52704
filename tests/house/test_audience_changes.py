"""Whom an article is for changed: what everybody sees follows at once."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from flask import Flask

from helpcenter.accounts.viewer import STRANGER
from helpcenter.articles import publication
from helpcenter.articles.article import Article
from helpcenter.articles.studio import place
from helpcenter.articles.subject import move_topic
from helpcenter.core.db import begin_write, db
from helpcenter.search import drainer, finding
from helpcenter.topics import arrangement
from helpcenter.topics.audience import Audience
from helpcenter.topics.topic import Topic
from tests.cast import Cast
from tests.house.hidden_articles import COMMON, NAMES, Site, get, named_in
from tests.shelf import edition_of, put_article, put_topic

pytestmark = pytest.mark.alike


Change = Callable[[Site], None]


def _narrow_article(site: Site) -> None:
    article = db.session.get_one(Article, site.articles["open"])
    stands = place.place_of(article)
    place.move(article, place.Place(stands.topic_id, Audience.TEAM, stands.old_addresses), stands, by=None)


def _narrow_topic(site: Site) -> None:
    arrangement.open_to(db.session.get_one(Topic, site.topics["billing"]), Audience.TEAM)


def _move_into_team(site: Site) -> None:
    move_topic(site.topics["billing"], site.topics["inteam"])


def _archive(site: Site) -> None:
    publication.archive(edition_of(site.articles["open"]), by=None)


@pytest.mark.parametrize("change", [_narrow_article, _narrow_topic, _move_into_team, _archive])
def test_what_was_hidden_is_hidden_before_the_index_knows(
    planted: Site, app: Flask, cast: Cast, change: Change
) -> None:
    begin_write()
    change(planted)
    db.session.commit()
    stranger = app.test_client()
    for path in (
        "/en/",
        f"/en/search?q={COMMON}",
        "/en/search?q=zorblaxq",
        "/en/search/suggestions?q=zorb",
        "/en/none",
    ):
        typed = {name for name, word in NAMES.items() if word[:4] in path}
        assert named_in(get(stranger, path)) - typed == set(), path
    beyond = finding.find(COMMON, "en", STRANGER, offset=10)
    assert beyond.total in (None, 0, 1)
    assert "open" not in named_in(json.dumps([beyond.correction and beyond.correction.text, beyond.total]))
    completed = finding.complete("zorb", "en", STRANGER)
    assert named_in(" ".join([*completed.texts, *completed.titles])) == set()


def test_what_was_opened_is_found_by_those_it_was_opened_to(planted: Site, app: Flask) -> None:
    begin_write()
    arrangement.open_to(db.session.get_one(Topic, planted.topics["inmembers"]), Audience.EVERYONE)
    arrangement.open_to(db.session.get_one(Topic, planted.topics["inteam"]), Audience.EVERYONE)
    db.session.commit()
    drainer.drain()
    assert named_in(get(app.test_client(), f"/en/search?q={COMMON}")) == {"open", "inmembers", "inteam"}


def test_a_section_that_leaves_a_hidden_topic_is_found(planted: Site, app: Flask) -> None:
    section = put_topic("deeper", "Deeper", below=planted.topics["inmembers"])
    put_article(f"Ompuxard {COMMON}", topic_id=section)
    drainer.drain()
    begin_write()
    arrangement.put_below(db.session.get_one(Topic, section), planted.topics["billing"])
    db.session.commit()
    drainer.drain()
    assert "Ompuxard" in get(app.test_client(), f"/en/search?q={COMMON}")
