"""Two clicks on Send at the same moment are one conversation."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from flask import Flask

from helpcenter.core.db import db
from tests.support.letters_to_us import kept, opened


def test_a_form_sent_ten_times_at_once_is_one_conversation(app: Flask) -> None:
    start = Barrier(10)

    def one(_number: int) -> int:
        with app.app_context():
            start.wait()
            return opened(submission="the same form").id

    db.session.rollback()
    with ThreadPoolExecutor(10) as clicks:
        assert len(set(clicks.map(one, range(10)))) == 1
    assert len(kept()) == 1
