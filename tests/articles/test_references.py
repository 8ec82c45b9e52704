from __future__ import annotations

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from helpcenter.articles import references as articles_references
from helpcenter.articles.folder.record import source_path_of
from helpcenter.articles.references import candidates, targets_of
from helpcenter.core.db import db
from helpcenter.core.markdown import Reference, References
from tests.articles.folder.conftest import Folder, article, edition, folder, png

__all__ = ["folder"]


def led(
    *links: str, images: tuple[str, ...] = (), locale: str = "en", at: str | None = "docs/en/billing/refunds.md"
) -> dict[str, str | None]:
    found = References(
        tuple(Reference(href, "", 1) for href in links), tuple(Reference(href, "", 1) for href in images), ()
    )
    return targets_of(found, locale, at)


@pytest.fixture
def ids(folder: Folder) -> dict[str, int]:
    folder.write("en/billing/refunds.md", article("Refunds", redirect_from="/faq/refunds"))
    folder.write("es/billing/refunds.md", article("Reembolsos"))
    folder.write("en/orders/returns/late.md", article("Late", "![x](late.png)"))
    folder.write("en/orders/returns/late.png", png())
    folder.write("en/orders/index.md", article("Orders"))
    folder.take_in()
    return {title: edition(title).article_id for title in ("Refunds", "Reembolsos", "Late", "Orders")}


@pytest.mark.parametrize(
    "href",
    [
        "../orders/returns/late.md",
        "../orders/returns/late",
        "../orders/returns/late.mdx",
        "../orders/returns/late/",
        "./../orders/returns/late.md",
        "/orders/returns/late",
        "/en/orders/returns/late.md",
        "/docs/orders/returns/late",
        "orders/returns/late.md",
        "../orders/returns/late.md?plain=1",
        "../orders/return%73/late.md",
    ],
)
def test_every_way_to_write_a_link_leads_to_the_article(ids: dict[str, int], href: str) -> None:
    assert led(href) == {href: f"/en/articles/{ids['Late']}-late"}


def test_a_folder_named_in_a_link_means_its_index(ids: dict[str, int]) -> None:
    assert led("../orders", "../orders/") == dict.fromkeys(
        ("../orders", "../orders/"), f"/en/articles/{ids['Orders']}-orders"
    )


def test_a_fragment_is_kept_as_headings_are_named_here(ids: dict[str, int]) -> None:
    assert led("../orders/returns/late.md#Step-1") == {
        "../orders/returns/late.md#Step-1": f"/en/articles/{ids['Late']}-late#h-step-1"
    }


def test_a_link_leads_to_the_language_of_the_text_or_else_to_what_there_is(ids: dict[str, int]) -> None:
    at = "docs/es/billing/other.md"
    assert led("refunds.md", "../orders/returns/late.md", locale="es", at=at) == {
        "refunds.md": f"/es/articles/{ids['Refunds']}-refunds",
        "../orders/returns/late.md": f"/es/articles/{ids['Late']}-late",
    }


def test_an_old_address_leads_to_its_article(ids: dict[str, int]) -> None:
    assert led("/faq/refunds", "/faq/refunds/#how") == {
        "/faq/refunds": f"/en/articles/{ids['Refunds']}-refunds",
        "/faq/refunds/#how": f"/en/articles/{ids['Refunds']}-refunds#h-how",
    }


def test_a_picture_leads_to_the_kept_file(ids: dict[str, int]) -> None:
    found = led("late.png", images=("late.png", "/orders/returns/late.png"), at="docs/en/orders/returns/late.md")
    assert len(set(found.values())) == 1
    assert str(found["late.png"]).startswith("/files/")


def test_what_leads_nowhere_is_none(ids: dict[str, int]) -> None:
    hrefs = ("gone.md", "/nowhere", "../../../etc/passwd", "files/list.pdf")
    assert led(*hrefs, images=("gone.png",)) == dict.fromkeys((*hrefs, "gone.png"))


def test_what_is_not_ours_to_lead_stays_as_it_is(ids: dict[str, int]) -> None:
    hrefs = (
        "https://example.org/refunds.md",
        "//example.org/x",
        "mailto:a@example.org",
        "#part",
        "",
        "?page=2",
        f"/en/articles/{ids['Late']}-late",
        "/en/",
    )
    assert led(*hrefs, images=("https://example.org/x.png",)) == {}


def test_a_text_written_on_the_web_links_by_the_place_in_the_tree(ids: dict[str, int]) -> None:
    assert led("orders/returns/late.md", "gone.md", at=None) == {
        "orders/returns/late.md": f"/en/articles/{ids['Late']}-late",
        "gone.md": None,
    }


def test_an_edition_from_a_folder_keeps_where_its_links_start(ids: dict[str, int]) -> None:
    assert source_path_of(edition("Refunds").id) == "docs/en/billing/refunds.md"
    assert source_path_of(0) is None


def test_the_links_of_a_text_cost_the_same_however_many_they_are(ids: dict[str, int], app: Flask) -> None:
    from sqlalchemy import event

    counted: list[str] = []

    def count(*args: object) -> None:
        counted.append(str(args[2]))

    event.listen(db.engine, "before_cursor_execute", count)
    try:
        led("gone.md", images=("a.png",))
        few = len(counted)
        led(*(f"gone-{number}.md" for number in range(40)), "refunds.md", images=tuple(f"{n}.png" for n in range(40)))
        assert len(counted) == 2 * few
    finally:
        event.remove(db.engine, "before_cursor_execute", count)


@given(st.text("ab./%2e\\\x00é", max_size=30), st.sampled_from([None, "docs/en/a/b.md", "docs/x.md"]))
def test_no_address_means_a_path_outside_of_its_folder(path: str, at: str | None) -> None:
    for one in candidates(path, at):
        assert not one.startswith(("/", ".."))
        assert "/../" not in f"/{one}/"
    assert articles_references.local([Reference("a\x00.md", "", 1)], at) == []
