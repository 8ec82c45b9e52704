"""The questions that carry a tag."""

from __future__ import annotations

from flask import Blueprint, render_template, request, url_for

from helpcenter.accounts.member_page import own_when, same_for_members
from helpcenter.accounts.notifications import following
from helpcenter.accounts.viewer import STRANGER, current_viewer
from helpcenter.community import tag, tag_subject
from helpcenter.community.listing import EVERY_LANGUAGE, Asked, listed, tagged
from helpcenter.community.row import rows_of
from helpcenter.community.visibility import visible_questions
from helpcenter.core.page_store import public_page
from helpcenter.core.refusals import NotFound

blueprint = Blueprint("tags", __name__)


@blueprint.get("/<locale:locale>/tags/<name>")
@public_page
@same_for_members
def show(locale: str, name: str) -> str:
    """Those that were active last come first, in every language."""
    asked = Asked(language=EVERY_LANGUAGE, after=request.args.get("after", ""))
    tag_id, viewer = tag.id_of(name), current_viewer()
    if tag_id is None:
        raise NotFound
    page = listed(tagged(visible_questions(viewer), tag_id), asked, locale)
    if not page.rows and not asked.after:
        raise NotFound
    is_public = bool(tag_subject.visible([tag_id], STRANGER, locale))
    own_when(following.said_rows(("tag", tag_id)))
    return render_template(
        "community/tag.html",
        tag=name,
        tag_id=tag_id,
        follows=bool(following.said(viewer.id, ("tag", tag_id))),
        feed_url=url_for("community_feeds.tag", name=name, lang=locale) if is_public else None,
        rows=rows_of(page.rows, locale),
        next_url=url_for("tags.show", name=name, after=page.next_after) if page.next_after else None,
    )
