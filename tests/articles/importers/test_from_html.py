"""HTML of other help centers as our Markdown."""

from __future__ import annotations

from html import escape

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from helpcenter.articles.importers.from_html import Page, markdown_of
from helpcenter.core.markdown import render

HOST = "https://lamps.example"


def page(**values: object) -> Page:
    """A page whose links stay as they are, and whose folder holds one picture."""
    given: dict[str, object] = {
        "link": lambda href: href,
        "picture": lambda address: "/img/my lamp.png" if address.endswith("lamp.png") else "",
        "absolute": lambda address: address if address.startswith("http") else "",
    }
    return Page(**{**given, **values})  # type: ignore[arg-type]


def markdown(html: str, **values: object) -> str:
    return markdown_of(html, page(**values)).text


def lost(html: str) -> list[tuple[str, str]]:
    return list(markdown_of(html, page()).lost)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>One<br>two</p>", "One\\\ntwo"),
        ("<p>One<br><br>two<br></p>", "One\n\ntwo"),
        ("<p>&nbsp;</p><p>Words</p><div> </div>", "Words"),
        ("<p><b>Big </b><strong>lamp</strong></p>", "**Big lamp**"),
        ("<p><b><strong>Big</strong></b></p>", "**Big**"),
        ('<p><span style="font-weight: 700">Big</span> <span style="color:red">red</span></p>', "**Big** red"),
        ("<p><u>a</u> <s>b</s> <mark>c</mark> x<sup>2</sup></p>", "^^a^^ ~~b~~ ==c== x<sup>2</sup>"),
        ("<p>Press <kbd>Ctrl</kbd>, then <code>a|b</code></p>", "Press <kbd>Ctrl</kbd>, then `a|b`"),
        ('<p><a href="https://x.example/a b(1)">Read</a></p>', "[Read](https://x.example/a%20b%281%29)"),
        ('<p><a href="https://x.example/a">https://x.example/a</a></p>', "<https://x.example/a>"),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n  - b\n- c"),
        ("<ol><li><p>a</p><p>b</p></li><li>c</li></ol>", "1. a\n\n   b\n2. c"),
        ('<ol start="3"><li>c</li></ol>', "3. c"),
        ("<blockquote><p>said</p></blockquote>", "> said"),
        ("<dl><dt>Lamp</dt><dd>It shines</dd></dl>", "**Lamp**\n\nIt shines"),
        ("<script>alert(1)</script><style>p{}</style><!-- x --><p>y</p>", "y"),
    ],
)
def test_what_both_know_is_said_the_same_way(html: str, expected: str) -> None:
    assert markdown(html) == expected


@pytest.mark.parametrize(
    ("box", "kind"),
    [
        ('<div class="callout callout-info">%s</div>', "NOTE"),
        ('<div class="callout--warning">%s</div>', "WARNING"),
        ('<p class="callout-yellow">%s</p>', "WARNING"),
        ('<section class="callout-green">%s</section>', "TIP"),
        ('<div class="notice notice_danger">%s</div>', "CAUTION"),
        ('<aside class="important">%s</aside>', "IMPORTANT"),
        ('<div class="intercom-interblocks-callout" style="border-color:#fbc91633">%s</div>', "WARNING"),
        ('<div class="intercom-interblocks-callout" style="background-color:#d7efdc">%s</div>', "TIP"),
        ('<div class="intercom-interblocks-callout" style="background-color:#e3e7fa">%s</div>', "NOTE"),
        ('<table class="alert-red"><tr><td>%s</td></tr></table>', "CAUTION"),
    ],
)
def test_a_box_becomes_a_callout_of_its_kind(box: str, kind: str) -> None:
    assert markdown(box % "Mind the glass.") == f"> [!{kind}]\n> Mind the glass."


def test_a_callout_keeps_its_title_unless_that_is_the_name_of_its_kind() -> None:
    box = '<div class="callout-info"><h4>%s</h4><p>Mind the glass.</p></div>'
    assert markdown(box % "Before you begin") == "> [!NOTE] Before you begin\n> Mind the glass."
    assert markdown(box % "Note:") == "> [!NOTE]\n> Mind the glass."


def test_words_that_only_sound_like_a_box_are_none() -> None:
    assert markdown('<div class="note-editor">Words</div>') == "Words"


def test_code_keeps_its_language_and_what_looks_like_its_end() -> None:
    assert markdown('<pre><code class="language-python">a = 1<br>b = 2</code></pre>') == "```python\na = 1\nb = 2\n```"
    assert markdown('<pre data-language="SQL">select *\n```\n</pre>') == "````sql\nselect *\n```\n````"


def test_headings_begin_at_the_second_level_without_a_gap() -> None:
    assert markdown("<h3>A</h3><h5>B</h5><h3><strong>C</strong></h3>") == "## A\n\n### B\n\n## C"
    assert markdown("<ul><li><h2>A</h2>b</li></ul>").startswith("- **A**")


def test_a_heading_keeps_the_name_that_a_link_uses() -> None:
    html = '<h2 id="H_01">A</h2><a name="more"></a><h2>B</h2><h2 id="unused">C</h2>'
    assert markdown(html, fragments=frozenset({"h_01", "more"})) == "## A {#h_01}\n\n## B {#more}\n\n## C"


