"""The pages about search words, all under one name, so that the navigation knows them."""

from __future__ import annotations

from flask import Blueprint, Response, request

from helpcenter.accounts import permissions
from helpcenter.accounts.viewer import Viewer, current_viewer
from helpcenter.core import locale, site
from helpcenter.core.locale import LANGUAGES

search_words = Blueprint("search_words", __name__, url_prefix="/studio/search")


def editor() -> Viewer:
    """Whoever tunes the search. Raises SignInNeeded or Forbidden for anybody else."""
    viewer = current_viewer()
    permissions.require(viewer, "tune_search")
    return viewer


def language_asked() -> str:
    """The language that the address or the form names, else the one of the page."""
    wanted = request.values.get("in", "")
    return wanted if wanted in site.current().locales else locale.current()


def languages_offered() -> list[tuple[str, str]]:
    """The languages of the site, by their own names."""
    return [(code, LANGUAGES[code].endonym) for code in site.current().locales]


@search_words.after_request
def keep_private(response: Response) -> Response:
    """Nothing of these pages is kept by a cache."""
    response.cache_control.no_store = True
    response.cache_control.private = True
    return response
