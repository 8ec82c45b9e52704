"""Pages that were written for a site builder, with imports and components in them."""

import pytest

from helpcenter.core.markdown import references, render
from helpcenter.core.markdown.components import without_components

PAGE = """
import Box from '@site/src/Box';
import { A, B } from "../b.tsx"
import {
  C,
  D
} from './c';
export const answer = {
  a: 1
}

Intro <Required />

<Box
  headline="Not > shown"
  link={() => "neither"}
/>

### name <Optional /> {#name}

<Provider>
  <Tip>
    A paragraph of its own.

    - a list
  </Tip>
</Provider>

{/* a comment
 over lines */}

<img alt="A picture" src={useBaseUrl('img/a.png')} style={{width: "3px"}} />

<div className="browser">
  <CodeBlock language="json">{getCode("x", {a: 1})}</CodeBlock>
</div>

1. step
   <Box a="b" />
2. step {" "}{'said'}

`<Box />` and `import x from 'y'`

```jsx
import x from 'y'
<Box a={b}>{c}</Box>
```
"""


def test_imports_components_and_expressions_are_not_shown() -> None:
    lines = render(PAGE, "article").plain_text.split("\n")
    assert lines == [
        "Intro",
        "name",
        "A paragraph of its own.",
        "a list",
        "A picture",
        "step",
        "step said",
        "<Box /> and import x from 'y'",
        "import x from 'y'",
        "<Box a={b}>{c}</Box>",
    ]


def test_what_a_component_holds_is_read_as_markdown() -> None:
    html = render(PAGE, "article").html
    assert "<p>A paragraph of its own.</p>" in html
    assert "<li>\na list\n</li>" in html


def test_below_a_component_that_was_set_in_a_text_begins_where_it_did_before() -> None:
    html = render("<Card>\n    one\n\ntwo\n\n    code\n</Card>\n", "article").html
    assert html == '<p>one</p>\n<p>two</p>\n<pre class="highlight" dir="ltr"><code dir="ltr">code\n</code></pre>'


def test_a_picture_in_braces_is_found_by_the_name_it_gives() -> None:
    assert [image.href for image in references(PAGE).images] == ["img/a.png"]
    assert 'src="/files/1.png"' in render(PAGE, "article", links={"img/a.png": "/files/1.png"}).html


def test_tab_components_become_tabs() -> None:
    first = '<TabItem value="npm" label="With npm">\n\nRun *it*\n\n</TabItem>'
    text = f'<Tabs>\n{first}\n<TabItem value="yarn">a</TabItem>\n</Tabs>'
    html = render(text, "article").html
    assert '<p class="tab-title">With npm</p>' in html
    assert '<p class="tab-title">yarn</p>' in html
    assert "<em>it</em>" in html


@pytest.mark.parametrize(
    "text",
    ["Put {name} here", "import your data", "{{ value }}", "export the list", "a {#b} c", "Write `{x}` or {y()}"],
)
def test_a_text_without_components_keeps_its_braces_and_its_words(text: str) -> None:
    assert render(text, "article").plain_text == text.replace("`", "")


def test_a_post_is_never_read_as_a_page_of_components() -> None:
    assert "import x from" in render("import x from 'y'\n\n{y()}", "community").plain_text


@pytest.mark.parametrize("tag", ['<Card title="Refunds', "<Card title={refunds", f'<Card title="{"a" * 5_000}">'])
def test_a_tag_that_ends_nowhere_near_stays_as_it_was_written(tag: str) -> None:
    assert without_components(f"Before.\n\n{tag}") == f"Before.\n\n{tag}"
