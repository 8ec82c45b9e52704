"""The contents page of the site."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from helpcenter.accounts.member_page import same_for_members
from helpcenter.accounts.viewer import Viewer, current_viewer
from helpcenter.community.lately import answered_lately
from helpcenter.core import locale as locales
from helpcenter.core import site
from helpcenter.core.page_store import public_page
from helpcenter.web.checklist import checklist
from helpcenter.web.contents import contents, popular

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
def index() -> Response:
    """To the reader's language."""
    response = redirect(url_for("home.show", locale=locales.negotiated()), 302)
    response.cache_control.private = True
    response.cache_control.no_store = True
    return response


@blueprint.get("/<locale:locale>/")
@public_page
@same_for_members
def show(locale: str) -> str:
    """The question, the search field, the topics."""
    viewer = current_viewer()
    entries = contents(locale, viewer)
    return render_template(
        "home/index.html",
        topics=entries,
        popular=popular(locale, viewer),
        notice=site.current().known_problem or None,
        aside=_aside(locale, viewer),
        is_empty=not entries,
        checklist=checklist() if not entries and viewer.is_staff else [],
    )


def _aside(locale: str, viewer: Viewer) -> list[dict[str, Any]]:
    """What stands beside the contents."""
    answered = answered_lately(locale, viewer)
    return [{"title": _("Answered in the community"), "rows": answered}] if answered else []
