"""What is too much for the form of an article is told, and every word comes back."""

import pytest
from sqlalchemy import select

from helpcenter.articles.article import OldAddress
from helpcenter.articles.revision import LONGEST_WORD, MOST_WORDS
from helpcenter.articles.studio import place
from helpcenter.core.db import db
from tests.articles.studio.conftest import revisions, send

MANY = "\n".join(f"/old/{number}" for number in range(place.MOST_ADDRESSES + 1))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"old_addresses": MANY}, f"Too many addresses: keep at most {place.MOST_ADDRESSES}."),
        ({"tags": "x" * (LONGEST_WORD + 1)}, f"“{'x' * 30}…” is too long; separate them with commas."),
        ({"keywords": ",".join(map(str, range(MOST_WORDS + 1)))}, f"Too many: keep at most {MOST_WORDS}."),
    ],
)
def test_too_much_is_told_in_its_field(ada, written, words, typed, said):
    answer = send(ada, written, **words(body="My words", **typed))
    assert answer.status_code == 422
    assert said in answer.text and "My words" in answer.text
    assert len(revisions()) == 1


def test_a_page_that_no_longer_knows_which_addresses_it_began_with_changes_none_by_itself(ada, written, words):
    send(ada, written, **words(old_addresses="/docs/refunds"))
    page = ada.get(written)
    answer = send(ada, written, page, **words(old_addresses="/docs/refunds"), old_addresses_opened="no address at all")
    assert answer.status_code == 303
    assert db.session.scalars(select(OldAddress.path)).all() == ["/docs/refunds"]
