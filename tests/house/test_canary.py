"""Nothing hidden is heard of: canaries in all that is hidden, and a crawl of everything as each lower role."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from helpcenter.accounts.notifications.notification import Notification
from helpcenter.accounts.user import User
from helpcenter.accounts.viewer import STRANGER, Viewer
from helpcenter.articles import publication
from helpcenter.community.answer import Answer
from helpcenter.community.question import Question
from helpcenter.core.db import begin_write, db
from helpcenter.core.locale import LANGUAGES
from helpcenter.core.mail import OutgoingMail
from helpcenter.feedback import ballot
from helpcenter.feedback.helpful_vote import HelpfulVote
from helpcenter.search import drainer, finding
from helpcenter.topics.topic import Topic
from tests.cast import Cast, email_of
from tests.house.access import PEOPLE, TEAM
from tests.house.canaries import plant
from tests.house.canaries_of_people import LETTER
from tests.house.crawl import Page, addresses, crawl, fetch
from tests.house.garden import COMMON, Garden
from tests.shelf import edition_of

# The same statements on every database, and each of them is asked of PostgreSQL by a test of its own.
pytestmark = pytest.mark.alike
# Whoever may see most goes first: what a page keeps of them, the next would read.
LOWER = ("editor", "agent", "moderator", "member", "stranger")


@pytest.fixture
def garden(cast: Cast) -> Garden:
    planted = plant(cast)
    drainer.drain()
    return planted


def browser_of(app: Flask, cast: Cast, person: str) -> FlaskClient:
    name = PEOPLE[person]
    return cast.browser(name) if name else app.test_client()


def viewer_of(cast: Cast, person: str) -> Viewer:
    name = PEOPLE[person]
    return cast.viewer(name) if name else STRANGER


def plausible(garden: Garden) -> dict[str, Iterable[object]]:
    """For each argument of an address what leads somewhere."""
    return {
        "locale": LANGUAGES,
        "language": ("en", "ru"),
        "article_id": garden.article_ids,
        "slug": ("x", *(row.slug for row in db.session.scalars(select(Question)))),
        "key": ("invoices",),
        "topic_id": list(db.session.scalars(select(Topic.id))),
        "step": (1,),
        "number": (1, 2),
        "user_id": list(db.session.scalars(select(User.id))),
        "mail_id": list(db.session.scalars(select(OutgoingMail.id))),
        "vote_id": list(db.session.scalars(select(HelpfulVote.id))),
        "name": [*garden.file_names, *garden.tags, "ben"],
        "question_id": list(db.session.scalars(select(Question.id))),
        "answer_id": list(db.session.scalars(select(Answer.id))),
        "kind": ("question", "answer", "user", "topic", "tag"),
        "subject_id": range(1, 5),
        "secret": ("x",),
        "notification_id": list(db.session.scalars(select(Notification.id))),
        "stamp": ("x",),
        "color": ("7a1f4d",),
    }


def searches(words: Iterable[str]) -> Iterator[str]:
    """Words everybody types, in every language; and each of these whole, half typed, misspelt and nearly an address."""
    for code in LANGUAGES:
        for text in ("refund", "invoice", COMMON[:5]):
            yield from (f"/{code}/search?q={text}", f"/{code}/search/suggestions?q={text}")
    yield from ("/en/search?q=refudn", "/en/search?q=ask+archived+only+inside+topic")
    hidden = [word for word in words if word.isalpha()]
    for word, other in zip(hidden, [*hidden[1:], *hidden[:1]], strict=True):
        yield f"/en/search?q={word}+{other[:3]}q{other[4:]}"
        yield from (f"/en/search/suggestions?q={word}", f"/en/search/suggestions?q={word[:5]}")
        yield f"/en/articles/{word[:-1]}"


def leaks(pages: Iterable[Page], garden: Garden, person: str) -> set[str]:
    """Where a person reads a word that is not for them and that they did not type themselves."""
    hidden = garden.hidden_from(person)
    return {
        f"{person} reads {garden.where[word]} ({word}) at {page.address}"
        for page in pages
        for word in hidden
        if word.casefold() in page.text and (word not in page.address or page.is_picture)
    }


def acts(browser: FlaskClient, garden: Garden) -> Iterator[Page]:
    """What the forms of readers answer."""
    for article_id in garden.article_ids:
        revision_id = edition_of(article_id).published_revision_id
        if revision_id:
            signed = ballot.make(("article", article_id), revision_id)
            for answer in ("no", "perhaps"):
                form = {"answer": answer, "revision_id": signed}
                yield fetch(browser, f"/en/articles/{article_id}/vote", method="POST", data=form)
    for path in ("/register", "/reset"):
        yield fetch(browser, path, method="POST", data={"email": "new@example.org", "name": "N", "password": "x" * 12})


def letters(person: str) -> Iterator[Page]:
    """What had been sent to this person and to whoever may see no more, besides the letter that is a canary itself."""
    others = PEOPLE.keys() - {"stranger"} if person == "stranger" else set(TEAM) - {person}
    addresses = [email_of(str(PEOPLE[who])) for who in others]
    theirs = (OutgoingMail.kind != LETTER, OutgoingMail.to_address.not_in(addresses))
    for letter in db.session.scalars(select(OutgoingMail).where(*theirs)):
        yield Page(
            f"a letter to {letter.to_address}", 200, f"{letter.subject}\n{letter.text}\n{letter.html}".casefold()
        )


def test_nobody_reads_what_is_not_for_them(app: Flask, cast: Cast, garden: Garden) -> None:
    found: set[str] = set()
    for person in LOWER:
        browser = browser_of(app, cast, person)
        asked = [garden.old_paths, list(searches(garden.hidden_from(person)))]
        pages = [
            *crawl(browser, [*addresses(app, plausible(garden)), *asked]),
            *acts(browser, garden),
            *letters(person),
        ]
        found |= leaks(pages, garden, person)
        assert [page.address for page in pages if page.status >= 500] == []
    assert sorted(found) == []


def test_whoever_may_read_it_does(app: Flask, cast: Cast, garden: Garden) -> None:
    # Without this, a crawl that reaches nothing would find no leak either.
    pages = crawl(browser_of(app, cast, "admin"), addresses(app, plausible(garden)))
    text = "".join(page.text for page in pages)
    unread = {where for word, where in garden.where.items() if word.casefold() not in text}
    assert unread == {
        "address that waits of a member",
        "words typed into the search",
        "title of a draft of a question",
        "address left with a suggestion",
        "address left with a vote",
    }


def test_numbers_and_half_typed_words_know_nothing_of_what_is_hidden(app: Flask, cast: Cast, garden: Garden) -> None:
    for person, readable in garden.readable.items():
        page = browser_of(app, cast, person).get("/en/").text
        viewer = viewer_of(cast, person)
        assert sum(map(int, re.findall(r">(\d+) articles?<", page))) == readable
        found = finding.find(COMMON, "en", viewer, limit=50)
        assert found.total == len(found.hits) == readable
        assert found.facets is not None
        assert sum(found.facets.topics.values()) == sum(found.facets.kinds.values()) == readable
        for word in filter(str.isalpha, garden.hidden_from(person)):
            assert word not in str(finding.complete(word[:5], "en", viewer)).casefold()


def test_what_was_just_taken_away_is_gone_before_the_index_knows(app: Flask, garden: Garden) -> None:
    invoice = garden.article_ids[1]
    begin_write()
    publication.archive(edition_of(invoice), by=None)
    db.session.commit()
    starts = [*searches(()), "/en/", "/sitemap.xml", "/llms.txt", "/feed.atom", "/en/articles/read-an-invoice"]
    told = (page for page in crawl(app.test_client(), [starts]) if page.address != starts[-1])
    assert [
        page.address for page in told if "read an invoice" in page.text or f"/articles/{invoice}" in page.text
    ] == []
