"""Which languages the articles of a folder lack."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import select

from helpcenter.articles.folder.finding import Finding, Level
from helpcenter.articles.folder.record import FolderFile
from helpcenter.core import site
from helpcenter.core.db import db


def missing_translations(folder: str) -> list[Finding]:
    """The files of a folder that a language lacks, as far as the folder has that language at all."""
    rows = db.session.execute(
        select(FolderFile.locale, FolderFile.below).where(
            FolderFile.folder == folder, FolderFile.missing_since.is_(None)
        )
    )
    return lacking(rows.all())


def lacking(places: Iterable[tuple[str, str]]) -> list[Finding]:
    """The same for places given as language and path below it. Nobody is asked to begin a language."""
    locales: dict[str, set[str]] = defaultdict(set)
    for locale, below in places:
        locales[below].add(locale)
    begun = set().union(*locales.values()) if locales else set()
    order = [code for code in site.current().locales if code in begun]
    findings = []
    for below, has in sorted(locales.items()):
        source = next((code for code in order if code in has), min(has))
        for code in order:
            if code not in has:
                message = f"not translated yet: it would be {code}/{below}"
                findings.append(Finding(f"{source}/{below}", 0, message, Level.NOTE))
    return findings
