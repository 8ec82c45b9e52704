"""Who may use the routes of search words."""

from __future__ import annotations

from secrets import token_hex
from typing import Any

from helpcenter.core.db import begin_write, db
from helpcenter.search import expectation, pin, synonym, wait_token, waiting
from tests.cast import Cast
from tests.house.access import Route, everyone, only
from tests.shelf import put_article

EDITORS = ("editor", "admin")


def a_synonym(_cast: Cast) -> dict[str, Any]:
    begin_write()
    row = synonym.add("en", ["bill", "invoice"], by=None)
    db.session.commit()
    return {"synonym_id": row.id}


def a_pin(_cast: Cast) -> dict[str, Any]:
    article_id = put_article("Get a refund")
    begin_write()
    row = pin.add("en", f"refund {article_id}", ("article", article_id), by=None)
    db.session.commit()
    return {"pin_id": row.id}


def an_expectation(_cast: Cast) -> dict[str, Any]:
    article_id = put_article("Get a refund")
    begin_write()
    row = expectation.add("en", "refund", ("article", article_id), by=None)
    db.session.commit()
    return {"expectation_id": row.id}


def words(_cast: Cast) -> dict[str, Any]:
    return {"phrases": "bill, invoice", "in": "en"}


def a_choice(_cast: Cast) -> dict[str, Any]:
    return {"phrase": "money back", "in": "en", "subject": f"article:{put_article('Get a refund')}"}


def nothing_found(_cast: Cast) -> dict[str, Any]:
    return {"q": "zeppelin"}


def in_english(_cast: Cast) -> dict[str, Any]:
    return {"locale": "en"}


def a_wait(_cast: Cast) -> dict[str, Any]:
    begin_write()
    row = waiting.wait(f"zeppelin {token_hex(4)}", "en", "dora@example.org", user_id=None)
    db.session.commit()
    assert row is not None
    return {"secret": wait_token.make(row)}


ROUTES: dict[str, Route] = {
    "search_waits.new": everyone(args=in_english, query={"q": "zeppelin"}),
    "search_waits.create": everyone(303, args=in_english, data=nothing_found).but(stranger=422),
    "search_waits.show_thanks": everyone(args=in_english),
    "search_waits.show": everyone(args=a_wait),
    "search_waits.update": everyone(args=a_wait),
    "search_waits.destroy": everyone(args=a_wait),
    "search_words.index": only(*EDITORS),
    "search_words.restore": only(*EDITORS, status=303),
    "search_words.new_synonym": only(*EDITORS),
    "search_words.create_synonym": only(*EDITORS, status=303, data=words),
    "search_words.edit_synonym": only(*EDITORS, args=a_synonym),
    "search_words.update_synonym": only(*EDITORS, args=a_synonym, data=words, status=303),
    "search_words.destroy_synonym": only(*EDITORS, args=a_synonym, status=303),
    "search_words.edit_pins": only(*EDITORS),
    "search_words.create_pin": only(*EDITORS, data=a_choice, status=303),
    "search_words.move_pin": only(*EDITORS, args=a_pin, status=303),
    "search_words.destroy_pin": only(*EDITORS, args=a_pin, status=303),
    "search_words.new_expectation": only(*EDITORS),
    "search_words.create_expectation": only(*EDITORS, data=a_choice, status=303),
    "search_words.destroy_expectation": only(*EDITORS, args=an_expectation, status=303),
}
