"""Everything that can be reached on the site: every route with every argument that makes sense, and every link."""

from __future__ import annotations

import html
import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from itertools import product
from urllib.parse import quote, unquote, urljoin, urlsplit

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from helpcenter.core.locale import LANGUAGES

SITE = "http://localhost"
MOST_LINKS = 100
FIRST_IDS = range(1, 7)
FEW = 40
MOST_MISSING = 3
_ADDRESS = re.compile(r'(?:href|src|action|data-[a-z-]+)="(/[^"]*)"')


@dataclass(frozen=True)
class Page:
    """What came back for an address: everything a reader could make out of it, headers among it, as lower-case text."""

    address: str
    status: int
    text: str
    links: tuple[str, ...] = ()
    is_picture: bool = False

    @property
    def is_refusal(self) -> bool:
        """Whether it sent the person away for who they are."""
        return self.status in (401, 403) or (self.status == 303 and self.links[0].startswith("/login?"))


def fetch(browser: FlaskClient, address: str, **options: object) -> Page:
    """One page. A picture says its own address, since its bytes say nothing."""
    answer = browser.open(address, **options)  # type: ignore[arg-type]
    kind = answer.mimetype or ""
    is_text = kind.startswith("text/") or kind.endswith(("xml", "json"))
    body = answer.get_data(as_text=True) if is_text else address
    said = "\n".join(value for name, value in answer.headers if name != "Set-Cookie")
    text = unquote(html.unescape(f"{said}\n{body}")).casefold()
    links = [html.unescape(link) for link in _ADDRESS.findall(body)]
    if "Location" in answer.headers:
        links.insert(0, answer.headers["Location"])
    links += re.findall(rf"{SITE}(/[^\s<>\")\]]+)", body)
    return Page(address, answer.status_code, text, tuple(links), kind.startswith("image/"))


def addresses(app: Flask, arguments: dict[str, Iterable[object]]) -> Iterator[list[str]]:
    """Each GET route with every combination of these arguments; one without a language in it also in each of them.

    Ids of what nobody thought of are the first few. Raises KeyError for another argument that nobody thought of.
    """
    for at, rule in enumerate(app.url_map.iter_rules()):
        if "GET" in (rule.methods or ()):
            names = sorted(rule.arguments)
            given = [FIRST_IDS if _is_new_id(rule, name, arguments) else arguments[name] for name in names]
            paths = [_filled(rule, dict(zip(names, values, strict=True))) for values in product(*given)]
            in_each = [f"{paths[0]}?lang={code}" for code in LANGUAGES] if "locale" not in names and paths else []
            # Of many, every other one: the routes of an article take turns, and together speak every language.
            yield [*(paths if len(paths) <= FEW else paths[at % 2 :: 2]), *in_each]


def _is_new_id(rule: Rule, name: str, arguments: dict[str, Iterable[object]]) -> bool:
    return name not in arguments and f"<int:{name}>" in rule.rule


def _filled(rule: Rule, values: dict[str, object]) -> str:
    return re.sub(r"<(?:[^:<>]+:)?([^<>]+)>", lambda found: quote(str(values[found[1]])), rule.rule)


def crawl(browser: FlaskClient, groups: Iterable[Sequence[str]]) -> Iterator[Page]:
    """The pages at these addresses, then what they link to on this site, breadth first.

    A group is one route: whoever is refused its first page has no key to the others either. Where much of a route is not
    there, the titles like it are looked for a few times only: that costs more than everything else on such a page.
    """
    seen: set[str] = set()
    linked: dict[str, None] = {}
    for group in groups:
        missing = 0
        for address in group:
            seen.add(address)
            with nullcontext() if missing < MOST_MISSING else _guessing_nothing(browser.application):
                page = fetch(browser, address)
            missing += page.status == 404
            yield page
            linked.update(dict.fromkeys(_within_site(page)))
            if page.is_refusal:
                break
    waiting = deque(address for address in linked if address not in seen)
    for _ in range(min(MOST_LINKS, len(waiting))):
        address = waiting.popleft()
        seen.add(address)
        page = fetch(browser, address)
        yield page
        waiting.extend(new for new in dict.fromkeys(_within_site(page)) if new not in seen and new not in linked)
        linked.update(dict.fromkeys(_within_site(page)))


@contextmanager
def _guessing_nothing(app: Flask) -> Iterator[None]:
    """Pages for what is not there name no titles like it."""
    guess = app.extensions.pop("closest_pages")
    try:
        yield
    finally:
        app.extensions["closest_pages"] = guess


def _within_site(page: Page) -> Iterator[str]:
    for link in page.links:
        parts = urlsplit(urljoin(SITE, link))
        if parts.netloc == "localhost":
            yield f"{parts.path}?{parts.query}" if parts.query else parts.path
