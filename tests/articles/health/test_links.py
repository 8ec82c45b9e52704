"""Links to other articles: what happens to one is told of all that lead to it, on the next look."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask

from helpcenter.articles import rendering
from helpcenter.articles.article import Article
from helpcenter.articles.edition import Edition
from helpcenter.articles.folder.site_check import check_site
from helpcenter.articles.health import company, links
from helpcenter.articles.health.kind import Kind
from helpcenter.articles.health.reading import read_new
from helpcenter.articles.health.reference import ArticleHeading, ArticleReference
from helpcenter.articles.health.scope import Scope
from helpcenter.articles.publication import archive
from helpcenter.articles.rendering import Rendering
from helpcenter.articles.studio import archival
from helpcenter.core.db import begin_write, db
from helpcenter.core.jobs import run_due
from helpcenter.topics.audience import Audience
from tests.articles.folder.conftest import Folder, article
from tests.articles.folder.conftest import edition as titled
from tests.articles.folder.conftest import folder as folder
from tests.articles.health.conftest import found, said
from tests.shelf import change_article, edition_of, latest_of, put_article, put_topic, topic


def test_a_link_to_a_published_article_is_well(app: Flask) -> None:
    refunds = put_article("Refunds", "## When\n\nSoon.")
    put_article(
        "Cards", f"[a](/en/articles/{refunds}-refunds#h-when) [b](/es/articles/{refunds}) [c](#h-x) [d](/en/)\n\n## X"
    )
    assert found(Kind.LINKS) == []


def test_archiving_an_article_is_told_of_those_that_link_to_it_and_its_return_too(app: Flask) -> None:
    refunds = put_article("Refunds")
    put_article("Cards", f"One.\n\n[r](/en/articles/{refunds}-refunds)")
    begin_write()
    archive(edition_of(refunds), by=None)
    db.session.commit()
    assert said(Kind.LINKS) == [f"The link /en/articles/{refunds}-refunds leads to “Refunds”, which is archived."]
    assert found(Kind.LINKS) == [("Cards", 3)]
    begin_write()
    archival.bring_back(edition_of(refunds), by=None)
    db.session.commit()
    assert found(Kind.LINKS) == []


def test_an_article_that_is_a_draft_or_never_was_is_no_place_to_lead_to(app: Flask) -> None:
    draft = put_article("Refunds", published=False)
    put_article("Cards", f"[a](/en/articles/{draft}) [b](/en/articles/999) [c](/en/articles/99999999999)")
    assert said(Kind.LINKS) == [
        f"The link /en/articles/{draft} leads to “Refunds”, which is not published.",
        "The link /en/articles/999 leads to an article that does not exist.",
        "The link /en/articles/99999999999 leads nowhere; readers see only its text.",
    ]


def test_an_article_of_another_language_is_read_where_there_is_none_of_this(app: Flask) -> None:
    refunds = put_article("Reembolsos", "## Cuándo\n\nPronto.", locale="es")
    put_article("Cards", f"[a](/en/articles/{refunds}) [b](/en/articles/{refunds}#h-cuándo)")
    assert found(Kind.LINKS) == []


def test_a_heading_that_was_renamed_breaks_the_links_that_name_it(app: Flask) -> None:
    refunds = put_article("Refunds", "## When\n\nSoon.")
    put_article("Cards", f"[a](/en/articles/{refunds}#h-when)")
    assert found(Kind.LINKS) == []
    change_article(refunds, body="## How soon\n\nSoon.")
    assert said(Kind.LINKS) == [f"The link /en/articles/{refunds}#h-when leads to no heading of “Refunds”."]


def test_a_link_that_not_all_its_readers_may_follow_is_told(app: Flask) -> None:
    for_team = put_topic("inside", "Inside", audience=Audience.TEAM)
    refunds, limits = put_article("Refunds"), put_article("Limits", topic_id=for_team)
    put_article("Cards", f"[r](/en/articles/{refunds}) [l](/en/articles/{limits})")
    put_article("For us", f"[l](/en/articles/{limits})", topic_id=for_team)
    put_article("For members", f"[r](/en/articles/{refunds})", audience=Audience.MEMBERS)
    told = "The link /en/articles/%d leads to “%s”, which not everyone who reads this page may read."
    assert said(Kind.LINKS) == [told % (limits, "Limits")]
    begin_write()
    db.session.get_one(Article, refunds).audience = Audience.MEMBERS
    topic(for_team).audience = Audience.MEMBERS
    db.session.commit()
    app.extensions.pop("kept_values")
    assert said(Kind.LINKS) == [told % (refunds, "Refunds"), told % (limits, "Limits")]


def test_moving_an_article_counts_as_soon_as_it_is_done(app: Flask) -> None:
    refunds = put_article("Refunds")
    put_article("Cards", f"[r](/en/articles/{refunds})")
    for_team = put_topic("inside", "Inside", audience=Audience.TEAM)
    assert found(Kind.LINKS) == []
    begin_write()
    db.session.get_one(Article, refunds).topic_id = for_team
    db.session.commit()
    assert found(Kind.LINKS) == [("Cards", 1)]


def test_a_link_of_a_folder_that_leads_nowhere_stands_until_the_text_is_mended(folder: Folder) -> None:
    folder.write("en/billing/cards.md", article("Cards", "## Here\n\n[r](refunds.md) [p](cards.md#gone) [q](#gone)"))
    folder.take_in()
    assert sorted(said(Kind.LINKS)) == [
        "The link #gone leads to no heading of this page.",
        "The link cards.md#gone leads to no heading of “Cards”.",
        "The link refunds.md leads nowhere; readers see only its text.",
    ]
    folder.write("en/billing/refunds.md", article("Refunds"))
    folder.write("en/billing/cards.md", article("Cards", "## Here\n\n[r](refunds.md) [p](cards.md#here) [q](#here)"))
    folder.take_in()
    assert said(Kind.LINKS) == []
    assert titled("Refunds").is_published


def test_renaming_breaks_no_link(app: Flask) -> None:
    refunds = put_article("Refunds")
    put_article("Cards", f"[r](/en/articles/{refunds}-refunds)")
    change_article(refunds, title="Money back")
    assert found(Kind.LINKS) == []


def test_what_was_lost_is_read_again_by_the_job_and_by_the_command(app: Flask) -> None:
    put_article("Cards", "## A\n\n#### B\n\n[a](/en/articles/999) ![](x.png)")
    was = [found(kind) for kind in Kind]
    for again in ("job", "command"):
        begin_write()
        for table in (ArticleReference, ArticleHeading):
            db.session.execute(table.__table__.delete())  # type: ignore[attr-defined]
        if again == "job":
            db.session.execute(Rendering.__table__.update().values(reader_version=0))  # type: ignore[attr-defined]
        db.session.commit()
        assert found(Kind.LINKS) == []
        if again == "job":
            assert "articles: read what they point to" in run_due(app)
        else:
            check_site(anew=True)
        assert [found(kind) for kind in Kind] == was
    assert read_new() == {}


def test_a_draft_is_judged_by_its_newest_words_where_it_is_written(app: Flask) -> None:
    cards = put_article("Cards", "[a](/en/articles/999)")
    one = edition_of(cards)
    assert said(Kind.LINKS, edition_id=one.id) == said(Kind.LINKS) != []
    body = "[a](/en/articles/998)"
    draft, result = put_article("Draft", body, published=False), rendering.rendered(body, "en")
    begin_write()
    rendering.keep(latest_of(draft).id, result)
    db.session.commit()
    told = ["The link /en/articles/998 leads to an article that does not exist."]
    assert said(Kind.LINKS, edition_id=edition_of(draft).id) == told and told[0] not in said(Kind.LINKS)
    assert db.session.get_one(Edition, one.id).is_published


def test_a_large_site_is_looked_through_article_by_article(plan: Callable[[Any], list[str]], app: Flask) -> None:
    # One step goes through the published editions, one lists those that can be led to; the rest go by the article's number.
    for statement, most in ((links.faulty(Scope()), 2), (company.unvisited(Scope()), 1)):
        # What is wrong is worked out in two places of the statement, which makes its steps twice.
        steps = set(plan(statement))
        assert sum(step.startswith("SCAN edition") for step in steps) <= most, steps
        assert not [
            step for step in steps if step.startswith(("SCAN revision", "SCAN event", "SCAN article_reference"))
        ]
    assert app
