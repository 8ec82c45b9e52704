"""A snippet stands on a line of its own, and its passage takes the place of the line."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from helpcenter.core.markdown import (
    MarkdownRefused,
    Passage,
    Reason,
    SnippetUse,
    expand,
    references,
    render,
    snippet_names,
)
from helpcenter.core.markdown.expansion import expand as expand_here
from helpcenter.core.markdown.profile import ARTICLE
from tests.core.markdown.html_check import Page

CAREFUL = {"careful": Passage("**Careful:** it is hot.")}
LINE = "{{ snippet: careful }}"


def html_of(text: str, passage: str = CAREFUL["careful"].text) -> str:
    html = render(expand(text, {"careful": Passage(passage)}).text, "article").html
    assert Page(html).complaints == []
    return html


PLACES = [
    LINE,
    "{{snippet:careful}}",
    f"  {LINE}  ",
    f"Above.\n{LINE}\nBelow.",
    f"# A heading\n{LINE}\n---\n",
    f"1. A step\n   {LINE}\n2. Another",
    f"1. {LINE}\n2. Another",
    f"- [a](b)\n- {LINE}",
    f"> {LINE}",
    f"> [!NOTE]\n> {LINE}",
    f"!!! note\n    {LINE}",
    f'=== "Web"\n\n    {LINE}\n\n=== "Phone"\n\n    {LINE}',
    f"::: tip\n{LINE}\n:::",
    f"<details>\n\n{LINE}\n\n</details>",
    f"Above.\r\n{LINE}\r\nBelow.",
]


@pytest.mark.parametrize("text", PLACES)
def test_a_snippet_is_shown_wherever_a_block_can_stand(text: str) -> None:
    html = html_of(text)
    assert "<strong>Careful:</strong>" in html
    assert "snippet" not in html
    assert html.count("<h2") == text.count("# ")


@pytest.mark.parametrize("text", PLACES)
def test_a_snippet_that_does_not_exist_leaves_nothing(text: str) -> None:
    expanded = expand(text, {})
    assert "snippet" not in render(expanded.text, "article").html
    assert {use.name for use in expanded.snippets} == {"careful"}


@pytest.mark.parametrize(
    "text",
    [
        f"```\n{LINE}\n```",
        f"~~~ md\n{LINE}\n~~~\n",
        f"    {LINE}",
        f"- a\n\n      {LINE}",
        f"> ```\n> {LINE}\n> ```",
        f"<pre>\n{LINE}\n</pre>",
        f"<!--\n{LINE}\n-->",
        f"In a line {LINE} of text.",
        f"`{LINE}`",
        "{{ snippet: Not A Name }}",
        "{{ other: careful }}",
    ],
)
def test_code_and_what_is_no_line_of_its_own_stay_as_they_are(text: str) -> None:
    assert expand(text, CAREFUL).text == text
    assert expand(text, CAREFUL).snippets == ()


def test_the_paragraphs_around_stay_paragraphs_of_their_own() -> None:
    assert html_of(f"Above.\n{LINE}\nBelow.") == (
        "<p>Above.</p>\n<p><strong>Careful:</strong> it is hot.</p>\n<p>Below.</p>"
    )


def test_steps_go_on_around_a_snippet() -> None:
    html = html_of(f"1. One\n   {LINE}\n2. {LINE}\n3. Three", "First.\n\n- a\n- b")
    assert html.count('<ol class="steps">') == 1
    assert [f'id="step-{number}"' in html for number in (1, 2, 3, 4)] == [True, True, True, False]


def test_a_passage_that_names_a_snippet_is_not_looked_into() -> None:
    around = {"careful": Passage("{{ snippet: careful }}\n\n{{ snippet: other }}")}
    assert expand(LINE, around).text == around["careful"].text


def test_what_it_points_to_stands_on_its_line() -> None:
    text = f"[a](a.md)\n\n{LINE}\n\n[b](b.md)\n\n## End"
    expanded = expand(text, {"careful": Passage("## Inside\n\n[c](c.md)\n\n![d](d.png)")})
    found = references(expanded.text).as_written(expanded)
    assert [(one.href, one.line) for one in found.links] == [("a.md", 1), ("c.md", 3), ("b.md", 5)]
    assert [(one.href, one.line) for one in found.images] == [("d.png", 3)]
    assert [(one.text, one.line) for one in found.headings] == [("Inside", 3), ("End", 7)]
    assert found.snippets == (SnippetUse("careful", 3),)


def test_words_of_another_language_say_which_and_run_their_way() -> None:
    passage = {"careful": Passage("Careful.", "en", "ltr")}
    html = render(expand(f"1. خطوة\n   {LINE}", passage).text, "article").html
    assert '<section lang="en" dir="ltr">' in html
    assert Page(html).complaints == []


def test_the_whole_may_be_no_longer_than_a_text() -> None:
    most = {"careful": Passage("word " * 1_000)}
    assert len(expand(f"{LINE}\n\n" * 50, most).text) > 240_000
    with pytest.raises(MarkdownRefused) as refused:
        expand(f"{LINE}\n\n" * 60, most)
    assert refused.value.reason == Reason.TOO_LONG
    with pytest.raises(MarkdownRefused):
        expand(LINE * 20_000, most)


@pytest.mark.parametrize("text", ["```\nx", "~~~~\n~~~", "<!-- x", "<pre>\nx", "::: note\nx", "::: details a\n\nx"])
def test_what_is_never_closed_is_told(text: str) -> None:
    assert not expand(text, {}).is_whole


@pytest.mark.parametrize("text", ["x", "```\nx\n```", "- a\n  ```\n  b", "> [!NOTE]\n> x", "::: note\nx\n:::", ""])
def test_what_is_closed_is_whole(text: str) -> None:
    assert expand(text, {}).is_whole


PIECES = st.sampled_from(
    (
        *("", "word", "# Heading", "- item", "1. step", "   more", "    code", "> quote", "```", "~~~", "<div>"),
        *("</div>", "| a | b |", "|---|---|", "---", "===", "::: note", ":::", "!!! note", '=== "Tab"', "<!--"),
        *("-->", "\t", "{{"),
    )
)
WITH_SNIPPETS = st.lists(PIECES | st.sampled_from([LINE, f"   {LINE}", f"> {LINE}", f"1. {LINE}", f"    {LINE}"]))


@given(st.lists(PIECES | st.text(max_size=20)))
def test_a_text_without_snippets_is_unchanged(lines: list[str]) -> None:
    text = "\n".join(lines).replace("\r", "")
    if not snippet_names(text):
        expanded = expand_here(text, ARTICLE, CAREFUL)
        assert expanded.text == text
        assert expanded.lines == tuple(range(1, text.count("\n") + 2))


@given(WITH_SNIPPETS)
@example([f"> {LINE}", "<!--", "```", "-->", LINE])
@example([f"> {LINE}", "!!! note", "", f"    {LINE}"])
def test_expanding_twice_is_expanding_once(lines: list[str]) -> None:
    once = expand_here("\n".join(lines), ARTICLE, CAREFUL)
    assert expand_here(once.text, ARTICLE, CAREFUL).snippets == ()
    assert expand_here(once.text, ARTICLE, CAREFUL).text == once.text


@given(WITH_SNIPPETS)
def test_every_line_knows_where_it_comes_from(lines: list[str]) -> None:
    source = "\n".join(lines).split("\n")
    expanded = expand_here("\n".join(source), ARTICLE, CAREFUL)
    written = expanded.text.split("\n")
    assert len(written) == len(expanded.lines)
    assert list(expanded.lines) == sorted(expanded.lines)
    shown = {use.line for use in expanded.snippets}
    kept = [(text, line) for text, line in zip(written, expanded.lines, strict=True) if line not in shown]
    assert kept == [(text, line) for line, text in enumerate(source, 1) if line not in shown]
    assert sum(CAREFUL["careful"].text in text for text in written) == len(expanded.snippets)