def test_a_plain_table_is_markdown_and_any_other_stays_html() -> None:
    plain = "<table><tr><th>Plan</th><th>Price</th></tr><tr><td>Small<br>one</td><td><p>9 €</p></td></tr></table>"
    assert markdown(plain) == "| Plan | Price |\n|---|---|\n| Small<br>one | 9 € |"
    bold = "<table><tr><td><b>Plan</b></td></tr><tr><td>Small</td></tr></table>"
    assert markdown(bold) == "| Plan |\n|---|\n| Small |"
    wide = (
        '<table style="x"><tr><td colspan="2" onclick="y">a &amp; b<ul><li>c</li></ul></td></tr>'
        '<tr><td><a href="/x">d</a></td><td><pre>e\n\nf</pre></td></tr></table>'
    )
    html = markdown(wide)
    assert html.split("\n")[1] == '<tr><td colspan="2">a &amp; b<ul><li>c</li></ul></td></tr>'
    assert html.split("\n")[2] == '<tr><td><a href="/x">d</a></td><td><pre>e&#10;&#10;f</pre></td></tr>'
    assert "<li>c</li>" in render(html, "article").html


def test_a_picture_of_the_folder_is_shown_and_any_other_linked() -> None:
    assert markdown(f'<img src="{HOST}/a/lamp.png" alt="A [lamp]">') == "![A \\[lamp\\]](/img/my%20lamp.png)"
    figure = f'<figure><a href="{HOST}/lamp.png"><img src="{HOST}/lamp.png"></a><figcaption>On</figcaption></figure>'
    assert markdown(figure) == '![](/img/my%20lamp.png "On")'
    assert markdown(f'<img src="{HOST}/a/off.png" alt="Dark">') == f"[Dark]({HOST}/a/off.png)"
    assert lost(f'<img src="{HOST}/a/off.png">')[0][1] == f"{HOST}/a/off.png"
    assert markdown('<img src="data:image/png;base64,AAAA" alt="Dark">') == "Dark"
    assert "within the page" in lost('<img src="data:image/png;base64,AAAA" alt="Dark">')[0][0]


@pytest.mark.parametrize(
    ("frame", "address"),
    [
        ("//www.youtube.com/embed/abcdef12345?rel=0", "https://www.youtube.com/watch?v=abcdef12345"),
        ("https://player.vimeo.com/video/1234", "https://vimeo.com/1234"),
        ("https://www.loom.com/embed/ab12", "https://www.loom.com/share/ab12"),
        ("https://maps.example/x", "https://maps.example/x"),
    ],
)
def test_a_video_of_a_site_that_is_not_allowed_becomes_a_link_to_its_page(frame: str, address: str) -> None:
    text = markdown(f'<iframe src="{frame}" title="A tour"></iframe>')
    assert text.startswith("[A tour (") and text.endswith(f"]({address})")
    assert lost(f'<iframe src="{frame}"></iframe>') == [
        ("a video or another page within the page is a link to it now", address)
    ]


@pytest.mark.parametrize(
    "written",
    [
        '<iframe src="//www.youtube.com/embed/abcdef12345?rel=0" title="A &quot;tour&quot;"></iframe>',
        '<video title="A &quot;tour&quot;"><source src="https://www.youtube.com/watch?v=abcdef12345"></video>',
    ],
)
def test_a_video_of_an_allowed_site_goes_on_being_one(written: str) -> None:
    text = markdown(f"<p>Look: {written} Well?</p>", video_hosts=("youtube.com",))
    video = '<video src="https://www.youtube.com/watch?v=abcdef12345" title="A &quot;tour&quot;"></video>'
    assert text == f"Look:\n\n{video}\n\nWell?"
    html = render(text, "article", allowed_video_hosts=["youtube.com"]).html
    assert "<figure" in html and 'A "tour"' in html


def test_a_sound_is_a_link_wherever_it_lies() -> None:
    text = markdown('<audio src="https://youtube.com/a.mp3" title="A song"></audio>', video_hosts=("youtube.com",))
    assert text == "[A song (youtube.com)](https://youtube.com/a.mp3)"


def test_parts_that_open_go_on_opening() -> None:
    details = "<details><summary>More <b>of it</b></summary><p>Words</p></details>"
    assert markdown(details) == "<details><summary>More of it</summary>\n\nWords\n\n</details>"
    accordion = (
        '<div class="accordion"><h4>One?</h4><div>Yes.</div><h4>Two?</h4><div>No.</div></div>'
        '<div class="accordion-item"><div class="accordion-title">Three?</div><p>Maybe.</p></div>'
    )
    text = markdown(accordion)
    assert text.count("<details>") == 3
    assert "<summary>Three?</summary>\n\nMaybe.\n\n</details>" in text


def test_hundreds_of_boxes_within_each_other_keep_their_words() -> None:
    deep = "<div>" * 3000 + "Words" + "</div>" * 3000
    converted = markdown_of(deep, page())
    assert "Words" in converted.text


SIGNS = st.text(st.sampled_from("aB1 .*_`~=^+-#>|!?:<&[]()\\/\"'@\n"), max_size=40)


@settings(max_examples=150, deadline=None)
@given(SIGNS)
@example("1. x")
@example("a_b_c _d_ ==e== ++f++")
@example("[x](y) <script> &amp; \\*")
def test_what_is_written_there_is_read_here(words: str) -> None:
    text = markdown(f"<p>{escape(words)}</p><p>end</p>")
    said = render(text, "article").plain_text.split("\n")
    assert [" ".join(words.split()), "end"] == [" ".join(" ".join(said[:-1]).split()), said[-1]]
