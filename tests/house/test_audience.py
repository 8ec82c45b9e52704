"""Whom an article or a topic is for, in every place that names one, counts one or leads to one."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import unquote

import pytest
from flask import Flask
from flask.testing import FlaskClient

from helpcenter.accounts.viewer import STRANGER, Viewer
from helpcenter.articles import help_key, publication
from helpcenter.articles.article import Article
from helpcenter.articles.studio import place
from helpcenter.articles.subject import move_topic
from helpcenter.core.db import begin_write, db
from helpcenter.feedback import vote
from helpcenter.files import upload
from helpcenter.search import drainer, finding
from helpcenter.topics import arrangement
from helpcenter.topics.audience import Audience
from helpcenter.topics.topic import Topic
from tests.cast import Cast
from tests.community.posts import put_question
from tests.feedback.votes import someone
from tests.files.pictures import picture
from tests.shelf import edition_of, put_article, put_topic

pytestmark = pytest.mark.alike
PEOPLE = {"stranger": None, "member": "ben", "staff": "sam"}
# Which of the planted articles each may read; each kind is planted once in a topic for everybody, by the article's own
# word, and once more below a topic whose word it is.
READS = {
    "stranger": {"open"},
    "member": {"open", "members", "inmembers"},
    "staff": {"open", "members", "inmembers", "team", "inteam"},
}
NAMES = {"open": "zorblaxo", "members": "quimferd", "team": "velsnark", "inmembers": "krundewo", "inteam": "thozzalm"}
TOPICS = {"inmembers": "wuxxanto", "inteam": "glimvorp"}
COMMON = "lighthouse"


@dataclass
class Site:
    """The planted ids, by the names above; `pictures` are addresses."""

    articles: dict[str, int]
    topics: dict[str, int]
    pictures: dict[str, str]


@pytest.fixture
def planted(cast: Cast) -> Site:
    billing = put_topic("billing", "Billing")
    inner = put_topic("inner", f"Inner {TOPICS['inmembers']}", audience=Audience.MEMBERS)
    back = put_topic("back", f"Back {TOPICS['inteam']}", below=billing, audience=Audience.TEAM)
    stands = {
        "open": (billing, Audience.EVERYONE),
        "members": (billing, Audience.MEMBERS),
        "team": (billing, Audience.TEAM),
        "inmembers": (inner, Audience.EVERYONE),
        "inteam": (back, Audience.EVERYONE),
    }
    articles, pictures = {}, {}
    for at, (name, (topic, audience)) in enumerate(stands.items(), start=1):
        shot = upload.store_picture(picture(size=(40, 30 + at)), by=None)
        body = f"About the {COMMON} of {NAMES[name]}.\n\n1. Pull.\n2. Push.\n\n![A shot]({shot.url})"
        title = f"{NAMES[name].title()} {COMMON}"
        articles[name] = put_article(title, body, topic_id=topic, audience=audience, summary=NAMES[name], position=at)
        pictures[name] = shot.url
    for name, number in articles.items():
        revision = edition_of(number).published_revision_id or 0
        begin_write()
        for _ in range(3):
            vote.cast_vote(subject=("article", number), revision_id=revision, helpful=True, by=someone())
        help_key.point(f"key-{name}", number, by=None)
        place.answer_to(db.session.get_one(Article, number), [f"/old/{name}"])
        db.session.commit()
    put_question(cast, "cleo", f"Where is the {COMMON}?", f"I look for the {COMMON}.", topic_id=billing)
    drainer.drain()
    return Site(articles, {"billing": billing, "inmembers": inner, "inteam": back}, pictures)


@pytest.fixture(params=list(PEOPLE))
def person(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def browser(app: Flask, cast: Cast, person: str) -> FlaskClient:
    name = PEOPLE[person]
    return cast.browser(name) if name else app.test_client()


def viewer_of(cast: Cast, person: str) -> Viewer:
    name = PEOPLE[person]
    return cast.viewer(name) if name else STRANGER


def named_in(text: str) -> set[str]:
    """Which of the planted articles a text names, in any spelling."""
    said = unquote(text).casefold()
    return {name for name, word in NAMES.items() if word in said}


def hidden_topics_in(text: str) -> set[str]:
    return {name for name, word in TOPICS.items() if word in unquote(text).casefold()}


def get(browser: FlaskClient, path: str) -> str:
    """Everything that comes back, the way on among it."""
    answer = browser.get(path)
    return f"{answer.headers.get('Location', '')}\n{answer.get_data(as_text=True)}"


# Lists name all that one may read; the last of them leaves what one does not follow.
LISTS = {
    "the start page": "/en/",
    "results": f"/en/search?q={COMMON}",
    "results as one types": f"/en/search/suggestions?q={COMMON[:6]}",
    "results of articles": f"/en/search?q={COMMON}&kind=article",
}
# What is the same for everybody, and whatever may name something or nothing.
OTHERS = {
    "sitemap": "/sitemap.xml",
    "map for models": "/llms.txt",
    "feed": "/feed.atom",
    "feed of a topic": "/topics/{billing}/feed.atom",
    "feed of a hidden topic": "/topics/{inmembers}/feed.atom",
    "feed of a hidden section": "/topics/{inteam}/feed.atom",
    "questions of a hidden topic": "/community/topics/{inmembers}/feed.atom",
    "community": "/en/community",
    "community of a hidden topic": "/en/community?topic={inmembers}",
    "asking": "/en/questions/new?topic={inmembers}",
    "asking about a section": "/en/questions/new?topic={inteam}",
    "contact": "/en/contact",
    "no page like that": f"/en/articles/{COMMON}",
    "a wrong title": f"/en/{COMMON}-zorblax",
    "misspelt": "/en/search?q=velsnarq+thozzaln",
    "half a word": "/en/search/suggestions?q=thozza",
    "search of a hidden topic": f"/en/search?q={COMMON}&topic={{inmembers}}",
    "how browsers search": "/opensearch.xml",
    "nothing found": "/en/search?q=zzqxj",
    "robots": "/robots.txt",
    "health": "/healthz",
}


def test_a_list_names_what_one_may_read_and_nothing_else(planted: Site, browser: FlaskClient, person: str) -> None:
    for where, path in LISTS.items():
        named = named_in(get(browser, path))
        if where == "the start page":
            # It shows three of each topic.
            assert named <= READS[person], where
        else:
            assert named == READS[person], where


def test_no_other_place_names_more(planted: Site, browser: FlaskClient, person: str) -> None:
    for where, path in OTHERS.items():
        text = get(browser, path.format(**planted.topics))
        named = {name for name in named_in(text) if NAMES[name][:6] not in path.casefold()}
        assert named <= READS[person], where
        assert hidden_topics_in(text) <= READS[person] & set(TOPICS), where


def test_machines_are_told_what_everybody_may_read(planted: Site, browser: FlaskClient) -> None:
    for where in ("sitemap", "map for models", "feed", "feed of a topic"):
        assert named_in(get(browser, OTHERS[where].format(**planted.topics))) == {"open"}, where


def test_counts_count_what_one_may_read(planted: Site, browser: FlaskClient, cast: Cast, person: str) -> None:
    in_billing = len(READS[person] - {"inmembers"})
    home = get(browser, "/en/")
    assert re.search(rf"Billing</a>[^§]*?\b{in_billing} article", re.sub(r"\s+", " ", home))
    found = finding.find(COMMON, "en", viewer_of(cast, person), kinds=frozenset({"article"}))
    assert found.total == len(READS[person])
    assert found.facets is not None
    assert sum(found.facets.topics.values()) == len(READS[person])
    assert found.facets.kinds == {"article": len(READS[person]), "question": 1}


OF_AN_ARTICLE = (
    "/en/articles/{id}",
    "/en/articles/{id}-x",
    "/es/articles/{id}",
    "/en/articles/{id}.md",
    "/en/articles/{id}/stuck/1",
    "/en/articles/{id}/vote",
    "/en/help/key-{name}",
    "/old/{name}",
    "/en/contact?article={id}",
    "/en/contact?article={id}&step=1",
)


@pytest.mark.parametrize("path", OF_AN_ARTICLE)
def test_every_address_of_an_article_knows_it_or_does_not(
    planted: Site, browser: FlaskClient, person: str, path: str
) -> None:
    for name in NAMES:
        text = get(browser, path.format(id=planted.articles[name], name=name))
        if name in READS[person]:
            assert name in named_in(text), name
        else:
            assert name not in named_in(text), name
            assert "Billing" not in re.findall(r"<option[^>]*selected[^>]*>([^<]*)", text), name


def test_the_pictures_of_an_article_are_for_its_readers(planted: Site, browser: FlaskClient, person: str) -> None:
    opened = {name for name, path in planted.pictures.items() if browser.get(path).status_code == 200}
    assert opened == READS[person]


def test_around_an_article_stand_those_one_may_read(planted: Site, browser: FlaskClient, person: str) -> None:
    """Before, after, related, structured data and the ways on."""
    for name in READS[person]:
        assert named_in(get(browser, f"/en/articles/{planted.articles[name]}-x")) <= READS[person], name


def test_forms_suggest_what_one_may_read(planted: Site, browser: FlaskClient, person: str) -> None:
    message = f"I look for the {COMMON} and {' and '.join(NAMES.values())}"
    for path, data in (
        ("/en/contact/suggestions", {"message": message}),
        ("/en/questions/suggestions", {"title": message[:120], "text": message}),
    ):
        answer = browser.post(path, data=data)
        assert answer.status_code == 200, path
        assert named_in(answer.text) <= READS[person], path
    for name, number in planted.articles.items():
        for act in ("opened", "solved"):
            answer = browser.post(f"/en/contact/suggestions/article/{number}/{act}")
            told = named_in(f"{answer.headers.get('Location', '')}{answer.text}")
            assert told <= READS[person], (name, act)


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
