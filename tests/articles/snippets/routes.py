"""Who may use the routes of snippets."""

from __future__ import annotations

from typing import Any

from helpcenter.articles.snippets import proposal
from helpcenter.articles.snippets.preparing import prepare
from helpcenter.articles.snippets.snippet import found
from helpcenter.core import site
from helpcenter.core.db import begin_write, db
from tests.articles.snippets.conftest import put_snippet
from tests.cast import Cast
from tests.house.access import Route, only
from tests.shelf import put_article


def a_snippet(_cast: Cast) -> dict[str, Any]:
    return {"snippet_id": put_snippet(en="It is hot.")}


def a_proposal(cast: Cast) -> dict[str, Any]:
    """Of somebody else than whoever asks."""
    one = put_snippet(en="It is hot.")
    put_article("Boil water", "{{ snippet: careful }}")
    words = prepare("It is scalding.", "en")
    begin_write()
    site.change(second_person=True)
    if proposal.of(found(one)) is None:
        proposal.save(found(one), {"en": words}, by=cast.id_of("mia"))
    db.session.commit()
    return {"snippet_id": one}


def what_is_seen(cast: Cast) -> dict[str, str]:
    snippet = found(a_proposal(cast)["snippet_id"])
    waiting = proposal.of(snippet)
    return {"seen": proposal.name_of(snippet, waiting) if waiting else ""}


ROUTES: dict[str, Route] = {
    "snippets.index": only("editor", "admin"),
    "snippets.new": only("editor", "admin"),
    "snippets.create": only("editor", "admin", status=422),
    "snippets.edit": only("editor", "admin", args=a_snippet),
    "snippets.update": only("editor", "admin", args=a_snippet, status=422),
    "snippets.destroy": only("editor", "admin", args=a_snippet, status=303),
    "snippet_proposals.approve": only("editor", "admin", args=a_proposal, status=303, data=what_is_seen),
    "snippet_proposals.discard": only("editor", "admin", args=a_proposal, status=303, data=what_is_seen),
    "snippet_choices.index": only("editor", "admin"),
}
