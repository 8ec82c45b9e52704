"""What readers see of an article: its page and its Markdown."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, current_app, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from helpcenter.accounts.member_page import own_when, same_for_members
from helpcenter.accounts.names import names_of
from helpcenter.accounts.viewer import Viewer, current_viewer
from helpcenter.articles import help_key, visibility, vote_box
from helpcenter.articles.address import address
from helpcenter.articles.breadcrumb import breadcrumb
from helpcenter.articles.neighbours import neighbours
from helpcenter.articles.notices import notices
from helpcenter.articles.origin import credit
from helpcenter.articles.row import minutes_of, row_of
from helpcenter.articles.snippets import expansion
from helpcenter.articles.staff_line import staff_line
from helpcenter.articles.structured_data import structured_data
from helpcenter.articles.visibility import Reading
from helpcenter.core import contact, site
from helpcenter.core.locale import LANGUAGES
from helpcenter.core.page_address import canonical, site_address, translated_into
from helpcenter.core.page_store import public_page
from helpcenter.core.refusals import MovedTo
from helpcenter.core.row_id import row_id
from helpcenter.feedback.box import Box
from helpcenter.journeys import actor, page_token
from helpcenter.journeys.channel import IN_PRODUCT
from helpcenter.journeys.constants import engaged_read_seconds
from helpcenter.topics.tree import tree

blueprint = Blueprint("articles", __name__)
ADDRESS = "/<locale:locale>/articles/<int:article_id>"


@blueprint.get(ADDRESS)
@blueprint.get(f"{ADDRESS}-<slug>")
@public_page
@same_for_members
def show(locale: str, article_id: int, slug: str = "") -> str | AnyResponse:
    """The article in this language, or in the one it has, saying so."""
    viewer = current_viewer()
    reading = visibility.readable(article_id, locale, viewer)
    if slug != reading.slug:
        query = f"?{request.query_string.decode()}" if request.query_string else ""
        raise MovedTo(visibility.url(reading, locale) + query)
    step = request.args.get("stuck", type=row_id)
    if step is not None:
        return redirect(url_for("stucks.show", locale=locale, article_id=article_id, step=step))
    canonical(visibility.url(reading))
    contact.carry(article=article_id)
    translated_into({code: address(article_id, slug, code) for code, slug in reading.slugs.items()})
    own_when(vote_box.answered(article_id, reading.revision_id))
    return render_template("articles/show.html", **page(reading, locale, viewer))


@blueprint.get(f"{ADDRESS}.md")
@public_page
def source(locale: str, article_id: int) -> Response:
    """The article as its author wrote it, under its title, with the snippets it shows: whoever copies it has it all."""
    reading = visibility.readable(article_id, locale, current_viewer())
    parts = [f"# {reading.title}", reading.summary, expansion.for_copying(reading.body, reading.locale)]
    response = Response("\n\n".join(part.strip() for part in parts if part) + "\n", mimetype="text/markdown")
    response.headers["Link"] = f'<{site_address(visibility.url(reading))}>; rel="canonical"'
    return response


def page(reading: Reading, locale: str, viewer: Viewer) -> dict[str, Any]:
    """Everything the article's template shows."""
    steps = breadcrumb(reading.topic_id, locale)
    around = neighbours(reading, locale, viewer)
    root = tree().root_of(reading.topic_id)
    is_from_product = help_key.leads_to(request.args.get("via", ""), reading.article_id)
    seen, place = (("help_opened", "viewed"), IN_PRODUCT) if is_from_product else (("viewed",), None)
    token = page_token.make(
        "article", reading.article_id, reading.revision_id, reading.locale, root, (*seen, "read"), channel=place
    )
    return {
        "article": _shown(reading, locale),
        "breadcrumb": steps,
        "contents": [heading for heading in reading.headings if heading["level"] in (2, 3)],
        "notices": notices(reading, locale),
        "token": token,
        "seen": " ".join(seen),
        "vote": vote_box.with_suggestions(_vote(reading, locale, viewer), reading, locale, viewer),
        "related": [row_of(row, locale) for row in around.related],
        "previous": around.previous and row_of(around.previous, locale),
        "next": around.next and row_of(around.next, locale),
        "credit": credit(reading.origin_kind, reading.origin_id, viewer, locale),
        "staff_line": staff_line(reading, viewer),
        "structured_data": structured_data(
            reading, steps, current_app.config["SETTINGS"].site_url, site.current().name
        ),
    }


def _vote(reading: Reading, locale: str, viewer: Viewer) -> Box:
    if viewer.is_signed_in:
        box = vote_box.personal(reading, locale, actor.of_request())
        if box.answer:
            # It stands on this page, even when it is taken back before anybody asks again.
            own_when(lambda: True)
        return box
    return vote_box.public(reading, locale)


def _shown(reading: Reading, locale: str) -> dict[str, Any]:
    return {
        "id": reading.article_id,
        "title": reading.title,
        "summary": reading.summary,
        # Stored by the renderer, which is the only way into this column.
        "html": Markup(reading.html),  # noqa: S704
        "updated_at": reading.updated_at,
        "verified_at": reading.verified_at if site.current().shows_verified else None,
        "minutes": minutes_of(reading.reading_seconds),
        "reading_seconds": engaged_read_seconds(reading.reading_seconds),
        "author_name": names_of([reading.author_id]).get(reading.author_id or 0, ""),
        "locale": reading.locale,
        "direction": LANGUAGES[reading.locale].direction,
        "url": visibility.url(reading, locale),
        "stuck_url": f"/{locale}/articles/{reading.article_id}/stuck",
        "markdown_url": f"/{reading.locale}/articles/{reading.article_id}.md",
    }
