"""Tabs: the same thing for several platforms, written as === "Title" over indented content.

Without scripts all panels stand one after another under their titles; the <tab-group> element makes tabs of them.
"""

import re

from helpcenter.core.markdown.callouts import unwrapped
from helpcenter.core.markdown.layout import Layout, indented
from helpcenter.core.markdown.tree import Element, Node, replace

_TAB = re.compile(r' {0,3}===(?:[+!]{1,2})? *(?:"(.+)"|\'(.+)\') *')


def tab_group(layout: Layout, lines: list[str], at: int) -> int | None:
    """All tabs in a row, as one group."""
    tab = _TAB.fullmatch(lines[at])
    if tab is None:
        return None
    layout.html('<tab-group class="tabs">')
    following: int = at
    while tab is not None:
        inner, at = indented(lines, following + 1, 4)
        layout.html('<section class="tab"><div class="tab-title">')
        layout.inside([tab[1] or tab[2]])
        layout.html("</div>")
        layout.inside(inner)
        layout.html("</section>")
        following = at
        while following < len(lines) and not lines[following].strip():
            following += 1
        tab = _TAB.fullmatch(lines[following]) if following < len(lines) else None
    layout.html("</tab-group>")
    return at


def title_tabs(root: Element) -> None:
    """Make each title a paragraph; a group that holds no tab is no group."""
    for title in [element for element in root.find("div") if "tab-title" in element.classes]:
        title.tag, title.attributes, title.children = "p", {"class": "tab-title"}, unwrapped(title)
    replace(root, _only_with_tabs)


def _only_with_tabs(element: Element) -> list[Node] | None:
    if element.tag != "tab-group":
        return None
    tabs = [child for child in element.elements() if "tab" in child.classes]
    element.attributes = {"class": "tabs"}
    return None if tabs else element.children
