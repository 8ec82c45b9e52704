"""Blocks that hold no other blocks: code, HTML, headings, rules; and footnotes, which Markdown itself unpacks."""

import re
from html import escape

from helpcenter.core.markdown.layout import Layout, indented
from helpcenter.core.markdown.lines import (
    FENCE,
    FOOTNOTE,
    HEADING,
    HTML_BLOCK,
    RAW_HTML,
    RULE,
    UNDERLINE,
    ends_html,
    indent,
)

_TITLE = re.compile(r"""title=(?:"([^"]*)"|'([^']*)')""")
_MARKED = re.compile(r"""\{([0-9, -]+)\}|hl_lines=["']([0-9 ,-]+)["']""")
_LANGUAGE = re.compile(r"\{?\.?([\w+#.-]+)")


def indented_code(layout: Layout, lines: list[str], at: int) -> int | None:
    """Code by an indentation of four."""
    if layout.paragraph or indent(lines[at]) < 4:
        return None
    code, after = indented(lines, at, 4)
    layout.html(f"<pre><code>{escape(chr(10).join(code))}\n</code></pre>")
    return after


def fenced_code(layout: Layout, lines: list[str], at: int) -> int | None:
    """Code between fences; without a closing fence it goes on to the end of its container."""
    opening = FENCE.fullmatch(lines[at])
    if opening is None:
        return None
    columns, after, code = indent(lines[at]), at + 1, []
    closing = re.compile(rf" {{0,3}}{re.escape(opening[1][0])}{{{len(opening[1])},}} *")
    while after < len(lines) and not closing.fullmatch(lines[after]):
        line = lines[after]
        code.append(line[min(columns, indent(line)) :])
        after += 1
    layout.html(f"<pre><code{_attributes(opening[2].strip())}>{escape(chr(10).join([*code, '']))}</code></pre>")
    return after + 1


def _attributes(info: str) -> str:
    """The attributes that an info string as in ```js title="app.js" {1,3-5} stands for."""
    title, marked = _TITLE.search(info), _MARKED.search(info)
    language = _LANGUAGE.match(info) if not info.startswith(("title=", "hl_lines=")) else None
    is_range = marked is not None and marked.start() == 0
    attributes = {
        "class": f"language-{language[1].lower()}" if language and not is_range else "",
        "data-title": (title[1] or title[2] or "") if title else "",
        "data-marked": (marked[1] or marked[2]) if marked else "",
    }
    return "".join(f' {name}="{escape(value)}"' for name, value in attributes.items() if value)


def raw_html(layout: Layout, lines: list[str], at: int) -> int | None:
    """HTML that ends with its own closing sign, however many empty lines come before: code, scripts, comments."""
    opening = RAW_HTML.match(lines[at])
    if opening is None:
        return None
    closing = f"</{opening[1].lower()}" if opening[1] else "-->" if opening[2] else ">"
    after, start = at, opening.end()
    while after < len(lines) and closing not in lines[after][start:].lower():
        after, start = after + 1, 0
    layout.html("\n".join(lines[at : after + 1]) + "\n")
    return after + 1


def html_block(layout: Layout, lines: list[str], at: int) -> int | None:
    """HTML up to the next empty line, so that Markdown can stand between two tags set off by empty lines; or up to a
    line that plainly is Markdown, as many write a list right below a picture."""
    if not HTML_BLOCK.match(lines[at]):
        return None
    after = at + 1
    while after < len(lines) and lines[after].strip():
        if lines[after - 1].rstrip().endswith(">") and ends_html(lines[after]):
            break
        after += 1
    layout.html("\n".join(lines[at:after]) + "\n")
    return after


def heading(layout: Layout, lines: list[str], at: int) -> int | None:
    """A heading by its number signs."""
    match = HEADING.fullmatch(lines[at])
    if match is None:
        return None
    layout.end_paragraph()
    text = (match[2] or "").rstrip()
    bare = text.rstrip("#")
    if bare != text and (not bare or bare.endswith(" ")):
        text = bare.rstrip()
    if text:
        layout.heading(len(match[1]), text)
    return at + 1


def rule(layout: Layout, lines: list[str], at: int) -> int | None:
    """A line across, unless it underlines the paragraph above and so makes it a heading."""
    if not RULE.fullmatch(lines[at]) or (layout.paragraph and UNDERLINE.fullmatch(lines[at])):
        return None
    layout.html("<hr>")
    return at + 1


def footnote(layout: Layout, lines: list[str], at: int) -> int | None:
    """The text of a footnote."""
    match = FOOTNOTE.fullmatch(lines[at])
    if match is None:
        return None
    after, first = at + 1, [match[2]]
    while after < len(lines) and lines[after].strip() and indent(lines[after]) < 4 and not _new_block(lines[after]):
        first.append(lines[after])
        after += 1
    more, after = indented(lines, after, 4)
    text = layout.apart([*first, *more])
    layout.markdown(f"[^{match[1]}]: " + text.replace("\n", "\n    "))
    return after


def _new_block(line: str) -> bool:
    return bool(FOOTNOTE.fullmatch(line) or HEADING.fullmatch(line) or FENCE.fullmatch(line))
