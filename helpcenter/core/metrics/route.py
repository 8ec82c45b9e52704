"""Which kind of page an address is: few kinds, told by the address alone, for kept pages are answered unrouted."""

from __future__ import annotations

from functools import lru_cache

ROUTES = ("article", "home", "search", "community", "contact", "account", "team", "asset", "event", "machine", "other")
_BELOW_A_LANGUAGE = {
    "": "home",
    "articles": "article",
    "help": "article",
    "topics": "article",
    "search": "search",
    "community": "community",
    "questions": "community",
    "answers": "community",
    "comments": "community",
    "tags": "community",
    "people": "community",
    "contact": "contact",
    "conversations": "contact",
    "account": "account",
}
_AT_THE_ROOT = {
    "": "home",
    "answers": "community",
    "comments": "community",
    "community": "community",
    "reminders": "community",
    "tags": "community",
    "topics": "article",
    "help": "article",
    "search": "search",
    **dict.fromkeys(("login", "logout", "register", "confirm", "reset", "setup"), "account"),
    **dict.fromkeys(("preferences", "notifications"), "account"),
    **dict.fromkeys(("studio", "inbox", "reports", "settings"), "team"),
    **dict.fromkeys(("assets", "static", "files"), "asset"),
    "events": "event",
    **dict.fromkeys(("healthz", "readyz", "metrics", "robots.txt", "sitemap.xml", "opensearch.xml"), "machine"),
    **dict.fromkeys(("feed.atom", "llms.txt", "api"), "machine"),
}
_NUMBERS = {name: number for number, name in enumerate(ROUTES)}
_OTHER = _NUMBERS["other"]
_IN_LANGUAGE = {part: _NUMBERS[name] for part, name in _BELOW_A_LANGUAGE.items()}
_PLAIN = {part: _NUMBERS[name] for part, name in _AT_THE_ROOT.items()}


@lru_cache(maxsize=2048)
def number_of(path: str) -> int:
    """The place in ROUTES of an address; that of `other` for one that no route has, whatever a stranger makes up."""
    first, _, rest = path[1:].partition("/")
    # Every language of the interface has a code of two letters, and nothing else at the root has.
    if len(first) == 2:
        return _IN_LANGUAGE.get(rest.partition("/")[0], _OTHER)
    if first.startswith("sitemap-"):
        first = "sitemap.xml"
    return _PLAIN.get(first, _OTHER)
