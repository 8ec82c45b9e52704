"""Checking what is published: what the health page says, in the words in which `check` speaks of a folder."""

from __future__ import annotations

from flask_babel import force_locale
from sqlalchemy import select

from helpcenter.articles.address import address
from helpcenter.articles.edition import Edition, Status
from helpcenter.articles.folder.finding import Finding, Level
from helpcenter.articles.folder.report import Progress, silent
from helpcenter.articles.folder.translations import lacking
from helpcenter.articles.health import finding as health
from helpcenter.articles.health.kind import Kind
from helpcenter.articles.health.reading import read_new
from helpcenter.articles.health.sentence import in_plain_letters, sentences
from helpcenter.core.db import db

SAID_IN = "en"
GRAVE = frozenset({Kind.LINKS, Kind.PICTURES, Kind.SNIPPETS})


def check_site(progress: Progress = silent, *, anew: bool = False) -> list[Finding]:
    """Everything there is to say about the published texts; lines are those of the Markdown. Commits.

    Texts that nobody read yet are read first, with `anew` all of them: that is slow.
    """
    refusals = read_new(anew=anew, progress=progress)
    with force_locale(SAID_IN):
        found = health.every(health.Wanted())
        said = sentences(found)
    findings = [
        Finding(one.url, one.line, in_plain_letters(words), Level.ERROR if one.kind in GRAVE else Level.WARNING)
        for one, words in zip(found, said, strict=True)
    ]
    rows = db.session.execute(
        select(Edition.locale, Edition.article_id, Edition.slug).where(Edition.status == Status.PUBLISHED)
    ).all()
    findings += [
        Finding(address(row.article_id, row.slug, row.locale), 0, refusals[row.article_id])
        for row in rows
        if row.article_id in refusals
    ]
    findings += lacking((row.locale, f"articles/{row.article_id}") for row in rows)
    progress("checking", len(rows), len(rows))
    return sorted(findings, key=lambda finding: (finding.path, finding.line, finding.message))
