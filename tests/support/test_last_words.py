from __future__ import annotations

from flask import Flask

from helpcenter.core.db import begin_write, db
from helpcenter.journeys.actor import Actor
from helpcenter.support import conversation
from helpcenter.support.last_words import LastWords, last_words
from tests.cast import Cast
from tests.support.letters_to_us import kept, opened


def test_a_row_shows_the_first_line_of_what_was_said_last(app: Flask, cast: Cast) -> None:
    plain, longer, answered = opened("Only this."), opened("Hello,\n\n  the page stays white.\nSince today."), opened()
    begin_write()
    us = Actor("1" * 32, cast.id_of("sam"))
    conversation.reply(conversation.locked(answered.id), "\nPlease reload.\nThen sign in.", by=us)
    conversation.add_note(conversation.locked(answered.id), "A note is not theirs to wait for.", by=us)
    db.session.commit()
    assert last_words(kept()) == {
        plain.id: LastWords("", False, None),
        longer.id: LastWords("the page stays white.", False, None),
        answered.id: LastWords("Please reload.", True, us.user_id),
    }
    assert last_words([]) == {}


def test_the_inbox_shows_it(app: Flask, cast: Cast) -> None:
    opened("Hello,\nthe page stays <b>white</b>.")
    assert "the page stays &lt;b&gt;white&lt;/b&gt;." in cast.browser("sam").get("/inbox").text
