"""A folder of JSON as another help center gives it, and what the site makes of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from helpcenter.articles.edition import Edition
from helpcenter.articles.folder.report import Report
from helpcenter.articles.importers.importing import Options, import_export
from helpcenter.articles.rendering import Rendering
from helpcenter.articles.revision import Revision
from helpcenter.core.db import db

ZENDESK = "https://lamps.zendesk.com"


class Export:
    """A folder on disk that is brought in as the export of one system."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def write(self, name: str, content: Any) -> None:
        target = self.root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())

    def bring_in(self, system: str = "zendesk", **options: Any) -> Report:
        db.session.rollback()
        return import_export(system, self.root, Options(**options))


@pytest.fixture
def export(app: Flask, tmp_path: Path) -> Export:
    root = tmp_path / "export"
    root.mkdir()
    return Export(root)


def zendesk_article(number: int, title: str, body: str = "<p>Some words.</p>", **more: Any) -> dict[str, Any]:
    """An article as Zendesk Guide lists it."""
    return {
        "id": number,
        "html_url": f"{ZENDESK}/hc/en-us/articles/{number}-{title.replace(' ', '-')}",
        "title": title,
        "body": body,
        "locale": "en-us",
        "source_locale": "en-us",
        "section_id": 20,
        "position": 0,
        "draft": False,
        "promoted": False,
        "vote_sum": 0,
        "vote_count": 0,
        "label_names": [],
        "user_segment_id": None,
        "created_at": "2021-02-03T04:05:06Z",
        "edited_at": "2022-03-04T05:06:07Z",
        **more,
    }


def zendesk(export: Export, *articles: dict[str, Any], **lists: Any) -> None:
    """A small help center: one category, one section, and these articles."""
    category = {"id": 10, "name": "Light", "description": "<p>All that shines.</p>", "locale": "en-us", "position": 0}
    section = {"id": 20, "category_id": 10, "name": "Lamps", "locale": "en-us", "position": 0}
    export.write("categories.json", {"categories": [category], "page": 1})
    export.write("sections.json", {"sections": [section, *lists.pop("sections", ())], "page": 1})
    export.write("articles.json", {"articles": list(articles), "page": 1, **lists})


def editions() -> dict[str, Edition]:
    """Every edition by its title, as it stands now."""
    db.session.rollback()
    rows = db.session.scalars(select(Edition).execution_options(populate_existing=True))
    return {row.title: row for row in rows}


def body(title: str) -> str:
    """The Markdown of the newest revision of an edition."""
    return db.session.get_one(Revision, editions()[title].latest_revision_id).body


def shown(title: str) -> str:
    """The HTML readers see of an edition."""
    return db.session.get_one(Rendering, editions()[title].published_revision_id).html


def said(report: Report) -> list[str]:
    """The findings as they are printed, sorted."""
    return sorted(str(finding) for finding in report.findings)


def count(model: type) -> int:
    """How many rows a table has."""
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model)) or 0
