"""Pages for machines: the sitemap, what crawlers may read, how browsers search here, the map for language models."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request, url_for

from helpcenter.accounts.viewer import STRANGER
from helpcenter.articles.visibility import listed
from helpcenter.core import locale as locales
from helpcenter.core import site, subjects
from helpcenter.core.page_address import site_address
from helpcenter.core.page_store import public_page
from helpcenter.core.refusals import MovedTo
from helpcenter.topics.tree import tree

blueprint = Blueprint("machines", __name__)


@blueprint.get("/sitemap.xml")
@public_page
def sitemap() -> Response:
    """Every public page with its languages."""
    _refuse_query()
    pages = [
        {"urls": {code: site_address(path) for code, path in page.urls.items()}, "updated": page.updated_at}
        for _kind, subject in subjects.kinds()
        for page in subject.public_pages()
    ]
    homes = {code: site_address(url_for("home.show", locale=code)) for code in site.current().locales}
    return Response(render_template("machines/sitemap.xml", pages=pages, homes=homes), mimetype="application/xml")


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
    rows = listed(STRANGER, locale)
    lines = [f"# {site.current().name}", ""]
    for node in tree().roots(STRANGER):
        own = [row for row in rows if tree().root_of(row.topic_id) == node.id]
        if own:
            lines += [f"## {node.text(locale).title}", ""]
            lines += [
                f"- [{row.title}]({site_address(f'/{row.locale}/articles/{row.article_id}.md')}): {row.summary}"
                for row in own
            ]
            lines.append("")
    return Response("\n".join(lines), mimetype="text/markdown")


def _refuse_query() -> None:
    """These are the longest pages of a site: nobody shall have them made anew by asking for what they do not have."""
    if request.query_string:
        raise MovedTo(request.path)
