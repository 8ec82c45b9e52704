"""Videos in articles: which ones readers see, and that a page asks nothing of another site."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from flask import Flask
from flask.testing import FlaskClient

from helpcenter.articles.folder import rerendering
from helpcenter.articles.health.kind import Kind
from helpcenter.articles.publication import archive
from helpcenter.articles.studio.archival import bring_back
from helpcenter.core import content_version, site
from helpcenter.core.db import begin_write, db
from helpcenter.search import drainer
from tests.articles.health.conftest import found, said
from tests.cast import Cast
from tests.shelf import edition_of, put_article
from tests.web.settings.test_settings import FILLED

TOUR = '<video src="https://www.youtube.com/watch?v=abc" title="A tour of the shelf"></video>'
LOOM = '<video src="https://www.loom.com/share/abc" title="Drill"></video>'
LOADING = {"src", "srcset", "poster", "data", "background", "action", "formaction"}


class Loaded(HTMLParser):
    """The addresses that a browser asks for by itself when it shows a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        loads = tag == "link" and said.get("rel") not in ("canonical", "alternate")
        self.addresses += [value or "" for name, value in attrs if name in LOADING or (loads and name == "href")]


def read(stranger: FlaskClient, number: int) -> str:
    return stranger.get(f"/en/articles/{number}", follow_redirects=True).text


def allow(cast: Cast, *hosts: str) -> None:
    answer = cast.browser("root").post("/settings", data={**FILLED, "video_hosts": "\n".join(hosts)})
    assert answer.status_code == 303


def test_a_page_with_a_video_asks_nothing_of_another_site(stranger: FlaskClient) -> None:
    poster = TOUR.replace("></", ' poster="https://i.ytimg.com/vi/abc/0.jpg"></')
    number = put_article("Shelf", f"{poster}\n\n<iframe src='https://player.vimeo.com/video/12'></iframe>")
    answer = stranger.get(f"/en/articles/{number}", follow_redirects=True)
    assert answer.text.count('class="video-link"') == 2 and "https://vimeo.com/12" in answer.text
    addresses = Loaded(answer.text).addresses
    assert addresses and all(re.match(r"/(?!/)|\?", address) for address in addresses), addresses
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'") and "http" not in policy
    assert "frame-src" not in policy and "media-src" not in policy


def test_search_finds_an_article_by_the_title_of_its_video(app: Flask, stranger: FlaskClient) -> None:
    put_article("Shelf", TOUR)
    db.session.rollback()
    drainer.drain()
    assert "Shelf" in stranger.get("/en/search?q=tour").text


def test_what_readers_see_is_made_anew_when_the_hosts_change(cast: Cast, stranger: FlaskClient) -> None:
    shelf, plain = put_article("Shelf", f"{TOUR}\n\n{LOOM}"), put_article("Plain")
    assert "A tour of the shelf" in read(stranger, shelf) and "Drill" not in read(stranger, shelf)
    allow(cast, "loom.com")
    assert "A tour of the shelf" in read(stranger, shelf)
    db.session.rollback()
    assert rerendering.render_marked() == 1
    assert "Drill" in read(stranger, shelf) and "A tour" not in read(stranger, shelf)
    before = content_version.current()
    db.session.rollback()
    assert rerendering.render_marked() == 0
    assert content_version.current() == before and "Some words." in read(stranger, plain)


def test_an_archived_article_comes_back_with_the_videos_of_now(cast: Cast, stranger: FlaskClient) -> None:
    shelf = put_article("Shelf", TOUR)
    begin_write()
    archive(edition_of(shelf), by=None)
    db.session.commit()
    allow(cast, "loom.com")
    db.session.rollback()
    assert rerendering.render_marked() == 0
    begin_write()
    bring_back(edition_of(shelf), by=None)
    db.session.commit()
    assert rerendering.render_marked() == 1
    assert "A tour of the shelf" not in read(stranger, shelf)


def test_settings_without_another_host_make_nothing_anew(cast: Cast) -> None:
    put_article("Shelf", TOUR)
    allow(cast, *site.Site().video_hosts)
    db.session.rollback()
    assert rerendering.render_marked() == 0


def test_a_video_that_readers_do_not_see_is_told_with_its_line(app: Flask) -> None:
    put_article("Shelf", f"Look.\n\n{LOOM}\n\n{TOUR}")
    assert found(Kind.VIDEOS) == [("Shelf", 3)]
    assert said(Kind.VIDEOS) == [
        "Readers do not see the video on www.loom.com: this site shows videos from youtube.com, youtu.be, "
        "youtube-nocookie.com, vimeo.com."
    ]
    begin_write()
    site.change(video_hosts=["loom.com"])
    db.session.commit()
    assert found(Kind.VIDEOS) == [("Shelf", 5)]
    begin_write()
    site.change(video_hosts=[])
    db.session.commit()
    assert said(Kind.VIDEOS)[0].endswith("this site shows no videos from other sites.")
