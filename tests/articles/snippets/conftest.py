"""Snippets and what shows them, through the same verbs that the product uses."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from helpcenter.articles.rendering import Rendering
from helpcenter.articles.snippets import changing, rerendering
from helpcenter.articles.snippets.preparing import prepare
from helpcenter.articles.snippets.snippet import Snippet, named
from helpcenter.core import site
from helpcenter.core.db import begin_write, db
from tests.cast import Cast
from tests.shelf import edition_of

LINE = "{{ snippet: careful }}"


@pytest.fixture
def ada(cast: Cast) -> FlaskClient:
    """The editor's browser."""
    return cast.browser("ada")


@pytest.fixture
def second_person(app: Flask) -> None:
    """A site on which somebody approves what another one wrote."""
    begin_write()
    site.change(second_person=True)
    db.session.commit()


def put_snippet(name: str = "careful", *, by: int | None = None, **texts: str) -> int:
    """A snippet that says this, by language; its id. One that stands says it from now on."""
    prepared = {code: prepare(text, code) if text else None for code, text in texts.items()}
    begin_write()
    snippet = named(name)
    if snippet is None:
        snippet = changing.create(name, prepared, by=by)
    else:
        changing.change(snippet, prepared, by=by)
    db.session.commit()
    return snippet.id


def html_of(article_id: int, locale: str = "en") -> str:
    """What readers see, once the jobs have run."""
    db.session.rollback()
    rerendering.render_outdated()
    revision_id = edition_of(article_id, locale).published_revision_id
    return db.session.scalars(select(Rendering.html).where(Rendering.revision_id == revision_id)).one()


def names() -> list[str]:
    """Every snippet there is."""
    db.session.rollback()
    return list(db.session.scalars(select(Snippet.name).order_by(Snippet.name)))
