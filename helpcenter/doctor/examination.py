"""Makes every check that can be made, each by itself: one that fails is a finding and stops no other."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from secrets import token_urlsafe

from flask import Flask, has_app_context

from helpcenter.core import logs
from helpcenter.core.db import db
from helpcenter.doctor import backups, counts, database, folder, mail, release, search, settings, texts, uploads, work
from helpcenter.doctor.finding import Finding, Level
from helpcenter.doctor.ground import Check, Ground

FIRST: tuple[Check, ...] = (settings.refused,)
"""With settings that make no sense it may be another site that is looked at."""
WITHOUT_APP: tuple[Check, ...] = (
    settings.address,
    settings.production,
    settings.mail,
    folder.there,
    folder.closed,
    folder.room,
    folder.near,
    release.libraries,
    release.translations,
    backups.recent,
    database.examine,
)
WITH_APP: tuple[Check, ...] = (
    work.process,
    work.outcomes,
    mail.outbox,
    mail.server,
    search.index,
    texts.articles,
    texts.posts,
    counts.votes,
    counts.journeys,
    uploads.stored,
)
# With one of these there are no tables that this release can read.
UNREADABLE = frozenset(
    {
        "no-database",
        "half-restored",
        "database-unreachable",
        "database-damaged",
        "database-newer",
        "database-older",
        "no-data-folder",
        "data-folder-read-only",
    }
)


@dataclass
class Examined:
    """What was found, how many checks were made, and why others were not; '' when all were."""

    findings: list[Finding] = field(default_factory=list)
    checks: int = 0
    left_out: str = ""

    @property
    def is_wrong(self) -> bool:
        """Whether something has to be put right."""
        return any(finding.level is Level.WRONG for finding in self.findings)


def examine(ground: Ground, app: Flask | None = None) -> Examined:
    """Everything. `app` is the one of the settings where there is one; else it is made when it can be."""
    result = Examined()
    _make(FIRST, ground, result)
    if ground.problems:
        result.left_out = f"{len(WITHOUT_APP) + len(WITH_APP)} checks need settings that make sense"
        return result
    _make(WITHOUT_APP, ground, result)
    unreadable = UNREADABLE & {finding.name for finding in result.findings}
    if unreadable:
        result.left_out = f"{len(WITH_APP)} checks need a database that this release can read"
        return result
    try:
        examined = app or _made(ground)
    except Exception as problem:
        result.findings.append(_failed("the app can not be made", problem))
        result.left_out = f"{len(WITH_APP)} checks need the app"
        return result
    with examined.app_context():
        _make(WITH_APP, ground, result)
        if app is None:
            db.session.remove()
            db.engine.dispose()
            logging.disable(logging.NOTSET)
    return result


def _made(ground: Ground) -> Flask:
    from helpcenter.app import create_app

    # Nothing is signed here, and a key that would be made belongs to the site.
    settings = ground.settings if ground.settings.secret_key else replace(ground.settings, secret_key=token_urlsafe(48))
    app = create_app(settings)
    # What goes wrong here is told as a finding; the lines of a server are for a log.
    logging.disable(logging.CRITICAL)
    return app


def _make(checks: Sequence[Check], ground: Ground, result: Examined) -> None:
    for check in checks:
        result.checks += 1
        try:
            for finding in check(ground):
                result.findings.append(finding)
        except Exception as problem:
            noun = check.__module__.rpartition(".")[2]
            result.findings.append(_failed(f"the check of {noun} ({check.__name__}) can not be made", problem))
        if has_app_context():
            db.session.rollback()


def _failed(what: str, problem: Exception) -> Finding:
    reason = logs.clean(f"{type(problem).__name__}: {problem}").strip().partition("\n")[0][:300]
    return Finding(
        "check-failed",
        f"{what[0].upper()}{what[1:]}: {reason}",
        "What it looks at is broken, or damaged in a way that nobody foresaw",
        "The log of the site tells more.",
    )
