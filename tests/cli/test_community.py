"""The command that proves the counts of questions."""

from __future__ import annotations

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import update

from helpcenter.cli.community import command
from helpcenter.community import rerendering
from helpcenter.community.question import Question
from helpcenter.core.db import begin_write, db
from helpcenter.core.markdown import MarkdownRefused, Reason, Rendered
from tests.cast import Cast
from tests.community.posts import put_question, question_of


def run(app: Flask, *words: str) -> Result:
    db.session.rollback()
    return CliRunner().invoke(command, ["recount", *words], obj=app)


def test_true_counts_are_said_to_be_true(app: Flask, cast: Cast) -> None:
    put_question(cast)
    result = run(app, "--check")
    assert (result.exit_code, result.output) == (0, "Every question counts what its rows add up to.\n")


def test_a_wrong_count_fails_the_check_and_is_mended_without_it(app: Flask, cast: Cast) -> None:
    asked = put_question(cast)
    begin_write()
    db.session.execute(update(Question).values(answers=3))
    db.session.commit()
    checked = run(app, "--check")
    assert checked.exit_code == 1
    assert f"question:{asked}: answers 3 kept, 0 counted" in checked.output
    assert (run(app).exit_code, question_of(asked).answers) == (0, 0)


def test_posts_that_can_not_be_rendered_are_named_and_keep_what_they_have(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, other = put_question(cast), put_question(cast, text="Too tangled.")
    render, first = rerendering.rendered, question_of(asked).html

    def refusing(text: str, locale: str) -> Rendered:
        if text == "Too tangled.":
            raise MarkdownRefused(Reason.TOO_TANGLED)
        return render(text, locale)

    begin_write()
    db.session.execute(update(Question).values(html="old", renderer_version=0))
    db.session.commit()
    monkeypatch.setattr(rerendering, "rendered", refusing)
    done = CliRunner().invoke(command, ["render"], obj=app)
    assert (done.exit_code, done.stdout) == (1, "1 rendered.\n")
    assert done.stderr.startswith(f"question {other}: ")
    assert (question_of(asked).html, question_of(other).html) == (first, "old")
