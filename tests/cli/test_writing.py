"""What an editor was told is kept survives the death of every process, and what was planned is done afterwards."""

from __future__ import annotations

import os
import signal
import sys
from datetime import timedelta
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import pytest
from sqlalchemy import select

from config import Settings
from drills.running_site import RunningSite, fresh_database, start, until
from helpcenter.accounts import session
from helpcenter.app import create_app
from helpcenter.articles import planned_act
from helpcenter.articles.planned_act import Act
from helpcenter.articles.rendering import Rendering
from helpcenter.articles.revision import Content, revise
from helpcenter.core import clock, migration
from helpcenter.core.db import begin_write, db
from helpcenter.core.page_store import SESSION_COOKIE
from tests import shelf
from tests.cast import Cast

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="kills a group of processes")
SOON = timedelta(seconds=2)


def ask(site: RunningSite, method: str, path: str, cookie: str, **fields: str) -> tuple[int, str]:
    """Ask as the browser of whoever holds the cookie; the status and the text of the answer."""
    line = HTTPConnection("127.0.0.1", site.port, timeout=60)
    headers = {
        "Cookie": f"{SESSION_COOKIE}={cookie}",
        "Sec-Fetch-Site": "same-origin",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    line.request(method, path, urlencode(fields) or None, headers)
    answer = line.getresponse()
    text = answer.read().decode()
    line.close()
    return answer.status, text


def begun(data_dir: Path, database_url: str) -> tuple[int, str]:
    """Ada's article, which is published again in a moment, and the cookie of her browser."""
    app = create_app(Settings(data_dir=data_dir, database_url=database_url, log_level="ERROR"))
    with app.app_context():
        cast = Cast(app)
        article = shelf.put_article("Open a locker", "Push.")
        cast.id_of("ada")
        begin_write()
        cookie = session.start(cast.id_of("ada"), "Chromium")
        db.session.commit()
        begin_write()
        edition = shelf.edition_of(article)
        later = revise(edition, Content("Open a locker", "Pull."), by=cast.id_of("ada"))
        planned_act.plan(edition.id, Act.PUBLISH, clock.now() + SOON, by=cast.id_of("ada"), revision_id=later.id)
        db.session.commit()
        return article, cookie


def test_what_was_kept_is_there_after_a_kill_and_what_was_planned_happens(settings: Settings, tmp_path: Path) -> None:
    data_dir, database_url = tmp_path / "data", fresh_database(settings.database_url)
    site = RunningSite(data_dir, database_url, log_level="ERROR")
    try:
        assert until(site.answers), site.stop()
        # The jobs end first, so that the plan is still waiting when everything dies.
        for job in site.children(" jobs run "):
            os.kill(job, signal.SIGSTOP)
        article, cookie = begun(data_dir, database_url)
        path = f"/studio/articles/{article}/en"
        status, said = ask(site, "POST", f"{path}/working-copy", cookie, title="Open a locker", body="Half a sentence")
        assert (status, "Kept" in said) == (200, True)
    finally:
        os.killpg(site.process.pid, signal.SIGKILL)
        site.process.wait()
    again = RunningSite(data_dir, database_url, log_level="ERROR")
    try:
        assert until(again.answers), again.stop()
        assert "Half a sentence" in ask(again, "GET", path, cookie)[1]
        assert until(lambda: "Pull." in ask(again, "GET", f"/en/articles/{article}-open-a-locker", cookie)[1])
    finally:
        again.stop()


def test_a_watched_folder_and_the_site_follow_each_other(settings: Settings, tmp_path: Path) -> None:
    data_dir, database_url = tmp_path / "data", fresh_database(settings.database_url)
    file = tmp_path / "articles" / "en" / "lockers" / "open.md"
    file.parent.mkdir(parents=True)
    file.write_text("---\ntitle: Open a locker\n---\n\nPush.\n")
    app = create_app(Settings(data_dir=data_dir, database_url=database_url, log_level="ERROR"))
    with app.app_context():
        migration.upgrade()
    settings_of = {"HELPCENTER_DATA_DIR": str(data_dir), "HELPCENTER_DATABASE_URL": database_url}
    watching = start("content", "watch", str(tmp_path / "articles"), "--both", "--every", "0.2", **settings_of)

    def reads(words: str) -> bool:
        with app.app_context():
            return any(words in html for html in db.session.scalars(select(Rendering.html)))

    try:
        assert until(lambda: reads("Push."))
        file.write_text("---\ntitle: Open a locker\n---\n\nPull.\n")
        assert until(lambda: reads("Pull."))
        with app.app_context():
            shelf.change_article(shelf.edition_named("Open a locker"), body="Pull twice.")
        assert until(lambda: "Pull twice." in file.read_text())
    finally:
        watching.send_signal(signal.SIGINT)
        out, _ = watching.communicate(timeout=60)
    assert (watching.returncode, "Not watching any more." in out) == (0, True)
