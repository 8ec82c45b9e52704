"""Python-Markdown with the extensions and blocks that make up this product's Markdown."""

import re
import string
from typing import Any
from xml.etree.ElementTree import Element  # nosec B405  # the library hands these out; no XML is read

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import HTML_RE, HtmlInlineProcessor, SubstituteTagInlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.util import INLINE_PLACEHOLDER_RE

from helpcenter.core.markdown.callouts import directive, folded_block, marked_callout
from helpcenter.core.markdown.containers import item_list, quote
from helpcenter.core.markdown.layout import Layout
from helpcenter.core.markdown.leaves import fenced_code, footnote, heading, html_block, indented_code, raw_html, rule
from helpcenter.core.markdown.profile import Profile
from helpcenter.core.markdown.tabs import tab_group
from helpcenter.core.markdown.tags import KNOWN

RULES = (
    indented_code,
    fenced_code,
    raw_html,
    html_block,
    heading,
    rule,
    tab_group,
    marked_callout,
    folded_block,
    directive,
    quote,
    footnote,
    item_list,
)
EXTENSIONS = (
    "markdown.extensions.tables",
    "markdown.extensions.footnotes",
    "pymdownx.saneheaders",
    "pymdownx.keys",
    "pymdownx.mark",
    "pymdownx.tilde",
    "pymdownx.caret",
    "pymdownx.magiclink",
)
SETTINGS: dict[str, dict[str, Any]] = {
    "markdown.extensions.tables": {"use_align_attribute": True},
    "markdown.extensions.footnotes": {"SEPARATOR": "-"},
    # As they stand on the keys of every keyboard, whatever language it is made for.
    "pymdownx.keys": {"key_map": {"arrow-up": "↑", "arrow-down": "↓", "arrow-left": "←", "arrow-right": "→"}},
    "pymdownx.tilde": {"subscript": False},
    "pymdownx.caret": {"superscript": False},
}
TAKEN_OVER = ("code", "setextheader", "hr", "olist", "ulist", "indent", "quote")
"""The blocks of Markdown that the layout takes instead."""

BLOCK_TAGS = ("tab-group", "summary", "video", "iframe", "input", "svg", "picture", "source")


class _LayoutPreprocessor(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        layout = Layout(RULES, self.md.htmlStash.store)
        layout.walk(lines)
        return layout.text().split("\n")


class _KnownHtml(HtmlInlineProcessor):
    """HTML in a line of text. What only looks like a tag, as <your-domain>, is text and stays to be read."""

    NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9-]*)")

    def handleMatch(  # type: ignore[override]  # noqa: N802 - the name and the shape are the library's
        self, m: re.Match[str], data: str
    ) -> tuple[str | Element | None, int | None, int | None]:
        name = self.NAME.match(m[1])
        if name and name[1].lower() not in KNOWN and not INLINE_PLACEHOLDER_RE.search(m[1]):
            return None, None, None
        result: tuple[str | Element | None, int | None, int | None] = super().handleMatch(m, data)
        return result


class _Dialect(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name is the library's
        md.preprocessors.deregister("html_block")
        md.preprocessors.register(_LayoutPreprocessor(md), "layout", 15)
        for name in TAKEN_OVER:
            md.parser.blockprocessors.deregister(name)
        md.inlinePatterns.register(_KnownHtml(HTML_RE, md), "html", 90)
        md.inlinePatterns.register(SubstituteTagInlineProcessor(r"\\\n", "br"), "backslash_break", 185)
        md.ESCAPED_CHARS = list(string.punctuation)
        md.block_level_elements.extend(BLOCK_TAGS)


def markdown_for(profile: Profile) -> Markdown:
    """A converter for the texts of a profile; making one costs as much as a page."""
    breaks = ["markdown.extensions.nl2br"] if profile.line_breaks else []
    return Markdown(extensions=[*EXTENSIONS, *breaks, _Dialect()], extension_configs=SETTINGS)
