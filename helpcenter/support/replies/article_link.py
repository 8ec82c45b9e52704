"""Articles that a saved reply names: written /articles/12, or with words as [Refunds](/articles/12).

A message is plain text that is also read in a mail, so at insertion a link becomes the whole address, in the reader's
language. An address of ours that was copied from the browser is the same link: its language is that of the copier.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache

from flask import current_app
from flask_babel import ngettext

from helpcenter.accounts.viewer import Viewer
from helpcenter.core import subjects
from helpcenter.core.row_id import row_id_or_none

KIND = "article"


def articles_in(text: str) -> list[int]:
    """The numbers of the articles a text names, each once, in their order."""
    return list(dict.fromkeys(number for found in _links().finditer(text) if (number := _number(found)) is not None))


def with_addresses(text: str, known: Mapping[int, str]) -> str:
    """The text with the whole address of each article that is known, behind the words of its link."""

    def written(found: re.Match[str]) -> str:
        to = known.get(_number(found) or 0)
        if to is None:
            return found[0]
        return with_words(found["words"], to + (found["part"] or found["end"] or ""))

    return _links().sub(written, text)


def written(number: int, title: str) -> str:
    """A link as a saved reply keeps it."""
    return f"[{title.replace('[', '(').replace(']', ')')}](/articles/{number})"


def with_words(words: str | None, address: str) -> str:
    """A link as plain text says it."""
    return f"{words} ({address})" if words else address


def addresses(numbers: Iterable[int], locale: str) -> Mapping[int, str]:
    """The whole address of each article in a language."""
    found = subjects.addresses((KIND, number, locale) for number in numbers)
    return {number: f"{_site_url()}{path}" for (_kind, number, _locale), path in found.items()}


def unreadable(numbers: Iterable[int], viewer: Viewer, locale: str) -> list[int]:
    """Those of these articles that this viewer can not read."""
    wanted = list(numbers)
    seen = subjects.subject(KIND).visible(wanted, viewer, locale) if wanted else set()
    return [number for number in wanted if number not in seen]


def told_of(numbers: Collection[int]) -> str:
    """That not everybody can read these articles, '' for none."""
    named = ", ".join(str(number) for number in numbers)
    return (
        ngettext(
            "Not everyone can read article %(numbers)s.",
            "Not everyone can read articles %(numbers)s.",
            len(numbers),
            numbers=named,
        )
        if numbers
        else ""
    )


def _number(found: re.Match[str]) -> int | None:
    return row_id_or_none(found["inside"] or found["bare"])


def _links() -> re.Pattern[str]:
    return _links_of(_site_url())


@lru_cache(maxsize=4)
def _links_of(site_url: str) -> re.Pattern[str]:
    before = rf"(?:{re.escape(site_url)})?(?:/[a-z]{{2}})?/articles/"
    slug = r"(?:-[\w%-]*)?"
    return re.compile(
        rf"\[(?P<words>[^\[\]\n]+)\]\({before}(?P<inside>\d{{1,10}}){slug}(?P<part>#[\w%-]+)?\)"
        rf"|(?<![\w/.:@?=&%-]){before}(?P<bare>\d{{1,10}})(?![\w/]){slug}(?P<end>#[\w%-]+)?"
    )


def _site_url() -> str:
    return str(current_app.config["SETTINGS"].site_url).rstrip("/")
