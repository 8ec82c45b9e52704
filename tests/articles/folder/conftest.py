"""A folder to write files into, and what the site shows of it."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select

from helpcenter.articles.edition import Edition
from helpcenter.articles.folder.layout import Layout
from helpcenter.articles.folder.report import Report
from helpcenter.articles.folder.sync import Options, import_folder
from helpcenter.articles.publication import publish
from helpcenter.articles.rendering import Rendering, rendered
from helpcenter.articles.revision import Content, Revision, revise
from helpcenter.core.db import begin_write, db

Files = Callable[..., None]


def article(title: str, body: str = "Some text.", **keys: object) -> str:
    """The text of a file."""
    lines = [f"title: {title}", *(f"{key}: {value}" for key, value in keys.items())]
    return "---\n" + "\n".join(lines) + f"\n---\n\n{body}\n"


def png(colour: str = "red", size: tuple[int, int] = (12, 8)) -> bytes:
    """A small picture."""
    out = BytesIO()
    Image.new("RGB", size, colour).save(out, "PNG")
    return out.getvalue()


class Folder:
    """A folder on disk that is imported into the site of the test."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def write(self, path: str, text: str | bytes) -> None:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text if isinstance(text, bytes) else text.encode())

    def delete(self, path: str) -> None:
        (self.root / path).unlink()

    def rename(self, old: str, new: str) -> None:
        (self.root / new).parent.mkdir(parents=True, exist_ok=True)
        (self.root / old).rename(self.root / new)

    def take_in(self, **options: Any) -> Report:
        db.session.rollback()
        return import_folder(self.root, Options(**options))

    def take_in_foreign(self, topic: str = "general") -> Report:
        return self.take_in(layout=Layout("en", topic, is_foreign=True))


@pytest.fixture
def folder(app: Flask, tmp_path: Path) -> Folder:
    root = tmp_path / "docs"
    root.mkdir()
    return Folder(root)


def edition(title: str) -> Edition:
    """The edition of this title, as it stands in the database now."""
    db.session.rollback()
    found = db.session.scalars(
        select(Edition).where(Edition.title == title).execution_options(populate_existing=True)
    ).one()
    db.session.refresh(found)
    return found


def shown(title: str) -> str:
    """The HTML readers see."""
    statement = select(Rendering.html).where(Rendering.revision_id == edition(title).published_revision_id)
    return db.session.scalars(statement).one()


def said(report: Report) -> list[str]:
    """The findings as they are printed, sorted."""
    return sorted(str(finding) for finding in report.findings)


def write_on_web(title: str, body: str) -> Revision:
    """An editor changes an article and publishes it."""
    found = edition(title)
    result = rendered(body, found.locale)
    begin_write()
    revision = revise(found, Content(title, body), by=None)
    publish(found, revision, result, by=None)
    db.session.commit()
    return revision
