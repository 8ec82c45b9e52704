"""What members are given before the app is asked is what the app would have made for each of them, whatever happened."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from itertools import product, zip_longest
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, update

from helpcenter.accounts import member_page, user
from helpcenter.accounts.notifications import following, notification
from helpcenter.accounts.role import Role
from helpcenter.accounts.session import UserSession
from helpcenter.accounts.user import User
from helpcenter.articles.article import Article
from helpcenter.community import tag, telling
from helpcenter.core.content_version import content_changed
from helpcenter.core.db import begin_write, db
from helpcenter.core.page_store import SESSION_COOKIE
from tests.articles.test_votes import vote
from tests.cast import Cast
from tests.community import posts
from tests.shelf import change_article, put_article, put_topic

WHO = ("ben", "cleo")
CHANGING = re.compile(r'name="began" type="hidden" value="[^"]*"|<code>[0-9a-f]{16}</code>')


class Stage:
    """A small site, people who look at it, and what they may do there. Each act changes what some page shows some of
    them, or whether it shows it at all.
    """

    def __init__(self, app: Flask, cast: Cast) -> None:
        self.app, self.cast = app, cast
        topic = put_topic("billing", "Billing")
        self.open, self.inner = (
            put_article("Refunds", "Some words.", topic_id=topic, audience=audience)
            for audience in ("everyone", "members")
        )
        self.topic = topic
        self.question = posts.put_question(cast, "root", topic_id=topic, tags=["money"])
        self.answer = posts.put_answer(cast, self.question, "mia")
        self.tag = tag.id_of("money") or 0
        self.browsers = {name: cast.browser(name) for name in (*WHO, "ada")}
        self.pages = {
            "start": "/en/",
            "topic": f"/en/topics/{topic}-billing",
            "article": f"/en/articles/{self.open}-refunds",
            "inner": f"/en/articles/{self.inner}-refunds",
            "question": f"/en/questions/{self.question}-how-do-i-get-my-money-back",
            "list": f"/en/community?topic={topic}",
            "tag": "/en/tags/money",
            "person": f"/en/people/{cast.id_of('mia')}-mia",
        }

    def change(self, who: str, **values: object) -> None:
        user_id = self.cast.id_of(who)
        self.write(lambda: db.session.execute(update(User).where(User.id == user_id).values(**values)))

    def write(self, act: Callable[[], Any], *, changes: bool = False) -> None:
        begin_write()
        act()
        if changes:
            content_changed()
        db.session.commit()

    def show_to(self, audience: str) -> None:
        hidden = update(Article).where(Article.id == self.inner).values(audience=audience)
        self.write(lambda: db.session.execute(hidden), changes=True)

    def follow(self, who: str, kind: str, number: int) -> None:
        user_id = self.cast.id_of(who)
        self.write(lambda: following.say(user_id, (kind, number), wanted=True))

    def tell(self, who: str) -> None:
        user_id = self.cast.id_of(who)
        about, subject = ("answer", self.answer), ("question", self.question)
        self.write(lambda: notification.tell(telling.ANSWER, [user_id], about=about, subject=subject, actor_id=None))

    # What is counted reaches kept pages within a minute, by a job; here at once.
    def say_it_too(self, who: str) -> None:
        posts.put_me_too(self.question, self.cast.id_of(who))
        self.write(lambda: None, changes=True)

    def say_it_helped(self, who: str) -> None:
        posts.put_vote(self.answer, posts.actor_of(self.cast, who))
        self.write(lambda: None, changes=True)

    def vote_and_sign_in_elsewhere(self, who: str) -> None:
        """The browser voted before anybody signed in there."""
        browser, cookie = self.app.test_client(), self.browsers[who].get_cookie(SESSION_COOKIE)
        vote(browser, self.open)
        assert cookie is not None
        browser.set_cookie(SESSION_COOKIE, cookie.value)
        self.browsers["another browser"] = browser

    def end_sessions(self, who: str) -> None:
        user_id = self.cast.id_of(who)
        self.write(lambda: db.session.execute(delete(UserSession).where(UserSession.user_id == user_id)))


# What happens, and the pages on which it is seen.
ACTS: dict[str, tuple[Callable[[Stage, str], Any], str]] = {
    "votes": (lambda stage, who: vote(stage.browsers[who], stage.open, comment="Which button?"), "article inner"),
    "voted before": (lambda stage, who: stage.vote_and_sign_in_elsewhere(who), "article"),
    "has it too": (lambda stage, who: stage.say_it_too(who), "question list"),
    "is helped": (lambda stage, who: stage.say_it_helped(who), "question person"),
    "comments": (lambda stage, who: posts.put_comment(stage.cast, stage.question, who), "question"),
    "follows the question": (lambda stage, who: stage.follow(who, "question", stage.question), "question"),
    "follows the topic": (lambda stage, who: stage.follow(who, "topic", stage.topic), "topic list"),
    "follows the tag": (lambda stage, who: stage.follow(who, "tag", stage.tag), "tag"),
    "is told": (lambda stage, who: stage.tell(who), "start"),
    "is renamed": (lambda stage, who: stage.change(who, name="<b>Ö & 'x'</b>"), "article question"),
    "likes it dark": (lambda stage, who: stage.change(who, theme="dark", shortcuts=False), "topic"),
    "lives elsewhere": (lambda stage, who: stage.change(who, time_zone="Pacific/Auckland", locale="ru"), "question"),
    "becomes an editor": (
        lambda stage, who: stage.write(lambda: user.give_role(stage.cast.id_of(who), Role.EDITOR, by=None)),
        "start article question",
    ),
    "is shut out": (lambda stage, _who: stage.show_to("staff"), "start topic inner"),
    "reads something new": (lambda stage, _who: change_article(stage.open, body="Quite other words."), "article"),
    "is logged out": (lambda stage, who: stage.end_sessions(who), "start article question"),
}


def seen(browser: FlaskClient, path: str) -> list[str]:
    """All there is to see, line by line, but for what is another at each view."""
    answer = browser.get(path)
    headers = [
        f"{name}: {value}" for name, value in sorted(answer.headers) if name not in ("X-Request-Id", "Content-Length")
    ]
    return [str(answer.status_code), *headers, *CHANGING.sub("", answer.text).splitlines()]


def test_what_is_given_out_is_what_the_app_makes_for_each_person(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance, stage, given = random.Random(5), Stage(app, cast), set()
    asked = app.extensions["own_pages"]

    def watched(environ: dict[str, Any], *rest: Any) -> Any:
        answer = asked(environ, *rest)
        if answer is not None:
            given.add(environ["PATH_INFO"])
        return answer

    def compare(pages: str, after: str) -> None:
        for (name, browser), page in product(stage.browsers.items(), pages.split()):
            shown = [seen(browser, stage.pages[page]) for _ in range(2)]
            with monkeypatch.context() as without:
                # Nobody is a member like all others, so the app makes every page for one person alone.
                without.setitem(app.extensions, "own_pages", None)
                without.setattr(member_page, "ONLY_MEMBER", frozenset())
                made = seen(browser, stage.pages[page])
            for one in shown:
                different = [pair for pair in zip_longest(one, made) if pair[0] != pair[1]]
                assert not different, f"{page} for {name} after: {after}"

    monkeypatch.setitem(app.extensions, "own_pages", watched)
    compare(" ".join(stage.pages), "nothing")
    assert given == {path.partition("?")[0] for path in stage.pages.values()}
    # Editors were seen to get pages of their own.
    del stage.browsers["ada"]
    acts = list(ACTS)
    chance.shuffle(acts)
    for name in acts:
        who = chance.choice(WHO)
        act, pages = ACTS[name]
        act(stage, who)
        compare(pages, f"{who} {name}")
