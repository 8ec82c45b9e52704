"""Whatever editors wrote: an export that is imported changes nothing, and an export of that is the same."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from helpcenter.articles.article import Article
from helpcenter.articles.edition import Edition
from helpcenter.articles.folder.report import Outcome
from helpcenter.articles.publication import archive, publish
from helpcenter.articles.rendering import rendered
from helpcenter.articles.revision import Content, Revision, revise
from helpcenter.core import clock
from helpcenter.core.db import begin_write, db
from helpcenter.topics import topic as topics
from tests.articles.folder.conftest import Folder
from tests.articles.folder.test_export import empty_site, export, files

Written = tuple[str, str, list[str], tuple[str, ...], str, int, bool]

SIGNS = st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp", "Zs", "Co", "Cn"])
LINES = st.lists(st.text(SIGNS, min_size=1, max_size=8), min_size=1, max_size=4).map(" ".join)
PIECES = LINES | st.sampled_from(
    [
        "[a](/articles/{one})",
        "[a](/articles/{two}#h-part) and [b](/en/articles/{one}-old-words)",
        "`[a](/articles/{one})`",
        "<a href='/articles/{two}'>a</a>",
        "See [a].\n\n[a]: /articles/{two}#part",
        "/articles/{one} is no link",
        "![a](/files/AAAAAAAAAAAAAAAAAAAAAA.webp)",
        "## Part\r\n\r\nText  \r\nmore",
        "```\n[a](/articles/{one})\n```",
        '=== "One"\n\n    [a](/articles/{two})',
        "---",
        "\n\n\n",
    ]
)
ARTICLES = st.lists(
    st.tuples(
        LINES,
        st.sampled_from(["billing", "billing/taxes", "заказы"]),
        st.lists(PIECES, min_size=1, max_size=5),
        st.lists(LINES, max_size=2, unique=True).map(tuple),
        st.sampled_from(["en", "en", "es", "ar"]),
        st.integers(0, 1200),
        st.booleans(),
    ),
    min_size=1,
    max_size=5,
)


def write(articles: Sequence[Written]) -> None:
    """Editors write and publish these, and put some of them away again."""
    db.session.rollback()
    begin_write()
    rows = []
    for _, topic, _, _, _, position, _ in articles:
        root, _, section = topic.partition("/")
        made = topics.find_or_make(root)
        made = topics.find_or_make(section, made.id) if section else made
        rows.append(Article(topic_id=made.id, position=position, created_at=clock.now()))
    db.session.add_all(rows)
    db.session.commit()
    ids = [row.id for row in rows]
    for number, (title, _, pieces, tags, locale, _, is_archived) in enumerate(articles):
        body = "\n\n".join(pieces).replace("{one}", str(ids[0])).replace("{two}", str(ids[-1])) + "\n\nText"
        result = rendered(body, locale)
        begin_write()
        found = Edition(article_id=ids[number], locale=locale, slug="", title=title)
        db.session.add(found)
        db.session.flush()
        publish(found, revise(found, Content(title, body, tags[0] if tags else "", tags), by=None), result, by=None)
        if is_archived and number:
            archive(found, by=None)
        db.session.commit()


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ARTICLES)
def test_an_export_goes_round_without_a_change(
    app: Flask, tmp_path_factory: pytest.TempPathFactory, articles: list[Written]
) -> None:
    empty_site(app)
    write(articles)
    root = tmp_path_factory.mktemp("round")
    out = root / "out"
    export(out)
    first, revisions = files(out), db.session.scalar(select(func.count(Revision.id)))
    assert set(Folder(out).take_in(takes_over=True).counts()) == {Outcome.UNCHANGED}
    assert db.session.scalar(select(func.count(Revision.id))) == revisions
    export(root / "again")
    assert files(root / "again") == first
    empty_site(app)
    assert set(Folder(out).take_in().counts()) == {Outcome.IMPORTED}
    export(root / "fresh")
    assert files(root / "fresh") == first
