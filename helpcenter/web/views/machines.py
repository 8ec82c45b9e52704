"""Pages for machines: the sitemap, what crawlers may read, how browsers search here, the map for language models."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from math import ceil
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for

from helpcenter.accounts.viewer import STRANGER
from helpcenter.articles.visibility import Listed, listed
from helpcenter.core import locale as locales
from helpcenter.core import site, subjects
from helpcenter.core.content_version import kept_while_unchanged
from helpcenter.core.page_address import site_address
from helpcenter.core.page_store import public_page
from helpcenter.core.refusals import MovedTo, NotFound
from helpcenter.topics.tree import tree

blueprint = Blueprint("machines", __name__)
PAGES_IN_A_SITEMAP = 10_000
"""Each in four languages at most; sitemaps.org allows 50,000 addresses and 50 MB in a file."""


@blueprint.get("/sitemap.xml")
@public_page
def sitemap() -> Response:
    """Every public page with its languages; on a large site the list of the parts that hold them."""
    _refuse_query()
    pages = _public_pages()
    if len(pages) <= PAGES_IN_A_SITEMAP:
        return _part(pages, 1)
    parts = range(1, 1 + ceil(len(pages) / PAGES_IN_A_SITEMAP))
    addresses = [site_address(url_for("machines.sitemap_part", part=part)) for part in parts]
    return _xml("machines/sitemap_index.xml", parts=addresses)


@blueprint.get("/sitemap-<int:part>.xml")
@public_page
def sitemap_part(part: int) -> Response:
    """So many of them, counted from 1."""
    _refuse_query()
    # Nor by asking for parts that are not there, which no process keeps.
    if not 1 <= part <= ceil(max(1, kept_while_unchanged("public pages", _count)) / PAGES_IN_A_SITEMAP):
        raise NotFound
    return _part(_public_pages(), part)


def _count() -> int:
    return len(_public_pages())


def _public_pages() -> list[subjects.PublicPage]:
    return [page for _kind, subject in subjects.kinds() for page in subject.public_pages()]


def _part(pages: Sequence[subjects.PublicPage], part: int) -> Response:
    first = (part - 1) * PAGES_IN_A_SITEMAP
    languages = site.current().locales if part == 1 else ()
    homes = {code: site_address(url_for("home.show", locale=code)) for code in languages}
    shown = [
        {"urls": {code: site_address(path) for code, path in page.urls.items()}, "updated": page.updated_at}
        for page in pages[first : first + PAGES_IN_A_SITEMAP]
    ]
    return _xml("machines/sitemap.xml", pages=shown, homes=homes)


def _xml(template: str, **values: Any) -> Response:
    return Response(render_template(template, **values), mimetype="application/xml")


@blueprint.get("/robots.txt")
@public_page
def robots() -> Response:
    """Search results and the team's pages are not for crawlers."""
    closed = ["/studio", "/settings", "/login", "/register", "/reset", "/preferences", "/events"]
    closed += [url_for("search.index", locale=code) for code in site.current().locales]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed), f"Sitemap: {site_address('/sitemap.xml')}"]
    return Response("\n".join(lines) + "\n", mimetype="text/plain")


@blueprint.get("/opensearch.xml")
@public_page
def opensearch() -> Response:
    """Lets a browser search here from its address line."""
    address = site_address(url_for("search.index", locale=locales.current()))
    text = render_template("machines/opensearch.xml", search_address=address)
    return Response(text, mimetype="application/opensearchdescription+xml")


@blueprint.get("/llms.txt")
@public_page
def llms() -> Response:
    """The contents of the site in Markdown, each article linked to its source."""
    _refuse_query()
    locale = site.current().default_locale
    by_root: dict[int | None, list[Listed]] = defaultdict(list)
    topics = tree()
    for row in listed(STRANGER, locale):
        by_root[topics.root_of(row.topic_id)].append(row)
    lines = [f"# {site.current().name}", ""]
    for node in topics.roots(STRANGER):
        if node.id in by_root:
            lines += [f"## {node.text(locale).title}", ""]
            lines += [
                f"- [{row.title}]({site_address(f'/{row.locale}/articles/{row.article_id}.md')}): {row.summary}"
                for row in by_root[node.id]
            ]
            lines.append("")
    return Response("\n".join(lines), mimetype="text/markdown")


def _refuse_query() -> None:
    """These are the longest pages of a site: nobody shall have them made anew by asking for what they do not have."""
    if request.query_string:
        raise MovedTo(request.path)
