"""The command that proves the counts."""

from __future__ import annotations

from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import update

from helpcenter.cli.feedback import command
from helpcenter.core.db import begin_write, db
from helpcenter.feedback import tally
from helpcenter.feedback.tally import HelpfulTally, Tally
from tests.feedback.votes import ARTICLE, cast, someone


def run(app: Flask, *words: str) -> Result:
    db.session.rollback()
    return CliRunner().invoke(command, ["recount", *words], obj=app)


def test_true_counts_are_said_to_be_true(app: Flask) -> None:
    cast(True, someone())
    result = run(app, "--check")
    assert (result.exit_code, result.output) == (0, "Every tally is what its votes add up to.\n")


def test_a_wrong_count_fails_the_check_and_is_mended_without_it(app: Flask) -> None:
    cast(True, someone())
    begin_write()
    db.session.execute(update(HelpfulTally).values(no=3))
    db.session.commit()
    checked = run(app, "--check")
    assert checked.exit_code == 1
    assert "article:12 revision 40: 1 yes, 3 no kept; 1 yes, 0 no counted" in checked.output
    mended = run(app)
    assert (mended.exit_code, tally.of(ARTICLE, 40)) == (0, Tally(1, 0))
    assert run(app, "--check").exit_code == 0
