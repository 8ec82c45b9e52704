"""The kinds of things that may be wrong with published articles, the gravest for readers first."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _l


class Kind(StrEnum):
    """A kind of finding, as addresses and pardons name it."""

    LINKS = "links"
    PICTURES = "pictures"
    VIDEOS = "videos"
    SNIPPETS = "snippets"
    OUTSIDE = "outside"
    QUOTES = "quotes"
    ALT = "alt"
    HEADINGS = "headings"
    TITLES = "titles"
    ORPHANS = "orphans"


TITLES: Mapping[Kind, Any] = {
    Kind.LINKS: _l("Links that lead nowhere"),
    Kind.PICTURES: _l("Pictures that are missing"),
    Kind.VIDEOS: _l("Videos that are not shown"),
    Kind.SNIPPETS: _l("Snippets that are missing"),
    Kind.OUTSIDE: _l("Pages of other sites that do not answer"),
    Kind.QUOTES: _l("Texts older than the article they link to"),
    Kind.ALT: _l("Pictures without a description"),
    Kind.HEADINGS: _l("Headings that skip a level"),
    Kind.TITLES: _l("Titles that two articles have"),
    Kind.ORPHANS: _l("Articles no one comes across"),
}
