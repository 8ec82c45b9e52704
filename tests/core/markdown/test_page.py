"""What writers write and what readers get."""

import re

import pytest

from helpcenter.core.markdown import RENDERER_VERSION, Heading, Labels, render
from tests.core.markdown.html_check import Page, complaints


def html_of(text: str, profile: str = "community") -> str:
    """The HTML on one line, without directions, relations, ids and anchors, which other tests look at."""
    html = render(text, profile).html
    assert complaints(html) == []
    html = re.sub(r' (?:dir|rel|id)="[^"]*"| <a class="(?:heading-anchor|step-stuck)".*?</a>', "", html)
    return re.sub(r"\s*\n\s*", "", html)


LISTS = {
    "text\n- a\n- b": "<p>text</p><ul><li>a</li><li>b</li></ul>",
    "text\n1. a\n2. b": "<p>text</p><ol><li>a</li><li>b</li></ol>",
    "in 1999\n1999. was": "<p>in 1999<br>1999. was</p>",
    "- a\n  - b\n    - c\n- d": "<ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li><li>d</li></ul>",
    "- a\n    - b": "<ul><li>a<ul><li>b</li></ul></li></ul>",
    "1. a\n   - b\n2. c": "<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>",
    "1. a\n    - b\n1. c": "<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>",
    "3. a\n4. b": '<ol start="3"><li>a</li><li>b</li></ol>',
    "1) a\n2) b": "<ol><li>a</li><li>b</li></ol>",
    "- a\n1. b": "<ul><li>a</li></ul><ol><li>b</li></ol>",
    "- a\n\n- b": "<ul><li><p>a</p></li><li><p>b</p></li></ul>",
    "- a\n\n  more\n- b": "<ul><li><p>a</p><p>more</p></li><li><p>b</p></li></ul>",
    "- a\nlazy\n\ntext": "<ul><li>a<br>lazy</li></ul><p>text</p>",
    "- a\n\ntext": "<ul><li>a</li></ul><p>text</p>",
    "- a\n# b": "<ul><li>a</li></ul><h2>b</h2>",
    "- a\n\n      code": '<ul><li><p>a</p><pre class="highlight"><code>code</code></pre></li></ul>',
    "1. a\n   ```\n   code\n   ```\n2. b": (
        '<ol><li>a<pre class="highlight"><code>code</code></pre></li><li>b</li></ol>'
    ),
    "1. ```\n   code\n\n   more\n   ```\n2. b": (
        '<ol><li><pre class="highlight"><code>codemore</code></pre></li><li>b</li></ol>'
    ),
    "- > a\n  > b": "<ul><li><blockquote><p>a<br>b</p></blockquote></li></ul>",
    "> - a\n>   - b": "<blockquote><ul><li>a<ul><li>b</li></ul></li></ul></blockquote>",
    "* * *": "<hr>",
    "-\n- a": "<ul><li></li><li>a</li></ul>",
}
BLOCKS = {
    "# a": "<h2>a</h2>",
    "## a ##": "<h2>a</h2>",
    "#a": "<p>#a</p>",
    "a\nb\n===": "<h2>a b</h2>",
    "text\n# a\ntext": "<p>text</p><h2>a</h2><p>text</p>",
    "text\n> quote\nlazy": "<p>text</p><blockquote><p>quote<br>lazy</p></blockquote>",
    "> quote\n<pre>\ncode</pre>": "<blockquote><p>quote</p></blockquote><pre>code</pre>",
    "> quote\n<!-- aside -->\ntext": "<blockquote><p>quote</p></blockquote><p>text</p>",
    "a\n***\nb": "<p>a</p><hr><p>b</p>",
    "a\\\nb": "<p>a<br>b</p>",
    "    code": '<pre class="highlight"><code>code</code></pre>',
    "```\n<b>\n": '<pre class="highlight"><code>&lt;b&gt;</code></pre>',
    "~~~~\n~~~\n~~~~": '<pre class="highlight"><code>~~~</code></pre>',
    "<details>\n<summary>More</summary>\n\nThe *rest*\n\n</details>": (
        "<details><summary>More</summary><p>The <em>rest</em></p></details>"
    ),
    "<details>\n\nAll": "<details><summary>More</summary><p>All</p></details>",
    '??? "More"\n    The *rest*': "<details><summary>More</summary><p>The <em>rest</em></p></details>",
    "???+ note\n    a": '<details open=""><summary>Note</summary><p>a</p></details>',
    "<div>\n\n**a**\n\n</div>": "<p><strong>a</strong></p>",
    "<div><img src=a.png alt=a></div>\n- b": (
        '<div><img src="a.png" alt="a" loading="lazy" decoding="async"></div><ul><li>b</li></ul>'
    ),
}
WORDS = {
    "~~a~~": "<p><del>a</del></p>",
    "==a==": "<p><mark>a</mark></p>",
    "^^a^^": "<p><ins>a</ins></p>",
    "a == b and c == d": "<p>a == b and c == d</p>",
    "snake_case_name": "<p>snake_case_name</p>",
    "2 * 3 * 4": "<p>2 * 3 * 4</p>",
    "++ctrl+k++": '<p><span class="keys"><kbd>Ctrl</kbd><span>+</span><kbd>K</kbd></span></p>',
    "<kbd>A</kbd> <sub>b</sub> <sup>c</sup>": "<p><kbd>A</kbd> <sub>b</sub> <sup>c</sup></p>",
    "https://a.example/b_c": '<p><a href="https://a.example/b_c" class="bare-address">https://a.example/b_c</a></p>',
    "(see https://a.example).": '<p>(see <a href="https://a.example" class="bare-address">https://a.example</a>).</p>',
    "<https://a.example>": '<p><a href="https://a.example" class="bare-address">https://a.example</a></p>',
    "write to a@b.example": '<p>write to <a href="mailto:a@b.example">a@b.example</a></p>',
    "open https://<your-domain>/x": "<p>open https://&lt;your-domain&gt;/x</p>",
    "put <name> here": "<p>put &lt;name&gt; here</p>",
    "a < b & c > d": "<p>a &lt; b &amp; c &gt; d</p>",
    "\\*a\\* \\[b\\] \\<c\\>": "<p>*a* [b] &lt;c&gt;</p>",
    "`<b>`": "<p><code>&lt;b&gt;</code></p>",
    "&copy; &nbsp;a": "<p>© &nbsp;a</p>",
}


