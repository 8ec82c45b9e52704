"""After it was brought back or moved, a site answers every address as before: to strangers and members."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from config import Settings
from helpcenter.accounts import session
from helpcenter.app import create_app
from helpcenter.backup import archive, moving, restoring
from helpcenter.core import clock
from helpcenter.core.db import begin_write, db
from helpcenter.core.page_store import SESSION_COOKIE
from helpcenter.search import drainer
from tests.backup.conftest import KINDS, Elsewhere
from tests.cast import Cast
from tests.conftest import Browser
from tests.house.canaries import plant
from tests.house.crawl import SITE, addresses
from tests.house.test_canary import plausible, searches

PEOPLE = ("", "ben")
OF_THE_TEAM = ("/studio", "/inbox", "/moderation", "/reports", "/settings")
NOISE = re.compile(r"[\w.:~=-]{24,}|\b[0-9a-f]{16}\b")
"""Words that are another one at each request: signed tokens and the names of requests."""


def every_address(app: Flask, cast: Cast) -> list[str]:
    """What readers come by: all that the sitemap tells, old and wrong addresses, sources, feeds, searches, pictures."""
    garden = plant(cast)
    drainer.drain()
    groups = addresses(app, plausible(garden))
    # One page of each kind; what the sitemap tells is asked besides. The team's pages send these people away.
    asked = [address for group in groups for address in group[:1] if not address.startswith(OF_THE_TEAM)]
    told = re.findall(rf"<loc>{SITE}([^<]+)</loc>", app.test_client().get("/sitemap.xml").text)
    assert len(told) > 5
    return list(dict.fromkeys([*told, *garden.old_paths, *list(searches(()))[::5], *asked]))


def cookies(cast: Cast) -> dict[str, str]:
    """For each person the cookie of a session."""
    ids = {name: cast.id_of(name) for name in PEOPLE if name}
    begin_write()
    found = {name: session.start(user_id, "a test") for name, user_id in ids.items()}
    db.session.commit()
    return found


def answers(app: Flask, asked: list[str], signed_in: dict[str, str]) -> Iterator[tuple[str, str, int, str, object]]:
    for name in PEOPLE:
        browser: FlaskClient = app.test_client()
        if name:
            browser.set_cookie(SESSION_COOKIE, signed_in[name])
        for address in asked:
            answer = browser.get(address)
            is_text = (answer.mimetype or "").startswith(("text/", "application/"))
            body: object = NOISE.sub("…", answer.text) if is_text else answer.data
            yield name, address, answer.status_code, answer.headers.get("Location", ""), body


def site_at(place: Settings) -> Flask:
    app = create_app(place)
    app.test_client_class = Browser
    return app


def test_every_address_answers_as_before(writable: Flask, cast: Cast, elsewhere: Elsewhere, tmp_path: Path) -> None:
    """Brought back from a copy into SQLite, and moved from there: to PostgreSQL where these tests have one."""
    with clock.moved(clock.now().replace(microsecond=0)):
        asked, signed_in = every_address(writable, cast), cookies(cast)
        before = list(answers(writable, asked, signed_in))
        assert {200, 301, 404} <= {answer[2] for answer in before}
        assert {name for name, _, status, *_ in before if status == 200} == set(PEOPLE)
        brought = elsewhere("sqlite")
        restoring.restore(archive.write(writable, tmp_path / "site.zip"), brought)
        app = site_at(brought)
        assert differences(before, app, asked, signed_in) == []
        assert differences(before, site_at(moved(app, elsewhere)), asked, signed_in) == []


def moved(app: Flask, elsewhere: Elsewhere) -> Settings:
    """Where the site is after it was moved to the database of these tests: its folder stays."""
    settings: Settings = app.config["SETTINGS"]
    url = elsewhere(KINDS[-1], bare=True).database_url or f"sqlite:///{settings.data_dir / 'moved.sqlite3'}"
    with app.app_context():
        moving.move(app, url)
        db.session.remove()
        db.engine.dispose()
    return replace(settings, database_url=url)


def differences(before: list[object], app: Flask, asked: list[str], signed_in: dict[str, str]) -> list[object]:
    """The addresses that answer something else, with both answers."""
    after = list(answers(app, asked, signed_in))
    return [(old, new) for old, new in zip(before, after, strict=True) if old != new]
