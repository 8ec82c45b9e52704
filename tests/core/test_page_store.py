from __future__ import annotations

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from helpcenter.core.page_store import LARGEST_KEPT_BYTES, SESSION_COOKIE, USUAL_BYTES, KeptPage, PageStore, key_of
from tests.core.conftest import MakeApp

PAGE = "/probe/en/page"


def kept(body: bytes = b"page", version: int = 1) -> KeptPage:
    return KeptPage(version, body, "text/html", "etag", ())


def test_the_second_reader_gets_the_kept_page(probe: Flask) -> None:
    first, second = (probe.test_client().get(PAGE) for _ in range(2))
    assert first.data == second.data == b"run 1"
    assert probe.extensions["probe_runs"] == [f"{PAGE}?"]


def test_a_public_page_sets_no_cookie_and_asks_to_be_checked(probe: Flask) -> None:
    answer = probe.test_client().get(PAGE)
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.headers["Vary"] == "Cookie"
    assert answer.headers["Content-Language"] == "en"


def test_a_browser_that_has_the_page_gets_304_without_a_body(probe: Flask) -> None:
    browser = probe.test_client()
    etag = browser.get(PAGE).headers["ETag"]
    again = browser.get(PAGE, headers={"If-None-Match": etag})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == etag


def test_a_change_of_content_is_seen_at_once(probe: Flask) -> None:
    browser = probe.test_client()
    etag = browser.get(PAGE).headers["ETag"]
    browser.post("/probe/write")
    changed = browser.get(PAGE, headers={"If-None-Match": etag})
    assert (changed.status_code, changed.data) == (200, b"run 2")


def test_the_cookie_of_a_visitor_changes_nothing(probe: Flask) -> None:
    browser = probe.test_client()
    plain = browser.get(PAGE)
    browser.set_cookie("hc_visitor", "0123456789abcdef")
    assert browser.get(PAGE).headers["ETag"] == plain.headers["ETag"]
    assert len(probe.extensions["probe_runs"]) == 1


def test_whoever_is_signed_in_gets_a_page_of_their_own_that_nobody_keeps(probe: Flask) -> None:
    browser = probe.test_client()
    browser.set_cookie(SESSION_COOKIE, "a session")
    answers = [browser.get(PAGE) for _ in range(2)]
    assert [answer.data for answer in answers] == [b"run 1", b"run 2"]
    assert answers[0].headers["Cache-Control"] == "no-store, private"
    assert probe.test_client().get(PAGE).data == b"run 3"


def test_a_page_without_a_language_in_its_address_is_kept_for_each_language(probe: Flask) -> None:
    browser = probe.test_client()
    english, russian = (browser.get("/probe/page", headers={"Accept-Language": language}) for language in ("en", "ru"))
    assert (english.data, russian.data) == (b"run 1", b"run 2")
    assert "Accept-Language" in english.headers["Vary"]


def test_a_query_makes_another_page(probe: Flask) -> None:
    browser = probe.test_client()
    assert browser.get(f"{PAGE}?after=3").data != browser.get(PAGE).data


def test_a_page_made_anew_is_sent_again_only_where_it_changed(probe: Flask) -> None:
    browser = probe.test_client()
    first = browser.get("/probe/anew")
    again = browser.get("/probe/anew", headers={"If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code, again.data) == (200, 304, b"")
    assert len(probe.extensions["probe_runs"]) == 2


def test_a_page_made_anew_that_went_wrong_is_sent_whole(probe: Flask) -> None:
    browser = probe.test_client()
    etag = browser.get("/probe/anew").headers["ETag"]
    failed = browser.get("/probe/anew?status=503", headers={"If-None-Match": etag})
    assert (failed.status_code, failed.data) == (503, b"made")
    assert "ETag" not in failed.headers


def test_what_is_not_found_is_not_kept(probe: Flask) -> None:
    before = len(probe.extensions["page_store"])
    assert probe.test_client().get("/probe/missing").status_code == 404
    assert len(probe.extensions["page_store"]) == before


def test_a_page_of_another_version_is_not_given() -> None:
    store = PageStore(10)
    store.put("/", kept(version=1))
    assert store.get("/", 2) is None


def test_a_page_that_is_too_large_is_not_kept() -> None:
    store = PageStore(10)
    store.put("/", kept(b"x" * (LARGEST_KEPT_BYTES + 1)))
    assert len(store) == 0


def test_large_pages_are_fewer() -> None:
    store, large = PageStore(1000), kept(b"x" * LARGEST_KEPT_BYTES)
    for number in range(50):
        store.put(str(number), large)
        store.put("the same", large)
    assert len(store) == 1000 * USUAL_BYTES // LARGEST_KEPT_BYTES
    for number in range(2000):
        store.put(str(number), kept())
    assert len(store) == 1000


def test_addresses_that_somebody_makes_up_do_not_push_out_what_everybody_reads(make_app: MakeApp) -> None:
    probe = make_app(page_store_pages=20)
    browser = probe.test_client()
    first = browser.get(PAGE).data
    for number in range(60):
        browser.get(f"{PAGE}?made-up={number}")
    assert browser.get(PAGE).data == first
    assert len(probe.extensions["page_store"]) <= 20 + 20 // 5
    # Those that are asked for again and again are kept as well.
    assert browser.get(f"{PAGE}?made-up=59").data == browser.get(f"{PAGE}?made-up=59").data


@given(st.tuples(st.text("/a? ", max_size=5), st.text("a?/=", max_size=5)), st.data())
def test_two_addresses_never_share_a_page(one: tuple[str, str], data: st.DataObject) -> None:
    other = data.draw(st.tuples(st.text("/a? ", max_size=5), st.text("a?/=", max_size=5)))
    keys = [
        key_of({"PATH_INFO": f"/{path}", "QUERY_STRING": query}, made_for)
        for made_for in ("en", "es", "en member ('auto', True, '', True)")
        for path, query in {one, other}
    ]
    assert len(set(keys)) == len(keys)


@given(st.lists(st.integers(0, 9), max_size=60), st.integers(1, 5))
def test_the_store_stays_small_and_keeps_what_was_used_last(keys: list[int], size: int) -> None:
    store = PageStore(size)
    for key in keys:
        if store.get(str(key), 1) is None:
            store.put(str(key), kept())
    newest = list(dict.fromkeys(reversed(keys)))[:size]
    assert len(store) == len(newest)
    assert all(store.get(str(key), 1) for key in newest)


@pytest.mark.parametrize("method", ["get", "head"])
def test_head_answers_like_get_without_the_body(probe: Flask, method: str) -> None:
    answer = getattr(probe.test_client(), method)(PAGE)
    assert answer.headers["Content-Length"] == "5"
    assert answer.data == (b"run 1" if method == "get" else b"")
