"""Articles that not everybody may read, each named by a made-up word, and where a text names one."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote

from flask.testing import FlaskClient

from helpcenter.articles import help_key
from helpcenter.articles.article import Article
from helpcenter.articles.studio import place
from helpcenter.core.db import begin_write, db
from helpcenter.feedback import vote
from helpcenter.files import upload
from helpcenter.search import drainer
from helpcenter.topics.audience import Audience
from tests.cast import Cast
from tests.community.posts import put_question
from tests.feedback.votes import someone
from tests.files.pictures import picture
from tests.shelf import edition_of, put_article, put_topic

NAMES = {"open": "zorblaxo", "members": "quimferd", "team": "velsnark", "inmembers": "krundewo", "inteam": "thozzalm"}
TOPICS = {"inmembers": "wuxxanto", "inteam": "glimvorp"}
COMMON = "lighthouse"


@dataclass
class Site:
    """The planted ids, by the names above; `pictures` are addresses."""

    articles: dict[str, int]
    topics: dict[str, int]
    pictures: dict[str, str]


def plant(cast: Cast) -> Site:
    """A site with all of them, each helped many and with a picture, a key and an old address."""
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


def named_in(text: str) -> set[str]:
    """Which of the planted articles a text names, in any spelling."""
    said = unquote(text).casefold()
    return {name for name, word in NAMES.items() if word in said}


def get(browser: FlaskClient, path: str) -> str:
    """Everything that comes back, the way on among it."""
    answer = browser.get(path)
    return f"{answer.headers.get('Location', '')}\n{answer.get_data(as_text=True)}"
