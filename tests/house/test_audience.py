"""Whom an article or a topic is for, in every place that names one, counts one or leads to one."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest
from flask import Flask
from flask.testing import FlaskClient

from helpcenter.accounts.viewer import STRANGER, Viewer
from helpcenter.search import finding
from tests.cast import Cast
from tests.house.hidden_articles import COMMON, NAMES, TOPICS, Site, get, named_in

pytestmark = pytest.mark.alike
PEOPLE = {"stranger": None, "member": "ben", "staff": "sam"}
# Which of the planted articles each may read; each kind is planted once in a topic for everybody, by the article's own
# word, and once more below a topic whose word it is.
READS = {
    "stranger": {"open"},
    "member": {"open", "members", "inmembers"},
    "staff": {"open", "members", "inmembers", "team", "inteam"},
}


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


def hidden_topics_in(text: str) -> set[str]:
    return {name for name, word in TOPICS.items() if word in unquote(text).casefold()}


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
