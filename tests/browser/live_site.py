"""The product on a port of its own, with a data folder and a database of its own, and its people."""

from __future__ import annotations

import logging
import re
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any, TypeVar

from flask import Flask
from flask_babel import force_locale, gettext
from werkzeug.serving import WSGIRequestHandler, make_server

from config import Settings
from helpcenter.accounts import session
from helpcenter.app import create_app
from helpcenter.core import content_version, jobs, logs, mail, site
from helpcenter.core.db import begin_write, db
from tests.cast import Cast

SUPPORT = "support@example.org"
Result = TypeVar("Result")


class LiveSite:
    """`url` is where it stands. What a test does to it directly is done within `inside`."""

    def __init__(self, app: Flask, url: str) -> None:
        self.app = app
        self.url = url
        self._cast = Cast(app)

    @contextmanager
    def inside(self) -> Iterator[Cast]:
        """An app context with a database session of its own."""
        with self.app.app_context():
            yield self._cast

    def do(self, act: Callable[..., Result], *arguments: Any, **named: Any) -> Result:
        """Call a function of the product, or of tests.shelf, inside."""
        with self.inside():
            return act(*arguments, **named)

    def cookie_of(self, name: str) -> str:
        """The session cookie of a person of the cast, signed in anew."""
        with self.inside() as cast:
            user_id = cast.id_of(name)
            begin_write()
            cookie = session.start(user_id, "Chromium")
            db.session.commit()
            return cookie

    def work(self) -> None:
        """Do what the job process would do now: feed the search index, show counts, and the like."""
        jobs.run_due(self.app)

    def change(self, **values: Any) -> None:
        """Change settings of the site."""
        with self.inside():
            begin_write()
            site.change(**values)
            db.session.commit()

    def said(self, words: str, locale: str, **values: Any) -> str:
        """A string of the interface as it is said in a language."""
        with self.app.test_request_context(), force_locale(locale):
            return str(gettext(words, **values))

    def link_in_letter_to(self, address: str) -> str:
        """The address in the newest letter to somebody."""
        with self.inside():
            letters = db.session.scalars(mail.newest().where(mail.OutgoingMail.to_address == address))
            newest = max(letters, key=lambda letter: letter.id)
            found = re.search(rf"{re.escape(self.url)}\S+", newest.text)
            assert found, f"no link in the letter to {address}:\n{newest.text}"
            return found[0]


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: Any) -> None:
        """Say nothing about requests."""


@contextmanager
def served(data_dir: Path, database_url: str, **changes: Any) -> Iterator[LiveSite]:
    """A new site on empty tables, served by threads until the block ends; `changes` are settings."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        url = f"http://127.0.0.1:{port}"
        app = create_app(
            Settings(
                data_dir=data_dir,
                database_url=database_url,
                secret_key="a secret that only the tests know, long enough",
                base_url=url,
                limits_enabled=False,
                check_outside_links=False,
                **changes,
            )
        )
        with app.app_context():
            db.drop_all()
            db.create_all()
            content_version.ensure_row()
        live = LiveSite(app, url)
        live.change(name="Harbor Help", support_address=SUPPORT)
        server = make_server("127.0.0.1", port, app, threaded=True, request_handler=_Quiet, fd=listening.fileno())
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        told = logs.requests.level
        logs.requests.setLevel(logging.WARNING)
        try:
            yield live
        finally:
            logs.requests.setLevel(told)
            server.shutdown()
            thread.join()
            with app.app_context():
                db.session.remove()
                db.engine.dispose()
