"""The beacon: a page tells that it was seen, read, or that its results were."""

from __future__ import annotations

from flask import Blueprint, Response, request
from werkzeug.exceptions import HTTPException

from helpcenter.core import limits
from helpcenter.core.db import begin_write, db
from helpcenter.core.refusals import TooMany
from helpcenter.journeys import actor, exclusion, hearing, page_token, recorder, visitor
from helpcenter.journeys.page_token import BadToken, PageToken

LARGEST_BODY_BYTES = 8 * 1024
# A whole office may stand behind one address; the human filter looks at each visitor.
RATE = "1200 per minute"
# The field with the number a tab gave itself; it holds until the cookie of the first answer does.
PROVISIONAL = "browser"
blueprint = Blueprint("events", __name__)


@blueprint.post("/events")
def create() -> Response:
    """Record what the token of a page allows: 204, or 400 for nonsense; a beacon has nobody to show a page to."""
    request.max_content_length = LARGEST_BODY_BYTES
    try:
        token, act = _asked()
        limits.spend(RATE, "beacon", limits.address())
    except (BadToken, HTTPException):
        return _answer(400)
    except TooMany:
        return _answer(429)
    if exclusion.is_prefetch(request.headers):
        return _answer(204)
    by = actor.of_request(visitor.id_in(request.form, PROVISIONAL))
    # Nobody was told that this is saved.
    begin_write(survives_power_cut=False)
    recorder.record(
        act,
        by=by,
        subject=token.subject,
        revision_id=token.revision_id,
        locale=token.locale,
        topic_id=token.topic_id,
        channel_name=token.channel,
        detail=page_token.detail_for(act, token),
        query=token.query if act == "searched" else "",
        is_preview=token.is_preview,
    )
    hearing.told(act, token.subject)
    db.session.commit()
    return _answer(204)


def _asked() -> tuple[PageToken, str]:
    token = page_token.read(request.form.get("token", ""))
    act = request.form.get("act", "")
    if act not in token.acts:
        raise BadToken("this page reports no such thing")
    return token, act


def _answer(status: int) -> Response:
    response = Response(status=status)
    response.cache_control.no_store = True
    return response
