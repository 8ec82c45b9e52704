"""A cheap look at a text before any work is done on it: size, depth, runs of openers.

It only spares the worker process what it would be killed for; the process and its deadline are the actual guard.
"""

import re
from itertools import groupby

from helpcenter.core.markdown.lines import FENCE_ANYWHERE, fence_after
from helpcenter.core.markdown.profile import KILOBYTE, Profile
from helpcenter.core.markdown.refusal import MarkdownRefused, Reason

MOST_NESTED = 24
MOST_UNCLOSED = 200

_QUOTES = re.compile(r"[ \t]*(?:>[ \t]?)+")
_MARKERS = re.compile(r"[ \t]*(?:(?:[-*+>]|\d{1,9}[.)])[ \t]+)+")
_RULE = re.compile(r"[ \t]*([-*_])(?:[ \t]*\1)*[ \t]*")
_RUN = re.compile(r"([\[\](){}<>!*_~^=+|`:&#\\\"'])\1{400,}")
_RULE_LINE = re.compile(r"[ \t>]*([-=_*~`#+|:]{3,})[ \t]*")


def check_shape(text: str, profile: Profile) -> None:
    """Raise MarkdownRefused for a text that is too long or plainly hostile."""
    if len(text) > profile.most_bytes or len(text.encode("utf-8", "replace")) > profile.most_bytes:
        raise MarkdownRefused(Reason.TOO_LONG, profile.most_bytes // KILOBYTE)
    prose = _without_code(text.splitlines())
    if any(map(_too_deep, prose)) or any(map(_has_long_run, prose)) or _has_unclosed_brackets(prose):
        raise MarkdownRefused(Reason.TOO_TANGLED)


def _without_code(lines: list[str]) -> list[str]:
    """The lines outside of fenced code, each fence as an empty line. A fence that never closes is no fence here."""
    prose: list[str] = []
    held: list[str] = []
    fence = ""
    for line in lines:
        before, fence = fence, fence_after(fence, line, FENCE_ANYWHERE)
        if fence:
            held.append(line)
        elif before:
            prose.append("")
            held.clear()
        else:
            prose.append(line)
    return prose + held


def _too_deep(line: str) -> bool:
    """Whether a line opens too many quotes or lists at once."""
    quotes = _QUOTES.match(line)
    if quotes and quotes[0].count(">") > MOST_NESTED:
        return True
    markers = _MARKERS.match(line)
    return bool(markers and len(markers[0].split()) > MOST_NESTED and not _RULE.fullmatch(line))


def _has_long_run(line: str) -> bool:
    """Whether one sign repeats hundreds of times, unless the whole line is a ruler."""
    return bool(_RUN.search(line)) and not _RULE_LINE.fullmatch(line)


def _has_unclosed_brackets(lines: list[str]) -> bool:
    """Whether a paragraph opens far more brackets than it closes: each costs a look at all the rest of it."""
    for filled, paragraph in groupby(lines, key=lambda line: bool(line.strip())):
        if not filled:
            continue
        depth = deepest = 0
        for sign in re.findall(r"[\[\]]", "\n".join(paragraph)):
            depth = depth + 1 if sign == "[" else max(0, depth - 1)
            deepest = max(deepest, depth)
        if deepest > MOST_UNCLOSED:
            return True
    return False
