"""An open page asks every two seconds whether there is more: the number of the conversation's version answers that."""

from __future__ import annotations

from flask import request
from werkzeug.wrappers import Response

from helpcenter.support.conversation import Conversation


def unchanged(row: Conversation, more: object = "") -> Response | None:
    """304 to whoever has this version; None to everybody else. `more` is what else the page shows."""
    return Response(status=304) if request.if_none_match.contains_weak(_tag(row, more)) else None


def marked(response: Response, row: Conversation, more: object = "") -> Response:
    """The page with its version, which nothing but the page's own script keeps."""
    response.set_etag(_tag(row, more), weak=True)
    return response


def _tag(row: Conversation, more: object) -> str:
    # When a reply that is held goes out, nothing is written: the page is another one all the same.
    return f"conversation-{row.id}-{row.version}{'-held' if row.is_held else ''}{more}"
