"""What is odd in an export costs the one article it is in, or less, and is told."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from helpcenter.articles.article import OldAddress
from helpcenter.articles.folder.reading import FolderRefused
from helpcenter.articles.folder.report import Outcome
from helpcenter.articles.importers import json_lists, texts, zendesk
from helpcenter.articles.importers.from_html import Page
from helpcenter.articles.importers.imported_article import votes_before
from helpcenter.core.db import db
from tests.articles.importers.conftest import ZENDESK, Export, body, editions, said, zendesk_article
from tests.articles.importers.conftest import zendesk as write
from tests.articles.importers.test_intercom import article as intercom_article


@pytest.mark.parametrize(
    "html",
    [
        '<img src="http://[">',
        '<iframe src="http://["></iframe>',
        '<video src="http://["></video>',
        '<a href="http://["><img src="/x.png"></a>',
        '<a href="http://[#x">there</a>',
        '<table><tr><td colspan="2"><img src="http://["><ul><li>y</li></ul></td></tr></table>',
        "\ud83d",
        "\x00",
        "<![x]>text",
        "<callout>x</callout>",
        "<soup>x</soup>",
        f"<h{'9' * 5000}>x</h{'9' * 5000}>",
        '<ol start="²"><li>x</li></ol>',
        f'<ol start="{"9" * 5000}"><li>x</li></ol>',
    ],
)
def test_odd_html_costs_nothing_but_itself(export: Export, html: str) -> None:
    write(export, zendesk_article(1, "Light it", f"<p>Some words.</p>{html}"), zendesk_article(2, "Put it out"))
    report = export.bring_in()
    assert report.counts() == {Outcome.IMPORTED: 2}
    assert body("Light it").startswith("Some words.")


def test_a_file_outside_of_the_export_is_not_read_by_a_link_in_it(export: Export) -> None:
    write(export, zendesk_article(1, "Light it"))
    outside = export.root.parent / "outside.json"
    outside.write_text((export.root / "articles.json").read_text())
    (export.root / "articles.json").unlink()
    (export.root / "articles.json").symlink_to(outside)
    with pytest.raises(FolderRefused, match="leads out of the folder"):
        export.bring_in()


def test_half_a_sign_in_a_title_is_replaced_and_a_whole_one_kept(export: Export) -> None:
    write(export, zendesk_article(1, "Light \ud83d it", "<p>\ud83d\ude00 x</p>"))
    assert export.bring_in().counts() == {Outcome.IMPORTED: 1}
    assert body("Light \ufffd it") == "😀 x"


@pytest.mark.parametrize("more", ['"position": 1e999', '"position": NaN', '"position": 1e30', '"vote_count": 1e999'])
def test_a_number_that_is_none_is_left_out(export: Export, more: str) -> None:
    write(export, zendesk_article(1, "Light it"), zendesk_article(2, "Put it out"))
    file = export.root / "articles.json"
    name = more.split(":")[0]
    file.write_text(file.read_text().replace(f"{name}: 0", more, 1))
    assert export.bring_in().counts() == {Outcome.IMPORTED: 2}


def test_votes_that_no_column_holds_are_left_out(export: Export) -> None:
    write(export, zendesk_article(1, "Light it", vote_count=10**25, vote_sum=3))
    assert export.bring_in().counts() == {Outcome.IMPORTED: 1}
    assert votes_before(editions()["Light it"].article_id) is None


@pytest.mark.parametrize("share", [float("inf"), float("nan"), -3, 10**30])
def test_shares_of_reactions_that_are_none_are_left_out(export: Export, share: float) -> None:
    statistics = {"reactions": 10, "happy_reaction_percentage": share, "sad_reaction_percentage": 20}
    export.write("articles.json", {"data": [intercom_article(1, "Light it", statistics=statistics)]})
    assert export.bring_in("intercom").counts() == {Outcome.IMPORTED: 1}
    assert votes_before(editions()["Light it"].article_id) is None


def test_an_id_that_no_column_holds_is_refused_and_the_others_come(export: Export) -> None:
    long = {**zendesk_article(1, "Light it"), "id": "9" * 81}
    section = {"id": "8" * 81, "category_id": 10, "name": "Bulbs", "locale": "en-us"}
    write(export, long, zendesk_article(2, "Put it out", section_id=section["id"]), sections=[section])
    report = export.bring_in()
    assert report.counts() == {Outcome.IMPORTED: 1} and report.has_problems
    assert sum("an id of more than 80 characters" in line for line in said(report)) == 2
    assert set(editions()) == {"Put it out"}


def test_an_old_address_that_no_column_holds_is_lost_and_told(export: Export) -> None:
    address = f"{ZENDESK}/hc/en-us/articles/1-{'x' * 600}"
    write(export, zendesk_article(1, "Light it", html_url=address))
    report = export.bring_in()
    assert said(report) == ["1 Light it: an old address of more than 500 characters"]
    assert set(db.session.scalars(select(OldAddress.path))) == {"/hc/articles/1", "/hc/en-us/articles/1"}


def test_whatever_else_is_odd_is_told_by_its_name(export: Export, monkeypatch: pytest.MonkeyPatch) -> None:
    right = texts.markdown_in_time

    def odd(html: str, page: Page) -> Any:
        if "odd" in html:
            raise ZeroDivisionError
        return right(html, page)

    monkeypatch.setattr(texts, "markdown_in_time", odd)
    write(export, zendesk_article(1, "Light it", "<p>odd</p>"), zendesk_article(2, "Put it out"))
    report = export.bring_in()
    assert report.counts() == {Outcome.IMPORTED: 1, Outcome.LEFT_OUT: 1} and report.has_problems
    assert said(report) == ["1 Light it (en): can not be converted: ZeroDivisionError"]


def test_a_thing_that_can_not_be_read_costs_no_other(export: Export, monkeypatch: pytest.MonkeyPatch) -> None:
    right = zendesk._piece

    def odd(export: Any, article_id: str, *others: Any) -> Any:
        if article_id == "1":
            raise ZeroDivisionError
        return right(export, article_id, *others)

    monkeypatch.setattr(zendesk, "_piece", odd)
    write(export, zendesk_article(1, "Light it"), zendesk_article(2, "Put it out"))
    report = export.bring_in()
    assert report.has_problems
    assert said(report) == ["1 Light it: can not be read: ZeroDivisionError"]
    assert set(editions()) == {"Put it out"}


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (b"[" * 100_000, "no JSON that one of these systems writes"),
        (b"[1" + b"1" * 5_000 + b"]", "no JSON that one of these systems writes"),
        (b"\xff\xfe{}", "not UTF-8"),
        (b"{", "no JSON, line 1: "),
        (b" " * 3_000_000, "larger than 2 MB; save it in several pages"),
    ],
)
def test_a_file_that_can_not_be_read_is_named_with_the_reason(
    export: Export, monkeypatch: pytest.MonkeyPatch, written: bytes, said: str
) -> None:
    monkeypatch.setattr(json_lists, "MOST_MEGABYTES", 2)
    write(export, zendesk_article(1, "Light it"))
    export.write("more.json", written)
    with pytest.raises(FolderRefused, match=f"more.json: {said}"):
        export.bring_in()
    assert editions() == {}