@pytest.mark.parametrize(("text", "html"), [*LISTS.items(), *BLOCKS.items(), *WORDS.items()])
def test_markdown_reads_as_people_know_it(text: str, html: str) -> None:
    assert html_of(text) == html


def test_a_line_break_is_one_in_a_post_and_a_space_in_an_article() -> None:
    assert html_of("a\nb") == "<p>a<br>b</p>"
    assert render("a\nb", "article").html == "<p>a\nb</p>"


@pytest.mark.parametrize(
    "text",
    [
        "> [!WARNING]\n> Mind the **gap**",
        "!!! warning\n    Mind the **gap**",
        ":::warning\nMind the **gap**\n:::",
        "::: warning\n\nMind the **gap**\n\n:::\n",
    ],
)
def test_a_callout_is_written_in_any_of_three_ways(text: str) -> None:
    assert html_of(text) == (
        '<div class="callout callout-warning" role="note"><p class="callout-title">Warning</p>'
        "<p>Mind the <strong>gap</strong></p></div>"
    )


@pytest.mark.parametrize(
    "text",
    [
        "> [!TIP] Use `this`\n> a",
        '!!! tip "Use `this`"\n    a',
        ":::tip Use `this`\na\n:::",
        ":::tip[Use `this`]\na\n:::",
    ],
)
def test_a_callout_has_the_title_it_was_given(text: str) -> None:
    assert html_of(text) == (
        '<div class="callout callout-tip" role="note"><p class="callout-title">Use <code>this</code></p><p>a</p></div>'
    )


def test_a_callout_of_another_kind_with_a_title_is_a_note() -> None:
    assert html_of('!!! weather "Rain"\n    Bring it.') == html_of('!!! note "Rain"\n    Bring it.')


def test_callouts_hold_lists_code_and_callouts() -> None:
    html = html_of("::::note\n- a\n\n:::tip\n```\n:::\n```\n:::\nb\n::::\n\nc")
    assert html == (
        '<div class="callout callout-note" role="note"><p class="callout-title">Note</p><ul><li>a</li></ul>'
        '<div class="callout callout-tip" role="note"><p class="callout-title">Tip</p>'
        '<pre class="highlight"><code>:::</code></pre></div><p>b</p></div><p>c</p>'
    )


@pytest.mark.parametrize(
    "text",
    ["!!! help me", "!!! warning do not touch", "!!! note", "??? what is this", '??? "what"', "???", "!!!", ":: a"],
)
def test_signs_of_excitement_are_words_like_any_other(text: str) -> None:
    assert render(text, "community").plain_text == text


def test_a_directive_nobody_knows_keeps_its_words() -> None:
    assert render(":::figure Our cat\ntext\n:::\nmore", "community").plain_text == "Our cat\ntext\nmore"


def test_a_callout_with_an_empty_title_has_none() -> None:
    html = html_of('!!! tip ""\n    a')
    assert html == '<div class="callout callout-tip" role="note"><p>a</p></div>'


