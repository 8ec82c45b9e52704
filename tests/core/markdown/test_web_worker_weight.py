"""What a web worker carries: nothing that only another process needs, or few people do."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from flask import Flask

from helpcenter.core import migration
from helpcenter.core.page_store import SESSION_COOKIE
from helpcenter.search import drainer
from tests.articles.test_votes import ballot_on
from tests.cast import PASSWORD, Cast, email_of
from tests.community.posts import put_answer, put_question
from tests.fresh_database import app_without_tables
from tests.shelf import put_article
from tests.support.letters_to_us import opened

RENDERING = {"markdown", "pymdownx", "pygments", "nh3"}
ELSEWHERE = RENDERING | {
    "PIL", "alembic", "bs4", "cryptography", "icalendar", "imap_tools", "jwt", "mako", "markdownify", "psycopg", "rich",
}  # fmt: skip
TOKEN = "m" * 40
SECONDS = 120


def told_by(*command: str, given: str = "") -> Any:
    """What a process of its own says in the end."""
    done = subprocess.run(
        [sys.executable, *command], check=True, capture_output=True, text=True, timeout=SECONDS, input=given
    )
    return json.loads(done.stdout)


def test_a_web_worker_renders_without_loading_the_libraries() -> None:
    script = (
        "import json, sys\nfrom helpcenter.core.markdown import render, references\n"
        "assert render('# a', 'article').headings\nreferences('[a](b)')\n"
        "print(json.dumps(sorted({name.split('.')[0] for name in sys.modules})))"
    )
    assert set(told_by("-c", script)) & {*ELSEWHERE, "flask", "sqlalchemy"} == set()


def everything_asked(app: Flask) -> list[dict[str, Any]]:
    """What strangers, members, the team and a monitor ask of a small site."""
    cast = Cast(app)
    article = put_article("Refunds", "Some **words** about `code`.", by=cast.id_of("ada"))
    question = put_question(cast)
    put_answer(cast, question)
    row = opened()
    drainer.drain()
    page, asked = f"/en/articles/{article}-refunds", f"/en/questions/{question}-how-do-i-get-my-money-back"
    form = {"answer": "yes", "revision_id": ballot_on(app.test_client().get(page).text)}
    entry = {"email": email_of("ben"), "password": PASSWORD}
    public = ["/en/", page, "/en/search?q=refunds", asked, "/en/community", "/en/contact", "/feed.atom", "/sitemap.xml"]
    team = ["/studio", f"/studio/articles/{article}/en", "/inbox", f"/inbox/{row.id}", "/reports", "/settings"]
    return [
        *({"path": path} for path in (*public, "/login", "/healthz", "/readyz")),
        {"path": "/metrics", "headers": {"Authorization": f"Bearer {TOKEN}"}},
        {"path": f"/en/articles/{article}/vote", "method": "POST", "data": form},
        {"path": "/login", "method": "POST", "data": entry, "expected": 303},
        *({"path": path, "cookie": cookie_of(cast, "ben")} for path in (page, asked, "/preferences")),
        *({"path": path, "cookie": cookie_of(cast, "root")} for path in team),
    ]


def cookie_of(cast: Cast, name: str) -> str:
    cookie = cast.browser(name).get_cookie(SESSION_COOKIE)
    assert cookie is not None
    return cookie.value


def test_a_web_worker_answers_without_what_other_processes_need(tmp_path: Path) -> None:
    with app_without_tables(tmp_path, "") as app:
        migration.upgrade()
        requests = everything_asked(app)
    given = {"data_dir": str(tmp_path), "metrics_token": TOKEN, "requests": requests}
    found = told_by("-m", "tests.core.answering_process", given=json.dumps(given))
    assert found["statuses"] == [[one["path"], one.get("expected", 200)] for one in requests]
    assert set(found["libraries"]) & ELSEWHERE == set()
    assert {"flask", "sqlalchemy", "whoosh"} <= set(found["libraries"])
