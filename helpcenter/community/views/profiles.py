"""A person's page: what they gave to the community."""

from __future__ import annotations

from flask import Blueprint, render_template, request, url_for

from helpcenter.accounts.member_page import same_for_members
from helpcenter.accounts.viewer import current_viewer
from helpcenter.community import mention
from helpcenter.community.address import person_address
from helpcenter.community.listing import EVERY_LANGUAGE, Asked, listed, of_person
from helpcenter.community.moderation import record
from helpcenter.community.profile import profile_of
from helpcenter.community.row import rows_of
from helpcenter.community.visibility import visible_questions
from helpcenter.core.page_store import public_page
from helpcenter.core.refusals import MovedTo
from helpcenter.core.text import slug_of

blueprint = Blueprint("profiles", __name__)
ADDRESS = "/<locale:locale>/people/<int:user_id>"


@blueprint.get(ADDRESS)
@blueprint.get(f"{ADDRESS}-<name>")
@public_page
@same_for_members
def show(locale: str, user_id: int, name: str = "") -> str:
    """Their questions and answers, and how many people these helped."""
    viewer = current_viewer()
    profile = profile_of(user_id, viewer)
    if name != slug_of(profile.name):
        raise MovedTo(person_address(user_id, profile.name, locale))
    asked = Asked(language=EVERY_LANGUAGE, after=request.args.get("after", ""))
    page = listed(of_person(visible_questions(viewer), user_id), asked, locale)
    following = url_for("profiles.show", user_id=user_id, name=name, after=page.next_after)
    return render_template(
        "community/person.html",
        profile=profile,
        handle=mention.handle(user_id, profile.name),
        record=record.of(user_id, viewer) if viewer.may("moderate") else None,
        rows=rows_of(page.rows, locale),
        next_url=following if page.next_after else None,
    )
