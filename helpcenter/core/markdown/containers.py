"""Quotes and lists: blocks that hold blocks."""

import re
from dataclasses import dataclass, field

from helpcenter.core.markdown.callouts import open_callout
from helpcenter.core.markdown.layout import Layout
from helpcenter.core.markdown.lines import ITEM, QUOTE, begins_item, ends_paragraph, fence_after, goes_on, indent

_CALLOUT = re.compile(r"\[!([A-Za-z]+)\][+-]?[ ]*(.*)")
_TASK = re.compile(r"\[([ xX])\][ ]+(.*)")


def quote(layout: Layout, lines: list[str], at: int) -> int | None:
    """A quote, or a callout when its first line says [!NOTE]."""
    if not QUOTE.match(lines[at]):
        return None
    inner: list[str] = []
    while at < len(lines) and lines[at].strip():
        mark = QUOTE.match(lines[at])
        if mark is None and (not inner or not goes_on(inner[-1]) or ends_paragraph(lines[at])):
            break
        inner.append(lines[at][mark.end() :] if mark else lines[at])
        at += 1
    callout = _CALLOUT.fullmatch(inner[0].strip())
    if callout and open_callout(layout, callout[1], callout[2]):
        layout.inside(inner[1:])
        layout.html("</div>")
    else:
        layout.html("<blockquote>")
        layout.inside(inner)
        layout.html("</blockquote>")
    return at


@dataclass
class _Item:
    lines: list[str] = field(default_factory=list)
    is_loose: bool = False


def item_list(layout: Layout, lines: list[str], at: int) -> int | None:
    """A list: all its items, the lists within them included."""
    first = begins_item(lines[at], bool(layout.paragraph))
    if first is None:
        return None
    kind, items, is_loose = first[2][-1], [], False
    while at < len(lines):
        start = begins_item(lines[at], inside_paragraph=False)
        if start is None or start[2][-1] != kind:
            break
        item, at = _item(start, lines, at + 1)
        items.append(item)
        following = _after_blanks(lines, at)
        is_loose = is_loose or item.is_loose
        if following > at and following < len(lines):
            another = begins_item(lines[following], inside_paragraph=False)
            if another is None or another[2][-1] != kind:
                break
            at, is_loose = following, True
    _write(layout, first[2], items, is_loose)
    return at


def _item(start: re.Match[str], lines: list[str], at: int) -> tuple[_Item, int]:
    """The item whose first line is `start`, and the line after it."""
    spaces = len(start[3])
    text = start[4] if spaces <= 4 else " " * (spaces - 1) + start[4]
    columns = len(start[1]) + len(start[2]) + (spaces if start[4] and spaces <= 4 else 1)
    item = _Item([text])
    fence, has_list = fence_after("", text), bool(ITEM.fullmatch(text))
    while at < len(lines):
        after_blank = not lines[at].strip()
        next_at = _after_blanks(lines, at)
        if next_at == len(lines):
            break
        line = lines[next_at]
        if indent(line) < columns:
            if after_blank or fence or not goes_on(item.lines[-1]) or ends_paragraph(line):
                break
            item.lines.append(line.lstrip())
            at = next_at + 1
            continue
        inner = line[columns:]
        marks_item = ITEM.fullmatch(inner)
        if after_blank and not fence and not (has_list and (marks_item or indent(inner) >= 2)):
            item.is_loose = True
        has_list = has_list or bool(marks_item)
        item.lines.extend([""] * (next_at - at) + [inner])
        fence = fence_after(fence, inner)
        at = next_at + 1
    if not item.lines[0].strip():
        del item.lines[0]
    return item, at


def _after_blanks(lines: list[str], at: int) -> int:
    while at < len(lines) and not lines[at].strip():
        at += 1
    return at


def _write(layout: Layout, marker: str, items: list[_Item], is_loose: bool) -> None:
    tag = "ol" if marker[0].isdigit() else "ul"
    start = int(marker[:-1]) if tag == "ol" else 1
    layout.html(f'<ol start="{start}">' if start not in (0, 1) or marker[:-1] == "0" else f"<{tag}>")
    for item in items:
        task = _TASK.fullmatch(item.lines[0]) if item.lines else None
        names = [*(["task-list-item"] if task else []), *([] if is_loose else ["tight"])]
        layout.html(f'<li class="{" ".join(names)}">' if names else "<li>")
        if task:
            layout.html(f'<input type="checkbox"{" checked" if task[1] in "xX" else ""}>')
            item.lines[0] = task[2]
        layout.inside(item.lines)
        layout.html("</li>")
    layout.html(f"</{tag}>")
