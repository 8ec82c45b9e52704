from __future__ import annotations

from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpcenter.articles.folder import code_spans, mdx
from helpcenter.articles.folder.reflow import GAP, SOFT
from helpcenter.core import worker


def clean(text: str) -> str:
    return mdx.clean(dedent(text).strip("\n")).text


def missed(text: str) -> list[str]:
    return [f"{one.line}: {one.message}" for one in mdx.clean(dedent(text).strip("\n")).findings]


@pytest.mark.parametrize(
    "statement",
    [
        "import useBaseUrl from '@docusaurus/useBaseUrl';",
        "import {A, B} from '../x'",
        'import Tabs, { TabItem } from "@theme/Tabs"',
        "import * as React from 'react'",
        "import './style.css'",
        "import {\n  A,\n  B,\n} from 'x';",
        "export const x = {a: 1};",
        "export const Box = () => {\n  return <b>hi</b>;\n\n};",
        "export default function Page() {\n  return 1;\n}",
        "export { a } from 'b'",
    ],
)
def test_a_program_line_does_not_show(statement: str) -> None:
    assert clean(f"Before\n\n{statement}\n\nAfter") == "Before\n\nAfter"
    assert mdx.looks_like_mdx(f"Before\n\n{statement}\n\nAfter")


@pytest.mark.parametrize(
    "sentence",
    [
        "import your data from the old system.",
        "import data",
        "export the list as CSV, then import it.",
        "export default settings first",
        "Then\nimport x from 'y' is what you write.",
        "You write\nimport x from 'y'\nand that is it.",
    ],
)
def test_a_sentence_about_imports_stays(sentence: str) -> None:
    assert clean(sentence) == sentence
    assert not mdx.looks_like_mdx(sentence)


def test_a_picture_becomes_markdown() -> None:
    assert (
        clean("""<img alt="The [list]" src={useBaseUrl('img/v2/list.png')} />""")
        == r"![The \[list\]](/img/v2/list.png)"
    )
    assert clean("<Image src={require('./a b.png').default} alt='x' />") == "![x](<./a b.png>)"


def test_a_picture_within_html_stays_html() -> None:
    assert (
        clean("<ul>\n<li><img src={'/a.png'} alt='x' /></li>\n</ul>")
        == '<ul>\n<li><img src="/a.png" alt="x"></li>\n</ul>'
    )


def test_a_wrapper_goes_and_what_it_holds_stands_where_it_stood() -> None:
    text = """
        - One

          <div className="browser">
              <img alt="x" src="/a.png" />
          </div>
        - Two
        """
    assert clean(text) == "- One\n\n  ![x](/a.png)\n\n- Two"


def test_an_unknown_component_that_holds_nothing_is_reported_with_its_line() -> None:
    text = """
        First

        <CtaBox
          link="https://example.org"
        />

        **after** <Optional /> only
        """
    assert clean(text) == "First\n\n**after** only"
    assert missed(text) == [
        "3: left out: a part that the page draws (<CtaBox>)",
        "7: left out: a part that the page draws (<Optional>)",
    ]


def test_what_an_unknown_component_holds_is_kept() -> None:
    assert clean("<Provider>\n  <Tip2>\n    Some **text**.\n  </Tip2>\n</Provider>") == "Some **text**."


def test_an_expression_does_not_show_and_is_reported() -> None:
    assert clean("Costs {price} now") == "Costs now"
    assert missed("a\n\nCosts {price} now") == ["3: left out: a value that the page computes ({…})"]


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("a{' '}b", "a b"),
        ("{'{'}x{'}'}", "{x}"),
        ("{/* a note */}Text", "Text"),
        ("<!-- a\nnote -->\nText", "Text"),
        (r"\{x\} and \<y>", r"\{x\} and &lt;y>"),
        ("## Title {#own-id}", "## Title {#own-id}"),
        ("### name <Required /> {#own-id}", "### name {#own-id}"),
        (
            "a < b and <https://example.org> and <me@example.org>",
            "a < b and <https://example.org> and <me@example.org>",
        ),
        ("Put <your-domain> there", "Put &lt;your-domain&gt; there"),
        ("[x](https://example.org/{id})", "[x](https://example.org/{id})"),
        ('<a target="_blank" href="/x" onClick={go}>y</a>', '<a href="/x">y</a>'),
        ("<>text</>", "text"),
        ('<script>{`\n{"a": "<b>"}\n`}</script>\n\nText', "Text"),
        ("<Unclosed>\n\nText", "Text"),
        ("Text</Stray>", "Text"),
        ("open { brace", "open { brace"),
    ],
)
def test_pieces_of_a_page(text: str, plain: str) -> None:
    assert clean(text) == plain


