"""A suggested text that is taken while somebody else writes, or that can not be a page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from helpcenter.articles import rendering
from helpcenter.core.markdown import MarkdownRefused, Reason
from tests.articles.studio.test_suggestions import BETTER, BODY, LIST, address
from tests.articles.studio.test_suggestions import ada as ada
from tests.articles.studio.test_suggestions import article as article
from tests.articles.suggested import only_one, send
from tests.meanwhile import meanwhile
from tests.shelf import change_article, latest_of


@pytest.fixture
def while_rendered(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], None]:
    """Have a colleague do something while the suggested text is rendered."""
    return lambda act: meanwhile(monkeypatch, app, rendering, "rendered", act)


@pytest.mark.parametrize("body", ["All of it is new.", f"Log in first.\n\n{BODY}"])
def test_what_a_colleague_saves_meanwhile_is_not_overwritten(
    ada: FlaskClient,
    stranger: FlaskClient,
    article: int,
    while_rendered: Callable[[Callable[[], object]], None],
    body: str,
) -> None:
    send(stranger, article, text=BETTER)
    while_rendered(lambda: change_article(article, body=body))
    tried = ada.post(f"{address()}/draft")
    assert tried.location == address() and "nothing was overwritten" in ada.get(tried.location).text
    assert latest_of(article).body == body and only_one().became_id is None


def test_a_text_that_can_not_be_prepared_is_told_and_waits_further(
    ada: FlaskClient, stranger: FlaskClient, article: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(*_given: object) -> None:
        raise MarkdownRefused(Reason.TOO_TANGLED)

    send(stranger, article, text=BETTER)
    with monkeypatch.context() as now:
        now.setattr(rendering, "rendered", refuses)
        tried = ada.post(f"{address()}/draft")
    assert tried.location == address() and "nested too deeply" in ada.get(tried.location).text
    assert (only_one().state, latest_of(article).body) == ("new", BODY)


def test_a_suggestion_that_is_not_there_has_no_page_and_no_answer(ada: FlaskClient, article: int) -> None:
    gone = f"{LIST}/999"
    assert [ada.get(gone).status_code, ada.post(f"{gone}/draft").status_code] == [404, 404]
    assert ada.post(f"{gone}/answer", data={"state": "planned", "reply": ""}).status_code == 404
