"""Code in colours: Pygments' classes, never its styles."""

import re

from pygments import highlight
from pygments.formatters.html import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import find_lexer_class_by_name
from pygments.lexers.special import TextLexer
from pygments.util import ClassNotFound

from helpcenter.core.markdown.tree import Element, Markup, Node, replace

MOST_COLOURED = 40_000
"""Longer code, in characters, stays plain: colours would take longer than they help."""

_COMMENT_MARK = re.compile(r"\s*(?:#|//|--|;|%|/\*|<!--|\{/\*)?\s*highlight-(next-line|start|end)\s*(?:\*/\}?|-->)?\s*")
_lexers: dict[str, Lexer] = {}


def colour_code(root: Element) -> None:
    """Give every block of code its colours, its language and, where it has one, its title as a caption."""
    replace(root, _coloured)


def _coloured(element: Element) -> list[Node] | None:
    if element.tag != "pre":
        return None
    held = [child for child in element.children if isinstance(child, Element) or str(child).strip()]
    if len(held) != 1 or not isinstance(held[0], Element) or held[0].tag != "code":
        element.attributes = {}
        return None
    code = held[0]
    title = code.attributes.get("data-title", "")
    language = next((name[9:] for name in code.classes if name.startswith("language-")), "")
    lines, marked = _marked_lines(code.text, code.attributes.get("data-marked", ""))
    markup = _markup(lines, language, marked)
    block = Element("pre", {"class": "highlight"}, [Element("code", _class(language), [markup])])
    if not title:
        return [block]
    return [Element("figure", {"class": "code"}, [Element("figcaption", {}, [title]), block])]


def _class(language: str) -> dict[str, str]:
    return {"class": f"language-{language}"} if language else {}


def _marked_lines(text: str, ranges: str) -> tuple[str, set[int]]:
    """The code without the comments that mark lines, and the numbers of the marked ones, from 1."""
    marked = _numbers(ranges)
    if "highlight-" not in text:
        return text, marked
    kept: list[str] = []
    is_open = is_next = False
    for line in text.split("\n"):
        if mark := _COMMENT_MARK.fullmatch(line):
            is_next, is_open = mark[1] == "next-line", mark[1] == "start" or (is_open and mark[1] != "end")
            continue
        kept.append(line)
        if is_open or is_next:
            marked.add(len(kept))
        is_next = False
    return "\n".join(kept), marked


def _numbers(ranges: str) -> set[int]:
    numbers: set[int] = set()
    for first, last in re.findall(r"(\d{1,4})(?:\s*-\s*(\d{1,4}))?", ranges):
        numbers.update(range(int(first), int(last or first) + 1))
    return numbers


def _markup(text: str, language: str, marked: set[int]) -> Markup:
    lexer = _lexer(language) if len(text) <= MOST_COLOURED else _lexer("")
    formatter: HtmlFormatter[str] = HtmlFormatter(nowrap=True, hl_lines=sorted(marked))
    return Markup(highlight(text, lexer, formatter), text)


def _lexer(language: str) -> Lexer:
    if language not in _lexers:
        try:
            found = find_lexer_class_by_name(language) if language else TextLexer
        except ClassNotFound:
            found = TextLexer
        _lexers[language] = found(stripnl=False, ensurenl=False)
    return _lexers[language]
