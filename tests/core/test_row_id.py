from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpcenter.core.row_id import LARGEST, row_id, row_id_or_none
from tests.shelf import put_article

TOO_LARGE = (str(LARGEST + 1), "9223372036854775808", "9" * 26, "9" * 5000)


@given(st.integers(min_value=0, max_value=LARGEST))
def test_what_a_row_can_be_called_is_read(number):
    assert row_id(str(number)) == row_id_or_none(str(number)) == number


@given(st.one_of(st.text(), st.integers(min_value=LARGEST + 1).map(str), st.integers(max_value=-1).map(str)))
def test_nothing_else_is(text):
    found = row_id_or_none(text)
    assert found is None or text.lstrip("0") == (str(found) if found else "")


@pytest.mark.parametrize("number", TOO_LARGE)
@pytest.mark.parametrize(
    "path",
    [
        "/en/articles/{}",
        "/en/articles/{}-slug",
        "/en/articles/{}.md",
        "/en/articles/{}/stuck/1",
        "/topics/{}/feed.atom",
    ],
)
def test_a_number_that_no_row_has_leads_nowhere(stranger, path, number):
    assert stranger.get(path.format(number)).status_code == 404


@pytest.mark.parametrize("number", TOO_LARGE)
def test_such_a_number_in_a_query_is_left_out(cast, stranger, number):
    article_id = put_article("Refunds")
    assert stranger.get(f"/en/articles/{article_id}-refunds?stuck={number}").status_code == 200
    assert stranger.get(f"/en/search?q=refund&topic={number}&page={number}").status_code == 200
    admin = cast.browser("root")
    for path in ("/studio", "/studio/feedback", "/settings/people", "/settings/mail"):
        assert admin.get(f"{path}?after={number}&topic={number}").status_code == 200


@pytest.mark.parametrize("number", TOO_LARGE)
def test_such_a_number_is_never_written_to(cast, number):
    browser = cast.browser("ben")
    assert browser.post(f"/en/articles/{number}/vote", data={"answer": "yes"}).status_code in (404, 405)
    assert browser.post(f"/preferences/sessions/{number}/end").status_code in (404, 405)
