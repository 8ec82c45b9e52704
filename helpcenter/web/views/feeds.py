"""Atom feeds: of the site and of each topic."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, url_for
from flask_babel import gettext as _

from helpcenter.accounts.viewer import STRANGER
from helpcenter.articles.visibility import Listed, newest, url
from helpcenter.core import clock, site
from helpcenter.core import locale as locales
from helpcenter.core.page_address import site_address
from helpcenter.core.page_store import public_page
from helpcenter.core.refusals import NotFound
from helpcenter.topics.subject import address
from helpcenter.topics.tree import tree

blueprint = Blueprint("feeds", __name__)
ENTRIES = 30


@blueprint.get("/feed.atom", endpoint="site")
@public_page
def site_feed() -> Response:
    """The articles published or updated last."""
    locale = locales.current()
    home = url_for("home.show", locale=locale)
    return _atom(newest(STRANGER, locale, ENTRIES), site.current().name, home, url_for("feeds.site", lang=locale))


@blueprint.get("/topics/<int:topic_id>/feed.atom")
@public_page
def topic(topic_id: int) -> Response:
    """The same, of one topic and its sections."""
    locale = locales.current()
    if topic_id not in tree().visible_ids(STRANGER):
        raise NotFound
    node = tree().nodes[topic_id]
    ids = [topic_id, *(one.id for one in tree().sections(topic_id, STRANGER))]
    title = _("%(topic)s · %(site)s", topic=node.text(locale).title, site=site.current().name)
    own = url_for("feeds.topic", topic_id=topic_id, lang=locale)
    return _atom(newest(STRANGER, locale, ENTRIES, topic_ids=ids), title, address(node, locale), own)


def _atom(rows: list[Listed], title: str, page: str, own: str) -> Response:
    entries = [
        {"title": row.title, "summary": row.summary, "url": site_address(url(row)), "updated": row.updated_at}
        for row in rows
    ]
    updated = rows[0].updated_at if rows else clock.now()
    text = render_template(
        "feeds/atom.xml",
        title=title,
        page_url=site_address(page),
        own_url=site_address(own),
        updated=updated,
        entries=entries,
    )
    return Response(text, mimetype="application/atom+xml")
