"""What a page may report is fixed by the server, for all readers alike."""

from __future__ import annotations

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from helpcenter.journeys import page_token
from helpcenter.journeys.catalogue import UnknownKind
from helpcenter.journeys.page_token import BadToken
from tests.journeys.acts import article_token


def test_a_token_says_what_the_page_is_about(app: Flask) -> None:
    token = page_token.read(page_token.make("article", 12, 40, "ar", 3, ("viewed", "read")))
    assert (token.acts, token.subject, token.revision_id) == (("viewed", "read"), ("article", 12), 40)
    assert (token.locale, token.topic_id, token.query, token.is_preview) == ("ar", 3, "", False)


def test_the_same_page_has_the_same_token_for_everyone(app: Flask) -> None:
    assert article_token() == article_token()
    assert article_token(12) != article_token(13)


def test_a_page_of_results_carries_the_words_and_the_count(app: Flask) -> None:
    made = page_token.make(None, None, None, "ru", None, ("searched",), detail={"results": 12}, query="сменить  пароль")
    token = page_token.read(made)
    assert (token.subject, token.query, page_token.detail_for("searched", token)) == (
        None, "сменить пароль", {"results": 12},
    )  # fmt: skip


@pytest.mark.parametrize("act", ["voted", "signed_in", "contacted", "accepted", "solved_for_me"])
def test_no_page_may_report_what_only_an_act_proves(app: Flask, act: str) -> None:
    with pytest.raises(UnknownKind):
        page_token.make("article", 12, 40, "en", 3, (act,))


def test_a_token_of_another_key_is_refused(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    token = article_token()
    monkeypatch.setitem(app.config, "SECRET_KEY", "another secret altogether, and long enough")
    with pytest.raises(BadToken):
        page_token.read(token)


@given(position=st.integers(0, 200), letter=st.sampled_from("abcXYZ019-_."))
def test_a_token_changed_anywhere_is_refused(the_app: Flask, position: int, letter: str) -> None:
    with the_app.app_context():
        token = article_token()
        changed = token[: position % len(token)] + letter + token[position % len(token) + 1 :]
        if changed == token:
            return
        # The last letter of a signature holds spare bits: another letter may spell the same bytes.
        if position % len(token) == len(token) - 1:
            return
        with pytest.raises(BadToken):
            page_token.read(changed)


@given(nonsense=st.text(max_size=300))
def test_nonsense_is_refused_and_never_an_error(the_app: Flask, nonsense: str) -> None:
    with the_app.app_context(), pytest.raises(BadToken):
        page_token.read(nonsense)
