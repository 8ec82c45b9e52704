"""What pages of other help centers hold beside words, lists and tables, and what becomes of it."""

from __future__ import annotations

import pytest

from helpcenter.articles.importers.from_html import markdown_of, words_in_time
from tests.articles.importers.test_from_html import lost, markdown, page

NAMED = {"fragments": frozenset({"part"})}
LEFT_OUT = "a form or something of another program in the page is left out"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<a name="part"></a><h3>A lamp</h3>', "## A lamp {#part}"),
        ('<a name="part"></a>\n<div><h3>A lamp</h3></div>', "## A lamp {#part}"),
        ('<h3>A <a id="part">lamp</a></h3>', "## A lamp {#part}"),
        ('<h3 id="part">One</h3><h3>Two</h3><p id="part"></p>', "## One {#part}\n\n## Two"),
        ('<h3 id="other">A lamp</h3>', "## A lamp"),
        ("<h2> </h2><h2>A lamp</h2>", "## A lamp"),
        ("<ul><li><h2>A lamp</h2></li></ul>", "- **A lamp**"),
    ],
)
def test_the_place_that_a_link_leads_to_is_the_heading_there(html: str, expected: str) -> None:
    assert markdown(html, **NAMED) == expected


@pytest.mark.parametrize(
    "html", ['<p id="part">Words</p><h2>A lamp</h2>', '<a name="part"></a>Words<h2>A lamp</h2>', '<p id="part"></p>']
)
def test_a_place_without_a_heading_is_told(html: str) -> None:
    given = page(**NAMED)
    assert "{#part}" not in markdown_of(html, given).text
    assert given.lost == [("a link leads to a place that has no heading; it opens the page at its top", "#part")]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<form><p>Words</p><input name=a><select><option>b</option></select></form>", "Words"),
        ("<p>Press <button>Go</button></p>", "Press Go"),
        ("<object><embed></object><p>Words</p>", "Words"),
    ],
)
def test_words_of_a_form_stay_and_what_one_types_into_is_left_out(html: str, expected: str) -> None:
    assert markdown(html) == expected
    assert (LEFT_OUT, "") in lost(html)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<ol start="many"><li>a</li></ol>', "1. a"),
        ('<ol start="-3"><li>a</li></ol>', "1. a"),
        ('<p><span style="font-style: italic">a</span> <font>b</font></p>', "*a* b"),
        ("<p>a<u> </u>b</p>", "a b"),
        ("<pre>\n \n</pre><p>Words</p>", "Words"),
        ("<dl><dt> </dt><dd>It shines</dd></dl>", "It shines"),
        ("<callout><p>Words</p></callout>", "Words"),
        ('<div class="callout-info"></div><p>Words</p>', "Words"),
        ('<div class="callout"><div class="callout-warning"><p>Words</p></div></div>', "> [!NOTE]\n> Words"),
        ("<details><p>Words</p></details>", "<details>\n\nWords\n\n</details>"),
        (
            '<a href="//[half"><img src="https://x.example/lamp.png" alt="A lamp"></a>',
            "[![A lamp](/img/my%20lamp.png)](//[half)",
        ),
        ("<p>a <![if !IE]>b<![endif]> c</p>", "a b c"),
        ('<!doctype html><?xml:namespace prefix = o ns = "urn:x" /><p>a<o:p></o:p></p>', "a"),
        ("<p>a <![ b</p>", "a &lt;![ b"),
    ],
)
def test_what_is_odd_is_said_as_a_browser_shows_it(html: str, expected: str) -> None:
    assert markdown(html) == expected


@pytest.mark.parametrize(
    ("style", "kind"),
    [
        ("background: #ffe0e0", "CAUTION"),
        ("background: #fff4d6; color: #333333", "WARNING"),
        ("background: #e0ffe8", "TIP"),
        ("background: #e0ecff", "NOTE"),
        ("background: #ffe0f4", "CAUTION"),
        ("background: #f4f4f4", "NOTE"),
        ("padding: 1em", "NOTE"),
    ],
)
def test_a_box_without_a_name_is_of_the_kind_of_its_colour(style: str, kind: str) -> None:
    assert markdown(f'<div class="callout" style="{style}">Words</div>') == f"> [!{kind}]\n> Words"


def test_what_stands_in_a_table_of_html_leads_where_it_would_outside() -> None:
    cells = [
        '<a href="https://x.example/a">read</a>',
        '<img src="https://x.example/lamp.png" alt="A lamp">',
        '<img src="https://x.example/gone.png" alt="Gone">',
        '<img src="gone.gif" alt="Nowhere">',
        '<iframe src="https://x.example/watch"></iframe>',
    ]
    text = markdown(f"<table><tr>{''.join(f'<td colspan=2>{cell}</td>' for cell in cells)}</tr></table>")
    assert '<a href="https://x.example/a">read</a>' in text
    assert 'src="/img/my%20lamp.png"' in text
    assert '<a href="https://x.example/gone.png">Gone</a>' in text
    assert "Nowhere" in text and "gone.gif" not in text
    assert '<a href="https://x.example/watch">watch</a>' in text and "<iframe" not in text


@pytest.mark.parametrize(
    ("html", "words"),
    [("  A \n lamp ", "A lamp"), ("A &amp; <b>B</b>", "A & B"), ("a <![ b", "a <![ b")],
)
def test_a_title_is_words_alone(html: str, words: str) -> None:
    assert words_in_time(html) == words
