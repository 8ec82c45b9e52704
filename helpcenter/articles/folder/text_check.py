"""What is wrong with a text by itself: order of headings, pictures without alt text, parts that are not there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from urllib.parse import unquote

from helpcenter.articles.folder.finding import Finding, Level
from helpcenter.core import site
from helpcenter.core.markdown import References, heading_anchor, video_hosts
from helpcenter.core.markdown.rendered import HEADING_PREFIX

_MADE = re.compile(r"(?:step-\d+|fn.*)")
"""Anchors of steps and footnotes: they are not headings, and their numbers follow from the text."""


def check_text(path: str, found: References, line_of: Callable[[int], int]) -> list[Finding]:
    """Findings on a text from its references alone; `line_of` gives the line in the file of a line of the text."""
    return [Finding(path, line_of(line), message, Level.WARNING) for line, message in _remarks(found)]


def _remarks(found: References) -> Iterable[tuple[int, str]]:
    above = 1
    for heading in found.headings:
        if heading.level > above + 1:
            yield heading.line, f"the heading “{heading.text}” skips a level: {heading.level} after {above}"
        above = heading.level
    for image in found.images:
        if not image.text.strip():
            yield image.line, f"the picture {image.href} has no alt text"
    for link in found.links:
        if link.href.startswith("#") and not has_part(found, link.href[1:]):
            yield link.line, f"the link {link.href} names no heading of this page"
    allowed = site.current().video_hosts
    for video in found.videos:
        if (host := video_hosts.host_of(video.href)) and not video_hosts.is_allowed(video.href, allowed):
            shown = ", ".join(allowed) or "no other site"
            yield video.line, f"the video of {host} is not shown: the site shows videos of {shown}"


def is_made(fragment: str) -> bool:
    """Whether a fragment names a step or a footnote of a page, with the prefix of a heading or without."""
    return _MADE.fullmatch(fragment.removeprefix(HEADING_PREFIX)) is not None


def has_part(found: References, fragment: str) -> bool:
    """Whether a page has the part a link names."""
    name = unquote(fragment)
    return not name or is_made(name) or heading_anchor(name) in {heading.id for heading in found.headings}