def test_the_words_the_renderer_adds_can_be_in_the_readers_language() -> None:
    labels = Labels(warning="Atención", done="Hecho", table="Tabla", link_to_part="Enlace a esta parte")
    html = render("# Uno\n\n> [!WARNING]\n> a\n\n- [x] b\n\n|c|\n|-|\n|d|", "article", labels=labels).html
    for word in ("Atención", 'aria-label="Hecho"', 'aria-label="Tabla"', 'aria-label="Enlace a esta parte: Uno"'):
        assert word in html


def test_tabs_stand_one_after_the_other_under_their_titles() -> None:
    html = html_of('=== "Linux & co"\n\n    ```sh\n    ls\n    ```\n\n=== "Mac"\n    - a\n\ntext')
    assert html == (
        '<tab-group class="tabs"><section class="tab"><p class="tab-title">Linux &amp; co</p>'
        '<pre class="highlight"><code class="language-sh">ls</code></pre></section>'
        '<section class="tab"><p class="tab-title">Mac</p><ul><li>a</li></ul></section></tab-group><p>text</p>'
    )


def test_code_has_colours_by_class_and_names_its_language() -> None:
    html = render("```python\nreturn 1\n```", "article").html
    assert '<code class="language-python" dir="ltr"><span class="k">return</span>' in html
    assert "style" not in html


def test_code_of_an_unknown_language_is_plain() -> None:
    assert html_of("```klingon\n<a>\n```") == (
        '<pre class="highlight"><code class="language-klingon">&lt;a&gt;</code></pre>'
    )


def test_code_can_have_a_title_and_marked_lines() -> None:
    html = html_of('```text title="a <b>.txt" {2}\none\ntwo\n# highlight-next-line\nthree\n```')
    assert html == (
        '<figure class="code"><figcaption>a &lt;b&gt;.txt</figcaption><pre class="highlight">'
        '<code class="language-text">one<span class="hll">two</span><span class="hll">three</span>'
        "</code></pre></figure>"
    )


def test_code_keeps_its_empty_lines_and_its_indentation() -> None:
    words = Page(render("```python\n\n\nif a:\n    b\n\n\tc\n```", "article").html).words
    assert words == "\n\nif a:\n    b\n\n    c\n"


def test_a_table_scrolls_by_itself_and_its_columns_are_named() -> None:
    html = html_of("text\n| a | b |\n|---|--:|\n| `x|y` | 2 |")
    assert html == (
        '<p>text</p><div class="table-scroll" role="group" tabindex="0" aria-label="Table"><table><thead><tr>'
        '<th scope="col">a</th><th class="align-right" scope="col">b</th></tr></thead><tbody><tr>'
        '<td><code>x|y</code></td><td class="align-right">2</td></tr></tbody></table></div>'
    )


def test_tasks_are_boxes_that_say_whether_they_are_ticked() -> None:
    assert html_of("- [ ] a\n- [x] b\n- c") == (
        '<ul class="task-list"><li class="task-list-item"><input class="task-list-checkbox" type="checkbox"'
        ' aria-label="To do" disabled="">a</li><li class="task-list-item"><input class="task-list-checkbox"'
        ' type="checkbox" aria-label="Done" checked="" disabled="">b</li><li>c</li></ul>'
    )


def test_a_box_outside_of_a_task_list_is_dropped() -> None:
    assert "<input" not in render("a <input type=checkbox> b\n\n<input type=checkbox>", "article").html


def test_footnotes_lead_there_and_back() -> None:
    page = Page(render("a[^x]\n\n[^x]: The *note*\n\n    - more", "article").html)
    ids = {attributes["id"]: tag for tag, attributes in page.tags if "id" in attributes}
    hrefs = [attributes["href"] for tag, attributes in page.tags if tag == "a"]
    assert ids == {"fnref-x": "sup", "fn-x": "li"}
    assert hrefs == ["#fn-x", "#fnref-x"]
    assert ("section", {"class": "footnotes", "aria-label": "Footnotes"}) in page.tags


def test_a_picture_alone_with_a_title_is_a_figure() -> None:
    assert html_of('![A cat](cat.png "Our *cat*")') == (
        '<figure><img src="cat.png" alt="A cat" loading="lazy" decoding="async">'
        "<figcaption>Our *cat*</figcaption></figure>"
    )
    assert "<figure" not in html_of('text ![A cat](cat.png "Our cat")')


def test_a_picture_keeps_its_size_and_never_lacks_an_alt_text() -> None:
    html = html_of("<img src=a.png width=300 height=200> <img src=b.png width=100%>")
    assert '<img src="a.png" alt="" width="300" height="200" loading="lazy" decoding="async">' in html
    assert '<img src="b.png" alt="" loading="lazy" decoding="async">' in html


