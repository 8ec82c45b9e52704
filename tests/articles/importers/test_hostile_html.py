"""Pages that would hold an import up for hours: they are converted all the same, or given up after a while."""

from __future__ import annotations

import time

import pytest

from helpcenter.articles.folder.report import Outcome
from helpcenter.articles.importers.from_html import Page, job, markdown_in_time, markdown_of, words_in_time
from helpcenter.articles.importers.from_html.trimming import trimmed
from tests.articles.importers.conftest import Export, editions, said, zendesk, zendesk_article


def page() -> Page:
    return Page(
        lambda href: "" if "gone" in href else f"{href}!",
        lambda address: "/lamp.png" if "lamp" in address else "",
        lambda address: address if address.startswith("http") else "",
    )


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (f"<p>a{'&nbsp;' * 60_000}b</p>", "a b"),
        (f"<p>a<pre>x{' ' * 100_000}y</pre></p>", f"x{' ' * 100_000}y"),
        (f"<table><tr><th>A</th></tr><tr><td>{'-' * 60_000}x</td></tr></table>", "-x |"),
        ("<table><tr><td>x" * 100, "</table>"),
    ],
)
def test_long_runs_and_deep_tables_take_no_time(html: str, expected: str) -> None:
    began = time.monotonic()
    assert expected in markdown_of(html, page()).text
    assert time.monotonic() - began < 8


def test_a_page_that_takes_too_long_is_given_up_and_the_others_come(
    export: Export, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(job, "SECONDS", 1.0)
    zendesk(
        export,
        zendesk_article(1, "Light it", "<a " * 50_000),
        zendesk_article(2, "Put it out"),
        sections=[{"id": 21, "category_id": 10, "name": "Bulbs", "locale": "en-us", "description": "<a " * 50_000}],
    )
    report = export.bring_in()
    assert report.counts() == {Outcome.IMPORTED: 1, Outcome.LEFT_OUT: 1} and report.has_problems
    assert said(report) == ["1 Light it (en): takes too long to convert"]
    assert set(editions()) == {"Put it out"}


def test_a_version_of_more_than_a_megabyte_is_left_out_and_told(export: Export) -> None:
    zendesk(export, zendesk_article(1, "Light it", "<p>x</p>" * 130_000), zendesk_article(2, "Put it out"))
    report = export.bring_in()
    assert report.has_problems
    assert said(report) == ["1 Light it: its en-us version: more than 1 MB of text"]
    assert set(editions()) == {"Put it out"}


def test_in_a_process_of_its_own_it_says_the_same() -> None:
    html = (
        '<p><a href="/a">a</a> <a href="/gone">b</a> <img src="/lamp.png"> <img src="http://x.example/y.png"></p>'
        '<iframe src="http://x.example/z"></iframe><table><tr><td colspan="2"><a href="/c">c</a>'
        '<img src="/lamp.png"><table><tr><td><a href="/d">d</a></td><td>e</td></tr></table></td></tr></table>'
    )
    here, there = markdown_of(html, page()), markdown_in_time(html, page())
    assert there.text == here.text
    assert set(there.lost) == set(here.lost) and there.lost
    assert "[a](/a!) b ![](/lamp.png)" in there.text


@pytest.mark.parametrize(("html", "words"), [("Just  words", "Just words"), ("<p>a &amp; <b>b</b></p>", "a & b")])
def test_words_are_read_in_time_too(html: str, words: str) -> None:
    assert words_in_time(html) == words


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("\\\n \\\na\\\nb \\\n\n\\\n", "a\\\nb"),
        ("a\\ \n", "a\\"),
        ("\\\n", ""),
        ("\n", ""),
        ("", ""),
        ("\\\\", "\\\\"),
    ],
)
def test_breaks_and_blanks_at_the_edges_go(text: str, rest: str) -> None:
    assert trimmed(text, "\\\n") == rest
