"""What stands around every page: the packages that exist, the languages, the account, the feeds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import Flask, current_app, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from helpcenter.accounts.viewer import current_viewer
from helpcenter.core import contact, site
from helpcenter.core import locale as locales
from helpcenter.core.page_address import canonical_path, site_address, translations

LONGEST_QUERY = 2_000
"""No page of ours asks for more; it stands in every link to another language."""


@dataclass(frozen=True)
class Link:
    """A title and where it leads; `current` marks the page one is on, `lang` a title in another language than it."""

    title: str
    url: str
    current: bool = False
    lang: str | None = None


@dataclass(frozen=True)
class LanguageLink:
    """This page in another language; `translated` is False where only the interface changes."""

    code: str
    name: str
    direction: str
    url: str
    current: bool
    translated: bool


def languages() -> list[LanguageLink]:
    """The languages of the site with the address of this page in each."""
    here = locales.current()
    return [
        LanguageLink(code, one.endonym, one.direction, _address_in(code), code == here, _is_translated(code))
        for code in site.current().locales
        if (one := locales.LANGUAGES[code])
    ]


def _is_translated(code: str) -> bool:
    return not translations() or code in translations()


def _address_in(code: str) -> str:
    """This page in another language. What the address asks for goes along as text: url_for would obey it."""
    if code in translations():
        return translations()[code]
    if request.endpoint is None:
        return url_for("home.show", locale=code)
    asked = request.args.to_dict() if len(request.query_string) <= LONGEST_QUERY else {}
    arguments = dict(request.view_args or {})
    if "locale" in arguments:
        arguments["locale"] = code
    else:
        asked["lang"] = code
    path = url_for(request.endpoint, **arguments)
    return f"{path}?{urlencode(asked)}" if asked else path


def _rooms() -> list[Link]:
    here = (request.endpoint or "").split(".")[0]
    is_there = here in ("community", "questions", "tags", "profiles", "flags", "reviews", "moderation_log")
    return [Link(_("Community"), url_for("community.index", locale=locales.current()), is_there)]


def _staff_rooms() -> list[Link]:
    viewer = current_viewer()
    return [
        Link(str(title), url_for(endpoint), (request.endpoint or "").split(".")[0] == endpoint.split(".")[0])
        for verb, title, endpoint in _STAFF
        if endpoint in current_app.view_functions and viewer.may(verb)
    ]


# Which team page stands in the side navigation, for whom; a link appears with its page.
_STAFF = (
    ("answer_conversations", _l("Inbox"), "inbox.index"),
    ("edit_saved_replies", _l("Saved replies"), "saved_replies.index"),
    ("accept_answers", _l("Questions"), "staff_queues.index"),
    ("moderate", _l("What is waiting for review"), "reviews.index"),
    ("edit_articles", _l("Articles"), "studio.index"),
    ("edit_articles", _l("Snippets"), "snippets.index"),
    ("edit_articles", _l("Health"), "content_health.index"),
    ("arrange_topics", _l("Topics"), "topics_studio.index"),
    ("read_feedback", _l("Feedback"), "feedback.index"),
    ("edit_articles", _l("Suggested improvements"), "suggestions_studio.index"),
    ("tune_search", _l("Search words"), "search_words.index"),
    ("publish_articles", _l("Help in the product"), "help_keys.index"),
    ("read_reports", _l("Report"), "reports.index"),
    ("change_site", _l("Site"), "settings.edit"),
    ("manage_people", _l("People"), "people.index"),
    ("read_journal", _l("Journal"), "journal.index"),
    ("read_mail", _l("Mail"), "outgoing_mail.index"),
)


def _context() -> dict[str, Any]:
    links = languages()
    in_page = request.endpoint is not None and "locale" in (request.view_args or {})
    return {
        "locale": locales.current(),
        "direction": locales.direction(),
        "languages": links,
        "rooms": _rooms(),
        "staff_rooms": _staff_rooms() if current_viewer().is_signed_in else [],
        "contact_url": contact.url(),
        "search_url": url_for("search.index"),
        "home_url": url_for("home.show"),
        "canonical_url": site_address(canonical_path()) if in_page else None,
        "alternates": _alternates(links) if in_page else [],
        "feeds": [Link(_("New and updated articles"), url_for("feeds.site", lang=locales.current()))],
    }


def _alternates(links: list[LanguageLink]) -> list[LanguageLink]:
    return [
        LanguageLink(link.code, link.name, link.direction, site_address(link.url), link.current, True)
        for link in links
        if link.translated
    ]


def register(app: Flask) -> None:
    """Give every template its surroundings."""
    app.context_processor(_context)
