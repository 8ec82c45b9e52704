from __future__ import annotations

import pytest

from helpcenter.articles.folder.layout import Layout, Misplaced, Place


@pytest.mark.parametrize(
    ("layout", "source", "place"),
    [
        (Layout(), "en/billing/refunds.md", Place("en", "billing", "", "refunds")),
        (Layout(), "ar/billing/cards/lost.md", Place("ar", "billing", "cards", "lost")),
        (Layout("en", "general"), "refunds.md", Place("en", "general", "", "refunds")),
        (Layout("ru"), "billing/refunds.mdx", Place("ru", "billing", "", "refunds")),
        (Layout("en", "general", True), "proxy/guides/nginx.md", Place("en", "general", "proxy", "nginx")),
    ],
)
def test_a_path_says_where_an_article_belongs(layout: Layout, source: str, place: Place) -> None:
    assert layout.place(source) == place


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("refunds.md", "no language"),
        ("docs/billing/refunds.md", "docs is no language.*--foreign"),
        ("en/refunds.md", "stands in no topic"),
        ("en/a/b/c/refunds.md", "too deep"),
    ],
)
def test_a_path_that_does_not_say_it_is_refused_with_the_right_shape(source: str, why: str) -> None:
    with pytest.raises(Misplaced, match=why) as refused:
        Layout().place(source)
    assert "<locale>/<topic>/<slug>.md" in str(refused.value)


def test_editions_of_an_article_share_the_path_below_the_language() -> None:
    places = {Layout().place(f"{code}/billing/refunds.md").below for code in ("en", "es", "ru", "ar")}
    assert places == {"billing/refunds.md"}


def test_an_index_is_named_after_its_folder() -> None:
    assert Layout().place("en/billing/cards/index.md").slug == "cards"
    assert Layout().place("en/billing/README.md").slug == "billing"
