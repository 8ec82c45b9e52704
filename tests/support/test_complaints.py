"""The promise of the contact form, held with complaints that were written by somebody who did not write the rule."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest
from flask import Flask
from sqlalchemy import select

from config import ROOT
from helpcenter.accounts.viewer import STRANGER
from helpcenter.articles.edition import Edition
from helpcenter.articles.folder import sync
from helpcenter.articles.folder.record import FolderFile
from helpcenter.core.db import db
from helpcenter.core.locale import LANGUAGES
from helpcenter.search import drainer
from helpcenter.support.suggestion import MOST, suggestions

HERE = Path(__file__).parent
OTHER_LANGUAGES = [locale for locale in LANGUAGES if locale != "en"]


class Complaint(NamedTuple):
    """What somebody wrote, and the articles that answer it: their places below the language."""

    text: str
    locale: str
    answers: frozenset[str]


def complaints(name: str) -> list[Complaint]:
    rows = [json.loads(line) for line in (HERE / name).read_text().splitlines() if line.strip()]
    return [
        Complaint(
            row["text"],
            row.get("locale", "en"),
            frozenset([row["article"]] if isinstance(row["article"], str) else row["article"]),
        )
        for row in rows
    ]


@pytest.fixture
def manual(app: Flask) -> Mapping[int, str]:
    """The manual of the product, imported and indexed; each article's place below the language."""
    sync.import_folder(ROOT / "articles")
    drainer.drain()
    rows = db.session.execute(select(Edition.article_id, FolderFile.below).join_from(FolderFile, Edition))
    return {id: below.removesuffix(".md") for id, below in rows}


def missed(wanted: list[Complaint], manual: Mapping[int, str]) -> list[str]:
    """The complaints whose answer is not among the first three, each with what was suggested instead."""
    result = []
    for one in wanted:
        places = [manual[found.id] for found in suggestions(one.text, one.locale, STRANGER)]
        assert len(places) <= MOST
        if not one.answers & set(places):
            result.append(f"{'/'.join(sorted(one.answers))}: {places} for {one.text[:80]}")
    return result


REACHED = 90
"""Of a hundred; eighty are promised. 99 were found once the manual knew the words of these complaints.

So this holds what was reached, and says nothing of complaints that nobody has read."""


def test_the_right_article_is_among_three_for_three_complaints_of_four(manual: Mapping[int, str]) -> None:
    english, others = complaints("complaints.jsonl"), complaints("complaints_other_languages.jsonl")
    known = set(manual.values())
    assert [one for one in [*english, *others] if not one.answers <= known] == []
    assert len(english) == 100
    lost = missed(english, manual)
    assert len(english) - len(lost) >= REACHED, "\n".join(lost)
    for locale in OTHER_LANGUAGES:
        wanted = [one for one in others if one.locale == locale]
        assert wanted
        lost = missed(wanted, manual)
        assert len(wanted) - len(lost) >= 0.7 * len(wanted), "\n".join(lost)