def test_tabs_become_tabs() -> None:
    text = """
        <Tabs groupId="os">
          <TabItem value="mac" label="On a Mac">

            ```sh
            brew install x
            ```

          </TabItem>
          <TabItem value="linux">Use `apt`.</TabItem>
        </Tabs>
        """
    assert clean(text) == ('=== "On a Mac"\n\n    ```sh\n    brew install x\n    ```\n\n=== "Linux"\n    Use `apt`.')


def test_callouts_and_folds_become_ours() -> None:
    assert (
        clean('<Admonition type="warning" title="Careful">\nText\n</Admonition>') == ":::warning Careful\n\nText\n\n:::"
    )
    assert clean('<Accordion title="More & more">\nText\n</Accordion>') == (
        "<details>\n<summary>More &amp; more</summary>\n\nText\n\n</details>"
    )


def test_a_code_block_component_becomes_a_fence() -> None:
    assert clean('<CodeBlock language="js">{`a = {b: 1}`}</CodeBlock>') == "```js\na = {b: 1}\n```"
    assert clean("<CodeBlock>\nx < y\n</CodeBlock>") == "```\nx < y\n```"
    assert missed("<CodeBlock>{make()}</CodeBlock>") == [
        "1: left out: a block of code that the page computes (<CodeBlock>)"
    ]


def test_every_line_knows_its_number_in_the_source() -> None:
    cleaned = mdx.clean("import a from 'b'\n\n<div>\n\n    Text\n\n</div>\n\n<X\n/>\nEnd")
    assert list(zip(cleaned.text.split("\n"), cleaned.lines, strict=True)) == [("Text", 5), ("", 6), ("End", 11)]


CODE = "```jsx\nimport x from 'y'\n\n\n<Tag a={1} />   \n{`${x}`}\n```"


def test_code_in_a_page_full_of_parts_is_not_altered() -> None:
    text = f"import a from 'b'\n\n{CODE}\n\n<Box />\n\nUse `<Box {{...x}} />` or ``a`{{b}}``.\n"
    assert clean(text) == f"{CODE}\n\nUse `<Box {{...x}} />` or ``a`{{b}}``."


text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters=[GAP, SOFT, "\r"]), max_size=40)
parts = st.sampled_from(
    [
        "<div>",
        "</div>",
        "<Box />",
        "<Tabs>",
        "</Tabs>",
        "{x}",
        "{/*",
        "*/}",
        "<img src='a' alt='b'/>",
        "<!--",
        "-->",
        "{`",
        "`}",
        "\n\n",
    ]
)
prose = st.lists(parts | st.text("ab .,*_-#>\n", max_size=8), max_size=12).map("".join)


@given(prose, st.text("abc <>{}=/'\"$\n\\", max_size=60), prose)
def test_a_fenced_block_between_any_parts_is_not_altered(before: str, code: str, after: str) -> None:
    fence = f"~~~~jsx\n{code}\n~~~~"
    page = mdx.clean(f"{before.replace('`', '')}\n\nx\n\n{fence}\n\n{after}").text
    opened = before.rfind("<!--") > before.rfind("-->") or "{`" in before or "{/*" in before
    wrapped = "<div>" in before or "<Tabs>" in before
    if not opened and not wrapped:
        assert fence in page


@given(st.lists(text | parts, max_size=10).map("".join))
def test_any_text_is_cleaned_and_its_lines_stay_in_order(page: str) -> None:
    cleaned = mdx.clean(page)
    assert list(cleaned.lines) == sorted(cleaned.lines)
    assert not cleaned.text or cleaned.text.count("\n") + 1 == len(cleaned.lines)
    assert all(1 <= line <= page.count("\n") + 1 for line in cleaned.lines)
    assert GAP not in cleaned.text
    assert SOFT not in cleaned.text


@given(st.text(" ab`~\n>-1.\\", max_size=60))
def test_code_is_found_in_order_and_within_the_text(page: str) -> None:
    found = list(code_spans.codes(page))
    edges = [edge for code in found for edge in (code.start, code.end)]
    assert edges == sorted(edges)
    assert code_spans.outside(page, lambda part: part) == page
    assert len(code_spans.masked(page)) == len(page)


@given(st.text("abc{}<>= \n", max_size=80))
def test_a_plain_page_of_code_keeps_every_span(code: str) -> None:
    spans = f"`{code.replace(chr(10), ' ')}`"
    assert spans in mdx.clean(f"x {spans} y").text or not code.strip()


def test_a_tag_that_never_ends_does_not_keep_an_import_busy_for_minutes() -> None:
    page = "import a from 'b'\n\n<A" + " " * 250_000
    # In a process that can be killed: a pattern that goes astray would keep this one.
    cleaned = worker.call("helpcenter.articles.folder.mdx:clean", page, seconds=20)
    assert cleaned.text.startswith("<A")
