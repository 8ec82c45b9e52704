"""Where a Markdown text names an address as a link or a picture, so that it can be written in another way."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from helpcenter.articles.folder import code_spans
from helpcenter.core.locale import LANGUAGES

LEAD = r"(?P<lead>\]\([ \t]*<?|(?m:^[ ]{0,3}\[[^\]\n]+\]:[ \t]*<?)|\b(?:href|src|poster)[ ]?=[ ]?[\"']?)"
"""What stands before an address: the bracket of a link, its definition further down, or an attribute of HTML."""
END = r"(?=[)\s>\"']|$)"
_NUMBERED = re.compile(rf"/(?P<locale>{'|'.join(LANGUAGES)})/articles/(?P<id>\d+)(?:-[^#]*)?(?:#h-(?P<part>.+))?")


def replaced(text: str, pattern: str, change: Callable[[re.Match[str]], str]) -> str:
    """The text with every address that fits a pattern changed, but for code."""
    found = re.compile(LEAD + f"(?:{pattern})")
    return code_spans.outside(text, lambda part: found.sub(lambda match: match["lead"] + change(match), part))


def led(text: str, targets: Mapping[str, str | None]) -> str:
    """The text with its links written as the addresses they lead to, where they lead to one."""
    known = {href: target for href, target in targets.items() if target}
    if not known:
        return text
    one = "|".join(re.escape(href) for href in sorted(known, key=len, reverse=True))
    return replaced(text, f"(?P<href>{one}){END}", lambda match: known[match["href"]])


def numbered(text: str, targets: Mapping[str, str | None], locale: str) -> str:
    """The text with its links to articles written by their numbers, as on the web, wherever the text may lie."""
    numbers = {href: number for href, target in targets.items() if (number := _number(target or "", locale))}
    return led(text, numbers)


def _number(target: str, locale: str) -> str | None:
    match = _NUMBERED.fullmatch(target)
    if match is None or match["locale"] != locale:
        return None
    return f"/articles/{match['id']}" + (f"#{match['part']}" if match["part"] else "")