@pytest.mark.parametrize(
    ("levels", "shown"),
    [([1, 2, 3], [2, 3, 4]), ([2, 3, 2], [2, 3, 2]), ([3, 3, 2, 4], [2, 2, 2, 3]), ([1, 4, 6, 5, 1], [2, 3, 4, 4, 2])],
)
def test_headings_begin_below_the_title_and_leave_no_gap(levels: list[int], shown: list[int]) -> None:
    rendered = render("\n\n".join("#" * level + " a" for level in levels), "article")
    assert [heading.level for heading in rendered.headings] == shown
    assert re.findall(r"<h(\d)", rendered.html) == [str(level) for level in shown]


def test_headings_are_anchors_by_their_words_or_by_an_id_of_their_own() -> None:
    rendered = render("# Año *nuevo* & más!\n\n# Same\n\n# Same\n\n# Mine {#my.id}\n\n# 日本\n\n# ???", "article")
    assert rendered.headings == (
        Heading(2, "h-año-nuevo--más", "Año nuevo & más!"),
        Heading(2, "h-same", "Same"),
        Heading(2, "h-same-1", "Same"),
        Heading(2, "h-my.id", "Mine"),
        Heading(2, "h-日本", "日本"),
        Heading(2, "h-part", "???"),
    )
    ids = [attributes["id"] for _, attributes in Page(rendered.html).tags if "id" in attributes]
    assert ids == [heading.id for heading in rendered.headings]


def test_a_heading_written_as_html_over_several_lines_is_a_heading() -> None:
    rendered = render("<h3>\n\n1. First `step`\n\n</h3>\n\ntext", "article")
    assert [(heading.level, heading.text) for heading in rendered.headings] == [(2, "1. First step")]


def test_a_heading_without_words_is_none() -> None:
    assert render("#\n\n# <b></b>\n\n# a", "article").headings == (Heading(2, "h-a", "a"),)


def test_the_steps_of_an_article_are_counted_through_and_those_of_a_post_are_not() -> None:
    text = '1. a\n   1. inner\n2. b\n\ntext\n\n1. c\n\n> 1. quoted\n\n=== "Mac"\n    1. d'
    ids = [attributes["id"] for _, attributes in Page(render(text, "article").html).tags if "id" in attributes]
    assert ids == ["step-1", "step-2", "step-3", "step-4"]
    assert "step" not in render(text, "community").html


def test_what_is_written_between_the_steps_is_none() -> None:
    html = render("<ol><li>a</li><p>Wait.</p><li>b</li></ol>", "article").html
    assert [attributes.get("id") for tag, attributes in Page(html).tags if tag in ("li", "p")] == [
        "step-1",
        None,
        "step-2",
    ]


def test_code_and_keys_run_left_to_right_in_any_language() -> None:
    page = Page(render("`a` ++ctrl++\n\n```\nb\n```", "article").html)
    assert {tag for tag, attributes in page.tags if attributes.get("dir") == "ltr"} == {"code", "kbd", "pre"}


def test_each_outermost_block_of_a_post_finds_its_own_direction() -> None:
    page = Page(render("مرحبا\n\n- hello\n  - inner\n\n> quote\n\n```\ncode\n```", "community").html)
    assert [tag for tag, attributes in page.tags if attributes.get("dir") == "auto"] == ["p", "ul", "blockquote"]
    assert "auto" not in render("مرحبا", "article").html


def test_a_rendering_says_by_which_version_it_was_made() -> None:
    assert render("a", "article").renderer_version == RENDERER_VERSION


def test_an_empty_text_is_an_empty_page() -> None:
    rendered = render(" \n\n", "community")
    assert (rendered.html, rendered.plain_text, rendered.headings, rendered.reading_seconds) == ("", "", (), 0)


def test_two_processes_give_the_same_bytes() -> None:
    from helpcenter.core import worker

    text = "# a\n\n![b](c.png 'd')\n\n- [x] e\n\n|f|\n|-|\n|`g`|\n\n[h](i)[^1]\n\n[^1]: j"
    first = render(text, "community")
    for child in worker._pool.children:
        child.kill()
    assert render(text, "community") == first


def test_a_heading_in_a_summary_has_no_link_to_itself() -> None:
    html = render("<details>\n<summary><h3>Mac</h3></summary>\n\nText\n\n</details>\n\n## Windows", "article").html
    assert html.count("heading-anchor") == 1


def test_each_step_ends_with_a_way_out_for_whoever_is_stuck() -> None:
    html = render("1. Open\n2. Press\n\nText\n\n1. Go on", "article").html
    assert re.findall(r'href="\?stuck=(\d)"', html) == ["1", "2", "3"]
    assert "stuck" not in render("1. Open\n2. Press", "community").html
